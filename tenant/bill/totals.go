package bill

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// Total is one line under the goods. Kind is stable: goods, discount, shipping, shipping_discount,
// insurance, fee, tax, tax_included, reverse_charge, export, total. All but tax_included sum to total.
type Total struct {
	Kind   string
	Note   i18n.Text  // the merchant's name for it: of a shipping mode, of a discount with its code
	Rate   money.Rate // of a tax
	Number string     // the buyer's VAT number, of a reverse charge
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
	if t := untaxed(p); t != nil {
		list = append(list, *t)
	}
	return append(list, Total{Kind: "total", Amount: p.Totals.ToPay})
}

// untaxed says why no tax is asked for where it leaves the Union, or where the buyer owes it: an invoice has to
// say so, with his number (Directive 2006/112/EC, article 226(4), (11) and (11a)). Nil where there is nothing to say.
func untaxed(p *pricing.Priced) *Total {
	switch t := p.Taxation; tax.Treatment(t.Treatment) {
	case tax.ReverseCharge:
		number, _ := t.Reason.Args["number"].(string)
		return &Total{Kind: t.Treatment, Number: number, Amount: money.Zero(p.Currency)}
	case tax.Export:
		return &Total{Kind: t.Treatment, Amount: money.Zero(p.Currency)}
	default:
		return nil
	}
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

// Untaxed reports that the line says why there is no tax, in the words of Label.
func (t Total) Untaxed() bool {
	return t.Kind == string(tax.ReverseCharge) || t.Kind == string(tax.Export)
}

// Label is the message that names the line; its arguments are "rate" and "number".
func (t Total) Label() (key string, args map[string]any) {
	return "checkout.total." + t.Kind, map[string]any{"rate": t.Rate, "number": t.Number}
}
