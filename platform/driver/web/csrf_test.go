package web_test

import (
	"net/http"
	"testing"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
)

func TestCSRF(t *testing.T) {
	site := func(surface web.Surface) func(*testing.T) http.Handler {
		return func(*testing.T) http.Handler {
			o := options()
			o.Surface = surface
			o.CrossSite = []string{"POST /pay/return/{key}"}
			o.TrustedOrigins = []string{"https://partner.example"}
			e := web.New(o)
			e.GET("/page", ok)
			e.POST("/page", ok)
			e.DELETE("/page", ok)
			e.POST("/pay/return/:key", ok)
			return e
		}
	}
	const shop = "https://a.shops.example"
	type h = map[string]string
	webtest.Run(t, site(web.ShopOrigin), []webtest.Scenario{
		{Name: "same origin", Method: "POST", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "same-origin"}, Status: 200},
		{Name: "typed", Method: "POST", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "none"}, Status: 200},
		{Name: "cross-site", Method: "POST", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "cross-site"}, Status: 403, Headers: h{"Cache-Control": "no-store"}},
		{Name: "a sibling sub-domain", Method: "POST", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "same-site", "Origin": "https://b.shops.example"}, Status: 403},
		{Name: "cross-site DELETE", Method: "DELETE", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "cross-site"}, Status: 403},
		{Name: "cross-site reading", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "cross-site"}, Status: 200},
		{Name: "a program without headers", Method: "POST", URL: shop + "/page", Status: 200},
		{Name: "cookies, and no word of where it comes from", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x"}, Status: 403, Headers: h{"Cache-Control": "no-store"}},
		{Name: "the same to delete", Method: "DELETE", URL: shop + "/page", Header: h{"Cookie": "session=x"}, Status: 403},
		{Name: "the same to read", URL: shop + "/page", Header: h{"Cookie": "session=x"}, Status: 200},
		{Name: "an old browser, from a page of the shop", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x", "Referer": shop + "/cart"}, Status: 200},
		{Name: "an old browser, from elsewhere", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x", "Referer": "https://evil.example/a.shops.example"}, Status: 403},
		{Name: "an old browser, from elsewhere, without cookies", Method: "POST", URL: shop + "/page", Header: h{"Referer": "https://evil.example/"}, Status: 403},
		{Name: "an old browser, from a host that looks alike", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x", "Referer": shop + ".evil.example/"}, Status: 403},
		{Name: "a Referer that is none", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x", "Referer": "about:blank"}, Status: 403},
		{Name: "an old browser, from a trusted origin", Method: "POST", URL: shop + "/page", Header: h{"Cookie": "session=x", "Referer": "https://partner.example/x"}, Status: 200},
		{Name: "an old browser back from a bank's page", Method: "POST", URL: shop + "/pay/return/abc", Header: h{"Cookie": "session=x", "Referer": "https://bank.example/"}, Status: 200},
		{Name: "an older browser, same origin", Method: "POST", URL: shop + "/page", Header: h{"Origin": shop}, Status: 200},
		{Name: "an older browser, cross-site", Method: "POST", URL: shop + "/page", Header: h{"Origin": "https://evil.example"}, Status: 403},
		{Name: "an opaque origin", Method: "POST", URL: shop + "/page", Header: h{"Origin": "null"}, Status: 403},
		{Name: "same host, forged by the Host header", Method: "POST", URL: shop + "/page", Header: h{"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}, Status: 403},
		{Name: "a trusted origin", Method: "POST", URL: shop + "/page", Header: h{"Origin": "https://partner.example", "Sec-Fetch-Site": "cross-site"}, Status: 200},
		{Name: "the return from a bank's page (PGW-16)", Method: "POST", URL: shop + "/pay/return/abc", Header: h{"Sec-Fetch-Site": "cross-site", "Origin": "https://bank.example"}, Status: 200},
	})
	webtest.Run(t, site(web.Notice), []webtest.Scenario{
		{Name: "a notice is not asked", Method: "POST", URL: shop + "/page", Header: h{"Sec-Fetch-Site": "cross-site"}, Status: 200},
	})
}
