package checkout

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Total is one line under the goods. Kind is stable: goods, discount, shipping, shipping_discount,
// insurance, fee, tax, tax_included, total. All but tax_included sum to total.
type Total struct {
	Kind   string
	Note   i18n.Text  // the merchant's name for it: of a shipping mode, of a discount with its code
	Rate   money.Rate // of a tax
	Amount money.Amount
}

// Totals lays a price out: the goods as one line, at the prices of the shelf; everything else as it is.
func Totals(p *pricing.Priced) []Total {
	goods := Total{Kind: string(pricing.Goods), Amount: money.Zero(p.Currency)}
	list := []Total{goods}
	onShelf := shelved(p)
	for _, r := range p.Rows() {
		switch {
		case r.Kind == pricing.Goods || r.Kind == pricing.Discount && onShelf[r.Source]:
			list[0].Amount = list[0].Amount.Add(r.Amount)
		case r.Included:
			list = append(list, Total{Kind: "tax_included", Rate: r.Rate, Amount: r.Amount})
		default:
			list = append(list, Total{Kind: string(r.Kind), Note: named(r.Reason), Rate: r.Rate, Amount: r.Amount})
		}
	}
	return append(list, Total{Kind: "total", Amount: p.Totals.ToPay})
}

// named is the merchant's name for a row, and the code by which the buyer has it.
func named(why pricing.Reason) i18n.Text {
	code, _ := why.Args["code"].(string)
	if code == "" {
		return why.Name
	}
	name := make(i18n.Text, len(why.Name))
	for l, text := range why.Name {
		name[l] = text + " · " + code
	}
	return name
}

// Label is the message that names the line; its argument is "rate".
func (t Total) Label() (key string, args map[string]any) {
	return "checkout.total." + t.Kind, map[string]any{"rate": t.Rate}
}
