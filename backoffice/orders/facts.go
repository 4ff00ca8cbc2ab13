package orders

import (
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/payment"
)

// facts are what is known of a payment at its bank (PGW-14) and what it costs the merchant (PGW-11); empty where nothing is.
func (m fileModel) facts(v *desk.Visit, p payment.Payment) []ui.Term {
	var terms []ui.Term
	add := func(key, text string) {
		if text != "" {
			terms = append(terms, ui.Term{Name: v.T(key), Text: text})
		}
	}
	add("orders.fact.mode", m.Modes.paid(v.View, p.Mode.String(), p.Kind))
	add("orders.fact.card", cardText(v, p.Card))
	switch {
	case !p.Saving.Card.IsZero():
		add("orders.fact.saved", v.T("orders.fact.saved_used"))
	case p.Saving.Agreed != nil:
		add("orders.fact.saved", v.T("orders.fact.saved_agreed", ui.Args{"at": v.View.DayTime(p.Saving.Agreed.At)}))
	}
	add("orders.fact.issuer", strings.Join(filled(p.Card.Issuer, countryName(v, p.Card.Country)), " · "))
	add("orders.fact.auth", p.Card.Auth)
	if to := m.Offices[p.ID]; p.BankRef != "" && to != "" {
		terms = append(terms, ui.Term{Name: v.T("orders.fact.reference"), Body: reference(v.View, p.BankRef, to, v.T("orders.fact.office"))})
	} else {
		add("orders.fact.reference", p.BankRef)
	}
	add("orders.fact.own", p.Ref)
	if p.State == payment.StateFailed {
		add("orders.fact.why", refusedFor(v.View, string(p.Reason)))
	}
	if fee, known := p.Fee(); known {
		terms = append(terms, ui.Term{Name: v.T("orders.fact.fee"), Text: v.View.Money(fee)},
			ui.Term{Name: v.T("orders.fact.net"), Text: v.View.Money(p.Captured.Sub(fee))})
	}
	return terms
}

// cardText is a card as a receipt has it.
func cardText(v *desk.Visit, c payment.Card) string {
	digits := ""
	if c.Last != "" {
		digits = "•••• " + c.Last
	}
	text := strings.Join(filled(c.Brand, digits), " ")
	if c.Expiry != "" {
		text = strings.Join(filled(text, v.T("orders.fact.expires", ui.Args{"until": c.Expiry})), ", ")
	}
	return text
}

func countryName(v *desk.Visit, code string) string {
	if code == "" {
		return ""
	}
	return address.CountryName(v.View.Locale, code)
}

// filled leaves out what is empty.
func filled(parts ...string) []string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

// offices are the addresses of payments in the offices of their banks.
func (d *Desk) offices(payments []payment.Payment) map[payment.ID]string {
	found := map[payment.ID]string{}
	for _, p := range payments {
		if b, ok := d.Modes.Gateways().Brand(p.Kind); ok && b.Office != nil {
			found[p.ID] = b.Office(p)
		}
	}
	return found
}
