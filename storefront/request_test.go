package storefront_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// request is one that is sent as it stands.
func request(method, address string) *http.Request { return httptest.NewRequest(method, address, nil) }

// form is a form that no page offered.
func form(method, address string, fields url.Values) *http.Request {
	r := httptest.NewRequest(method, address, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
