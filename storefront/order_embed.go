package storefront

import (
	"embed"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// drivers put a bank's fields on the page, each as its bank wants it. They are the platform's and not a theme's: what
// runs beside a bank's fields is known (PCI DSS 4.0.1, SAQ A).
//
//go:embed drivers/*.js drivers/*.css drivers/*.html
var drivers embed.FS

// embed is the page with a bank's fields. Nothing of what is typed there passes through it.
func (h *Handler) embed(c echo.Context, v *visit, b buyer, placed *checkout.Placed, e payment.Embedded) error {
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, placed.Link)
	if err != nil {
		return err
	}
	o := e.Origins
	sources := web.Sources{Script: o.Script, Frame: o.Frame, Connect: o.Connect, Image: o.Image, Style: o.Style, Font: o.Font, Form: o.Frame, Payment: o.Payment}
	if sources.Check() != nil {
		h.bankAway(c, placed)
		return seeOther(c, v.links.order(placed.Link))
	}
	web.Allow(c, sources)
	out := &view.Embed{Bank: paper.Order.Payment.Label, Amount: v.money(dueOf(paper)), OrderURL: v.links.order(placed.Link),
		PlainURL: v.links.hop(placed.Link) + "?plain=1", DriverURL: v.links.under("/pay/driver/", e.Driver+".js"), ScriptURL: e.Script, Button: e.Button}
	out.Data = []view.Hidden{{Name: "away", Value: v.say("storefront.embed.away", nil)}, {Name: "failed", Value: v.say("storefront.embed.failed", nil)}}
	for _, f := range e.Data {
		out.Data = append(out.Data, view.Hidden{Name: f.Name, Value: f.Value})
	}
	site := h.own(c, v, b, sheet{template: "payment_embed", title: v.say("storefront.payment", nil),
		at: func(l links) string { return l.hop(placed.Link) }})
	return h.answer(c, v, http.StatusOK, "payment_embed", &view.PaymentEmbedPage{Site: site, Embed: out})
}

// driverKinds are the files of drivers that browsers ask for.
var driverKinds = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

// paymentDriver serves a driver.
func (h *Handler) paymentDriver(c echo.Context) error {
	name := path.Base(c.Param("driver"))
	kind := driverKinds[path.Ext(name)]
	file, err := drivers.ReadFile("drivers/" + name)
	if err != nil || kind == "" {
		return echo.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	return c.Blob(http.StatusOK, kind, file)
}
