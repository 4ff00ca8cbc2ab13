package catalog

import (
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Change is an article as the shop has it and as it is to be.
type Change struct {
	Before *Product // as it was read and locked in this unit of work; nil for one that is new
	After  *Product
}

// Apply stores many articles in a handful of statements: the door of imports. Each table is given
// the rows that differ and no others, so that writing new prices into thousands of articles does not
// touch their texts, whose search index is most of the work.
//
// The caller has checked the articles. New variants start with their OnHand; existing ones keep
// theirs. After gets its ids, addresses and next revision.
//
// Errors as for Save, except Invalid and ErrStale.
func Apply(tx tenant.Tx, changes []Change) error { return newGroundwork().Apply(tx, changes) }

// Apply is Apply for changes whose groundwork is laid.
func (g *Groundwork) Apply(tx tenant.Tx, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	for _, c := range changes {
		c.prepare(tx, g)
	}
	if err := assignSlugs(tx, changes, s.Languages.Default); err != nil {
		return err
	}
	texts := noteTexts(changes, g)
	if err := g.learn(tx, texts.wordings); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	if err := queueProducts(batch, changes); err != nil {
		return fmt.Errorf("write articles: %w", err)
	}
	texts.queue(batch, changes, g)
	if err := queueVariants(batch, changes); err != nil {
		return fmt.Errorf("write articles: %w", err)
	}
	queueTies(batch, changes)
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return translate(fmt.Errorf("write articles: %w", err))
	}
	tx.Touch()
	return nil
}

// prepare gives an article what the caller left to the catalogue.
func (c Change) prepare(tx tenant.Tx, g *Groundwork) {
	p := c.After
	switch {
	case p.ID.IsZero():
		p.ID, p.CreatedAt = id.New[Product](), tx.Now()
	case c.Before == nil && p.CreatedAt.IsZero(): // new, under an id the caller gave
		p.CreatedAt = tx.Now()
	}
	p.UpdatedAt = tx.Now()
	p.Rev++
	p.Prices = pricelist.Replace(c.prices(), p.Prices, tx.Now())
	if p.State == Published && p.PublishedAt == nil {
		now := tx.Now()
		p.PublishedAt = &now
	}
	texts := make(map[i18n.Locale]Text, len(p.Texts))
	for l, t := range p.Texts {
		texts[l] = g.sanitised(c, l, t)
	}
	p.Texts = texts
	p.Variants = slices.Clone(p.Variants)
	for i := range p.Variants {
		if p.Variants[i].ID.IsZero() {
			p.Variants[i].ID = id.New[stock.Variant]()
		}
		p.Variants[i].Position = i
	}
}

// prices are the price rules the shop has.
func (c Change) prices() []pricelist.Rule {
	if c.Before == nil {
		return nil
	}
	return c.Before.Prices
}

// text is the article's text in l as the shop has it.
func (c Change) text(l i18n.Locale) (Text, bool) {
	if c.Before == nil {
		return Text{}, false
	}
	t, ok := c.Before.Texts[l]
	return t, ok
}

// known are the variants the shop has, by id.
func (c Change) known() map[VariantID]*Variant {
	out := map[VariantID]*Variant{}
	if c.Before == nil {
		return out
	}
	for i := range c.Before.Variants {
		out[c.Before.Variants[i].ID] = &c.Before.Variants[i]
	}
	return out
}

// renamed tells whether what articles are looked for by, besides their texts, has changed.
func (c Change) renamed() bool {
	return c.Before == nil || c.Before.Code != c.After.Code ||
		!slices.EqualFunc(c.Before.Variants, c.After.Variants, func(a, b Variant) bool { return a.SKU == b.SKU })
}

// upsert is an insert that changes rows that exist, where any of the articles does: for those that
// are all new Postgres is spared the looking.
func upsert(changes []Change, insert, conflict string) string {
	if slices.ContainsFunc(changes, func(c Change) bool { return c.Before != nil }) {
		return insert + conflict
	}
	return insert
}

// same tells whether a variant is stored as it is to be; its pieces are stock's to change.
func (v *Variant) same(as *Variant) bool {
	return v.SKU == as.SKU && v.Barcode == as.Barcode && v.Price.Equal(as.Price) && sameNumber(v.CompareAt, as.CompareAt) &&
		sameNumber(v.Cost, as.Cost) && v.WeightG == as.WeightG && sameNumber(v.Content, as.Content) && shipValues(v.ShipValues).same(as.ShipValues) && same(v.Picture, as.Picture) && v.Position == as.Position &&
		v.Active == as.Active && v.Tracked == as.Tracked && v.Backorder == as.Backorder && v.LowAt == as.LowAt &&
		v.Reorder == as.Reorder && OptionKey(v.Options) == OptionKey(as.Options)
}

func sameNumber(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func same[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
