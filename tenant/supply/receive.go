package supply

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Take posts a delivery note against an order, in one unit of work: the pieces are on the shelf and no
// longer on order, their cost is the last price paid, the order is partly or wholly received. More than
// was ordered may come, which the note has to say. A note whose Key was posted before is not posted again.
//
// Errors: ErrUnknown; ErrRefused; ErrNothing; ErrQty, ErrMore and ErrPrice on "line.N.qty" and "line.N.cost".
func Take(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, r Receipt) error {
	r, err := r.check()
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := lock(tx, which)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(o.Receipts, func(x Receipt) bool { return x.Key == r.Key }) {
			return nil // the same page, sent twice
		}
		r.At, r.Actor = tx.Now(), who.Name
		list, err := o.take(r)
		if err != nil {
			return err
		}
		e := Receive
		if o.Left() == 0 {
			e = Complete
		}
		if o.State, err = table.Next(o.State, e); err != nil {
			return err
		}
		o.Receipts = append(o.Receipts, r)
		if err := o.write(tx); err != nil {
			return err
		}
		if err := stock.Post(tx, who, stock.ReasonReceived, o.ID.String(), told(o, r), list); err != nil {
			return err
		}
		if err := price(tx, r.Lines); err != nil {
			return err
		}
		return tx.Record(who, "supply_order.received", subject(o), nil, r)
	})
}

// check cleans a note and leaves out what did not come.
func (r Receipt) check() (Receipt, error) {
	var c form.Checker
	r.Number = c.Line("number", r.Number, maxName)
	r.Note = c.Block("note", r.Note, maxNote)
	var came []ReceiptLine
	for i, l := range r.Lines {
		if l.Qty < 0 || l.Qty > maxQty {
			c.Refuse(fmt.Sprintf("line.%d.qty", i), ErrQty.Key(), nil)
		}
		if !sane(l.Cost) {
			c.Refuse(fmt.Sprintf("line.%d.cost", i), ErrPrice.Key(), nil)
		}
		if l.Qty > 0 {
			l.place = i
			came = append(came, l)
		}
	}
	if err := c.Err(); err != nil {
		return r, err
	}
	if r.Lines = came; len(came) == 0 {
		return r, ErrNothing
	}
	return r, nil
}

// take notes on the lines what came, and gives what it does to the stock.
func (o *Order) take(r Receipt) ([]stock.Posting, error) {
	var list []stock.Posting
	var c form.Checker
	for _, l := range r.Lines {
		at := o.line(l.Variant)
		if at < 0 {
			return nil, ErrCode.With(fault.Args{"code": l.Variant.String()})
		}
		awaited := min(o.Lines[at].Left(), l.Qty)
		if awaited < l.Qty && !r.More {
			c.Refuse(fmt.Sprintf("line.%d.qty", l.place), ErrMore.Key(), fault.Args{"n": awaited})
		}
		o.Lines[at].Received += l.Qty
		list = append(list, stock.Posting{Variant: l.Variant, OnHand: l.Qty, OnOrder: -awaited})
	}
	return list, c.Err()
}

// told is what the ledger says of a receipt.
func told(o *Order, r Receipt) string {
	if r.Number == "" {
		return o.Number
	}
	return o.Number + " · " + r.Number
}

// price makes what was paid the cost of variants. Their articles get a new revision, so that whoever
// edits one at the same time does not write the old cost back unawares.
func price(tx tenant.Tx, lines []ReceiptLine) error {
	var ids []string
	var costs []string
	for _, l := range lines {
		if l.Cost != nil {
			ids, costs = append(ids, l.Variant.String()), append(costs, l.Cost.String())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Raw().Exec(tx.Context(), `
		with paid as (
			select * from unnest($1::uuid[], $2::text[]) as p(id, cost)
		), changed as (
			update variants v set cost = p.cost::numeric from paid p
			where v.id = p.id and v.cost is distinct from p.cost::numeric
			returning v.product_id
		)
		update products set rev = rev + 1 where id in (select product_id from changed)`, ids, costs)
	return wrap("write cost of articles", err)
}

// Value is what a receipt cost, as far as costs are known.
func (r Receipt) Value() decimal.Decimal {
	var sum decimal.Decimal
	for _, l := range r.Lines {
		if l.Cost != nil {
			sum = sum.Add(l.Cost.Mul(decimal.NewFromInt(int64(l.Qty))))
		}
	}
	return sum
}
