package checkout

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/order"
)

// ShownTotals are the totals of an order as its buyer saw them (CUR-03): in his display currency, adding up to the
// total there.
func ShownTotals(o *order.Order) ([]Total, error) {
	list := Totals(o.Priced)
	in, rates := o.Shown()
	if in.Currency == o.Currency {
		return list, nil
	}
	part := func(t Total) bool { return t.Kind != "tax_included" && t.Kind != "total" }
	var parts []money.Amount
	for _, t := range list {
		if part(t) {
			parts = append(parts, t.Amount)
		}
	}
	column, err := in.Column(rates, parts)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if part(list[i]) {
			list[i].Amount, column = column[0].Amount, column[1:]
		} else {
			list[i].Amount = o.Show(list[i].Amount)
		}
	}
	return list, nil
}
