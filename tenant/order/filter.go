package order

import (
	"strings"
	"time"

	"echoppe.dev/platform/kit/id"
)

// conditions are the where-clause of a filter.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(sql string, args ...any) {
	c.parts, c.args = append(c.parts, "("+sql+")"), append(c.args, args...)
}

func (c *conditions) sql() string { return strings.Join(c.parts, " and ") }

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (f Filter) conditions() *conditions {
	c := &conditions{}
	if f.Archived {
		c.add("archived_at is not null")
	} else {
		c.add("archived_at is null")
	}
	if len(f.States) > 0 {
		c.add("state in ?", f.States)
	}
	if len(f.Payments) > 0 {
		parts := make([]string, len(f.Payments))
		for i, p := range f.Payments {
			parts[i] = paymentSQL(p)
		}
		c.add(strings.Join(parts, " or "))
	}
	if f.Held {
		c.add(heldSQL)
	}
	if f.Pledged {
		c.add(pledgedSQL)
	}
	if f.Real {
		c.add(RealSQL)
	}
	if f.Mode != "" {
		c.add("payment_mode_id::text = ?", f.Mode)
	}
	if f.Shipping != "" {
		c.add("shipping_mode_id::text = ?", f.Shipping)
	}
	if !f.From.IsZero() {
		c.add("placed_at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		c.add("placed_at < ?", f.Until)
	}
	if f.Least != nil {
		c.add("total >= ?", *f.Least)
	}
	if f.Most != nil {
		c.add("total <= ?", *f.Most)
	}
	if f.Currency != "" && (f.Least != nil || f.Most != nil) {
		c.add("currency = ?", f.Currency)
	}
	if t := strings.TrimSpace(f.Text); t != "" {
		like := "%" + likeEscaper.Replace(t) + "%"
		c.add("number ilike ? or email ilike ? or buyer_name ilike ?", like, like, like)
	}
	if !f.Customer.IsZero() {
		c.add("customer_id = ?", f.Customer)
	}
	return c
}

// RealSQL leaves out the orders with which payment modes are tried: nobody waits for their money, and nothing of them is sent.
const RealSQL = "place_key not like '" + TrialKey + "%'"

// paymentSQL says in SQL what Order.PaymentState says in Go; a test holds them together.
func paymentSQL(p PaymentState) string {
	const secured = "coalesce(paid >= (advance->'now'->>'amount')::numeric, false)"
	const credit = "(state in ('cancelled', 'refunded') and paid > refunded or paid - refunded > total)"
	switch p {
	case AllRefunded:
		return "refunded > 0 and paid <= refunded"
	case CreditOwed:
		return credit
	case PartRefunded:
		return "refunded > 0 and paid > refunded and not " + credit
	case FullyPaid:
		return "refunded = 0 and paid >= total and not " + credit
	case PartPaid:
		return "refunded = 0 and paid > 0 and paid < total and not " + secured + " and not " + credit
	case Unpaid:
		return "refunded = 0 and paid = 0 and total > 0 and not " + secured
	case DepositPaid:
		return "refunded = 0 and paid > 0 and paid < total and " + secured + " and not " + credit
	case NothingYet:
		return "refunded = 0 and paid = 0 and total > 0 and " + secured
	}
	return "false"
}

// cursor is the place of a row in the list.
func cursor(at time.Time, last ID) string {
	return at.UTC().Format(time.RFC3339Nano) + "_" + last.String()
}

// parseCursor reads a cursor; a mangled one is the first page.
func parseCursor(text string) (time.Time, ID, bool) {
	when, which, ok := strings.Cut(text, "_")
	at, err := time.Parse(time.RFC3339Nano, when)
	last, parseErr := id.Parse[Order](which)
	return at, last, ok && err == nil && parseErr == nil
}
