package supply

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
)

// Convert is the order with the prices of its lines and the costs of its receipts put into another management
// currency by sum.
func (o Order) Convert(sum func(decimal.Decimal) decimal.Decimal) Order {
	put := func(at **decimal.Decimal) {
		if *at != nil {
			n := sum(**at)
			*at = &n
		}
	}
	o.Lines, o.Receipts = slices.Clone(o.Lines), slices.Clone(o.Receipts)
	for i := range o.Lines {
		put(&o.Lines[i].Price)
	}
	for i := range o.Receipts {
		o.Receipts[i].Lines = slices.Clone(o.Receipts[i].Lines)
		for j := range o.Receipts[i].Lines {
			put(&o.Receipts[i].Lines[j].Cost)
		}
	}
	return o
}

// Closed tells that nothing of the order can change any more.
func (o *Order) Closed() bool { return o.State == Received || o.State == Cancelled }

// ListUnfinished reads the orders that go on: drafts and those that are awaited.
func ListUnfinished(tx tenant.Tx) ([]*Order, error) {
	return read(tx, "where state not in ? order by created_at, id", []State{Received, Cancelled})
}

// Rewrite stores an order as it was converted.
func Rewrite(tx tenant.Tx, who tenant.Actor, before *Order, after Order) error {
	if err := after.write(tx); err != nil {
		return err
	}
	return tx.Record(who, "supply_order.converted", subject(before), before, after)
}

// ConvertPrices puts what suppliers ask for articles into another management currency, and says on what is closed
// in which one it was (CUR-01): what was paid was paid in that.
func ConvertPrices(tx tenant.Tx, x currency.Exchange) error {
	_, err := tx.Raw().Exec(tx.Context(), `
		update variants set supplier = jsonb_set(supplier, '{price}', to_jsonb((`+x.SumSQL("(supplier->>'price')::numeric")+`)::text))
		where supplier->'price' is not null`)
	if err != nil {
		return fmt.Errorf("convert prices of suppliers: %w", err)
	}
	_, err = tx.Raw().Exec(tx.Context(), `
		update supply_orders set lines = (
			select coalesce(jsonb_agg(case when l ? 'currency' then l else l || jsonb_build_object('currency', $1::text) end order by n), '[]')
			from jsonb_array_elements(lines) with ordinality as e(l, n))
		where state in ('received', 'cancelled')`, x.From.Code())
	if err != nil {
		return fmt.Errorf("keep the currency of closed supplier orders: %w", err)
	}
	return nil
}

// Currency is what the prices of the order are in: the management currency, given here, or for what was closed
// before that became another, the one of then.
func (o *Order) Currency(management money.Currency) money.Currency {
	for _, l := range o.Lines {
		if c, err := money.ParseCurrency(l.Currency); err == nil {
			return c
		}
	}
	return management
}

// EachPrice visits what suppliers ask for articles, with the SKU.
func EachPrice(tx tenant.Tx, visit func(sku string, price decimal.Decimal)) error {
	var rows []struct {
		SKU   string
		Price decimal.Decimal
	}
	err := tx.DB().Raw("select sku, (supplier->>'price')::numeric as price from variants where supplier->'price' is not null order by sku").Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("read prices of suppliers: %w", err)
	}
	for _, r := range rows {
		visit(r.SKU, r.Price)
	}
	return nil
}
