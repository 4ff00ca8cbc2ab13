package theme_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// files makes a small base theme; more adds or replaces files in it.
func files(more map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range map[string]string{
		"layout/theme.liquid":         "<main>{{ content_for_layout }}</main>",
		"locales/en.json":             `{"hi": "Hello {name}", "n.one": "{n} thing", "n.other": "{n} things", "link_html": "<a href=\"{url}\">x</a>"}`,
		"locales/fr.json":             `{"hi": "Bonjour {name}", "n.one": "{n} chose", "n.other": "{n} choses", "link_html": "<a href=\"{url}\">x</a>"}`,
		"config/settings_schema.json": `[{"name":"g","settings":[{"type":"color","id":"accent","default":"#111111","css":true},{"type":"range","id":"columns","min":2,"max":4,"default":3}]}]`,
		"config/settings_data.json":   `{"current":{"accent":"red;}body{display:none","columns":9}}`,
		"assets/theme.css":            "/* why */\nbody {\n  src: url(a.woff2);\n  color: var(--set-accent)\n}\n",
		"assets/a.woff2":              "font",
	} {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range more {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func engine(t testing.TB, o theme.Options) *theme.Engine {
	t.Helper()
	e, err := theme.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type money struct{ text, amount string }

func (m money) MoneyText() string     { return m.text }
func (m money) MoneyAmount() string   { return m.amount }
func (m money) MoneyCurrency() string { return "EUR" }

type inner struct {
	Name string `liquid:"name"`
}

type data struct {
	Text   string     `liquid:"text"`
	Markup theme.HTML `liquid:"markup"`
	None   theme.HTML `liquid:"none"`
	Things []*inner   `liquid:"things"`
	Nil    *inner     `liquid:"nothing"`
	Price  money      `liquid:"price"`
	Ready  money      `liquid:"ready"`
	At     time.Time  `liquid:"at"`
	hidden string
}

var sample = data{
	Text: `<b>&"'`, Markup: "<i>ok</i>", hidden: "secret",
	Things: []*inner{{"a"}, {"<c>"}},
	Price:  money{amount: "1234.50"}, Ready: money{text: "12 €"},
	At: time.Date(2026, time.March, 1, 9, 5, 0, 0, time.UTC),
}

// say renders one template with sample, without a layout.
func say(t testing.TB, template string, l i18n.Locale) (string, error) {
	t.Helper()
	e := engine(t, theme.Options{Base: files(map[string]string{
		"templates/x.liquid":      template,
		"snippets/thing.liquid":   "[{{ thing.name }}{{ text }}{{ gone }}]",
		"snippets/inside.liquid":  "{% assign own = 'in' %}{{ own }}",
		"sections/s.liquid":       "{{ section.settings.size }}",
		"sections/s.schema.json":  `[{"type":"number","id":"size","default":7}]`,
		"snippets/forever.liquid": "{% render 'forever' %}",
	}), Limits: liquid.Limits{Time: 2 * time.Second}})
	var b bytes.Buffer
	err := e.Render(t.Context(), &b, theme.Request{Template: "x", Layout: "none", Locale: l, Data: &sample})
	return b.String(), err
}

func TestEngine_Render(t *testing.T) {
	for _, c := range []struct{ name, template, want string }{
		{"a text is escaped", `{{ text }}`, `&lt;b&gt;&amp;&#34;&#39;`},
		{"escape escapes once", `{{ text | escape | escape_once | escape }}`, `&lt;b&gt;&amp;&#34;&#39;`},
		{"markup is not escaped", `{{ markup }}`, `<i>ok</i>`},
		{"empty markup is false", `{% if none %}yes{% else %}no{% endif %}`, `no`},
		{"a text beside markup is escaped", `{{ markup | append: text }}`, `<i>ok</i>&lt;b&gt;&amp;&#34;&#39;`},
		{"captured markup stays markup", `{% capture c %}<p>{{ text }}</p>{% endcapture %}{{ c }}`, `<p>&lt;b&gt;&amp;&#34;&#39;</p>`},
		{"markup that is cut becomes text", `{{ markup | upcase }}`, `OK`},
		{"a list", `{% for x in things %}{{ x.name }}{{ forloop.index }}{% endfor %}{{ things.size }}{{ things.first.name }}`, `a1&lt;c&gt;22a`},
		{"a standard filter reads a list", `{{ things | map: 'name' | join: '-' }}`, `a-&lt;c&gt;`},
		{"nothing", `{{ nothing.name }}{% if nothing %}yes{% endif %}{{ hidden }}`, ``},
		{"a snippet sees globals and what it is given", `{% assign gone = 1 %}{% render 'thing', thing: things.first %}`, `[a&lt;b&gt;&amp;&#34;&#39;]`},
		{"a snippet keeps its own", `{% render 'inside' %}{{ own }}`, `in`},
		{"a section has its settings", `{% section 's' %}`, `7`},
		{"a price is localised", `{{ price | money }}`, i18nMoney},
		{"a ready price is kept", `{{ ready | money }}`, `12 €`},
		{"a word", `{{ 'hi' | t: name: text }}`, `Bonjour &lt;b&gt;&amp;&#34;&#39;`},
		{"a plural", `{{ 'n' | t: n: 1 }}, {{ 'n' | t: n: 2 }}`, `1 chose, 2 choses`},
		{"a word with markup escapes its arguments", `{{ 'link_html' | t: url: text }}`, `<a href="&lt;b&gt;&amp;&#34;&#39;">x</a>`},
		{"a date", `{{ at | date: 'long' }} {{ at | date: 'short', time: true }} {{ at | date: 'iso' }}`, `1er mars 2026 01/03/2026 09:05 2026-03-01T09:05:00Z`},
		{"JSON cannot leave its script element", `<script type="x">{{ text | json }}</script>`, `<script type="x">"\u003cb\u003e\u0026\"'"</script>`},
		{"nor its attribute", `<script></script><script-x a='{{ text | json }}'>{{ text | json }}`, `<script></script><script-x a='&#34;\u003cb\u003e\u0026\&#34;&#39;&#34;'>&#34;\u003cb\u003e\u0026\&#34;&#39;&#34;`},
		{"JSON of an object", `<script>{{ things | json }}{{ price | json }}</script>`, `<script>[{"name":"a"},{"name":"\u003cc\u003e"}]{}</script>`},
		{"an address that runs is not printed", `{{ 'javascript:alert(1)' | url }} {{ '/a?b=1' | url }}`, `# /a?b=1`},
		{"settings that do not fit take their default", `{{ settings.accent }} {{ settings.columns }}`, `#111111 3`},
		{"comments and indentation go", "{% comment %}\n x\n{% endcomment %}\n  <p>\n\n    a\n  </p>\n", "<p>\na\n</p>"},
		{"raw stays", `{% raw %}{% for %}{{ x }}{% endraw %}`, `{% for %}{{ x }}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := say(t, c.template, i18n.French)
			if err != nil || got != c.want {
				t.Errorf("%s\n got %q, %v\nwant %q", c.template, got, err, c.want)
			}
		})
	}
}

const i18nMoney = "1\u202f234,50\u00a0€"

func TestEngine_Limits(t *testing.T) {
	for _, c := range []struct {
		name, template string
		limit          liquid.Budget
		line           int
	}{
		{"endless loop", "x\n\n{% for i in (1..1000000000) %}{% endfor %}", liquid.BudgetSteps, 3},
		{"nested loops", "{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}", liquid.BudgetSteps, 1},
		{"output", "{% for i in (1..90000) %}" + strings.Repeat("0123456789", 10) + "{% endfor %}", liquid.BudgetOutput, 1},
		{"capture", "{% capture c %}{% for i in (1..90000) %}" + strings.Repeat("0123456789", 10) + "{% endfor %}{% endcapture %}", liquid.BudgetOutput, 1},
		{"doubling text", "{% assign s = 'xxxxxxxxxxxxxxxx' %}\n{% for i in (1..40) %}\n{% assign s = s | append: s %}\n{% endfor %}", liquid.BudgetText, 3},
		{"doubling by prepend", "{% assign s = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | prepend: s %}{% endfor %}", liquid.BudgetText, 1},
		{"doubling by replace", "{% assign s = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | replace: 'x', s %}{% endfor %}", liquid.BudgetText, 1},
		{"a range made a list", "{{ (1..30000000) | join: ',' }}", liquid.BudgetList, 1},
		{"a snippet in itself", "\n{% render 'forever' %}", liquid.BudgetDepth, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := say(t, c.template, i18n.English)
			var e *theme.Error
			if !errors.As(err, &e) || e.Budget != c.limit {
				t.Fatalf("got %v, want the limit %q", err, c.limit)
			}
			if e.Line != c.line {
				t.Errorf("line %d, want %d: %v", e.Line, c.line, e)
			}
			if got != "" {
				t.Errorf("%d bytes were written all the same", len(got))
			}
		})
	}
}

func TestEngine_StopsWithItsCaller(t *testing.T) {
	e := engine(t, theme.Options{Base: files(map[string]string{"templates/x.liquid": "{% for i in (1..90000) %}{% endfor %}"})})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := e.Render(ctx, new(bytes.Buffer), theme.Request{Template: "x"})
	var te *theme.Error
	if !errors.As(err, &te) || te.Budget != liquid.BudgetTime {
		t.Errorf("got %v, want the limit of time", err)
	}
}

func TestEngine_RefusesAtStart(t *testing.T) {
	for name, c := range map[string]struct{ file, text, says string }{
		"include":               {"templates/x.liquid", "{% include 'a' %}", "include"},
		"a path out":            {"templates/x.liquid", "{% render '../../etc/passwd' %}", "is no name"},
		"a computed name":       {"templates/x.liquid", "{% render text %}", "in quotes"},
		"an open block":         {"snippets/a.liquid", "{% comment %}\n{% endcomment %}\n\n{% if x %}", "snippets/a.liquid"},
		"an unknown filter":     {"templates/x.liquid", "{{ text | nope }}", `no filter "nope"`},
		"an unknown tag":        {"sections/a.liquid", "{% dance %}", "dance"},
		"a section not there":   {"templates/y.json", `{"sections":{"a":{"type":"zz"}},"order":["a"]}`, "zz"},
		"a broken schema":       {"config/settings_schema.json", "[", "settings_schema"},
		"a setting's bad name":  {"config/settings_schema.json", `[{"settings":[{"id":"a;b"}]}]`, "bad id"},
		"a word with a brace":   {"locales/en.json", `{"a":"{"}`, "brace"},
		"a capture with spaces": {"templates/x.liquid", "{% capture a b %}{% endcapture %}", "templates/x.liquid:1:14"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := theme.New(theme.Options{Base: files(map[string]string{c.file: c.text})})
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want something about %q", err, c.says)
			}
		})
	}
}

func TestEngine_Strict(t *testing.T) {
	for name, text := range map[string]string{"a variable": "{{ nope }}", "a property": "{{ things.first.nope }}", "a word": "{{ 'nope' | t }}", "an asset": "{{ 'nope.css' | asset_url }}", "safe": "{{ text | safe }}"} {
		t.Run(name, func(t *testing.T) {
			e := engine(t, theme.Options{Strict: true, Base: files(map[string]string{"templates/x.liquid": "\n\n" + text})})
			err := e.Render(t.Context(), new(bytes.Buffer), theme.Request{Template: "x", Locale: "en", Data: sample})
			var te *theme.Error
			if !errors.As(err, &te) || te.Line != 3 || te.Template != "templates/x.liquid" {
				t.Errorf("got %v, want an error in templates/x.liquid:3", err)
			}
		})
	}
}

func TestEngine_NoTemplate(t *testing.T) {
	e := engine(t, theme.Options{Base: files(nil)})
	for _, name := range []string{"nope", "../layout/theme", ""} {
		err := e.Render(t.Context(), new(bytes.Buffer), theme.Request{Template: name})
		if !errors.Is(err, theme.ErrNoTemplate) || fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v, want ErrNoTemplate", name, err)
		}
	}
}
