package storefront

import (
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// payForm is the choice of ways to pay what is due (PGW-16); nil when there is none. The way of the
// order comes chosen, so that who mistyped a card needs one press; a way without a bank whose
// instructions stand on the page is not offered again.
func (v *visit) payForm(p *checkout.Paper) *view.PayForm {
	shown, _ := p.Order.Shown()
	now := p.Order.Payment.Mode
	out := &view.PayForm{Action: post(v.links.hop(p.Link)), Name: "mode", Amount: v.money(p.Order.Show(p.Order.Asks())), Rest: p.Order.Owes() && p.Order.Secured()}
	tried := p.Attempt != nil && !p.Attempt.Saving.Card.IsZero() // the card that was refused is not proposed again
	for i, o := range p.Offers {
		if o.ID.String() == now && o.Capabilities.Offline && p.Attempt != nil && p.Attempt.State.Open() {
			out.Other = true
			continue
		}
		way := v.paymentChoice(o.Mode, o.ID.String() == now)
		if charged := p.Charges[i].Amount; charged.Currency() != shown.Currency {
			sum := v.money(charged)
			way.Charged = &sum
		}
		with := checkout.With{}
		if way.Selected && !tried {
			with.Card = firstOf(p.Cards, o.ID)
		}
		if text := p.Consent(v.locale(), v.settings().Identity.Name, i); text != "" {
			way.Save = &view.SaveCard{Name: saveName, Value: way.Value, Text: text}
		}
		out.Ways = append(out.Ways, v.withCards(way, p.Cards, p.Own, o.Saves, with)...)
	}
	if len(out.Ways) == 0 {
		return nil
	}
	for _, w := range out.Ways {
		if w.Selected {
			return out
		}
	}
	out.Ways[0].Selected = true
	return out
}

// firstOf is the newest card of a mode; zero for none.
func firstOf(cards []payment.SavedCard, mode payment.ModeID) payment.SavedID {
	for _, c := range cards {
		if c.Mode == mode {
			return c.ID
		}
	}
	return payment.SavedID{}
}
