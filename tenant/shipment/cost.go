package shipment

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
)

// costOf is a cost as it is stored, nil for none.
func costOf(n *decimal.Decimal, currency *string) (*money.Amount, error) {
	if n == nil || currency == nil {
		return nil, nil
	}
	cur, err := money.ParseCurrency(*currency)
	if err != nil {
		return nil, err
	}
	a := money.New(*n, cur)
	return &a, nil
}

// columnsOf is a cost for the columns that keep it.
func columnsOf(cost *money.Amount) (n, currency any) {
	if cost == nil {
		return nil, nil
	}
	return cost.Decimal().String(), cost.Currency().Code()
}

func checkCost(c *form.Checker, cost *money.Amount) {
	if cost != nil && cost.IsNegative() {
		c.Refuse("cost", form.KeyTooSmall, fault.Args{"min": 0})
	}
}

// SetCost notes what a parcel really cost; nil takes it back. It is written into the journal.
//
// Errors: ErrUnknown; the refused field "cost".
func SetCost(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, cost *money.Amount) error {
	var c form.Checker
	checkCost(&c, cost)
	if err := c.Err(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		before, of, err := setCost(tx, which, cost)
		if err != nil {
			return err
		}
		return tx.Record(who, "shipment.cost", "order/"+of.String(), costDoc(which, before), costDoc(which, cost))
	})
}

// setCost writes a cost and tells the one before, and whose parcel it is.
func setCost(tx tenant.Tx, which ID, cost *money.Amount) (before *money.Amount, of order.ID, err error) {
	var rows []struct {
		OrderID      order.ID
		Cost         *decimal.Decimal
		CostCurrency *string
	}
	if err := tx.DB().Raw("select order_id, cost, cost_currency from shipments where id = ? for update", which).Scan(&rows).Error; err != nil {
		return nil, of, fmt.Errorf("read cost of parcel %s: %w", which, err)
	}
	if len(rows) == 0 {
		return nil, of, ErrUnknown
	}
	if before, err = costOf(rows[0].Cost, rows[0].CostCurrency); err != nil {
		return nil, of, fmt.Errorf("read cost of parcel %s: %w", which, err)
	}
	n, currency := columnsOf(cost)
	if err := tx.DB().Exec("update shipments set cost = ?, cost_currency = ? where id = ?", n, currency, which).Error; err != nil {
		return nil, of, fmt.Errorf("write cost of parcel %s: %w", which, err)
	}
	return before, rows[0].OrderID, nil
}

// costDoc is a cost in the journal.
func costDoc(which ID, cost *money.Amount) map[string]any {
	return map[string]any{"parcel": which, "cost": cost}
}
