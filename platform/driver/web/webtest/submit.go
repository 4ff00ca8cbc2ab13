package webtest

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Values are what a visitor types: by field name a string, a bool for a check
// box, a []string for several boxes or options, a File or []File to upload.
type Values map[string]any

// File is a file that a visitor picks.
type File struct {
	Name, Type string
	Content    []byte
}

// Submit fills in and sends a form. The selector finds the form, or the button
// to press when the form has several; pressed is otherwise the first one. Fields
// that are not named keep what the page put into them, hidden ones included.
func (b *Browser) Submit(selector string, values Values) *Page {
	b.t.Helper()
	return b.visit(b.filled(selector, values))
}

// Prepare fills in a form and keeps it, so that it can be sent several times: each call gives a request
// to be served, also beside another. The browser stays where it is.
func (b *Browser) Prepare(selector string, values Values) func() *http.Request {
	b.t.Helper()
	s := b.filled(selector, values)
	return func() *http.Request {
		var site crossing
		site.add(s.from, s.url)
		return b.request(s, site)
	}
}

func (b *Browser) filled(selector string, values Values) step {
	b.t.Helper()
	found := b.One(selector)
	form, button := found, found
	if goquery.NodeName(found) == "form" {
		button = b.firstButton(form)
	} else {
		form = b.formOf(found)
	}
	if form.Length() != 1 {
		b.fatalf("%s belongs to no form: %s", selector, outer(found))
	}
	return b.submission(form, button, b.fill(form, button, values))
}

// entry is one name and value on its way to the server.
type entry struct {
	name, value string
	file        *File
}

// fill lists the form's successful controls in the order of the page, as
// changed by values.
func (b *Browser) fill(form, button *goquery.Selection, values Values) []entry {
	b.t.Helper()
	used := make(map[string]bool)
	var out []entry
	b.controls(form).Each(func(_ int, field *goquery.Selection) {
		name, named := field.Attr("name")
		if !named || name == "" || disabled(field) {
			return
		}
		switch kindOf(field) {
		case "submit", "button", "image", "reset":
			if field.IsSelection(button) && kindOf(field) == "submit" {
				out = append(out, entry{name: name, value: field.AttrOr("value", "")})
			}
			return
		case "file":
			out = append(out, b.files(name, field, values)...)
			used[name] = true
			return
		}
		typed, given := values[name]
		if !given {
			for _, v := range fieldValues(field) {
				out = append(out, entry{name: name, value: v})
			}
			return
		}
		used[name] = true
		for _, v := range b.typed(field, name, typed) {
			out = append(out, entry{name: name, value: v})
		}
	})
	b.wantAllUsed(form, values, used, out)
	return out
}

// wantAllUsed fails the test for a value that no visitor could have given.
func (b *Browser) wantAllUsed(form *goquery.Selection, values Values, used map[string]bool, sent []entry) {
	b.t.Helper()
	for name, value := range values {
		if !used[name] {
			b.fatalf("the form has no field %q that can be filled in: %s", name, outer(form))
		}
		options, several := value.([]string)
		if one, single := value.(string); single && b.isChoice(form, name) {
			options, several = []string{one}, true
		}
		if !several {
			continue
		}
		for _, option := range options {
			if !slices.ContainsFunc(sent, func(e entry) bool { return e.name == name && e.value == option }) {
				b.fatalf("field %q does not offer %q: %s", name, option, outer(form))
			}
		}
	}
}

func (b *Browser) isChoice(form *goquery.Selection, name string) bool {
	return b.controls(form).FilterFunction(func(_ int, field *goquery.Selection) bool {
		kind := kindOf(field)
		return field.AttrOr("name", "") == name && (kind == "radio" || kind == "checkbox" || kind == "select")
	}).Length() > 0
}

// typed is what one control sends after the visitor has used it.
func (b *Browser) typed(field *goquery.Selection, name string, value any) []string {
	b.t.Helper()
	kind := kindOf(field)
	if kind == "hidden" {
		b.fatalf("field %q is hidden; tampering is done with Post", name)
	}
	wanted, isList := value.([]string)
	if text, ok := value.(string); ok {
		wanted = []string{text}
	} else if on, ok := value.(bool); ok {
		if kind != "checkbox" {
			b.fatalf("field %q is no check box", name)
		}
		if !on {
			return nil
		}
		return []string{field.AttrOr("value", "on")}
	} else if !isList {
		b.fatalf("field %q: cannot type a %T", name, value)
	}
	switch kind {
	case "checkbox", "radio":
		if own := field.AttrOr("value", "on"); slices.Contains(wanted, own) {
			return []string{own}
		}
		return nil
	case "select":
		var out []string
		field.Find("option").Each(func(_ int, option *goquery.Selection) {
			if v := optionValue(option); slices.Contains(wanted, v) && !disabled(option) {
				out = append(out, v)
			}
		})
		return out
	}
	if isList {
		b.fatalf("field %q takes one text", name)
	}
	if _, readonly := field.Attr("readonly"); readonly {
		b.fatalf("field %q cannot be changed", name)
	}
	if kind == "textarea" {
		return []string{crlf(wanted[0])}
	}
	return wanted
}

func (b *Browser) files(name string, field *goquery.Selection, values Values) []entry {
	b.t.Helper()
	var picked []File
	switch v := values[name].(type) {
	case nil:
	case File:
		picked = []File{v}
	case []File:
		picked = v
	default:
		b.fatalf("field %q takes files, not a %T", name, v)
	}
	if _, several := field.Attr("multiple"); len(picked) > 1 && !several {
		b.fatalf("field %q takes one file", name)
	}
	if len(picked) == 0 {
		picked = []File{{Type: "application/octet-stream"}} // browsers send an empty part
	}
	var out []entry
	for _, f := range picked {
		out = append(out, entry{name: name, value: f.Name, file: &f})
	}
	return out
}

// submission turns the entries into a request, as the form's attributes and
// those of the pressed button ask.
func (b *Browser) submission(form, button *goquery.Selection, entries []entry) step {
	b.t.Helper()
	attr := func(name string) string {
		if v, ok := button.Attr("form" + name); ok {
			return v
		}
		return form.AttrOr(name, "")
	}
	s := step{method: http.MethodGet, url: b.resolve(attr("action")), from: b.origin(), page: b.page.URL, leads: formSources(b.page.Header)}
	if attr("action") == "" {
		action := *b.page.URL
		s.url = &action
	}
	if strings.EqualFold(attr("method"), "post") {
		s.method = http.MethodPost
	}
	switch {
	case s.method == http.MethodGet:
		s.url.RawQuery = encode(entries)
	case strings.EqualFold(attr("enctype"), "multipart/form-data"):
		s.body, s.kind = multipartBody(entries)
	default:
		s.body, s.kind = []byte(encode(entries)), "application/x-www-form-urlencoded"
	}
	return s
}

// encode keeps the order of the page, which url.Values would not.
func encode(entries []entry) string {
	pairs := make([]string, len(entries))
	for i, e := range entries {
		pairs[i] = url.QueryEscape(e.name) + "=" + url.QueryEscape(e.value)
	}
	return strings.Join(pairs, "&")
}

func multipartBody(entries []entry) ([]byte, string) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, e := range entries {
		header := textproto.MIMEHeader{}
		if e.file == nil {
			header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"`, quote(e.name)))
		} else {
			header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, quote(e.name), quote(e.file.Name)))
			header.Set("Content-Type", e.file.Type)
		}
		part, err := w.CreatePart(header)
		if err == nil && e.file != nil {
			_, err = part.Write(e.file.Content)
		} else if err == nil {
			_, err = part.Write([]byte(e.value))
		}
		if err != nil {
			panic("webtest: write into memory: " + err.Error())
		}
	}
	w.Close() //nolint:errcheck // a bytes.Buffer takes everything
	return body.Bytes(), w.FormDataContentType()
}

func quote(name string) string {
	return strings.NewReplacer("\r", "%0D", "\n", "%0A", `"`, "%22").Replace(name)
}
