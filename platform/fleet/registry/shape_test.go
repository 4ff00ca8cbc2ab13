package registry_test

import (
	"flag"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
)

var update = flag.Bool("update", false, "write golden files")

func TestCleanSlug(t *testing.T) {
	for _, tt := range []struct{ in, want, key string }{
		{"atelier-lune-42", "atelier-lune-42", ""},
		{"  Demo ", "demo", ""},
		{"", "", "form.required"},
		{"ab", "", "registry.slug_short"},
		{strings.Repeat("a", 41), "", "registry.slug_long"},
		{"../etc", "", "registry.slug_shape"},
		{"a/b/c", "", "registry.slug_shape"},
		{"a.b.c", "", "registry.slug_shape"},
		{"-lune", "", "registry.slug_shape"},
		{"lune-", "", "registry.slug_shape"},
		{"xn--lune", "", "registry.slug_shape"},
		{"dеmo", "", "registry.slug_shape"}, // the second letter is Cyrillic
		{"café", "", "registry.slug_shape"},
		{"lu\x00ne", "", "registry.slug_shape"},
		{"lune%2e", "", "registry.slug_shape"},
		{"admin", "", "registry.slug_reserved"},
		{"WWW", "", "registry.slug_reserved"},
		{"console", "", "registry.slug_reserved"},
	} {
		got, err := registry.CleanSlug(tt.in)
		key := ""
		if fields := fault.FieldsOf(err); len(fields) > 0 {
			key = fields[0].Key
		}
		if got != tt.want || key != tt.key {
			t.Errorf("HST-04 CleanSlug(%q) = %q, %q, want %q, %q", tt.in, got, key, tt.want, tt.key)
		}
	}
}

func TestParseAllow(t *testing.T) {
	list, err := registry.ParseAllow("192.0.2.7, 198.51.100.9/24\n2001:db8::1 ::ffff:203.0.113.5")
	if err != nil {
		t.Fatal(err)
	}
	m := registry.Maintenance{Allow: list}
	for ip, want := range map[string]bool{
		"192.0.2.7": true, "::ffff:192.0.2.7": true, "192.0.2.8": false,
		"198.51.100.200": true, "198.51.101.1": false,
		"2001:db8::1": true, "2001:db8::2": false, "203.0.113.5": true,
	} {
		if got := m.Lets(netip.MustParseAddr(ip)); got != want {
			t.Errorf("MNT-02 %s passes: %t, want %t", ip, got, want)
		}
	}
	if m.Lets(netip.Addr{}) {
		t.Error("MNT-02 a client without an address passes")
	}
	for _, bad := range []string{"192.0.2", "192.0.2.1/33", "fe80::1%eth0", "lune.fr", strings.Repeat("192.0.2.1 ", 101)} {
		if _, err := registry.ParseAllow(bad); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "allow" {
			t.Errorf("ParseAllow(%.20q) = %v, want a refused field", bad, err)
		}
	}
}

func TestLifecycle_Golden(t *testing.T) {
	const file = "testdata/lifecycle.golden"
	got := registry.Lifecycle.Mermaid()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the table of states changed (-want +got):\n%s", diff)
	}
}
