package checkout

import (
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/shipment"
)

// Inside names what is in a parcel of an order that goes in several, "" where everything is in it.
func Inside(o *order.Order, p *shipment.Parcel, l i18n.Locale) string {
	of := make(map[order.LineID]int, len(p.Items))
	for _, it := range p.Items {
		of[it.Line] += it.Qty
	}
	var list []string
	whole := true
	for _, line := range o.Lines {
		n := of[line.ID]
		whole = whole && n == line.Qty
		if n == 0 {
			continue
		}
		one := i18n.FormatNumber(l, decimal.NewFromInt(int64(n))) + " × " + line.Name
		if options := OptionsIn(line.Options, l); options != "" {
			one += " (" + options + ")"
		}
		list = append(list, one)
	}
	if whole {
		return ""
	}
	return strings.Join(list, ", ")
}
