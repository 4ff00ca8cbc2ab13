package webtest

import (
	"net/http"
	"net/url"
	"testing"
)

func TestBarred(t *testing.T) {
	page, _ := url.Parse("https://shop.example/order")
	for _, x := range []struct {
		policy, target string
		barred         bool
	}{
		{"", "https://bank.example/", false},
		{"default-src 'none'", "https://bank.example/", false}, // form-action does not fall back
		{"form-action 'none'", "https://shop.example/", true},
		{"form-action 'self'", "https://shop.example/pay", false},
		{"form-action 'self'", "http://shop.example/pay", true},
		{"form-action 'self'", "https://bank.example/", true},
		{"img-src *; form-action 'self' https://bank.example", "https://bank.example/x?y", false},
		{"form-action 'self' https://bank.example", "https://bank.example:8443/", true},
		{"form-action 'self' https:", "https://bank.example/", false},
		{"form-action https://*.bank.example", "https://pay.bank.example/", false},
		{"form-action https://*.bank.example", "https://bank.example/", true},
		{"form-action 'self' https://bank.example, form-action 'self'", "https://bank.example/", true},
	} {
		target, _ := url.Parse(x.target)
		if got := barred(formSources(http.Header{"Content-Security-Policy": {x.policy}}), page, target); got != x.barred {
			t.Errorf("%q bars %s: %t", x.policy, x.target, got)
		}
	}
}
