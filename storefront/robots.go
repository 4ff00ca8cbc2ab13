package storefront

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/tenant"
)

// personalPaths are not for search engines: they belong to one reader or lead nowhere for them.
var personalPaths = []string{"/cart", "/checkout", "/account", "/order/", "/pay/", "/quote/", "/set/"}

// robots tells search engines what to leave alone and where the maps are.
func (h *Handler) robots(c echo.Context) error {
	return h.public(func(_ tenant.Tx, v *visit) (drawing, error) {
		return func() (string, any, error) {
			var b strings.Builder
			b.WriteString("User-agent: *\n")
			for _, l := range v.locales() {
				for _, path := range personalPaths {
					b.WriteString("Disallow: " + v.links.in(l).to(path) + "\n")
				}
			}
			b.WriteString("Sitemap: " + v.links.canonical + "/sitemap.xml\n")
			return "", file{"text/plain; charset=utf-8", []byte(b.String())}, nil
		}, nil
	})(c)
}
