package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
)

// workedFile is the documented example of a price file.
const workedFile = "../../tenant/pricefile/testdata/worked.json"

// The kernel by itself: a basket in a file is priced, a wrong one refused by the place of what is wrong.
func TestPrice(t *testing.T) {
	t.Parallel()
	heard := talk{}
	run := func(args ...string) apptest.Output {
		out := apptest.Run(t, nil, args...)
		heard.hear(t, args, out)
		return out
	}
	out := run("price", workedFile, "--json")
	want, err := os.ReadFile("../../tenant/pricefile/testdata/worked.golden")
	if err != nil {
		t.Fatal(err)
	}
	if out.Code != 0 || compact(t, out.Stdout) != compact(t, string(want)) {
		t.Errorf("exit code %d: %s%s", out.Code, out.Stdout, out.Stderr)
	}
	if schema := run("price", "--answer-schema"); schema.Code != 0 || !strings.Contains(schema.Stdout, `"priced_line"`) {
		t.Errorf("CAT-05 exit code %d: %s", schema.Code, schema.Stderr)
	}
	if schema := run("price", "--schema"); schema.Code != 0 || !strings.Contains(compact(t, schema.Stdout), `"const":1`) {
		t.Errorf("exit code %d: %s", schema.Code, schema.Stderr)
	}
	wantProblem(t, run("price", "no-such.json", "--json"), 1, "no_file", "no-such.json")
	wantProblem(t, run("price", "--json"), 2, "usage", "<file>")
	if out := run("price"); out.Code != 2 || out.Stdout != "" || !strings.Contains(out.Stderr, "Usage: echoppe price") {
		t.Errorf("CAT-05 without a file: exit code %d: %s%s", out.Code, out.Stdout, out.Stderr)
	}
	text, err := os.ReadFile(workedFile)
	if err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(t.TempDir(), "wrong.json")
	if err := os.WriteFile(wrong, []byte(strings.Replace(string(text), `"50.00"`, `"-50.00"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := wantProblem(t, run("price", wrong, "--json"), 1, "form.invalid", "")
	if len(p.Error.Fields) != 1 || p.Error.Fields[0].Name != "basket.lines.0.unit" || p.Error.Fields[0].Message == p.Error.Fields[0].Code {
		t.Errorf("%+v", p.Error.Fields)
	}
	for change, place := range map[string]string{`"50,00"`: "basket.lines.0.unit.amount.amount", `"1000000000001"`: "basket.lines.0.unit"} {
		if err := os.WriteFile(wrong, []byte(strings.Replace(string(text), `"50.00"`, change, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := run("price", wrong); out.Code != 1 || out.Stdout != "" || !strings.Contains(out.Stderr, place+": ") {
			t.Errorf("CAT-05 %s: exit code %d: %s%s", change, out.Code, out.Stdout, out.Stderr)
		}
	}
	for was, change := range map[string][2]string{
		`"mode": "colissimo"`: {`"mode": "colisimo"`, "basket.shipping.mode"}, `"method": "cod"}`: {`"method": "code"}`, "basket.payment.method"},
	} {
		if err := os.WriteFile(wrong, []byte(strings.Replace(string(text), was, change[0], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		p := wantProblem(t, run("price", wrong, "--json"), 1, "form.invalid", "")
		if len(p.Error.Fields) != 1 || p.Error.Fields[0].Name != change[1] {
			t.Errorf("CAT-05 %s: %+v", change[0], p.Error.Fields)
		}
	}
	if !heard["price"] {
		t.Error("price --json was not tried")
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	plain, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}
