package sites_test

import (
	"testing"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
)

func TestSites_Shop(t *testing.T) {
	local := sites.Sites{Scheme: "http", Host: "localhost", Port: "8080"}
	real := sites.Sites{Scheme: "https", Host: "platform.tld"}
	for _, tt := range []struct {
		name  string
		where sites.Sites
		shop  registry.Shop
		want  string
	}{
		{"HST-04 by path", local, registry.Shop{Slug: "lune", Canonical: registry.ByPath}, "http://localhost:8080/lune.shop"},
		{"by sub-domain", real, registry.Shop{Slug: "lune", Canonical: registry.BySubdomain}, "https://lune.platform.tld"},
		{"HST-05 by domain", real, registry.Shop{Slug: "lune", Canonical: registry.ByDomain, Domain: "www.lune.fr"}, "https://www.lune.fr"},
		{"a domain that was lost", real, registry.Shop{Slug: "lune", Canonical: registry.ByDomain}, "https://platform.tld/lune.shop"},
	} {
		if got := tt.where.Shop(&tt.shop); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if local.Office() != "http://admin.localhost:8080" || real.Console() != "https://console.platform.tld" {
		t.Errorf("desks: %s, %s", local.Office(), real.Console())
	}
}

func TestSites_Check(t *testing.T) {
	for _, bad := range []sites.Sites{{}, {Scheme: "ftp", Host: "a"}, {Scheme: "https", Host: "A.tld"}, {Scheme: "https", Host: "a.tld:80"}} {
		if bad.Check() == nil {
			t.Errorf("%+v passes", bad)
		}
	}
}
