package authz_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/authz"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func policy(t testing.TB) *authz.Policy {
	t.Helper()
	p, err := authz.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPolicy_matrix shows the whole table, so that a change of the policy is
// read as what it does and not as what it says. SEC-05.
func TestPolicy_matrix(t *testing.T) {
	p := policy(t)
	var out strings.Builder
	for _, kind := range []authz.Kind{authz.KindShop, authz.KindConsole} {
		fmt.Fprintf(&out, "%-20s", kind)
		for _, role := range authz.Roles(kind) {
			fmt.Fprintf(&out, " %-10s", role)
		}
		out.WriteString("\n")
		in := authz.Console
		if kind == authz.KindShop {
			in = authz.Shop("s1")
		}
		for _, permission := range p.Permissions(kind) {
			fmt.Fprintf(&out, "%-20s", permission)
			for _, role := range authz.Roles(kind) {
				mark := "."
				if p.Can([]authz.Grant{{Role: role, Domain: in}}, in, permission) {
					mark = "x"
				}
				fmt.Fprintf(&out, " %-10s", mark)
			}
			out.WriteString("\n")
		}
		out.WriteString("\n")
	}
	golden := filepath.Join("testdata", "matrix.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("policy changed (-want +got), rerun with -update if meant:\n%s", diff)
	}
}

func grant(r authz.Role, in authz.Domain) authz.Grant { return authz.Grant{Role: r, Domain: in} }

func TestCan(t *testing.T) {
	p := policy(t)
	a, b := authz.Shop("a"), authz.Shop("b")
	held := func(grants ...authz.Grant) []authz.Grant { return grants }
	for _, tc := range []struct {
		name       string
		held       []authz.Grant
		in         authz.Domain
		permission string
		want       bool
	}{
		{"SEC-05 a clerk ships", held(grant(authz.Orders, a)), a, "orders.ship", true},
		{"SEC-05 a clerk does not set prices", held(grant(authz.Orders, a)), a, "articles.edit", false},
		{"two roles add up", held(grant(authz.Orders, a), grant(authz.Catalogue, a)), a, "articles.edit", true},
		{"an owner of another shop is nobody here", held(grant(authz.Owner, b)), a, "home.view", false},
		{"a role here does not borrow from a role there", held(grant(authz.ReadOnly, a), grant(authz.Owner, b)), a, "orders.ship", false},
		{"an owner is no operator", held(grant(authz.Owner, a)), authz.Console, "shops.view", false},
		{"an operator is no owner", held(grant(authz.Operator, authz.Console)), a, "orders.view", false},
		{"a console role held in a shop gives nothing", held(grant(authz.Operator, a)), a, "orders.view", false},
		{"a shop role held in the console gives nothing", held(grant(authz.Owner, authz.Console)), authz.Console, "shops.view", false},
		{"SBO-02 the simple role stays in its office", held(grant(authz.Simple, a)), a, "settings.view", false},
		{"SBO-02 the simple role uses its office", held(grant(authz.Simple, a)), a, "simple.use", true},
		{"even an owner has no undeclared permission", held(grant(authz.Owner, a)), a, "orders.devour", false},
		{"a pattern is no permission", held(grant(authz.Owner, a)), a, "*", false},
		{"nobody", nil, a, "home.view", false},
		{"an included role cannot be held", held(grant("member", a)), a, "home.view", false},
		{"nowhere", held(grant(authz.Owner, authz.Domain{})), authz.Domain{}, "home.view", false},
		{"a shop without id is nowhere", held(grant(authz.Owner, authz.Shop(""))), authz.Shop(""), "home.view", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := p.Can(tc.held, tc.in, tc.permission); got != tc.want {
				t.Errorf("Can(%v, %v, %s) = %v, want %v", tc.held, tc.in, tc.permission, got, tc.want)
			}
		})
	}
}

func TestCan_allocations(t *testing.T) {
	p := policy(t)
	in := authz.Shop("a")
	held := []authz.Grant{{Role: authz.ReadOnly, Domain: in}, {Role: authz.Orders, Domain: in}}
	if n := testing.AllocsPerRun(100, func() { p.Can(held, in, "orders.ship") }); n != 0 {
		t.Errorf("Can allocates %v times", n)
	}
}

func TestParseRole(t *testing.T) {
	for _, kind := range []authz.Kind{authz.KindShop, authz.KindConsole} {
		for _, role := range authz.Roles(kind) {
			if got, ok := authz.ParseRole(kind, string(role)); !ok || got != role {
				t.Errorf("ParseRole(%s, %s) = %s, %v", kind, role, got, ok)
			}
			if len(policy(t).Allowed(kind, role)) == 0 {
				t.Errorf("%s of %s may do nothing", role, kind)
			}
		}
	}
	for _, text := range []string{"", "member", "operator", "OWNER"} {
		if role, ok := authz.ParseRole(authz.KindShop, text); ok {
			t.Errorf("ParseRole(shop, %q) = %s", text, role)
		}
	}
}
