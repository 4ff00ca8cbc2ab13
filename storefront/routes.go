package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

// routes is the table of contents. Paths are those of the shop: the router has taken off where the
// shop lives, ServeHTTP the language.
func (h *Handler) routes(e *echo.Echo) {
	e.Use(admit)

	// Pages for everybody, from memory.
	e.GET("/", h.homeShow)
	e.GET("/product/:slug", h.productShow)
	e.GET("/family/:slug", h.familyShow)
	e.GET("/c/:taxonomy", h.classIndex)
	e.GET("/c/:taxonomy/:slug", h.classShow)
	e.GET("/search", h.searchShow)
	e.GET("/page/:slug", h.contentShow)
	e.GET("/contact", h.contactShow)
	e.GET("/sitemap", h.siteMapShow)
	e.GET("/sitemap.xml", h.siteMapIndex)
	e.GET("/sitemap-:chunk", h.siteMapChunk)
	e.GET("/robots.txt", h.robots)

	e.GET("/*", h.elsewhere)

	// Files.
	e.GET("/media/*", h.mediaShow)
	e.GET("/_theme/*", echo.WrapHandler(h.conf.Theme.Assets()))

	// Actions of anybody.
	e.POST("/set/currency", h.currencySet)
	e.POST("/contact", h.contactSend, h.limit("contact", contactRate))
}

// elsewhere answers for addresses that are written another way, and for those that lead nowhere.
func (h *Handler) elsewhere(c echo.Context) error {
	_, err := h.here(c)
	if m := (*moved)(nil); asMoved(err, &m) {
		return movedTo(c, m)
	}
	return orNoPage(err)
}

// limit bounds how often one client may do something.
func (h *Handler) limit(name string, rate web.Rate) echo.MiddlewareFunc {
	return web.Limit(h.conf.Limiter, "storefront."+name, rate, web.ByClient)
}
