package promotion

import (
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
)

// Lock keeps others from using up what an order is about to use, until the unit of work ends: the rules
// whose uses are counted, then the codes for one use, each in one order. A rule nobody counts is not
// locked, so that the orders of a sale do not queue.
func (b *Book) Lock(tx tenant.Tx, list []discount.Redemption) error {
	if len(list) == 0 || !b.asks && !b.asksCode && !b.issued {
		return nil
	}
	rules, codes := keys(list)
	_, err := tx.Raw().Exec(tx.Context(), `select from discounts where id::text = any($1)
		and (rule ? 'limits' or rule ? 'first_order') order by id for no key update`, rules)
	if err != nil {
		return fmt.Errorf("lock discounts: %w", err)
	}
	if len(codes) == 0 {
		return nil
	}
	_, err = tx.Raw().Exec(tx.Context(), `select from discount_codes where code = any($1) and issued_at is not null
		order by code for update`, codes)
	if err != nil {
		return fmt.Errorf("lock codes: %w", err)
	}
	return nil
}

// usesOfD counts the orders that used a discount d, before the statement.
const usesOfD = "(select count(distinct u.order_id) from discount_uses u where u.discount_id = d.id)"

func keys(list []discount.Redemption) (rules, codes []string) {
	for _, r := range list {
		rules = append(rules, r.Rule)
		if r.Code != "" {
			codes = append(codes, r.Code)
		}
	}
	return rules, codes
}

// Redeem writes down what an order used. The order's row must be there, and what is used be locked.
// The last use of a rule with a limit is seen on the shelf.
func Redeem(tx tenant.Tx, o OrderID, list []discount.Redemption) error {
	if len(list) == 0 {
		return nil
	}
	rules, codes := make([]string, len(list)), make([]string, len(list))
	for i, r := range list {
		rules[i], codes[i] = r.Rule, r.Code
	}
	var last bool
	err := tx.Raw().QueryRow(tx.Context(), `
		with used as (
			insert into discount_uses (discount_id, order_id, code, used_at)
			select d.id, $1, u.code, $2 from unnest($3::uuid[], $4::text[]) u(id, code) join discounts d on d.id = u.id
			returning discount_id, code),
		spent as (
			update discount_codes c set order_id = $1 from used where c.code = used.code and c.issued_at is not null)
		select exists (select from discounts d where d.id in (select discount_id from used) and
			(d.rule->'limits'->>'total')::bigint <= 1 + `+usesOfD+`)`,
		o, tx.Now(), rules, codes).Scan(&last)
	if err != nil {
		return fmt.Errorf("redeem discounts: %w", err)
	}
	if last {
		tx.Touch()
	}
	return nil
}

// GiveBack makes what an order used free again, once.
func GiveBack(tx tenant.Tx, o OrderID) error {
	var again bool
	err := tx.Raw().QueryRow(tx.Context(), `
		with given as (delete from discount_uses where order_id = $1 returning discount_id, code),
		free as (
			update discount_codes c set order_id = null from given where c.code = given.code and c.order_id = $1)
		select exists (select from discounts d where d.id in (select discount_id from given) and
			(d.rule->'limits'->>'total')::bigint <= `+usesOfD+`)`, o).Scan(&again)
	if err != nil {
		return fmt.Errorf("give discounts back: %w", err)
	}
	if again {
		tx.Touch()
	}
	return nil
}
