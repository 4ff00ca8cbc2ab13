package liquid_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/attack"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/syntax"
	"echoppe.dev/platform/driver/liquid/value"
)

// seeds are the templates of the golden suite and the attacks.
func seeds(f *testing.F) {
	data, err := os.ReadFile("testdata/golden_liquid.json")
	if err != nil {
		f.Fatal(err)
	}
	var suite struct {
		Tests []struct{ Template string }
	}
	if err := json.Unmarshal(data, &suite); err != nil {
		f.Fatal(err)
	}
	for _, c := range suite.Tests {
		f.Add(c.Template)
	}
	for _, a := range attack.All {
		f.Add(a.Template)
	}
}

// tight are limits that a machine reaches within a few milliseconds.
var tight = liquid.Limits{Steps: 20_000, Time: 5 * time.Second, Output: 64 << 10, Memory: 64 << 10, Text: 8 << 10, List: 500, Calls: 50, Depth: 5}

// hostile is what a shopper types.
const hostile = `<script>alert("x")</script>&'<!--`

var prey = value.OfDict(func() *value.Dictionary {
	d := value.NewDictionary(0)
	d.Set("text", value.OfText(hostile))
	d.Set("a", value.OfText(hostile))
	d.Set("s", value.OfText("a,b,"+hostile))
	d.Set("x", value.OfInt(3))
	d.Set("n", value.OfFloat(2.5))
	d.Set("list", value.OfList([]value.Value{value.OfText(hostile), value.OfInt(1), value.None, value.OfFloat(.5), value.OfRange(1, 3)}))
	d.Set("at", value.OfTime(time.Date(2026, 3, 1, 9, 5, 0, 0, time.UTC)))
	return d
}())

// FuzzRender: no template brings the engine down, makes it run on, makes more than it may, or says what went wrong without a place.
func FuzzRender(f *testing.F) {
	seeds(f)
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	f.Fuzz(func(t *testing.T, template string) {
		tpl, err := e.Parse("page", template)
		if err != nil {
			checkMistake(t, template, err)
			return
		}
		run := liquid.Begin(t.Context(), &liquid.Env{Data: prey, Files: attack.Files{Engine: e}, Limits: tight})
		defer run.End()
		err = run.Draw(tpl)
		var over *liquid.Error
		if err != nil && (!errors.As(err, &over) || over.Place.Line < 1 || over.Place.Column < 1 || over.Budget == liquid.BudgetTime) {
			t.Errorf("%v", err)
		}
		// What is over its budget is what was written last, or the text of the template.
		if n := len(run.Bytes()); n > tight.Output+6*tight.Text+len(template) {
			t.Errorf("%d bytes of a page", n)
		}
		if utf8.ValidString(template) && !strings.Contains(template, "<") && !strings.Contains(template, "tablerow") && !strings.Contains(template, "style") &&
			!strings.Contains(template, "newline_to_br") && !strings.Contains(template, "form") && strings.Contains(string(run.Bytes()), "<") {
			t.Errorf("%q prints %q", template, run.Bytes())
		}
	})
}

// FuzzParse: any source becomes a tree or a mistake with a place in it.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, template string) {
		tree, err := syntax.Parse("page", template)
		if err != nil {
			checkMistake(t, template, err)
			return
		}
		syntax.Walk(tree.Body, func(n syntax.Node) {
			if at := n.Start(); at < 0 || int(at) > len(template) {
				t.Errorf("%T stands at %d of %d", n, at, len(template))
			}
		})
	})
}

func checkMistake(t *testing.T, template string, err error) {
	t.Helper()
	var place syntax.Place
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		place = e.Place
	}
	if e := (*liquid.Error)(nil); errors.As(err, &e) {
		place = e.Place
	}
	if lines := strings.Count(template, "\n") + 1; place.Line < 1 || place.Line > lines || place.Column < 1 || err.Error() == "" || !utf8.ValidString(err.Error()) && utf8.ValidString(template) {
		t.Errorf("%q: %v", template, err)
	}
}
