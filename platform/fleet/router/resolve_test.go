package router_test

import (
	"testing"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
)

func TestResolve(t *testing.T) {
	lune := func(c registry.Canonical) *registry.Shop {
		return &registry.Shop{Slug: "lune", Canonical: c, Domain: "www.lune.fr"}
	}
	const pass = "serve"
	for _, tt := range []struct {
		name, method, host, path, query string
		shop                            *registry.Shop
		part                            router.Part
		want                            string // pass, "unknown", or the address
	}{
		{"HST-04 canonical by path", "GET", "platform.tld", "/lune.shop/p", "", lune(registry.ByPath), "", pass},
		{"HST-04 sub-domain of a shop by path", "GET", "lune.platform.tld", "/p", "a=1&b=%20", lune(registry.ByPath), "", "https://platform.tld/lune.shop/p?a=1&b=%20"},
		{"by path of a shop by sub-domain", "GET", "platform.tld", "/lune.shop/p", "", lune(registry.BySubdomain), "", "https://lune.platform.tld/p"},
		{"HST-05 by path of a shop by domain", "HEAD", "platform.tld", "/lune.shop/", "", lune(registry.ByDomain), "", "https://www.lune.fr/"},
		{"HST-05 second domain", "GET", "lune.de", "/p", "", lune(registry.ByDomain), "", "https://www.lune.fr/p"},
		{"HST-05 main domain", "GET", "www.lune.fr", "/p", "", lune(registry.ByDomain), "", pass},
		{"posted to an old address", "POST", "lune.platform.tld", "/cart/items", "", lune(registry.ByPath), "", pass},
		{"posted to an alias", "POST", "platform.tld", "/old.shop/cart/items", "", lune(registry.ByPath), "", pass},
		{"alias by path", "GET", "platform.tld", "/old.shop/p/mug", "", lune(registry.ByPath), "", "https://platform.tld/lune.shop/p/mug"},
		{"alias by sub-domain", "GET", "old.platform.tld", "/p/mug", "", lune(registry.BySubdomain), "", "https://lune.platform.tld/p/mug"},
		{"a notice to an old address", "GET", "platform.tld", "/old.shop/pay/notify/x", "", lune(registry.ByDomain), router.Notice, pass},
		{"nobody by path", "GET", "platform.tld", "/nobody.shop/", "", nil, "", "unknown"},
		{"nobody by sub-domain", "GET", "nobody.platform.tld", "/", "", nil, "", "unknown"},
		{"FLT-04 an unclaimed domain", "GET", "unclaimed.fr", "/", "", nil, "", "unknown"},
		{"malformed", "GET", "a..b", "/", "", nil, "", "unknown"},
		{"the platform", "GET", "platform.tld", "/", "", nil, "", pass},
		{"www", "GET", "www.platform.tld", "/help", "x=1", nil, "", "https://platform.tld/help?x=1"},
		{"doubled slashes at a desk", "GET", "admin.platform.tld", "//orders", "", nil, "", "https://admin.platform.tld/orders"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			route := router.Resolve(where, atlas.Locate(tt.host, tt.path), tt.shop, router.Request{Method: tt.method, Query: tt.query, Part: tt.part})
			got := string(route.Step)
			if route.Step == router.Redirect {
				got = route.To
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
