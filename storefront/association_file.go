package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/router"
)

// associationFile is what Apple reads on a host before Apple Pay is shown there (PGW-39). It is on the surface of notices:
// without a session, on every host of the shop and without being led to another, whoever may enter the shop.
func (h *Handler) associationFile(c echo.Context) error {
	if h.conf.Wallets == nil {
		return echo.ErrNotFound
	}
	shop, err := h.shops.open(web.Get[router.Visit](c))
	if err != nil {
		return err
	}
	file, err := h.conf.Wallets.AssociationFile(c.Request().Context(), shop)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", file)
}
