package catalog

import (
	"fmt"
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

// wish is an address that something would like to have.
type wish struct {
	address
	id string
}

// slugs hands out addresses that are free in one table of texts, numbering those that are not.
type slugs struct {
	tx     tenant.Tx
	table  string
	column string
	taken  map[address]string // → id of who has it
}

// maxNumbered is how many articles of one name get a number; later ones get a part of their id.
const maxNumbered = 50

// readSlugs looks up which of the wanted addresses are in use. Where another has one, or two want
// the same, it looks for the numbered ones as well, so that the usual import costs one query.
func readSlugs(tx tenant.Tx, table, column string, wanted []wish) (*slugs, error) {
	s := &slugs{tx: tx, table: table, column: column, taken: map[address]string{}}
	all := make([]address, len(wanted))
	for i, w := range wanted {
		all[i] = w.address
	}
	if err := s.read(all); err != nil {
		return nil, err
	}
	first, contested := map[address]string{}, map[address]bool{}
	for _, w := range wanted {
		has, taken := s.taken[w.address]
		asked, twice := first[w.address]
		if taken && has != w.id || twice && asked != w.id {
			contested[w.address] = true
		}
		first[w.address] = w.id
	}
	var more []address
	for a := range contested {
		for n := 2; n <= maxNumbered; n++ {
			more = append(more, address{a.locale, numbered(a.slug, n)})
		}
	}
	return s, s.read(more)
}

func (s *slugs) read(wanted []address) error {
	if len(wanted) == 0 {
		return nil
	}
	locales, names := make([]string, len(wanted)), make([]string, len(wanted))
	for i, a := range wanted {
		locales[i], names[i] = string(a.locale), a.slug
	}
	rows, err := s.tx.Raw().Query(s.tx.Context(), fmt.Sprintf(`select t.locale, t.slug, t.%s::text
		from unnest($1::text[], $2::text[]) as w(locale, slug) join %s t on t.locale = w.locale and t.slug = w.slug`, s.column, s.table),
		locales, names)
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

// take gives the address that is wished for, or its -2, -3 … when others have it.
func (s *slugs) take(w wish) string {
	for n := 1; n <= maxNumbered; n++ {
		a := address{w.locale, numbered(w.slug, n)}
		if has, ok := s.taken[a]; !ok || has == w.id {
			s.taken[a] = w.id
			return a.slug
		}
	}
	return w.slug + "-" + w.id[len(w.id)-12:]
}

func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	return base + "-" + strconv.Itoa(n)
}

// assignSlugs gives every text without an address one made from its name; those that have one
// keep it, and the old one of a renamed text is kept in redirects by textColumns.
func assignSlugs(tx tenant.Tx, changes []Change, fallback i18n.Locale) error {
	var wanted []wish
	for _, c := range changes {
		product := c.After.ID.String()
		for l, t := range c.After.Texts {
			if was, ok := c.text(l); ok && t.Slug != "" && was.Slug == t.Slug {
				continue // its own already
			}
			wanted = append(wanted, wish{address{l, c.After.slugBase(l, t, fallback)}, product})
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	free, err := readSlugs(tx, "product_texts", "product_id", wanted)
	if err != nil {
		return err
	}
	for _, c := range changes {
		for len(wanted) > 0 && wanted[0].id == c.After.ID.String() {
			t := c.After.Texts[wanted[0].locale]
			t.Slug = free.take(wanted[0])
			c.After.Texts[wanted[0].locale] = t
			wanted = wanted[1:]
		}
	}
	return nil
}

// slugBase is what an article would like to be found under.
func (p *Product) slugBase(l i18n.Locale, t Text, fallback i18n.Locale) string {
	if t.Slug != "" {
		return t.Slug
	}
	for _, from := range []string{t.Name, p.Text(l, fallback).Name, p.Code} {
		if s := Slug(l, from); s != "" {
			return s
		}
	}
	return p.ID.String()
}
