// Package webtest is a browser without a screen, for tests of pages: it visits
// an http.Handler under any host without a network, keeps cookies as browsers
// do, says where a request comes from (Sec-Fetch-Site, Origin), follows
// redirects, and fills in and submits the forms it finds in the page, with
// script off. What a visitor could not do, such as naming a field that is not
// in the form or picking an option that is not offered, fails the test.
//
//	b := webtest.Open(t, handler)
//	b.Get("http://demo.localhost/p/mug")
//	b.Submit("form.buy", webtest.Values{"qty": "2"})
//	b.WantStatus(200)
//	b.WantText(".cart-total", "12.00")
//
// For what no browser does (forged headers, tampered fields) there are Do and
// tables of Scenario. Checks that belong to every page are in lint.go, the
// contract of session stores in sessions.go, the walk over routes in guarded.go.
//
// The browser checks what a server under test tends to get wrong: a __Host-
// cookie that is not one, a redirect loop, a form inside a form, a form whose
// answer redirects where the page's policy does not let it lead (policy.go). It runs no
// script and lays nothing out; what needs that is tested in a real browser.
package webtest
