package transfer

import (
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
)

// What is wrong with the columns "preorder" and "deposit".
var (
	errDeposit  = fault.New(fault.Malformed, "transfer.deposit")
	errPreorder = fault.New(fault.Malformed, "transfer.preorder")     // max
	errNoDay    = fault.New(fault.Malformed, "transfer.preorder_day") // pieces are promised for a day
	errAlone    = fault.New(fault.Malformed, "transfer.deposit_alone")
)

// depositLater is how a cell says that nothing is due with the order.
const depositLater = "later"

// depositText writes when a pre-order is paid: nothing where all of it is due with the order, "later", "percent 25",
// or "amount 5" for each piece. Words, since a spreadsheet makes 0.25 of 25%: a bare number would mean either.
func depositText(t deposit.Terms) string {
	switch t.Kind {
	case deposit.Full:
	case deposit.Nothing:
		return depositLater
	case deposit.Percent, deposit.Each:
		return string(t.Kind) + " " + t.Value.String()
	}
	return ""
}

// depositOf reads what depositText writes.
func depositOf(cell string) deposit.Terms {
	kind, number, _ := strings.Cut(cell, " ")
	n, err := decimal.NewFromString(number)
	if err != nil {
		n = decimal.Decimal{}
	}
	return deposit.Terms{Kind: deposit.Kind(kind), Value: n}
}

// canonDeposit takes "25%" for "percent 25", too.
func (d dialect) canonDeposit(cell string) (string, *fault.Error) {
	cell = strings.ToLower(strings.TrimSpace(cell))
	if cell == "" || cell == depositLater {
		return cell, nil
	}
	kind, number, worded := strings.Cut(cell, " ")
	if short, ok := strings.CutSuffix(cell, "%"); ok {
		kind, number, worded = string(deposit.Percent), short, true
	}
	n, err := d.number(number)
	if err != nil || n == "" || !worded {
		return "", errDeposit
	}
	cell = kind + " " + n
	if t := depositOf(cell); t.Check() != nil || depositText(t) != cell {
		return "", errDeposit
	}
	return cell, nil
}

// compareAdvance refuses pieces promised for no day, and a deposit on what cannot be ordered in advance. What a file
// does not say stays as it is.
func (p *planner) compareAdvance(c *change) {
	limits, limited := p.cols.at["preorder"]
	deposits, charged := p.cols.at["deposit"]
	if !(limited && c.changed[limits]) && !(charged && c.changed[deposits]) {
		return
	}
	var limit int
	var terms deposit.Terms
	announced := false
	if c.before != nil {
		limit, terms, announced = c.before.Preorder, c.before.Terms, c.before.AvailableOn != nil
	}
	if limited {
		limit = whole(c.article[limits])
	}
	if charged {
		terms = depositOf(c.article[deposits])
	}
	if at, ok := p.cols.at["available_on"]; ok {
		announced = c.article[at] != ""
	}
	switch {
	case limit < 0 || limit > stock.NoLimit:
		c.entry.refuse(c.entry.line, "preorder", errPreorder.With(fault.Args{"max": stock.NoLimit}))
	case limit > 0 && !announced:
		c.entry.refuse(c.entry.line, "preorder", errNoDay)
	case limit == 0 && terms.Deferred() && charged && c.article[deposits] != "":
		c.entry.refuse(c.entry.line, "deposit", errAlone)
	}
}

// promise writes what can be ordered in advance of articles that differ in it from what they were, once they are
// saved. Terms go with the limit: without one there are none.
func promise(tx tenant.Tx, after []*catalog.Product, before func(*catalog.Product) *catalog.Product) error {
	list := map[catalog.ProductID]stock.Advance{}
	for _, p := range after {
		was := before(p)
		if was == nil {
			was = &catalog.Product{}
		}
		if p.Preorder != was.Preorder || depositText(p.Terms) != depositText(was.Terms) {
			list[p.ID] = stock.Advance{Limit: p.Preorder, Terms: p.Terms}
		}
	}
	return stock.PutAdvances(tx, list)
}
