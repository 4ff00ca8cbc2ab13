package storefront

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
)

// paymentNotice takes what a bank says and answers as the bank expects. It knows no bank. There is no
// session here, no check of the origin and no page.
func (h *Handler) paymentNotice(c echo.Context) error {
	mode, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return err
	}
	shop, err := h.shops.open(web.Get[router.Visit](c))
	if err != nil {
		return err
	}
	raw, err := rawNotice(c)
	if err != nil {
		return err
	}
	reply, err := h.conf.Desk.Notify(c.Request().Context(), shop, mode, raw)
	if err != nil {
		if reply.Status == 0 {
			return err
		}
		web.Log(c).Warn("payment notice", "mode", mode.String(), "error", err)
	}
	if reply.Status == 0 {
		reply.Status = http.StatusOK
	}
	if reply.ContentType == "" {
		reply.ContentType = "text/plain; charset=utf-8"
	}
	return c.Blob(reply.Status, reply.ContentType, reply.Body)
}

// rawNotice is the message as it came in; one that is too long is no notice.
func rawNotice(c echo.Context) (payment.RawNotice, error) {
	r := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, payment.MaxBody))
	if err != nil {
		return payment.RawNotice{}, err
	}
	return payment.RawNotice{Header: r.Header, Path: r.URL.Path, RawQuery: r.URL.RawQuery, Query: r.URL.Query(), Body: body}, nil
}
