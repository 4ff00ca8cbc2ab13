package view_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/themes"
)

// own draws a shop's own template of its product page.
func own(t *testing.T, template string) (string, *theme.Error) {
	t.Helper()
	var told *theme.Error
	e, err := theme.New(theme.Options{Base: themes.Base(), Replaced: func(_ context.Context, _ theme.Request, cause *theme.Error) { told = cause }})
	if err != nil {
		t.Fatal(err)
	}
	page := &view.ContactPage{
		Form: view.Form{Action: view.Action{URL: `/contact?a=1&b="`, Hidden: []view.Hidden{{Name: "key", Value: "<k>"}, {Name: "n", Value: "2"}}}, Error: "Non & non"},
	}
	page.Page = &view.Page{Image: &view.Image{URL: "/m/900.jpg", Width: 900, Height: 600, Srcset: []view.Source{{URL: "/m/300.jpg", Width: 300}, {URL: "/m/600.jpg", Width: 600}}}}
	var out bytes.Buffer
	err = e.Render(t.Context(), &out, theme.Request{Template: "contact", Layout: "none", Locale: i18n.French, Data: page, Version: "1", Page: 2,
		PageURL:  func(n int) string { return "?page=" + string(rune('0'+n)) },
		Override: fstest.MapFS{"templates/contact.liquid": {Data: []byte(template)}}})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(out.String()), told
}

// TestTags: what a theme's author may write beyond the stock theme: forms, addresses of pictures, pages of a list.
func TestTags(t *testing.T) {
	const opened = `<form method="post" action="/contact?a=1&amp;b=&#34;" class="c &amp; d"><input type="hidden" name="key" value="&lt;k&gt;"><input type="hidden" name="n" value="2">`
	for template, want := range map[string]string{
		`{% form form, class: "c & d" %}{{ form.error }}{% endform %}`:      opened + `Non &amp; non</form>`,
		`{% form form.action, class: "c & d" %}{{ form.url }}{% endform %}`: opened + `/contact?a=1&amp;b=&#34;</form>`,
		`{{ page.image | image_url }}`:                                      `/m/900.jpg`,
		`{{ page.image | image_url: width: 200 }}`:                          `/m/300.jpg`,
		`{{ page.image | image_url: width: 301 }}`:                          `/m/600.jpg`,
		`{{ page.image | image_url: width: 2000 }}`:                         `/m/900.jpg`,
		`{% paginate form.action.hidden by 1 %}{% for h in form.action.hidden %}{{ h.name }}{% endfor %}{{ paginate.previous.url }}{% endpaginate %}`: `n?page=1`,
	} {
		if got, told := own(t, template); got != want || told != nil {
			t.Errorf("%s\n got %s, %v\nwant %s", template, got, told, want)
		}
	}
	for template, says := range map[string]string{
		`{% form page.image %}{% endform %}`:                "form wants",
		`{% form form, onsubmit: "steal()" %}{% endform %}`: "form takes no attribute onsubmit",
		`{{ form | image_url }}`:                            "an image is needed",
	} {
		if _, told := own(t, template); told == nil || !strings.Contains(told.Error(), says) || told.Line != 1 {
			t.Errorf("%s: %v", template, told)
		}
	}
}
