// Package cmd_test keeps the arrows of the house pointing one way.
package cmd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "echoppe.dev"

// floors lists, for each folder, the folders whose packages it may import besides its own. The
// longest matching folder counts.
var floors = map[string][]string{
	"migrations":         {},
	"themes":             {},
	"platform/kit":       {},
	"platform/driver":    {"platform/kit", "migrations"},
	"platform/fleet":     {"platform/driver", "platform/kit", "migrations"},
	"tenant":             {"platform", "themes", "migrations"},
	"storefront/view":    {"platform/driver/theme", "platform/kit"},
	"storefront":         {"tenant", "platform", "themes"},
	"backoffice":         {"tenant", "platform", "themes"},
	"cmd":                {"storefront", "backoffice", "tenant", "platform", "themes", "migrations", "deploy"},
	"tenant/pricing":     {"platform/kit"},
	"platform/driver/ui": {"platform/kit", "platform/driver/web"},
}

// testOnly are packages that only tests may import; they stand where they are used and may look
// further down than their neighbours.
func testOnly(pkg string) bool { return strings.HasSuffix(pkg, "test") }

type listed struct {
	ImportPath string
	Imports    []string
}

// TestLayers: cmd → storefront|backoffice → tenant → platform, and within platform fleet → driver → kit.
func TestLayers(t *testing.T) {
	packages := list(t)
	if len(packages) < 20 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, wrong := range violations(packages) {
		t.Error(wrong)
	}
}

// TestLayers_PlantedArrow proves that a wrong import would be seen.
func TestLayers_PlantedArrow(t *testing.T) {
	for _, p := range []listed{
		{module + "/platform/kit/money", []string{module + "/platform/driver/pg"}},
		{module + "/platform/fleet/router", []string{module + "/tenant"}},
		{module + "/tenant/cart", []string{module + "/storefront"}},
		{module + "/tenant/pricing", []string{module + "/tenant/catalog"}},
		{module + "/storefront", []string{module + "/backoffice/orders"}},
		{module + "/backoffice/orders", []string{module + "/storefront/view"}},
		{module + "/tenant/cart", []string{"github.com/labstack/echo/v4"}},
		{module + "/tenant/order", []string{"net/http"}},
	} {
		if len(violations([]listed{p})) != 1 {
			t.Errorf("%s importing %s went unnoticed", p.ImportPath, p.Imports[0])
		}
	}
}

// TestLayers_FormerLibrary: the library that templates were drawn by before is measured beside ours, and used by nothing.
func TestLayers_FormerLibrary(t *testing.T) {
	found := false
	for _, p := range list(t) {
		for _, i := range p.Imports {
			if !strings.HasPrefix(i, "github.com/osteele/liquid") {
				continue
			}
			found = true
			if p.ImportPath != module+"/cmd/internal/bench/rivals" {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
	if !found {
		t.Error("nothing is measured beside ours")
	}
}

func list(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func violations(packages []listed) []string {
	var wrong []string
	for _, p := range packages {
		from := strings.TrimPrefix(p.ImportPath, module+"/")
		if testOnly(from) {
			continue
		}
		for _, imported := range p.Imports {
			if reason := refuse(from, imported); reason != "" {
				wrong = append(wrong, fmt.Sprintf("%s imports %s: %s", from, imported, reason))
			}
		}
	}
	return wrong
}

func refuse(from, imported string) string {
	to, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		return refuseForeign(from, imported)
	}
	if testOnly(to) {
		return "only tests may"
	}
	floor := floorOf(from)
	if floor == "" {
		return "this folder has no floor in the house"
	}
	if within(to, floor) {
		return ""
	}
	for _, below := range floors[floor] {
		if within(to, below) {
			return ""
		}
	}
	return "that is not below " + floor
}

// refuseForeign keeps HTTP out of the domain. A gateway family is the exception: it speaks HTTP to
// a bank, as a client.
func refuseForeign(from, imported string) string {
	if !within(from, "tenant") || within(from, "tenant/payment") && from != "tenant/payment" {
		return ""
	}
	if imported == "net/http" || strings.HasPrefix(imported, "github.com/labstack/echo") {
		return "the domain knows no HTTP"
	}
	return ""
}

func floorOf(pkg string) string {
	best := ""
	for floor := range floors {
		if within(pkg, floor) && len(floor) > len(best) {
			best = floor
		}
	}
	return best
}

func within(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}
