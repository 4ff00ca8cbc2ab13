package storefront

import (
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/payment"
)

// routes is the table of contents. Paths are those of the shop: the router has taken off where the
// shop lives, ServeHTTP the language.
func (h *Handler) routes(e *echo.Echo) {
	e.Use(admit)

	// Pages for everybody, from memory.
	e.GET("/", priced(h.homeShow))
	e.GET("/product/:slug", priced(h.productShow))
	e.GET("/family/:slug", priced(h.familyShow))
	e.GET("/c/:taxonomy", priced(h.classIndex))
	e.GET("/c/:taxonomy/:slug", priced(h.classShow))
	e.GET("/search", priced(h.searchShow))
	e.GET("/page/:slug", h.contentShow)
	e.GET("/contact", h.contactShow)
	e.GET("/trust", h.trustShow)
	e.GET("/secure-payment", h.secureShow)
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
	e.POST("/set/language", h.languageSet)
	e.GET("/profile", h.personal(h.guiseShow))
	e.POST("/set/profile", h.personal(h.guiseSet))
	e.GET("/profile/code", h.personal(h.guiseShow)) // a reader who reloads what a refused code showed
	e.POST("/profile/code", h.personal(h.guiseCode), h.limit("profile_code", codeRate))
	e.POST("/contact", h.contactSend, h.limit("contact", contactRate))

	// The cart.
	e.GET("/cart", h.decided(h.cartShow))
	e.POST("/cart", h.personal(h.cartUpdate))
	e.POST("/cart/items", h.personal(h.cartAdd))
	e.POST("/cart/remove", h.personal(h.onLine(h.conf.Carts.Remove)))
	e.POST("/cart/take", h.personal(h.onLine(h.conf.Carts.Take)))
	e.POST("/cart/empty", h.personal(h.onCart(h.conf.Carts.Empty)))
	e.POST("/cart/undo", h.personal(h.onCart(h.conf.Carts.Undo)))
	e.GET("/cart/code", h.decided(h.cartShow)) // a reader who reloads a refused code
	e.POST("/cart/code", h.decided(h.cartCode), h.limit("code", couponRate))

	// The checkout: one page.
	e.GET("/checkout", h.decided(h.checkoutShow))
	e.POST("/checkout", h.decided(h.checkoutPlace), h.limit("place", placeRate))
	e.GET("/checkout/refresh", h.decided(h.checkoutShow)) // a reader who reloads what a button showed
	e.POST("/checkout/refresh", h.decided(h.checkoutRefresh))
	e.GET("/checkout/code", h.decided(h.checkoutShow))
	e.POST("/checkout/code", h.decided(h.checkoutCode), h.limit("code", couponRate))
	e.GET("/checkout/sign-in", h.decided(h.checkoutShow))
	e.POST("/checkout/sign-in", h.personal(h.checkoutSignIn), h.limit("sign_in", signInRate))

	// A quote: asking for one, and what was offered behind its signed link (QUO-01 to QUO-03).
	e.GET("/cart/quote", h.decided(h.quoteAsk))
	e.POST("/cart/quote", h.decided(h.quoteSubmit), h.limit("quote", contactRate))
	e.GET("/q/:link", h.personal(h.quoteLetter))
	e.GET("/quote/:link", h.personal(h.quoteShow))
	e.GET("/quote/:link/pdf", h.personal(h.quotePDF))
	e.GET("/quote/:link/refuse/:version", h.personal(h.quoteRefuseAsk))
	e.POST("/quote/:link/refuse/:version", h.personal(h.quoteRefuse), h.limit("quote_refuse", placeRate))
	e.GET("/quote/:link/order/:version", h.personal(h.checkoutShow))
	e.POST("/quote/:link/order/:version", h.personal(h.checkoutPlace), h.limit("place", placeRate))
	e.GET("/quote/:link/order/:version/refresh", h.personal(h.checkoutShow))
	e.POST("/quote/:link/order/:version/refresh", h.personal(h.checkoutRefresh))
	e.GET("/quote/:link/order/:version/sign-in", h.personal(h.checkoutShow))
	e.POST("/quote/:link/order/:version/sign-in", h.personal(h.checkoutSignIn), h.limit("sign_in", signInRate))

	// An order behind its signed link, and its payment.
	e.GET("/o/:link", h.personal(h.orderLetter))
	e.GET("/order/:link", h.personal(h.orderShow))
	e.GET("/order/:link/price.json", h.personal(h.orderPrice))
	e.GET("/order/:link/pay", h.personal(h.orderHop), h.limit("hop", placeRate))
	e.POST("/order/:link/pay", h.personal(h.orderPay), h.limit("pay", placeRate))
	e.POST("/order/:link/card", h.personal(h.cardKeep), h.limit("card", placeRate))
	e.POST("/order/:link/stop", h.personal(h.repeatStop), h.limit("stop", placeRate))
	e.POST("/order/:link/again", h.personal(h.orderAgain))
	e.GET("/pay/driver/:driver", h.paymentDriver)
	e.GET("/pay/return/:payment/:link", h.personal(h.paymentReturn(false)))
	e.POST("/pay/return/:payment/:link", h.personal(h.paymentReturn(false)))
	e.GET("/pay/cancel/:payment/:link", h.personal(h.paymentReturn(true)))
	e.POST("/pay/cancel/:payment/:link", h.personal(h.paymentReturn(true)))
	e.GET("/pay/status/:payment/:link", h.personal(h.paymentStatus))

	// Banks speak here, on the notice surface.
	e.GET("/pay/notify/:mode", h.paymentNotice)
	e.POST("/pay/notify/:mode", h.paymentNotice)
	e.GET(payment.AssociationPath, h.associationFile)

	// The account.
	e.GET("/account/sign-in", h.personal(h.signInShow))
	e.POST("/account/sign-in", h.personal(h.signInSubmit), h.limit("sign_in", signInRate))
	e.GET("/account/register", h.personal(h.registerShow))
	e.POST("/account/register", h.personal(h.registerSubmit), h.limit("register", registerRate))
	e.GET("/account/forgot", h.personal(h.forgotShow))
	e.POST("/account/forgot", h.personal(h.forgotSubmit), h.limit("forgot", forgotRate))
	e.GET("/account/reset/:token", h.personal(h.resetShow))
	e.POST("/account/reset/:token", h.personal(h.resetSubmit), h.limit("reset", forgotRate))
	e.POST("/account/sign-out", h.personal(h.signOut))
	e.GET("/account", h.customers(h.accountShow))
	e.GET("/account/orders", h.customers(h.ordersShow))
	e.GET("/account/orders/:number", h.customers(h.orderOwn))
	e.GET("/account/orders/:number/price.json", h.customers(h.orderOwnPrice))
	e.GET("/account/quotes", h.customers(h.quotesShow))
	e.GET("/account/addresses", h.customers(h.addressesShow))
	e.GET("/account/addresses/:id", h.customers(h.addressShow))
	e.POST("/account/addresses/:id", h.customers(h.addressSave))
	e.GET("/account/addresses/:id/refresh", h.customers(h.addressShow))
	e.POST("/account/addresses/:id/refresh", h.customers(h.addressRefresh))
	e.POST("/account/addresses/:id/remove", h.customers(h.addressRemove))
	e.GET("/account/cards", h.customers(h.cardsShow))
	e.POST("/account/cards/:id/remove", h.customers(h.cardRemove))
	e.GET("/account/profile", h.customers(h.profileShow))
	e.POST("/account/profile", h.customers(h.profileSave))
}

// placeRate is more than any buyer orders, and less than a tester of stolen cards wants.
var placeRate = web.Rate{Limit: 30, Per: 10 * time.Minute}

// couponRate is more codes than anybody has, and too few to find one by trying.
var couponRate = web.Rate{Limit: 40, Per: 10 * time.Minute}

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
