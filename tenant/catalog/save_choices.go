package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// SaveChoices writes the options of an article that touch no variant: what can be chosen beside them
// for more (Extras), and how they are ordered (the Place of its Options). p was read without its
// variants, and has the revision it was read with; it gets the next.
//
// Errors: Invalid with fields "extras.…"; ErrProduct; ErrStale.
func SaveChoices(tx tenant.Tx, who tenant.Actor, p *Product) error {
	if err := p.checkChoices(); err != nil {
		return err
	}
	revs, err := LockRevs(tx, []ProductID{p.ID})
	if err != nil {
		return err
	}
	switch now, ok := revs[p.ID]; {
	case !ok:
		return ErrProduct
	case now != p.Rev:
		return ErrStale
	}
	before, err := FindBare(tx, p.ID)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(choices{p.Options, p.Extras})
	if err != nil {
		return fmt.Errorf("write options: %w", err)
	}
	_, err = tx.Raw().Exec(tx.Context(), "update products set options = $2::text::jsonb, rev = rev + 1, updated_at = $3 where id = $1",
		p.ID.String(), string(doc), tx.Now())
	if err != nil {
		return fmt.Errorf("write options: %w", err)
	}
	tx.Touch()
	after := *before
	after.Options, after.Extras = p.Options, p.Extras
	p.Rev++
	return tx.Record(who, "product.saved", "product/"+p.ID.String(), before, after)
}

// checkChoices is Check for the options and extras alone.
func (p *Product) checkChoices() error {
	own := slices.DeleteFunc(slices.Clone(fault.FieldsOf(p.Check())), func(f fault.Field) bool {
		return !strings.HasPrefix(f.Name, "options") && !strings.HasPrefix(f.Name, "extras")
	})
	if len(own) == 0 {
		return nil
	}
	return fault.Invalid(own...)
}
