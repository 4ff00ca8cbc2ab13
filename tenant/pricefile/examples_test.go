package pricefile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/pricefile"
)

// The worked examples of the house's rules, as anybody can run them: "echoppe price FILE.json". Beside
// each stands what it must come to, worked out by hand.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/examples/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(path, ".json")
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(name + ".want")
			if err != nil {
				t.Fatal(err)
			}
			a := price(t, string(text))
			if diff := cmp.Diff(string(want), receipt(a)); diff != "" {
				t.Errorf("-want +got:\n%s\n%s", diff, a.Trace)
			}
		})
	}
}

// receipt prints what a buyer is shown, and what is in the way of his order.
func receipt(a *pricefile.Answer) string {
	var b strings.Builder
	for _, r := range a.Rows {
		if !r.Included {
			fmt.Fprintf(&b, "%s %s\n", r.Kind, r.Amount)
		}
	}
	fmt.Fprintf(&b, "to pay %s\n", a.Totals.ToPay)
	if a.Shown.Currency != a.Currency {
		charged := a.Charged.Settlement.Amount
		fmt.Fprintf(&b, "shown %s %s\ncharged %s %s\n", a.Shown.ToPay, a.Shown.Currency, charged, charged.Currency())
	}
	for _, r := range a.Refusals {
		fmt.Fprintf(&b, "refused: %s\n", r.Reason.Key)
	}
	return b.String()
}
