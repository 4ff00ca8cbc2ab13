package pricefile

import (
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricing"
)

// Explain is the calculation that was stored with an order, in the form of an answer: what it was priced at
// stays, whatever the rules are today. What the buyer saw in his currency is in Charged alone.
func Explain(number string, p *pricing.Priced, charged currency.Record) *Answer {
	return &Answer{Version: Version, Order: number, Priced: *p, Rows: p.Rows(), Charged: charged}
}

// Short is the answer for the buyer: the entries of the trace that are for him, and no adjustments, whose
// sources are the merchant's.
func (a *Answer) Short() *Answer {
	short := *a
	short.Adjustments, short.Trace = []pricing.Adjustment{}, a.Trace.Short()
	return &short
}
