package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/liquid/lint"
)

// A theme's author is told what is wrong in his files, and can read what there is to print.
func TestTheme(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("theme.json", `{"name": "Mine", "parent": "base"}`)
	write("snippets/mine.liquid", "<p>\n {{ price.nwo | money }}</p>")
	write("templates/product.liquid", "{% render 'mine', price: product.price %}")
	out := apptest.Run(t, nil, "theme", "check", dir)
	if out.Code != 0 || !strings.Contains(out.Stdout, "snippets/mine.liquid:2:10: warning: there is no property \"nwo\" [unknown-property]\n    {{ price.nwo | money }}</p>\n    did you mean \"now\"?") {
		t.Errorf("exit code %d:\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	wantProblem(t, apptest.Run(t, nil, "theme", "check", "--strict", "--json", dir), 1, "theme", "to be mended")
	write("templates/cart.liquid", "{% if cart %}")
	out = apptest.Run(t, nil, "theme", "check", "--json", dir)
	var found []lint.Finding
	if err := json.Unmarshal([]byte(out.Stdout), &found); err != nil || out.Code != 1 || len(found) != 2 || found[1].Rule != lint.Syntax || !found[1].Error || found[1].Place.Line != 1 {
		t.Errorf("exit code %d, %v:\n%s%s", out.Code, err, out.Stdout, out.Stderr)
	}
	if out := apptest.Run(t, nil, "theme", "check", "../../themes/base"); out.Code != 0 || out.Stdout != "Nothing to mend.\n" {
		t.Errorf("the base theme, exit code %d:\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	wantProblem(t, apptest.Run(t, nil, "theme", "check", "--json", filepath.Join(dir, "no-such")), 1, "no_file", "no-such")
	if out := apptest.Run(t, nil, "theme", "objects"); out.Code != 0 || !strings.Contains(out.Stdout, "### templates/product") {
		t.Errorf("exit code %d: %.300s%s", out.Code, out.Stdout, out.Stderr)
	}
}
