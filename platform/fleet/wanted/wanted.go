package wanted

import (
	"context"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

// Limiter bounds how often something may be done; web.Limiter is one.
type Limiter interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration)
}

// Post writes the job of a letter in the unit of work that causes it.
type Post func(tx pg.Tx, l Letter) error

// Wanted keeps the requests. Safe for concurrent use.
type Wanted struct {
	pool    *pg.Pool
	limiter Limiter
	post    Post
}

// NewWanted keeps them in pool.
func NewWanted(pool *pg.Pool, limiter Limiter, post Post) *Wanted {
	return &Wanted{pool, limiter, post}
}

// How much a merchant may write, and how often a shop may ask.
const (
	maxLine  = 120
	maxDocs  = 500
	maxNote  = 2000
	perShop  = 3
	shopsDay = 24 * time.Hour
)

// Ask notes that a shop wants a bank.
//
// Errors: refused fields "bank", "protocol", "docs", "volume", "contact", "note"; ErrTooMany on "bank".
func (w *Wanted) Ask(ctx context.Context, by audit.Actor, shop string, l i18n.Locale, d Draft) error {
	d, err := check(d)
	if err != nil {
		return err
	}
	if ok, _ := w.limiter.Allow(ctx, "wanted:"+shop, perShop, shopsDay); !ok {
		return ErrTooMany.On("bank")
	}
	return w.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		err := tx.DB().Exec(`insert into wanted_banks (id, shop_id, asked_by, locale, bank, protocol, docs, volume, contact, note, state, created_at, updated_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id.New[Request](), shop, by.Name, l, d.Bank, d.Protocol, d.Docs, d.Volume, d.Contact, d.Note, New, tx.Now(), tx.Now()).Error
		if err != nil {
			return fmt.Errorf("ask for a bank: %w", err)
		}
		return audit.Write(tx, audit.Deed{Actor: by, Action: "wanted.asked", Shop: shop, Subject: d.Bank, After: map[string]any{"bank": d.Bank, "protocol": d.Protocol}})
	})
}

// check cleans a draft.
func check(d Draft) (Draft, error) {
	var c form.Checker
	for name, text := range map[string]*string{"bank": &d.Bank, "protocol": &d.Protocol, "volume": &d.Volume} {
		*text = c.Line(name, *text, maxLine)
	}
	d.Docs, d.Contact, d.Note = c.Line("docs", d.Docs, maxDocs), c.Line("contact", d.Contact, maxLine), c.Block("note", d.Note, maxNote)
	c.Required("bank", d.Bank)
	c.Required("contact", d.Contact)
	if !c.Failed("contact") {
		c.Email("contact", d.Contact)
	}
	if !c.Failed("docs") {
		c.URL("docs", d.Docs)
	}
	return d, c.Err()
}

// Filter chooses requests; its zero value is all of them.
type Filter struct {
	State State
	Shop  string // id
}

// maxListed is the most a list gives.
const maxListed = 200

// List gives requests, the newest first, 200 at most.
func (w *Wanted) List(ctx context.Context, f Filter) (list []Request, err error) {
	err = w.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		list, err = find(tx, `(? = '' or w.state = ?) and (? = '' or w.shop_id::text = ?) order by w.created_at desc, w.id desc limit ?`,
			string(f.State), string(f.State), f.Shop, f.Shop, maxListed)
		return err
	})
	return list, err
}

// Counts are how many there are in each state.
func (w *Wanted) Counts(ctx context.Context) (map[State]int, error) {
	counts := map[State]int{}
	err := w.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		var rows []struct {
			State State
			N     int
		}
		if err := tx.DB().Raw(`select state, count(*) as n from wanted_banks group by state`).Scan(&rows).Error; err != nil {
			return fmt.Errorf("count wanted banks: %w", err)
		}
		for _, r := range rows {
			counts[r.State] = r.N
		}
		return nil
	})
	return counts, err
}

// Find gives one. Errors: ErrUnknown.
func (w *Wanted) Find(ctx context.Context, which ID) (r Request, err error) {
	err = w.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		r, err = one(tx, which)
		return err
	})
	return r, err
}

// Answer moves a request and tells the merchant by a letter.
//
// Errors: ErrUnknown; ErrStale; refused fields "state" and "answer".
func (w *Wanted) Answer(ctx context.Context, by audit.Actor, which ID, reply Reply) error {
	var c form.Checker
	if !slices.Contains(States(), reply.State) || reply.State == New {
		c.Refuse("state", form.KeyChoice, nil)
	}
	reply.Answer = c.Block("answer", reply.Answer, maxNote)
	c.Required("answer", reply.Answer)
	if err := c.Err(); err != nil {
		return err
	}
	return w.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		before, err := one(tx, which)
		if err != nil {
			return err
		}
		done := tx.DB().Exec(`update wanted_banks set state = ?, answer = ?, rev = rev + 1, updated_at = ? where id = ? and rev = ?`,
			reply.State, reply.Answer, tx.Now(), which, reply.Rev)
		if done.Error != nil {
			return fmt.Errorf("answer request %s: %w", which, done.Error)
		}
		if done.RowsAffected == 0 {
			return ErrStale
		}
		err = audit.Write(tx, audit.Deed{Actor: by, Action: "wanted.answered", Shop: before.Shop, Subject: before.Bank,
			Before: map[string]any{"request": before.State, "answer": before.Answer}, After: map[string]any{"request": reply.State, "answer": reply.Answer}})
		if err != nil {
			return err
		}
		return w.post(tx, Letter{Request: which, Rev: reply.Rev + 1})
	})
}
