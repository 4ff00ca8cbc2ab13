package order

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// Awaited is a line that was ordered before its article was there, and has not left.
type Awaited struct {
	Order    *Order // without its lines
	Line     LineID
	Product  catalog.ProductID
	Variant  stock.VariantID
	SKU      string
	Name     string
	Options  string
	Left     int // pieces
	Expected time.Time
}

// MaxAwaited bounds a list of them: who has more looks at one article at a time.
const MaxAwaited = 500

const awaitedSQL = "l.expected_on is not null and l.shipped < l.qty and o.state in ('placed', 'paid', 'awaiting_shipment')"

// ListAwaited reads them, of one article or (the zero id) of all, the day they are announced for first, and the
// oldest order of an article first. which narrows to one order.
func ListAwaited(tx tenant.Tx, product catalog.ProductID, which ID) ([]Awaited, error) {
	where, args := awaitedSQL, []any{}
	if !product.IsZero() {
		where, args = where+" and l.product_id = ?", append(args, product)
	}
	if !which.IsZero() {
		where, args = where+" and o.id = ?", append(args, which)
	}
	var rows []struct {
		OrderID               ID
		ID                    LineID
		Number                string
		State                 State
		BuyerName             string
		Currency              string
		Total, Paid, Refunded decimal.Decimal
		Advance               []byte
		PlacedAt              time.Time
		ProductID             catalog.ProductID
		VariantID             stock.VariantID
		SKU                   string
		Name                  string
		Options               string
		Waiting               int
		ExpectedOn            time.Time
	}
	err := tx.DB().Raw(`
		select l.order_id, l.id, o.number, o.state, o.buyer_name, o.currency, o.total, o.paid, o.refunded, o.advance, o.placed_at,
			l.product_id, l.variant_id, l.sku, l.name, l.options, l.qty - l.shipped as waiting, l.expected_on
		from order_lines l join orders o on o.id = l.order_id where `+where+`
		order by l.expected_on, l.name, l.variant_id, o.placed_at, o.id limit ?`, append(args, MaxAwaited)...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list pre-orders: %w", err)
	}
	list := make([]Awaited, len(rows))
	for i, r := range rows {
		cur, err := money.ParseCurrency(r.Currency)
		if err != nil {
			return nil, fmt.Errorf("list pre-orders: %w", err)
		}
		o := &Order{ID: r.OrderID, Number: r.Number, State: r.State, Buyer: r.BuyerName, Currency: cur, Total: money.New(r.Total, cur),
			Paid: money.New(r.Paid, cur), Refunded: money.New(r.Refunded, cur), PlacedAt: r.PlacedAt.UTC()}
		if o.Advance, err = readAdvance(r.Advance); err != nil {
			return nil, fmt.Errorf("read order %s: %w", o.Number, err)
		}
		list[i] = Awaited{Order: o, Line: r.ID, Product: r.ProductID, Variant: r.VariantID, SKU: r.SKU, Name: r.Name, Options: r.Options,
			Left: r.Waiting, Expected: r.ExpectedOn}
	}
	return list, nil
}

// CountAwaited is how many lines wait for their articles.
func CountAwaited(tx tenant.Tx) (int, error) {
	var n int
	err := tx.DB().Raw("select count(*) from order_lines l join orders o on o.id = l.order_id where " + awaitedSQL).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count pre-orders: %w", err)
	}
	return n, nil
}
