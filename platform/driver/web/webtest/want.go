package webtest

import (
	"slices"
	"strings"
)

// WantStatus fails the test when the page has another status.
func (b *Browser) WantStatus(status int) *Browser {
	b.t.Helper()
	if got := b.Status(); got != status {
		b.fatalf("status %d, want %d", got, status)
	}
	return b
}

// WantPath fails the test when the page is elsewhere, after redirects.
func (b *Browser) WantPath(path string) *Browser {
	b.t.Helper()
	if got := b.Path(); got != path {
		b.fatalf("path %s, want %s", got, path)
	}
	return b
}

// Want fails the test when the selector finds nothing.
func (b *Browser) Want(selector string) *Browser {
	b.t.Helper()
	if b.Count(selector) == 0 {
		b.fatalf("%s is not on the page", selector)
	}
	return b
}

// WantNo fails the test when the selector finds something.
func (b *Browser) WantNo(selector string) *Browser {
	b.t.Helper()
	if found := b.doc().Find(selector); found.Length() > 0 {
		b.fatalf("%s is on the page: %s", selector, outer(found.First()))
	}
	return b
}

// WantCount fails the test when the selector finds another number of elements.
func (b *Browser) WantCount(selector string, n int) *Browser {
	b.t.Helper()
	if got := b.Count(selector); got != n {
		b.fatalf("%s finds %d elements, want %d", selector, got, n)
	}
	return b
}

// WantText fails the test unless an element that the selector finds contains
// the text.
func (b *Browser) WantText(selector, text string) *Browser {
	b.t.Helper()
	texts := b.Texts(selector)
	if !slices.ContainsFunc(texts, func(got string) bool { return strings.Contains(got, fold(text)) }) {
		b.fatalf("%s says %q, want %q", selector, texts, text)
	}
	return b
}

// WantNoText fails the test when the text is anywhere on the page.
func (b *Browser) WantNoText(text string) *Browser {
	b.t.Helper()
	if strings.Contains(fold(b.doc().Text()), fold(text)) {
		b.fatalf("the page says %q", text)
	}
	return b
}

// WantTexts fails the test unless the elements say exactly this, in order.
func (b *Browser) WantTexts(selector string, texts ...string) *Browser {
	b.t.Helper()
	if got := b.Texts(selector); !slices.Equal(got, texts) {
		b.fatalf("%s says %q, want %q", selector, got, texts)
	}
	return b
}

// WantHeader fails the test when a header of the page has another value.
func (b *Browser) WantHeader(name, value string) *Browser {
	b.t.Helper()
	if got := b.Page().Header.Get(name); got != value {
		b.fatalf("%s: %q, want %q", name, got, value)
	}
	return b
}

// fatalf ends the test and shows where the browser was.
func (b *Browser) fatalf(format string, args ...any) {
	b.t.Helper()
	if b.page != nil {
		b.t.Logf("page: %d %s\n%s", b.page.Status, b.page.URL, shorten(string(b.page.Body), 3000))
		if len(b.hops) > 1 {
			b.t.Logf("came by: %s", strings.Join(b.hops, " → "))
		}
	}
	b.t.Fatalf("webtest: "+format, args...)
}
