package promotion

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/discount"
)

// Who is a buyer as far as discounts know him: a customer, or a guest by the mail address he gave. The
// zero value is a visitor nobody knows.
type Who struct {
	Customer customer.ID
	Email    string
}

// factsSQL reads what was issued among the codes $1, how often the rules $2 were used, in all and by
// the customer $3 or the mail address $4, and whether those have ordered.
const factsSQL = `
	with mine as (
		select id, state from orders where customer_id = $3 or $4 <> '' and lower(email) = lower($4)),
	used as (
		select u.discount_id, count(distinct u.order_id) as total,
			count(distinct u.order_id) filter (where u.order_id in (select id from mine)) as own
		from discount_uses u where u.discount_id::text = any($2) group by 1)
	select
		(select jsonb_object_agg(code, jsonb_build_object('rule', discount_id, 'spent', order_id is not null))
			from discount_codes where issued_at is not null and code = any($1)),
		(select jsonb_object_agg(discount_id, jsonb_build_object('total', total, 'by_customer', own)) from used),
		exists (select from mine where state <> 'cancelled')`

// Facts reads what the rules want to know of a buyer and the codes he typed. Nothing is read where no
// rule asks.
func (b *Book) Facts(tx tenant.Tx, who Who, typed []string) (discount.Facts, error) {
	var f discount.Facts
	codes := make([]string, 0, len(typed))
	for _, text := range typed {
		codes = append(codes, discount.Code(text))
	}
	if !b.asks && (len(codes) == 0 || !b.issued && !b.asksCode) {
		return f, nil
	}
	counted := b.counted
	if counted == nil {
		counted = []string{}
	}
	var issued, uses []byte
	err := tx.Raw().QueryRow(tx.Context(), factsSQL, codes, counted, who.Customer, who.Email).Scan(&issued, &uses, &f.Returning)
	if err != nil {
		return f, fmt.Errorf("read facts of discounts: %w", err)
	}
	if len(uses) > 0 {
		if err := json.Unmarshal(uses, &f.Uses); err != nil {
			return f, fmt.Errorf("read uses of discounts: %w", err)
		}
	}
	if len(issued) == 0 {
		return f, nil
	}
	var found map[string]struct {
		Rule  string
		Spent bool
	}
	if err := json.Unmarshal(issued, &found); err != nil {
		return f, fmt.Errorf("read codes: %w", err)
	}
	f.Issued, f.Spent = make(map[string]string, len(found)), map[string]bool{}
	for code, c := range found {
		f.Issued[code], f.Spent[code] = c.Rule, c.Spent
	}
	return f, nil
}
