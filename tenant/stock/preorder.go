package stock

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/deposit"
)

// Advance is whether, how many and for when pieces of an article can be promised before they are there.
type Advance struct {
	On    *time.Time    // the day it is announced for; nil for none
	Limit int           // of each variant; 0: it cannot be ordered before its day
	Terms deposit.Terms // when such an order is paid
}

// NoLimit promises as many as people want.
const NoLimit = 1_000_000

// ErrAdvance refuses to promise pieces for no day.
var ErrAdvance = fault.New(fault.Malformed, "stock.advance_day")

// SetAdvance says when an article comes and how many may be ordered before. The article gets a new
// revision, so that whoever edits it at the same time is told.
//
// Errors: ErrAdvance on "on"; those of deposit.Terms.Check; ErrVariant when there is no such article.
func SetAdvance[P any](tx tenant.Tx, who tenant.Actor, product id.Of[P], a Advance) error {
	if a.Limit > 0 && a.On == nil {
		return ErrAdvance.On("on")
	}
	if err := a.Terms.Check(); err != nil {
		return err
	}
	var day any
	if a.On != nil {
		day = a.On.Format(time.DateOnly)
	}
	limit, terms, err := a.columns()
	if err != nil {
		return err
	}
	done := tx.DB().Exec(`update products set available_on = ?::date, preorder_limit = ?, preorder_terms = ?::jsonb, rev = rev + 1, updated_at = ?
		where id = ?`, day, limit, terms, tx.Now(), product)
	if done.Error != nil {
		return fmt.Errorf("set pre-order: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrVariant
	}
	tx.Touch()
	return tx.Record(who, "stock.preorder", "product/"+product.String(), nil, map[string]any{"on": day, "limit": limit, "terms": terms})
}

// columns are limit and terms as they are stored; nil for none.
func (a Advance) columns() (limit *int, terms *string, err error) {
	if a.Limit <= 0 {
		return nil, nil, nil
	}
	if !a.Terms.Deferred() {
		return &a.Limit, nil, nil
	}
	doc, err := json.Marshal(a.Terms)
	if err != nil {
		return nil, nil, fmt.Errorf("write terms of pre-order: %w", err)
	}
	return &a.Limit, new(string(doc)), nil
}

// PutAdvances writes limits and terms of many articles which the caller saves in the same unit of work: it raises no
// revision, checks nothing, and leaves their days alone.
func PutAdvances[P any](tx tenant.Tx, list map[id.Of[P]]Advance) error {
	if len(list) == 0 {
		return nil
	}
	var ids []string
	var limits []*int
	var terms []*string
	for which, a := range list {
		limit, doc, err := a.columns()
		if err != nil {
			return err
		}
		ids, limits, terms = append(ids, which.String()), append(limits, limit), append(terms, doc)
	}
	_, err := tx.Raw().Exec(tx.Context(), `update products p set preorder_limit = t.n, preorder_terms = t.terms::jsonb
		from unnest($1::text[], $2::int[], $3::text[]) as t(id, n, terms) where p.id = t.id::uuid`, ids, limits, terms)
	if err != nil {
		return fmt.Errorf("put pre-orders: %w", err)
	}
	return nil
}
