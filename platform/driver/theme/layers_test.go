package theme_test

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/attack"
	"echoppe.dev/platform/driver/theme"
)

func page(t testing.TB, e *theme.Engine, r theme.Request) string {
	t.Helper()
	var b bytes.Buffer
	r.Locale = "fr"
	if err := e.Render(t.Context(), &b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func one(name, text string) fstest.MapFS {
	return fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}
}

// TestEngine_LookUp walks the order shop, theme, parent, base for one snippet.
func TestEngine_LookUp(t *testing.T) {
	child := one("theme.json", `{"name":"Child","parent":"mid"}`)
	mid := one("snippets/a.liquid", "mid")
	mid["theme.json"] = &fstest.MapFile{Data: []byte(`{"name":"Mid"}`)}
	e := engine(t, theme.Options{
		Base:   files(map[string]string{"templates/x.liquid": "{% render 'a' %}{% render 'b' %}", "snippets/a.liquid": "base", "snippets/b.liquid": "-base"}),
		Themes: map[string]fs.FS{"mid": mid, "child": child},
	})
	for _, c := range []struct {
		name string
		r    theme.Request
		want string
	}{
		{"base", theme.Request{}, "<main>base-base</main>"},
		{"an unknown theme is base", theme.Request{Theme: "gone"}, "<main>base-base</main>"},
		{"a theme", theme.Request{Theme: "mid"}, "<main>mid-base</main>"},
		{"a theme's parent", theme.Request{Theme: "child"}, "<main>mid-base</main>"},
		{"the shop's own file", theme.Request{Theme: "child", Override: one("snippets/b.liquid", "-own"), Version: "1"}, "<main>mid-own</main>"},
		{"another version of it", theme.Request{Theme: "child", Override: one("snippets/b.liquid", "-new"), Version: "2"}, "<main>mid-new</main>"},
		{"another layout", theme.Request{Override: one("layout/bare.liquid", "[{{ content_for_layout }}]"), Version: "3", Layout: "bare"}, "[base-base]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.r.Template = "x"
			if got := page(t, e, c.r); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestEngine_Fallback: whatever is wrong in a shop's own files, the shopper sees the
// stock page and the merchant hears where it went wrong.
func TestEngine_Fallback(t *testing.T) {
	for name, c := range map[string]struct {
		own fstest.MapFS
		at  string
	}{
		"a syntax error":   {one("snippets/a.liquid", "\n{% if %}"), "snippets/a.liquid"},
		"a runaway":        {one("templates/x.liquid", "{% for i in (1..999999999) %}{% endfor %}"), "templates/x.liquid"},
		"an absent file":   {one("templates/x.liquid", "{% render 'nope' %}"), "templates/x.liquid"},
		"a broken layout":  {one("layout/theme.liquid", "{{ 1 | nope }}"), "layout/theme.liquid"},
		"a filter misused": {one("templates/x.liquid", "{{ 'a' | money }}"), "templates/x.liquid"},
		"a broken page":    {one("templates/x.json", "{"), "templates/x.json"},
		"a section's name": {one("templates/x.json", `{"sections":{"a":{"type":"../x"}},"order":["a"]}`), "templates/x.json"},
	} {
		t.Run(name, func(t *testing.T) {
			var told []*theme.Error
			e := engine(t, theme.Options{
				Base:     files(map[string]string{"templates/x.liquid": "{% render 'a' %}", "snippets/a.liquid": "stock"}),
				Replaced: func(_ context.Context, _ theme.Request, cause *theme.Error) { told = append(told, cause) },
			})
			if got := page(t, e, theme.Request{Template: "x", Override: c.own, Version: "1"}); got != "<main>stock</main>" {
				t.Errorf("got %q, want the stock page", got)
			}
			if len(told) != 1 || told[0].Template != c.at {
				t.Errorf("told %v, want one error in %s", told, c.at)
			}
		})
	}
}

// TestEngine_FallbackBudgets: whatever a shop's own page runs out of, the shopper sees the stock page, and the merchant hears of what.
func TestEngine_FallbackBudgets(t *testing.T) {
	for _, a := range attack.All {
		t.Run(a.Name, func(t *testing.T) {
			t.Parallel()
			var told *theme.Error
			e := engine(t, theme.Options{
				Base:     files(map[string]string{"templates/x.liquid": "stock", "snippets/itself.liquid": "{% render 'itself' %}", "snippets/nothing.liquid": ""}),
				Limits:   liquid.Limits{Time: time.Hour, Steps: 1_200_000},
				Replaced: func(_ context.Context, _ theme.Request, cause *theme.Error) { told = cause },
			})
			if got := page(t, e, theme.Request{Template: "x", Override: one("templates/x.liquid", a.Template), Version: "1"}); got != "<main>stock</main>" {
				t.Errorf("got %q, want the stock page", got)
			}
			if told == nil || told.Budget != a.Budget || told.Line == 0 || told.Column == 0 || told.Excerpt == "" {
				t.Errorf("told %+v, want the budget %s", told, a.Budget)
			}
		})
	}
}

// TestEngine_FallbackTime: so it is for what takes too long, and for a shop whose pages took too much of the machine together; its
// stock pages go on.
func TestEngine_FallbackTime(t *testing.T) {
	var told []liquid.Budget
	e := engine(t, theme.Options{
		Base: files(map[string]string{"templates/x.liquid": "stock"}), Limits: liquid.Limits{Time: time.Millisecond, Steps: 1 << 40}, Share: 1e-9, Burst: 20 * time.Millisecond,
		Replaced: func(_ context.Context, _ theme.Request, cause *theme.Error) { told = append(told, cause.Budget) },
	})
	r := theme.Request{Template: "x", Shop: "a", Override: one("templates/x.liquid", attack.All[0].Template), Version: "1"}
	for range 100 { // renders of a millisecond or more each
		if got := page(t, e, r); got != "<main>stock</main>" {
			t.Fatalf("got %q, want the stock page", got)
		}
		if told[len(told)-1] == liquid.BudgetShop {
			break
		}
	}
	if told[0] != liquid.BudgetTime || told[len(told)-1] != liquid.BudgetShop {
		t.Errorf("the first ran out of %s, the last of %s", told[0], told[len(told)-1])
	}
	r.Shop = "b"
	if page(t, e, r); told[len(told)-1] != liquid.BudgetTime {
		t.Errorf("another shop ran out of %s", told[len(told)-1])
	}
}

// TestEngine_Sections reads a page made of sections, one of them switched off.
func TestEngine_Sections(t *testing.T) {
	e := engine(t, theme.Options{Base: files(map[string]string{
		"templates/x.json":            `{"layout":"bare","sections":{"one":{"type":"words","settings":{"n":3,"kind":"odd"}},"two":{"type":"words"},"off":{"type":"words","disabled":true}},"order":["two","off","one"]}`,
		"layout/bare.liquid":          "({{ content_for_layout }})",
		"sections/words.liquid":       "{{ section.id }}{{ section.settings.n }}{{ section.settings.kind }};",
		"sections/words.schema.json":  `[{"type":"range","id":"n","min":1,"max":5,"default":2},{"type":"select","id":"kind","default":"plain","options":[{"value":"plain"}]}]`,
		"config/settings_schema.json": `[]`,
	})})
	if got, want := page(t, e, theme.Request{Template: "x"}), "(two2plain;one3plain;)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEngine_Assets(t *testing.T) {
	e := engine(t, theme.Options{Base: files(nil), AssetBase: "/static"})
	get := func(url string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		e.Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
		return w
	}
	css, font := e.AssetURL("base", "theme.css"), e.AssetURL("base", "a.woff2")
	w := get(css)
	if got, want := w.Body.String(), ":root{--set-accent:#111111;}\nbody {src: url("+font+");color: var(--set-accent)\n}\n"; strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("style sheet\n got %q\nwant %q", got, want)
	}
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control %q, want immutable", got)
	}
	old := strings.Replace(css, strings.Split(css, "/")[3], "000000000000", 1)
	if w := get(old); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("an old address: %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
	for _, url := range []string{"/static/base/x/../../theme.json", "/static/base/x/nope.css", "/static/nope/x/theme.css", "/static/base"} {
		if w := get(url); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", url, w.Code)
		}
	}
	if got := e.AssetURL("base", "nope"); got != "" {
		t.Errorf("AssetURL of nothing is %q", got)
	}
}
