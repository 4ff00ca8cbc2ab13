package supply

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Pick is a variant to be ordered, and how many of it; 0 is what the list suggests.
type Pick struct {
	Variant stock.VariantID
	Qty     int
}

// Make makes drafts of what is to be ordered, one a supplier and one for what has none (STK-03). What
// stands in a draft already is left out, so the same click twice makes the same drafts. No drafts are
// made of nothing. Errors: ErrQty.
func Make(ctx context.Context, shop *tenant.Shop, who tenant.Actor, l i18n.Locale, picks []Pick) ([]*Order, error) {
	var made []*Order
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		made = nil
		first, err := number(tx) // waits for whoever makes drafts right now
		if err != nil {
			return err
		}
		lines, err := linesOf(tx, l, picks)
		if err != nil {
			return err
		}
		for _, s := range lines.order {
			o := &Order{ID: id.New[Order](), Number: first, Supplier: s, State: Draft, Lines: lines.of[s], Receipts: []Receipt{}, Created: tx.Now()}
			if len(made) > 0 {
				if o.Number, err = number(tx); err != nil {
					return err
				}
			}
			if err := o.write(tx); err != nil {
				return err
			}
			if err := tx.Record(who, "supply_order.drafted", subject(o), nil, o); err != nil {
				return err
			}
			made = append(made, o)
		}
		if len(made) == 0 { // the number was not needed
			return wrap("number supplier order", tx.DB().Exec("update counters set n = n - 1 where name = 'supply_orders'").Error)
		}
		return nil
	})
	return made, err
}

type grouped struct {
	order []SupplierID
	of    map[SupplierID][]Line
}

// linesOf groups picks by supplier, in the order of the list.
func linesOf(tx tenant.Tx, l i18n.Locale, picks []Pick) (grouped, error) {
	g := grouped{of: map[SupplierID][]Line{}}
	if len(picks) == 0 {
		return g, nil
	}
	qtys, ids := map[stock.VariantID]int{}, make([]stock.VariantID, 0, len(picks))
	for _, p := range picks {
		if p.Qty < 0 || p.Qty > maxQty {
			return g, ErrQty
		}
		if _, twice := qtys[p.Variant]; !twice {
			ids = append(ids, p.Variant)
		}
		qtys[p.Variant] = p.Qty
	}
	list, _, err := items(tx, l, "v.id in ? order by t.folded, v.position, v.id", ids)
	if err != nil {
		return g, err
	}
	for _, i := range list {
		if i.Drafted > 0 {
			continue
		}
		qty := qtys[i.Variant]
		if qty == 0 {
			qty = i.Suggestion()
		}
		s := i.Source.Supplier
		if _, known := g.of[s]; !known {
			g.order = append(g.order, s)
		}
		g.of[s] = append(g.of[s], i.line(qty))
	}
	return g, nil
}

// line is the variant on an order.
func (i Item) line(qty int) Line {
	price := i.Source.Price
	if price == nil {
		price = i.Cost
	}
	return Line{Variant: i.Variant, SKU: i.SKU, Barcode: i.Barcode, Name: i.Name, Ref: i.Source.Ref, Qty: qty, Price: price}
}

// Edit is a draft as somebody saved it.
type Edit struct {
	Supplier SupplierID
	Note     string
	Expected *time.Time
	Lines    []EditLine // those left out, or with no pieces, go
	Add      string     // a barcode or SKU to put on it, "" for none
	Rev      int
}

// EditLine is one line of an Edit.
type EditLine struct {
	Variant stock.VariantID
	Qty     int
	Price   *decimal.Decimal
}

// Save changes a draft. Errors: ErrUnknown; ErrRefused when it is no draft any more; ErrStale; ErrQty and
// ErrPrice on "line.N.qty" and "line.N.price"; ErrCode on "add"; ErrSupplier on "supplier"; ErrTooLong.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, l i18n.Locale, e Edit) (*Order, error) {
	var c form.Checker
	e.Note = c.Block("note", e.Note, maxNote)
	for i, line := range e.Lines {
		if line.Qty < 0 || line.Qty > maxQty {
			c.Refuse(fmt.Sprintf("line.%d.qty", i), ErrQty.Key(), nil)
		}
		if !sane(line.Price) {
			c.Refuse(fmt.Sprintf("line.%d.price", i), ErrPrice.Key(), nil)
		}
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	var o *Order
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if o, err = lock(tx, which); err != nil {
			return err
		}
		if o.State != Draft {
			return ErrRefused.With(fault.Args{"from": string(o.State), "event": "edit"})
		}
		if o.Rev != e.Rev {
			return ErrStale
		}
		before := *o
		before.Lines = slices.Clone(o.Lines)
		if err := o.edit(tx, l, e); err != nil {
			return err
		}
		if err := o.write(tx); err != nil {
			return err
		}
		return tx.Record(who, "supply_order.saved", subject(o), before, o)
	})
	return o, err
}

func (o *Order) edit(tx tenant.Tx, l i18n.Locale, e Edit) error {
	if !e.Supplier.IsZero() && e.Supplier != o.Supplier {
		if _, err := FindSupplier(tx, e.Supplier); err != nil {
			return ErrSupplier.On("supplier")
		}
	}
	o.Supplier, o.Note, o.Expected = e.Supplier, e.Note, e.Expected
	qtys := map[stock.VariantID]EditLine{}
	for _, line := range e.Lines {
		qtys[line.Variant] = line
	}
	var lines []Line
	for _, line := range o.Lines {
		if to, ok := qtys[line.Variant]; ok && to.Qty > 0 {
			line.Qty, line.Price = to.Qty, to.Price
			lines = append(lines, line)
		}
	}
	o.Lines = lines
	if e.Add != "" {
		item, err := byCode(tx, e.Add, l)
		if err != nil {
			return fault.Invalid(fault.Field{Name: "add", Key: ErrCode.Key(), Args: fault.Args{"code": e.Add}})
		}
		if at := o.line(item.Variant); at >= 0 {
			o.Lines[at].Qty++
		} else {
			o.Lines = append(o.Lines, item.line(1))
		}
	}
	if o.Lines == nil {
		o.Lines = []Line{}
	}
	if len(o.Lines) > maxLines {
		return ErrTooLong
	}
	return nil
}

// New makes an empty draft. Errors: ErrSupplier.
func New(ctx context.Context, shop *tenant.Shop, who tenant.Actor, s SupplierID) (*Order, error) {
	var o *Order
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if !s.IsZero() {
			if _, err := FindSupplier(tx, s); err != nil {
				return err
			}
		}
		o = &Order{ID: id.New[Order](), Supplier: s, State: Draft, Lines: []Line{}, Receipts: []Receipt{}, Created: tx.Now()}
		if o.Number, err = number(tx); err != nil {
			return err
		}
		if err := o.write(tx); err != nil {
			return err
		}
		return tx.Record(who, "supply_order.drafted", subject(o), nil, o)
	})
	return o, err
}
