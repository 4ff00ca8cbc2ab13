package lint_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/lint"
	"echoppe.dev/platform/driver/liquid/standard"
)

type price struct {
	Now string `liquid:"now"`
}

type product struct {
	Name    string     `liquid:"name"`
	Price   *price     `liquid:"price"`
	Tags    []string   `liquid:"tags"`
	Related []*product `liquid:"related"`
	Any     any        `liquid:"any"`
	Count   int        `liquid:"count"`
}

type page struct {
	Product *product          `liquid:"product"`
	Words   map[string]string `liquid:"words"`
}

func options() lint.Options {
	filters := standard.Filters()
	filters["t"] = liquid.Filter{Make: filters["upcase"].Make, Named: liquid.Any}
	filters["old"] = filters["upcase"]
	return lint.Options{
		Engine: liquid.New(liquid.Options{Filters: filters}), Data: lint.ShapeOf(reflect.TypeFor[page]()),
		Variables: map[string]*lint.Shape{"settings": nil},
		HasFile:   func(folder, name string) bool { return name == "card" },
		Untranslated: func(key string) []string {
			return map[string][]string{"gone": {"de", "es"}}[key]
		},
		Deprecated: map[string]string{"old": "upcase", "ancient": "upcase"},
	}
}

// TestCheck: each rule finds what it is about, where it is, and nothing else.
func TestCheck(t *testing.T) {
	for template, want := range map[string]string{
		// syntax, unknown-filter
		"\n{% if x %}":               "2:1 syntax if is not closed",
		"{{ product.name | upcas }}": `1:19 unknown-filter there is no filter "upcas" → upcase`,
		"{{ product.name | slice }}": `1:19 unknown-filter filter "slice" takes 1 to 2 arguments, not 0`,
		// unknown-variable
		"{{ prodct.name }}": `1:4 unknown-variable there is no variable "prodct" → product`,
		"{{ product.name }}{{ settings.colour }}{{ words.any }}":                                                               "",
		"{% for p in product.related %}{{ p.name }}{{ forloop.index }}{% endfor %}{{ p }}":                                     `1:77 unknown-variable there is no variable "p"`,
		"{% assign a = 1 %}{{ a }}{% capture b %}{% endcapture %}{{ b }}{% increment c %}{{ c }}":                              "",
		"{% if nope == 1 %}{% endif %}":                                                                                        `1:7 unknown-variable there is no variable "nope"`,
		"{% tablerow x in product.tags %}{{ x }}{{ tablerowloop.col }}{% endtablerow %}":                                       "",
		"{% form product %}{{ form.error }}{% endform %}{% paginate product.tags by 2 %}{{ paginate.pages }}{% endpaginate %}": "",
		"{{ [product.name] }}": "",
		// unknown-property
		"{{ product.nam }}": `1:11 unknown-property there is no property "nam" → name`,
		"{{ product.price.now.size }}{{ product.tags.first.size }}{{ product.related[0].price.now }}{{ product.any.thing.more }}": "",
		"{{ product.price.was }}":  `1:17 unknown-property there is no property "was"`,
		"{{ product.count.days }}": `1:17 unknown-property there is no property "days"`,
		"{% for r in product.related %}{% for s in r.related %}{{ s.nme }}{% endfor %}{% endfor %}": `1:59 unknown-property there is no property "nme" → name`,
		"{% assign r = product.related.first %}{{ r.naem }}":                                        `1:43 unknown-property there is no property "naem" → name`,
		"{% assign r = product %}{% assign r = settings.x %}{{ r.naem }}":                           "",
		// unused-variable
		"{% assign a = 1 %}":                          `1:1 unused-variable "a" is never read`,
		"{% capture a %}{% endcapture %}":             `1:1 unused-variable "a" is never read`,
		"{% assign a = 1 %}{{ [product.name] }}":      "",
		"{% assign a = 1 %}{% render 'card', a: a %}": "",
		"{% liquid\n assign a = 1\n echo 2 %}":        `2:2 unused-variable "a" is never read`,
		// missing-translation
		"{{ 'gone' | t }}{{ 'here' | t }}{{ product.name | t }}": `1:4 missing-translation "gone" is not translated: de, es`,
		// deprecated-filter
		"{{ product.name | old }}": `1:19 deprecated-filter the filter "old" is deprecated → upcase`,
		"{% for product in product.related %}{% assign r = product.tags %}{{ r.nme }}{% endfor %}": "",
		"{{ product.nme }}{% assign product = product.price %}":                                    "",
		"{{ product.name | ancient }}":                                                             `1:19 deprecated-filter the filter "ancient" is deprecated → upcase`,
		// missing-file
		"{% render 'card' %}{% render 'crad' %}": `1:20 missing-file there is no file "snippets/crad.liquid"`,
		"{% section 'head' %}":                   `1:1 missing-file there is no file "sections/head.liquid"`,
		// image-alt
		"<p>\n <img src='{{ product.name }}'>":                                      "2:2 image-alt an img needs an alt attribute, an empty one for a picture that says nothing new",
		"<img alt=''><img alt='{{ product.name }}'><img {{ settings.attributes }}>": "",
		"<img src=a {% if product %}alt='x'{% else %}alt=''{% endif %}>":            "",
		"<!-- <img> -->{% comment %}<img>{% endcomment %}<script>'<img>'</script>":  "",
		// field-label
		"<input name=a>": "1:1 field-label the input needs a label",
		"<label>A <input name=a></label><label for=b>B</label><input id=b><select aria-label=c></select><input type=hidden><input type='{{ settings.kind }}'>": "",
		"<label for='f-{{ product.name }}'>A</label><textarea id='f-{{ product.name }}'></textarea>":                                                           "",
		"<label for='f-{{ product.name }}'>A</label><textarea id='f-{{ product.count }}'></textarea>":                                                          "1:44 field-label the textarea needs a label",
		"{% render 'card' %}<input id=a>": "",
		// switched off
		"{% # theme-check-disable image-alt %}<img>{% # theme-check-enable image-alt %}<img>":           "1:79 image-alt an img needs an alt attribute, an empty one for a picture that says nothing new",
		"{% # theme-check-disable %}<img>{{ nope }}":                                                    "",
		"{% comment %}theme-check-disable field-label, image-alt{% endcomment %}<img><input>{{ nope }}": `1:87 unknown-variable there is no variable "nope"`,
	} {
		var got []string
		for _, f := range lint.Check(options(), "page", template) {
			line := fmt.Sprintf("%d:%d %s %s", f.Place.Line, f.Place.Column, f.Rule, f.Message())
			if f.Hint != "" {
				line += " → " + f.Hint
			}
			if f.Excerpt == "" || f.Error != (slices.Contains([]lint.Rule{lint.Syntax, lint.UnknownFilter, lint.MissingFile}, f.Rule) || strings.Contains(template, "ancient")) {
				t.Errorf("%s: %+v", template, f)
			}
			got = append(got, line)
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s\n got %s\nwant %s", template, strings.Join(got, "\n"), want)
		}
	}
}

// TestProject: files are checked by what those that render them give.
func TestProject(t *testing.T) {
	o := options()
	o.HasFile, o.Data = nil, nil
	p := &lint.Project{Options: o, DataOf: func(name string) *lint.Shape {
		if name == "templates/product.liquid" {
			return lint.ShapeOf(reflect.TypeFor[page]())
		}
		return lint.ObjectOf(nil)
	}, Files: map[string]string{
		"templates/product.liquid": "{% render 'card', card: product, eager: true, size: 2 %}{% render 'row' for product.related as card %}{% render 'stock', name: 1 %}",
		"snippets/card.liquid":     "{{ card.nme }}{% if eager %}{{ egaer }}{% endif %}{% render 'price', price: card.price %}",
		"snippets/price.liquid":    "{{ price.nwo }}",
		"snippets/row.liquid":      "{{ card.price.nwo }}{{ forloop.index }}{{ settings.x }}",
		"snippets/alone.liquid":    "{{ anything }}",
		"layout/theme.liquid":      "<label>A {% render 'field' %}</label><label for=x>{% render 'other', id: 'x' %}</label>{% render 'third', id: 'y' %}",
		"snippets/field.liquid":    "<input name=a>",
		"snippets/other.liquid":    "<input id={{ id }}>",
		"snippets/third.liquid":    "<input id={{ id }}><input>",
		"sections/head.liquid":     "{{ section.settings.x }}{{ product }}",
		"snippets/broken.liquid":   "{% if",
	}, Stock: map[string]string{"snippets/stock.liquid": "{{ name }}{{ bad }}", "snippets/broken.liquid": "whole"}}
	var got []string
	for _, f := range p.Check() {
		got = append(got, fmt.Sprintf("%s:%d %s %v %s", f.Template, f.Place.Column, f.Rule, f.Args, f.Hint))
	}
	want := []string{
		"sections/head.liquid:28 unknown-variable [product] ",
		"snippets/alone.liquid:1 unused-file [snippets/alone.liquid] ",
		"snippets/broken.liquid:1 syntax [{%] ",
		"snippets/card.liquid:8 unknown-property [nme] name",
		"snippets/card.liquid:32 unknown-variable [egaer] eager",
		"snippets/price.liquid:9 unknown-property [nwo] now",
		"snippets/row.liquid:14 unknown-property [nwo] now",
		"snippets/third.liquid:20 field-label [input] ",
		"templates/product.liquid:47 unused-argument [size snippets/card.liquid] ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
