package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gosimple/slug"
	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

const maxSlug = 90

// Slug is the address made from a name: lower case, ASCII, words joined by hyphens; "" when
// nothing of the name can be written so.
func Slug(l i18n.Locale, name string) string {
	s := slug.MakeLang(name, string(l.Language()))
	if len(s) > maxSlug {
		s = s[:maxSlug]
	}
	return s
}

// address is a page of one language.
type address struct {
	locale i18n.Locale
	slug   string
}

// slugs hands out addresses that are free in one table of texts, numbering those that are not.
type slugs struct {
	tx      tenant.Tx
	table   string
	column  string
	locales []i18n.Locale
	taken   map[address]string // → id of who has it
}

// maxNumbered is how many articles of one name get a number; later ones get a part of their id.
const maxNumbered = 50

// readSlugs looks up which of the wanted addresses are in use. Where one is, or is wanted twice,
// it looks for the numbered ones as well, so that the usual import costs one query.
func readSlugs(tx tenant.Tx, table, column string, locales []i18n.Locale, wanted []string) (*slugs, error) {
	s := &slugs{tx: tx, table: table, column: column, locales: locales, taken: map[address]string{}}
	if err := s.read(wanted); err != nil {
		return nil, err
	}
	contested := map[string]bool{}
	for a := range s.taken {
		contested[a.slug] = true
	}
	seen := map[string]bool{}
	for _, w := range wanted {
		if seen[w] {
			contested[w] = true
		}
		seen[w] = true
	}
	var more []string
	for base := range contested {
		for n := 2; n <= maxNumbered; n++ {
			more = append(more, numbered(base, n))
		}
	}
	return s, s.read(more)
}

func (s *slugs) read(wanted []string) error {
	if len(wanted) == 0 {
		return nil
	}
	// The language is part of the question because it comes first in the index: without it every
	// address of the shop is compared with every one wanted.
	languages := make([]string, len(s.locales))
	for i, l := range s.locales {
		languages[i] = string(l)
	}
	rows, err := s.tx.Raw().Query(s.tx.Context(),
		fmt.Sprintf(`select locale, slug, %s::text from %s where locale = any($1) and slug = any($2)`, s.column, s.table),
		languages, wanted)
	if err != nil {
		return fmt.Errorf("read addresses in use: %w", err)
	}
	var a address
	var id string
	_, err = pgx.ForEachRow(rows, []any{(*string)(&a.locale), &a.slug, &id}, func() error {
		s.taken[a] = id
		return nil
	})
	if err != nil {
		return fmt.Errorf("read addresses in use: %w", err)
	}
	return nil
}

// take gives id the address base, or base-2, base-3 … when others have it.
func (s *slugs) take(l i18n.Locale, base, id string) string {
	for n := 1; n <= maxNumbered; n++ {
		a := address{l, numbered(base, n)}
		if has, ok := s.taken[a]; !ok || has == id {
			s.taken[a] = id
			return a.slug
		}
	}
	return base + "-" + id[len(id)-12:]
}

func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	return base + "-" + strconv.Itoa(n)
}

// assignSlugs gives every text without an address one made from its name; those that have one
// keep it, and the old one of a renamed text is kept in redirects by the statements.
func assignSlugs(tx tenant.Tx, products []*Product, fallback i18n.Locale) error {
	var wanted []string
	base := func(p *Product, l i18n.Locale, t Text) string {
		for _, from := range []string{t.Slug, Slug(l, t.Name), Slug(l, p.Text(l, fallback).Name), Slug(l, p.Code)} {
			if from != "" {
				return from
			}
		}
		return p.ID.String()
	}
	locales := map[i18n.Locale]bool{}
	for _, p := range products {
		for l, t := range p.Texts {
			wanted = append(wanted, base(p, l, t))
			locales[l] = true
		}
	}
	free, err := readSlugs(tx, "product_texts", "product_id", slices.Collect(maps.Keys(locales)), wanted)
	if err != nil {
		return err
	}
	for _, p := range products {
		for l, t := range p.Texts {
			t.Slug = free.take(l, base(p, l, t), p.ID.String())
			p.Texts[l] = t
		}
	}
	return nil
}
