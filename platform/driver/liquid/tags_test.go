package liquid_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/value"
)

// theme answers for files by their names; a section has its name as its title.
type theme struct {
	engine *liquid.Engine
	files  map[string]string
}

func (f theme) Snippet(name string) (*liquid.Template, error) {
	source, ok := f.files[name]
	if !ok {
		return nil, errors.New("no file " + name)
	}
	return f.engine.Parse(name, source)
}

func (f theme) Section(name string) (*liquid.Template, value.Value, error) {
	t, err := f.Snippet(name)
	return t, value.Of(map[string]string{"title": strings.ToUpper(name)}), err
}

// TestTags: the tags of Shopify's themes that the golden suite does not know.
func TestTags(t *testing.T) {
	files := map[string]string{
		"banner": `<h2>{{ section.title }}{{ own }}</h2>{% schema %}{"name": "Banner {{ no }}"}{% endschema %}`,
		"card":   `({{ card }}{{ own }}{{ wide }})`,
		"turn":   `{{ turn }}{{ forloop.index }}/{{ forloop.length }}{% break %}never`,
		"twice":  `{% render "card", card: card, wide: 2 %}`,
		"global": `{{ shop }}{{ things.size }}`,
	}
	for template, want := range map[string]string{
		`{% section "banner" %}`:                                           `<h2>BANNER</h2>`,
		`{% assign own = 1 %}{% section "banner" %}`:                       `<h2>BANNER</h2>`,
		`{% style %}a{color:{{ shop }}}{% endstyle %}`:                     `<style>a{color:Lune}</style>`,
		`{% schema %}{"a": 1}{% endschema %}x`:                             `x`,
		`{% render "card", card: shop %}`:                                  `(Lune)`,
		`{% render "card" with shop %}`:                                    `(Lune)`,
		`{% render "card" with shop as wide %}`:                            `(Lune)`,
		`{% render "turn" for things %}`:                                   `a1/3b2/3c3/3`,
		`{% render "turn" for things as card %}`:                           `1/32/33/3`,
		`{% assign own = 9 %}{% render "twice", card: own %}`:              `(92)`,
		`{% render "global" %}`:                                            `Lune3`,
		`{% for i in (1..2) %}{% render "turn" for things %};{% endfor %}`: `a1/3b2/3c3/3;a1/3b2/3c3/3;`,
		`{% form "cart", shop, class: "x" %}{{ form.open }}{% endform %}`:  `<form cart Lune class=x>yes</form>`,
		`{% form "cart" %}{% endform %}{{ form }}`:                         `<form cart></form>`,
		`{% paginate things by 2 %}{{ things | join }} {{ paginate.current_page }}/{{ paginate.pages }} of {{ paginate.items }}, {{ paginate.page_size }} from {{ paginate.current_offset }}{% if paginate.previous %}p{% endif %}{{ paginate.next.url }}{% endpaginate %}{{ things.size }}`: `c 2/2 of 3, 2 from 2p3`,
		`{% paginate things by 1 %}{% for p in paginate.parts %}{% if p.is_link %}<{{ p.title }} {{ p.url }}>{% else %}{{ p.title }}{% endif %}{% endfor %}{% endpaginate %}`:                                                                                                                `<1 /page/1>2<3 /page/3>`,
		`{% paginate many by 1, window_size: 1 %}{% for p in paginate.parts %}{{ p.title }} {% endfor %}{% endpaginate %}`:                                                                                                                                                                   `1 2 3 … 50 `,
		"{% liquid\n assign x = 2\n if x > 1\n echo shop | upcase\n endif\n render 'card', card: x\n%}":                                                                                                                                                                                      `LUNE(2)`,
		"{% # a\n # b %}{%- comment %} {{ no {% endcomment -%} x": `x`,
	} {
		t.Run(template, func(t *testing.T) {
			e := liquid.New(liquid.Options{Filters: standard.Filters(), Globals: []string{"shop"}})
			tpl, err := e.Parse("page", template)
			if err != nil {
				t.Fatal(err)
			}
			many := make([]int, 50)
			run := liquid.Begin(t.Context(), &liquid.Env{
				Data:    value.Of(map[string]any{"things": []string{"a", "b", "c"}, "many": many}),
				Globals: []value.Value{value.OfText("Lune")}, Files: theme{e, files}, Page: 2,
				PageURL: func(n int) string { return fmt.Sprint("/page/", n) },
				Form: func(c *liquid.Call) value.Value {
					c.WriteHTML("<form ")
					c.WriteValue(c.Arg(0))
					if c.Len() > 1 {
						c.WriteHTML(" " + c.String(c.Arg(1)))
					}
					for i := 0; ; i++ {
						name, v, ok := c.NamedAt(i)
						if !ok {
							break
						}
						c.WriteHTML(" " + name + "=" + c.String(v))
					}
					c.WriteHTML(">")
					return value.Of(map[string]string{"open": "yes"})
				},
			})
			defer run.End()
			if err := run.Draw(tpl); err != nil || unescaped(string(run.Bytes())) != want {
				t.Errorf("got %s, %v\nwant %s", run.Bytes(), err, want)
			}
		})
	}
}

func unescaped(s string) string { return strings.NewReplacer("&lt;", "<", "&gt;", ">").Replace(s) }

// TestSchema: what a section says of its settings is kept, and not printed.
func TestSchema(t *testing.T) {
	tpl, err := liquid.New(liquid.Options{}).Parse("s", `a{% schema %} {"settings": []} {% endschema %}`)
	if err != nil || strings.TrimSpace(tpl.Schema()) != `{"settings": []}` {
		t.Errorf("%q, %v", tpl.Schema(), err)
	}
}

// TestStrict: where names are checked, one that means nothing is a mistake with its place.
func TestStrict(t *testing.T) {
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	for template, says := range map[string]string{"\n {{ nope }}": `page:2:2: there is no variable "nope"`, "{{ a.nope }}": `page:1:1: there is no property "nope"`, "{{ a.b }}": ""} {
		tpl, err := e.Parse("page", template)
		if err != nil {
			t.Fatal(err)
		}
		run := liquid.Begin(t.Context(), &liquid.Env{Strict: true, Data: value.Of(map[string]any{"a": map[string]int{"b": 1}})})
		if err := run.Draw(tpl); says == "" && err != nil || says != "" && (err == nil || err.Error() != says) {
			t.Errorf("%s: %v", template, err)
		}
		run.End()
	}
}
