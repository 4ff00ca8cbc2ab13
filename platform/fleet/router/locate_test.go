package router_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/sites"
)

var (
	where = sites.Sites{Scheme: "https", Host: "platform.tld"}
	atlas = router.Atlas{Sites: where, Desks: map[string]bool{"admin": true, "console": true}}
)

func TestLocate(t *testing.T) {
	home := func(path string) router.Place { return router.Place{Kind: router.Home, Path: path} }
	byPath := func(slug, path string) router.Place {
		return router.Place{Kind: router.Slug, Name: slug, Form: registry.ByPath, Base: "/" + slug + ".shop", Path: path}
	}
	untidy := func(p router.Place) router.Place { p.Untidy = true; return p }
	sub := func(slug, path string) router.Place {
		return router.Place{Kind: router.Slug, Name: slug, Form: registry.BySubdomain, Path: path}
	}
	domain := func(host string) router.Place {
		return router.Place{Kind: router.Domain, Name: host, Form: registry.ByDomain, Path: "/"}
	}
	nowhere := router.Place{Kind: router.Nowhere}

	for _, tt := range []struct {
		name, host, path string
		want             router.Place
	}{
		{"the platform", "platform.tld", "/", home("/")},
		{"with a port", "platform.tld:8080", "/help", home("/help")},
		{"in capitals", "PLATFORM.TLD", "/", home("/")},
		{"with a final dot", "platform.tld.", "/", home("/")},
		{"with dot and port", "platform.tld.:443", "/", home("/")},
		{"www", "www.platform.tld", "/", untidy(home("/"))},
		{"the back office", "admin.platform.tld", "/orders", router.Place{Kind: router.Desk, Name: "admin", Path: "/orders"}},
		{"the console", "console.platform.tld", "/", router.Place{Kind: router.Desk, Name: "console", Path: "/"}},

		{"HST-04 a shop by path", "platform.tld", "/lune.shop/p/mug", byPath("lune", "/p/mug")},
		{"HST-04 its first page", "platform.tld", "/lune.shop/", byPath("lune", "/")},
		{"HST-04 without the slash", "platform.tld", "/lune.shop", untidy(byPath("lune", "/"))},
		{"HST-04 in capitals", "platform.tld", "/Lune.SHOP/P", untidy(byPath("lune", "/P"))},
		{"HST-04 doubled slashes", "platform.tld", "//lune.shop//p//mug", untidy(byPath("lune", "/p/mug"))},
		{"HST-04 a redirect must not leave", "platform.tld", "//evil.tld/x", untidy(home("/evil.tld/x"))},
		{"an encoded dot is no shop", "platform.tld", "/lune%2eshop/", home("/lune%2eshop/")},
		{"a look-alike is no shop", "platform.tld", "/d%D0%B5mo.shop/", home("/d%D0%B5mo.shop/")},
		{"too short for a shop", "platform.tld", "/ab.shop/", home("/ab.shop/")},
		{"only the suffix", "platform.tld", "/.shop/", home("/.shop/")},
		{"a shop inside a shop", "platform.tld", "/lune.shop/sol.shop/", byPath("lune", "/sol.shop/")},

		{"a sub-domain", "lune.platform.tld", "/p/mug", sub("lune", "/p/mug")},
		{"a sub-domain in capitals", "LUNE.platform.tld:443", "/", sub("lune", "/")},
		{"below a sub-domain", "a.lune.platform.tld", "/", nowhere},
		{"below a desk", "x.admin.platform.tld", "/", nowhere},
		{"underscore", "lu_ne.platform.tld", "/", nowhere},
		{"no slug", "-.platform.tld", "/", nowhere},
		{"punycode is no slug", "xn--dmo-hld.platform.tld", "/", nowhere},

		{"HST-05 a domain", "www.lune.fr", "/", domain("www.lune.fr")},
		{"HST-05 a domain with port, dot and capitals", "WWW.Lune.FR.:8443", "/", domain("www.lune.fr")},
		{"HST-05 a domain in punycode", "xn--caf-dma.fr", "/", domain("xn--caf-dma.fr")},
		{"the platform's name as a prefix", "platform.tld.evil.com", "/", domain("platform.tld.evil.com")},
		{"the platform's name as a suffix", "evilplatform.tld", "/", domain("evilplatform.tld")},
		{"another alphabet", "plаtform.tld", "/", nowhere},
		{"the Kelvin sign", "\u212Aiosk.platform.tld", "/", nowhere},

		{"no host", "", "/", nowhere},
		{"a single label", "intranet", "/", nowhere},
		{"an address", "192.0.2.1", "/", nowhere},
		{"an address of the other kind", "[2001:db8::1]:8080", "/", nowhere},
		{"an address without brackets", "::1", "/", nowhere},
		{"half a bracket", "[::1", "/", nowhere},
		{"a zone", "[fe80::1%25eth0]", "/", nowhere},
		{"user and password", "user:pass@platform.tld", "/", nowhere},
		{"two ports", "platform.tld:80:80", "/", nowhere},
		{"a port that is none", "platform.tld:http", "/", nowhere},
		{"two dots", "lune..platform.tld", "/", nowhere},
		{"a leading dot", ".platform.tld", "/", nowhere},
		{"a slash", "platform.tld/x", "/", nowhere},
		{"white space", "platform.tld ", "/", nowhere},

		{"out of the shop", "platform.tld", "/lune.shop/../sol.shop/", nowhere},
		{"out of the shop, encoded", "platform.tld", "/lune.shop/%2e%2e/sol.shop/", nowhere},
		{"out of the shop, half encoded", "platform.tld", "/lune.shop/.%2E/sol.shop/", nowhere},
		{"a dot segment", "platform.tld", "/./lune.shop/", nowhere},
		{"an encoded slash", "platform.tld", "/lune.shop%2f..%2fsol.shop/", nowhere},
		{"a backslash", "platform.tld", `/lune.shop\..\sol.shop/`, nowhere},
		{"an encoded backslash", "platform.tld", "/lune.shop/%5c%5cevil", nowhere},
		{"a NUL", "platform.tld", "/lune.shop/%00", nowhere},
		{"a line break", "platform.tld", "/lune.shop/%0d%0aSet-Cookie:x", nowhere},
		{"half an escape", "platform.tld", "/lune.shop/%2", nowhere},
		{"no path", "platform.tld", "", home("/")},
		{"the whole server", "platform.tld", "*", nowhere},
		{"dots that are a name", "platform.tld", "/lune.shop/..p/...", byPath("lune", "/..p/...")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, atlas.Locate(tt.host, tt.path)); diff != "" {
				t.Errorf("Locate(%q, %q) (-want +got):\n%s", tt.host, tt.path, diff)
			}
		})
	}
}

func TestLocate_bareIP(t *testing.T) {
	trial := atlas
	trial.Sites.BareIP = true
	for _, host := range []string{"192.0.2.1:8080", "[2001:db8::1]:8080", "[::1]"} {
		if p := trial.Locate(host, "/lune.shop/"); p.Kind != router.Slug || p.Name != "lune" {
			t.Errorf("%s: %+v, want the shop", host, p)
		}
	}
}

func FuzzLocate(f *testing.F) {
	for _, host := range []string{"platform.tld", "lune.platform.tld:80", "www.lune.fr.", "[::1]:1", "a..b", "\xff", "xn--a.platform.tld"} {
		for _, path := range []string{"/", "/lune.shop", "//x", "/lune.shop/%2e%2e/", "/%", "/lune.shop//é", "/a/./b"} {
			f.Add(host, path)
		}
	}
	f.Fuzz(func(t *testing.T, host, path string) {
		p := atlas.Locate(host, path)
		if p.Kind == router.Nowhere {
			if p != (router.Place{Kind: router.Nowhere}) {
				t.Fatalf("nowhere, but %+v", p)
			}
			return
		}
		if !strings.HasPrefix(p.Path, "/") || strings.HasPrefix(p.Path, "//") {
			t.Fatalf("path %q may leave the host", p.Path)
		}
		plain, err := url.PathUnescape(p.Path)
		if err != nil || strings.Contains("/"+plain+"/", "/../") || strings.ContainsAny(plain, "\\\x00\r\n") {
			t.Fatalf("path %q is not clean: %v", p.Path, err)
		}
		if p.Kind == router.Slug && (!registry.IsSlug(p.Name) || p.Form == registry.ByPath && p.Base != "/"+p.Name+".shop") {
			t.Fatalf("%+v is no shop's place", p)
		}
		if p.Kind == router.Domain && (p.Name == where.Host || strings.HasSuffix(p.Name, "."+where.Host)) {
			t.Fatalf("%+v: the platform's own name passes for a custom domain", p)
		}
		// What it redirects to must lead to the same place, tidily.
		shop := &registry.Shop{Slug: p.Name, Canonical: registry.ByPath}
		route := router.Resolve(where, p, shop, router.Request{Method: http.MethodGet})
		if route.Step != router.Redirect || p.Kind == router.Domain {
			return
		}
		to, err := url.Parse(route.To)
		if err != nil || to.Host != where.Host && to.Host != p.Name+"."+where.Host {
			t.Fatalf("redirect to %q leaves the platform", route.To)
		}
		again := atlas.Locate(to.Host, to.EscapedPath())
		if again.Kind != p.Kind || again.Name != p.Name || again.Untidy {
			t.Fatalf("%+v redirects to %+v", p, again)
		}
	})
}
