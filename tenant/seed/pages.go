package seed

import (
	"embed"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
)

//go:embed pages/*.html
var pageFiles embed.FS

// firstPages are the pages of a new shop in the order of its menu. The title of each is the first
// line of its file.
var firstPages = []struct {
	code string
	kind content.Kind
}{
	{"about", content.Info}, {"contact", content.Contact}, {"terms", content.Legal}, {"privacy", content.Legal}, {"legal-notice", content.Legal},
}

// pages queues the first pages and returns their ids by code.
func (b *batch) pages() map[string]content.ID {
	ids := make(map[string]content.ID, len(firstPages))
	for i, p := range firstPages {
		page := id.New[content.Page]()
		ids[p.code] = page
		b.Queue(`insert into pages (id, code, kind, visible, place, position, rev, created_at, updated_at)
			values ($1, $2, $3, true, 'footer', $4, 1, $5, $5)`, page.String(), p.code, string(p.kind), i+1, b.tx.Now())
		for _, l := range i18n.Shipped {
			title, body, err := pageText(p.code, l)
			if err != nil {
				b.err = err
				return ids
			}
			b.Queue(`insert into page_texts (page_id, locale, title, slug, body) values ($1, $2, $3, $4, $5)`,
				page.String(), string(l), title, catalog.Slug(l, title), body)
		}
	}
	return ids
}

func pageText(code string, l i18n.Locale) (title, body string, err error) {
	text, err := pageFiles.ReadFile("pages/" + code + "." + string(l) + ".html")
	if err != nil {
		return "", "", fmt.Errorf("seed page: %w", err)
	}
	title, body, _ = strings.Cut(string(text), "\n")
	return title, strings.TrimSpace(body), nil
}
