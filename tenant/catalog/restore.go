package catalog

import (
	"context"
	"slices"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// Way is the way back to a version: the article as it is, and as it would be.
type Way struct {
	At         time.Time // the change that is taken back, with all that came after it
	Have, Then *Product
	Left       Left

	now *Product // what Then shows, with the words of now
}

// Left is what going back cannot bring back, in numbers.
type Left struct {
	Pictures, Nodes, Links, Panels int // deleted since
	Off                            int // variants added since, which stay and are no longer on sale
	Dropped                        int // variants added since that have none of the options of then
	Empty                          int // variants removed since, which come back without pieces
	Addresses                      int // taken by others since, so that a number was added; known once gone back
}

// May says what somebody who goes back may change.
type May struct {
	Count   bool // whether pieces are counted
	Archive bool
}

// FindWay reads the way back to how an article was just before an entry of its journal. It reads the article
// whole.
//
// Pieces, ids, prices that were asked (LAW-03), and the words of shared panels stay as they are.
//
// Errors: ErrProduct; ErrVersion for an entry that is not there, is too old or does not say; ErrHeld for a variant
// that would go and has pieces.
func FindWay(tx tenant.Tx, p ProductID, v VersionID, may May) (Way, error) {
	have, err := FindIn(tx, p)
	if err != nil {
		return Way{}, err
	}
	return wayFrom(tx, have, v, may)
}

func wayFrom(tx tenant.Tx, have *Product, v VersionID, may May) (Way, error) {
	have, err := Journaled(tx, have)
	if err != nil {
		return Way{}, err
	}
	was, at, err := before(tx, have, v)
	if err != nil {
		return Way{}, err
	}
	then := *was
	w := Way{At: at, Have: have, Then: &then}
	then.ID, then.Rev, then.CreatedAt, then.UpdatedAt = have.ID, have.Rev, have.CreatedAt, have.UpdatedAt
	then.Shown, then.Preorder, then.Terms = have.Shown, have.Preorder, have.Terms
	if have.PublishedAt != nil {
		then.PublishedAt = have.PublishedAt // since then its prices could be seen
	}
	if then.State == Archived && !may.Archive {
		then.State = have.State
	}
	if err := w.variants(may); err != nil {
		return Way{}, err
	}
	if err := w.mend(tx); err != nil {
		return Way{}, err
	}
	return w, w.mendWords(tx)
}

// variants are those of then with the pieces of now. One that was made anew with the same options is the one of
// then; one that was added since stays where it can.
func (w *Way) variants(may May) error {
	then := w.Then
	byID, byKey := map[VariantID]*Variant{}, map[string]*Variant{}
	for i := range w.Have.Variants {
		v := &w.Have.Variants[i]
		byID[v.ID], byKey[OptionKey(v.Options)] = v, v
	}
	known := make(map[VariantID]bool, len(then.Variants))
	for _, v := range then.Variants {
		known[v.ID] = true
	}
	then.Variants = slices.Clone(then.Variants)
	renamed := map[VariantID]VariantID{}
	for i := range then.Variants {
		v := &then.Variants[i]
		now := byID[v.ID]
		if anew := byKey[OptionKey(v.Options)]; now == nil && anew != nil && !known[anew.ID] {
			renamed[v.ID] = anew.ID
			now = anew
		}
		if now == nil {
			v.OnHand, v.Reserved, v.Past = 0, 0, nil
			w.Left.Empty++
			continue
		}
		v.ID, v.OnHand, v.Reserved, v.Past, v.Since = now.ID, now.OnHand, now.Reserved, now.Past, now.Since
		if !may.Count {
			v.Tracked = now.Tracked
		}
		v.Backorder = v.Backorder || v.OnHand < 0
		delete(byID, now.ID)
	}
	then.Prices = slices.Clone(then.Prices)
	for i, r := range then.Prices {
		if anew, ok := renamed[r.Variant]; ok {
			then.Prices[i].Variant = anew
		}
	}
	for _, v := range w.Have.Variants {
		if byID[v.ID] == nil {
			continue
		}
		switch {
		case then.takes(v.Options):
			v.Active = false
			then.Variants = append(then.Variants, v)
			w.Left.Off++
		case v.Reserved != 0 || v.Tracked && v.OnHand != 0:
			return ErrHeld.With(fault.Args{"sku": v.SKU})
		default:
			w.Left.Dropped++
		}
	}
	return nil
}

// takes tells whether the article can have one more variant of these options.
func (p *Product) takes(options map[string]string) bool {
	if len(p.Options) == 0 || len(options) != len(p.Options) {
		return false
	}
	for _, o := range p.Options {
		if !o.has(options[o.Code]) {
			return false
		}
	}
	key := OptionKey(options)
	return !slices.ContainsFunc(p.Variants, func(v Variant) bool { return OptionKey(v.Options) == key })
}

// Restore puts an article back to how it was just before an entry of its journal, and is an entry itself, so that
// it can be taken back. rev is the article's revision the way was shown with.
//
// Errors: those of FindWay; ErrStale; Invalid with fields; ErrCodeTaken, ErrSKUTaken for what another article has
// taken since.
func Restore(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p ProductID, v VersionID, rev int, may May) (w Way, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		locked, err := LockAll(tx, []ProductID{p})
		if err != nil {
			return err
		}
		switch {
		case len(locked) == 0:
			return ErrProduct
		case locked[0].Rev != rev:
			return ErrStale
		}
		if w, err = wayFrom(tx, locked[0], v, may); err != nil {
			return err
		}
		if err := w.Then.Check(); err != nil {
			return err
		}
		if err := w.write(tx); err != nil {
			return err
		}
		if err := w.describe(tx); err != nil {
			return err
		}
		wished := w.Then.Texts
		if err := Apply(tx, []Change{{Before: w.Have, After: w.Then}}); err != nil {
			return err
		}
		for l, t := range w.Then.Texts {
			if wished[l].Slug != t.Slug {
				w.Left.Addresses++
			}
		}
		after, err := Journaled(tx, w.Then)
		if err != nil {
			return err
		}
		return tx.Record(who, "product.restored", "product/"+p.String(), w.Have, after)
	})
	return w, err
}

// describe gives pictures without a description the article's name when going back publishes it.
func (w *Way) describe(tx tenant.Tx) error {
	if w.Then.State != Published || w.Have.State == Published {
		return nil
	}
	alts := map[media.ID]i18n.Text{}
	if err := NamePictures(tx, []*Product{w.Then}, alts); err != nil {
		return err
	}
	return media.DescribeAll(tx, alts)
}

// Parts are what going back changes.
func (w *Way) Parts() ([]Part, error) { return differ(w.Have, w.Then) }
