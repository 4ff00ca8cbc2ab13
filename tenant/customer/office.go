package customer

import (
	"context"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/profile"
)

// Filter narrows the office's list of customers, newest first.
type Filter struct {
	Text    string // name, mail address or phone, or a part of one
	Blocked *bool
	Profile profile.Code // as it is kept, "" for any
	After   string       // the Next of the page before
	Limit   int          // 50 when zero, at most 200
}

// Row is a customer in the list, with what he has ordered.
type Row struct {
	Customer
	Orders      int
	LastOrderAt *time.Time
}

// Page is one page of the list.
type Page struct {
	Rows []Row
	Next string // "" on the last page
}

const (
	defaultLimit = 50
	maxLimit     = 200
)

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// List reads one page.
func List(tx tenant.Tx, f Filter) (Page, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	where, args := []string{"true"}, []any(nil)
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		like := "%" + likeEscaper.Replace(text) + "%"
		add("(c.email ilike ? or c.name ilike ? or c.phone ilike ?)", like, like, like)
	}
	if f.Blocked != nil {
		add("(c.blocked_at is not null) = ?", *f.Blocked)
	}
	if f.Profile != "" {
		add("c.profile = ?", string(f.Profile))
	}
	if at, last, ok := parseCursor(f.After); ok {
		add("c.created_at <= ? and (c.created_at < ? or c.id > ?)", at, at, last)
	}
	var rows []struct {
		Account     row `gorm:"embedded"`
		Orders      int
		LastOrderAt *time.Time
	}
	err := tx.DB().Raw(`
		with page as (
			select `+columns+` from customers c where `+strings.Join(where, " and ")+`
			order by c.created_at desc, c.id limit ?
		)
		select page.*, o.orders, o.last_order_at from page
		left join lateral (select count(*) as orders, max(placed_at) as last_order_at
			from orders where customer_id = page.id) o on true
		order by page.created_at desc, page.id`, append(args, limit+1)...).Scan(&rows).Error
	if err != nil {
		return Page{}, fmt.Errorf("list customers: %w", err)
	}
	var page Page
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor(last.Account.CreatedAt, last.Account.ID)
	}
	for _, r := range rows {
		page.Rows = append(page.Rows, Row{Customer: *r.Account.customer(), Orders: r.Orders, LastOrderAt: utc(r.LastOrderAt)})
	}
	return page, nil
}

// cursor is the place of a row in the list.
func cursor(at time.Time, last ID) string {
	return at.UTC().Format(time.RFC3339Nano) + "_" + last.String()
}

// parseCursor reads a cursor; a mangled one is the first page.
func parseCursor(text string) (time.Time, ID, bool) {
	when, who, ok := strings.Cut(text, "_")
	at, err := time.Parse(time.RFC3339Nano, when)
	last, parseErr := id.Parse[Customer](who)
	return at, last, ok && err == nil && parseErr == nil
}

// List is the function List in a unit of work of its own.
func (a *Accounts) List(ctx context.Context, shop *tenant.Shop, f Filter) (Page, error) {
	var page Page
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		page, err = List(tx, f)
		return err
	})
	return page, err
}

// Block shuts an account and ends its sessions; what was ordered stays. Errors: ErrUnknown.
func (a *Accounts) Block(ctx context.Context, shop *tenant.Shop, by tenant.Actor, who ID) error {
	return a.alter(ctx, shop, by, who, "customer.blocked", func(tx tenant.Tx, r *row) error {
		if r.BlockedAt == nil {
			now := tx.Now()
			r.BlockedAt = &now
		}
		return endSessions(tx, who, nil)
	})
}

// Unblock opens it again. Errors: ErrUnknown.
func (a *Accounts) Unblock(ctx context.Context, shop *tenant.Shop, by tenant.Actor, who ID) error {
	return a.alter(ctx, shop, by, who, "customer.unblocked", func(_ tenant.Tx, r *row) error {
		r.BlockedAt = nil
		return nil
	})
}

// SetNote writes the merchant's own note. Errors: refused field "note"; ErrUnknown.
func (a *Accounts) SetNote(ctx context.Context, shop *tenant.Shop, by tenant.Actor, who ID, note string) error {
	var c form.Checker
	note = c.Block("note", note, maxNote)
	if err := c.Err(); err != nil {
		return err
	}
	return a.alter(ctx, shop, by, who, "customer.noted", func(_ tenant.Tx, r *row) error {
		r.Note = note
		return nil
	})
}

// alter changes a customer on behalf of the office.
func (a *Accounts) alter(ctx context.Context, shop *tenant.Shop, by tenant.Actor, who ID, action string,
	change func(tenant.Tx, *row) error,
) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return alter(tx, by, who, action, change) })
}

// alter changes a customer and writes it into the journal, which holds whom it was about and not the
// personal data.
func alter(tx tenant.Tx, by tenant.Actor, who ID, action string, change func(tenant.Tx, *row) error) error {
	r, err := read(tx, "id = ? for update", who)
	if err != nil {
		return err
	}
	before := state(r)
	if err := change(tx, r); err != nil {
		return err
	}
	if err := update(tx, r); err != nil {
		return err
	}
	return tx.Record(by, action, "customer/"+who.String(), before, state(r))
}

func state(r *row) fault.Args {
	return fault.Args{"blocked": r.BlockedAt != nil, "note": r.Note, "profile": r.Profile}
}
