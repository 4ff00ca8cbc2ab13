package liquid_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/attack"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/value"
)

// arguments are what filters are tried with.
var arguments = []string{`text`, `"<b>"`, `1`, `-3`, `2.5`, `nil`, `list`, `""`, `" "`, `"script"`, `"&"`, `true`, `(1..3)`, `kept`}

// chain is a value that goes through some filters, by chance.
func chain(r *rand.Rand, filters []string, all map[string]liquid.Filter) string {
	var b strings.Builder
	b.WriteString([]string{"text", "list", "s", "kept", `"<i>"`, "at", "n"}[r.IntN(7)])
	for range 1 + r.IntN(4) {
		name := filters[r.IntN(len(filters))]
		b.WriteString(" | " + name)
		f := all[name]
		for i := range f.Min + r.IntN(f.Max-f.Min+1) {
			b.WriteString([]string{": ", ", "}[min(i, 1)] + arguments[r.IntN(len(arguments))])
		}
	}
	return b.String()
}

// TestEscaping_NoFilterMakesRaw: whatever filters text goes through, in whatever order, none of its markup reaches the page.
func TestEscaping_NoFilterMakesRaw(t *testing.T) {
	all := standard.Filters()
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	e := liquid.New(liquid.Options{Filters: all})
	r := rand.New(rand.NewPCG(1, 2))
	drawn := map[string]int{}
	for range 40_000 {
		template := `{% capture kept %}{{ text }}{% endcapture %}{{ ` + chain(r, names, all) + ` }}`
		tpl, err := e.Parse("page", template)
		if err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		run := liquid.Begin(t.Context(), &liquid.Env{Data: prey, Limits: tight})
		if err := run.Draw(tpl); err == nil {
			for _, name := range names {
				if strings.Contains(template, " | "+name) {
					drawn[name]++
				}
			}
			if left := strings.ReplaceAll(string(run.Bytes()), "<br />", ""); strings.ContainsAny(left, `<>"'`) {
				t.Errorf("%s prints %s", template, run.Bytes())
			}
		}
		run.End()
	}
	for _, name := range names {
		if drawn[name] < 20 {
			t.Errorf("%s was drawn %d times", name, drawn[name])
		}
	}
}

// markup is what a shop's own code has made safe.
type markup string

func (markup) SafeMarkup() {}

// TestEscaping_ByKind: what is printed is escaped by what it is, once.
func TestEscaping_ByKind(t *testing.T) {
	type page struct {
		Text  string   `liquid:"text"`
		Safe  markup   `liquid:"safe"`
		None  markup   `liquid:"none"`
		Texts []string `liquid:"texts"`
	}
	data := value.Of(&page{Text: `<&"'>`, Safe: "<b>&amp;</b>", Texts: []string{"<", "&"}})
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	for template, want := range map[string]string{
		`{{ text }}`:                                               `&lt;&amp;&#34;&#39;&gt;`,
		`{{ text | escape }}`:                                      `&lt;&amp;&#34;&#39;&gt;`,
		`{{ text | escape | escape | h }}`:                         `&lt;&amp;&#34;&#39;&gt;`,
		`{{ safe }}`:                                               `<b>&amp;</b>`,
		`{{ safe | escape }}`:                                      `<b>&amp;</b>`,
		`{% if none %}some{% else %}none{% endif %}`:               `none`,
		`{{ texts }}`:                                              `&lt;&amp;`,
		`{{ text | append: safe }}`:                                `&lt;&amp;&#34;&#39;&gt;<b>&amp;</b>`,
		`{{ safe | append: text }}`:                                `<b>&amp;</b>&lt;&amp;&#34;&#39;&gt;`,
		`{{ safe | upcase }}`:                                      `&amp;`,
		`{{ safe | split: "" | join }}`:                            `&amp;`,
		`{{ texts | join: safe }}`:                                 `&lt;<b>&amp;</b>&amp;`,
		`{% capture c %}{{ text }}{% endcapture %}{{ c }}`:         `&lt;&amp;&#34;&#39;&gt;`,
		`{% capture c %}<i>{% endcapture %}{{ c | append: text }}`: `<i>&lt;&amp;&#34;&#39;&gt;`,
		`{% assign c = text %}{{ c }}`:                             `&lt;&amp;&#34;&#39;&gt;`,
		`{% echo text %}{% cycle text %}`:                          `&lt;&amp;&#34;&#39;&gt;&lt;&amp;&#34;&#39;&gt;`,
		`{{ "<literal>" }}`:                                        `&lt;literal&gt;`,
		`{{ text | newline_to_br }}`:                               `&lt;&amp;&#34;&#39;&gt;`,
		`{{ "&lt;" | escape_once }}{{ text | escape_once }}`:       `&lt;&lt;&amp;&#34;&#39;&gt;`,
	} {
		tpl, err := e.Parse("page", template)
		if err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		run := liquid.Begin(t.Context(), &liquid.Env{Data: data})
		if err := run.Draw(tpl); err != nil || string(run.Bytes()) != want {
			t.Errorf("%s\n got %s, %v\nwant %s", template, run.Bytes(), err, want)
		}
		run.End()
	}
}

// TestTemplates_Shared: one template is drawn by many at once, with data of other types.
func TestTemplates_Shared(t *testing.T) {
	type one struct {
		Name string `liquid:"name"`
		Next *one   `liquid:"next"`
	}
	type other struct {
		Count int    `liquid:"count"`
		Name  string `liquid:"name"`
	}
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	tpl, err := e.Parse("page", `{% assign n = name | upcase %}{{ n }} {{ next.name }}{% for i in (1..3) %}{{ i }}{{ forloop.last }}{% endfor %}{% render "nothing" %}`)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			data, want := value.Of(&one{"a", &one{Name: "b"}}), "A b1false2false3true"
			if i%2 == 0 {
				data, want = value.Of(&other{1, fmt.Sprint("c", i)}), fmt.Sprint("C", i, " 1false2false3true")
			}
			for range 200 {
				run := liquid.Begin(t.Context(), &liquid.Env{Data: data, Files: attack.Files{Engine: e}})
				if err := run.Draw(tpl); err != nil || string(run.Bytes()) != want {
					t.Errorf("got %s, %v, want %s", run.Bytes(), err, want)
				}
				run.End()
			}
		})
	}
	all.Wait()
}
