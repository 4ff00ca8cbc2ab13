package catalog

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
)

// Groundwork is what Apply needs and what follows from the texts of articles alone: their markup
// sanitised, and what they are searched by. For Postgres the latter is a third of the work of a new
// article, so an import has it laid for the articles to come on another connection, while those
// before are written.
//
// It is kept by content: no text can get what was made of another, however an article has changed
// since. What it lacks Apply makes. It is not for use by several goroutines at once.
type Groundwork struct {
	stored map[string]string // markup as it was given → as it is stored
	plain  map[string]string // markup as it is stored → without it
	words  map[wording]indexed
}

// wording is all that follows into what a text is searched by.
type wording struct {
	locale                           i18n.Locale
	name, summary, plain, code, skus string
}

// indexed is what a text is searched by.
type indexed struct {
	folded string // for likenesses and parts of words
	vector string // a tsvector as Postgres writes it
}

// Lay makes the groundwork of changes, which may only be planned: it reads nothing of the shop and
// alters neither the shop nor the articles.
func Lay(tx tenant.Tx, changes []Change) (*Groundwork, error) {
	g := newGroundwork()
	var wanted []wording
	for _, c := range changes {
		skus := c.After.skus()
		for l, t := range c.After.Texts {
			if !c.keeps(l, t) {
				wanted = append(wanted, g.wording(c.After.Code, skus, l, g.sanitised(c, l, t)))
			}
		}
	}
	return g, g.learn(tx, wanted)
}

func newGroundwork() *Groundwork {
	return &Groundwork{stored: map[string]string{}, plain: map[string]string{}, words: map[wording]indexed{}}
}

// sanitised is a text as it is stored.
func (g *Groundwork) sanitised(c Change, l i18n.Locale, t Text) Text {
	if was, ok := c.text(l); ok && was.Body == t.Body {
		return t
	}
	t.Body = once(g.stored, t.Body, markup.Sanitise)
	return t
}

// wording is what the stored text of an article is searched by follows from.
func (g *Groundwork) wording(code, skus string, l i18n.Locale, t Text) wording {
	return wording{locale: l, name: t.Name, summary: t.Summary, plain: once(g.plain, t.Body, markup.Plain), code: code, skus: skus}
}

// once answers from what is known, and else makes and keeps the answer.
func once(known map[string]string, of string, fn func(string) string) string {
	if of == "" {
		return ""
	}
	made, ok := known[of]
	if !ok {
		made = fn(of)
		known[of] = made
	}
	return made
}

// makeWords is how texts are indexed. The name weighs most, then code and summary, then the body,
// of which no more than a long article's first pages count.
const makeWords = `
	select n, ext.fold(name || ' ' || skus),
		(setweight(to_tsvector(config::regconfig, ext.fold(name)), 'A')
			|| setweight(to_tsvector('simple', ext.fold(code)), 'B')
			|| setweight(to_tsvector(config::regconfig, ext.fold(summary)), 'B')
			|| setweight(to_tsvector(config::regconfig, ext.fold(left(plain, 20000))), 'C'))::text
	from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
		as t(config, name, summary, plain, code, skus, n)`

// learn has Postgres make the words that are not there yet.
func (g *Groundwork) learn(tx tenant.Tx, wanted []wording) error {
	var missing []wording
	var columns [6][]string
	for _, w := range wanted {
		if _, ok := g.words[w]; ok {
			continue
		}
		missing = append(missing, w)
		for i, cell := range [...]string{searchConfig(w.locale), w.name, w.summary, w.plain, w.code, w.skus} {
			columns[i] = append(columns[i], cell)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	rows, err := tx.Raw().Query(tx.Context(), makeWords, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5])
	if err != nil {
		return fmt.Errorf("index texts: %w", err)
	}
	var n int
	var made indexed
	_, err = pgx.ForEachRow(rows, []any{&n, &made.folded, &made.vector}, func() error {
		g.words[missing[n-1]] = made
		return nil
	})
	if err != nil {
		return fmt.Errorf("index texts: %w", err)
	}
	return nil
}

// skus are the numbers of an article's variants, as they are searched.
func (p *Product) skus() string {
	all := make([]string, len(p.Variants))
	for i, v := range p.Variants {
		all[i] = v.SKU
	}
	return strings.Join(all, " ")
}

// keeps tells whether a text and what it is searched by are stored as they are to be.
func (c Change) keeps(l i18n.Locale, t Text) bool {
	was, had := c.text(l)
	return had && was == t && !c.renamed()
}
