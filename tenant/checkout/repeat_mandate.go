package checkout

import (
	"fmt"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// RhythmIn is how often, and TimesIn how many times, something is asked for, in words that stand within a sentence.
func RhythmIn(l i18n.Locale, every order.Rhythm) string {
	return Words().T(l, "checkout.repeat."+string(every), nil)
}

// TimesIn is described at RhythmIn.
func TimesIn(l i18n.Locale, times int) string {
	if times == 0 {
		return Words().T(l, "checkout.repeat.forever", nil)
	}
	return Words().T(l, "checkout.repeat.times", map[string]any{"times": strconv.Itoa(times)})
}

// consent is what the buyer of an order reads beside the box by which he lets its repetition charge his card.
func consent(l i18n.Locale, shop string, r *order.Repeat, amount money.Amount) string {
	return payment.Words().T(l, payment.RepeatKey, map[string]any{"shop": shop, "amount": i18n.FormatMoney(l, amount), "rhythm": RhythmIn(l, r.Every),
		"times": TimesIn(l, r.Times)})
}

// repeats tells that an order is one of a repetition that goes on.
func repeats(tx tenant.Tx, o *order.Order) (bool, error) {
	first, err := firstOf(tx, o, false)
	return first != nil && first.Request.Repeat.More(), err
}

// mandating is what is begun with an attempt of a visitor who ticked that box; nil where the order is repeated no more. The mode
// can charge who is not there. His mandate is for the very amount he is charged now.
func mandating(tx tenant.Tx, who Visitor, o *order.Order, offer payment.Offer, amount money.Amount) (*payment.Saving, error) {
	first, err := firstOf(tx, o, false)
	if err != nil || first == nil || !first.Request.Repeat.More() {
		return nil, err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	text := consent(who.Locale, s.Identity.Name, first.Request.Repeat, amount)
	saving := &payment.Saving{Agreed: payment.Mandated(tx.Now(), string(who.Locale), text), Lasting: true}
	if !who.Customer.IsZero() && who.Customer == o.Customer {
		saving.Owner = owner(o.Customer)
	}
	return saving, nil
}

// keepMandate keeps the card of a buyer who agreed that it is charged for a repetition, in place of the one before; where that was
// stopped or has ended meanwhile the bank is told to erase it.
func (d *Desk) keepMandate(tx tenant.Tx, out payment.Outcome, n payment.Notice) error {
	kept, err := d.Modes.KeepMandate(tx, out, n)
	if err != nil || kept == nil {
		return err
	}
	o, err := order.LockBare(tx, orderOf(out.Payment.Order))
	if err != nil {
		return err
	}
	first, err := firstOf(tx, o, true)
	if err != nil {
		return err
	}
	if first == nil || !first.Request.Repeat.More() {
		return payment.DropMandate(tx, *kept)
	}
	r := first.Request.Repeat
	if err := dropMandate(tx, r); err != nil {
		return err
	}
	r.Mandate = &order.Mandate{Payment: kept.ID.String(), Mode: kept.Mode.String(), Test: kept.Test, Token: kept.Token,
		Brand: kept.Card.Brand, Last: kept.Card.Last, Expiry: kept.Card.Expiry,
		At: kept.Agreed.At, Wording: kept.Agreed.Wording, Text: kept.Agreed.Text, Amount: out.Payment.Amount}
	if err := order.SaveRepeat(tx, first); err != nil {
		return err
	}
	return d.tell(tx, o, notify.OrderRepeatAgreed, map[string]string{"note": r.Mandate.Text})
}

// receipt is what the receipt of a payment says besides the order: where its repetition is stopped.
func receipt(tx tenant.Tx, o *order.Order) (map[string]string, error) {
	more, err := repeats(tx, o)
	if err != nil || !more {
		return nil, err
	}
	return map[string]string{"note": Words().T(o.Locale, "checkout.repeat.receipt", nil)}, nil
}

// mandateOf is a mandate in the words of package payment.
func mandateOf(r *order.Repeat) (payment.Mandate, error) {
	m := r.Mandate
	which, err := id.Parse[payment.SavedCard](m.Payment)
	if err != nil {
		return payment.Mandate{}, fmt.Errorf("read mandate: %w", err)
	}
	mode, err := id.Parse[payment.Mode](m.Mode)
	if err != nil {
		return payment.Mandate{}, fmt.Errorf("read mandate: %w", err)
	}
	return payment.Mandate{ID: which, Mode: mode, Test: m.Test, Token: m.Token, Card: payment.Card{Brand: m.Brand, Last: m.Last, Expiry: m.Expiry},
		Agreed: payment.Consent{At: m.At, Wording: m.Wording, Text: m.Text}}, nil
}

// dropMandate has the bank erase the card of a repetition, whose document is written afterwards. What was agreed to stays.
func dropMandate(tx tenant.Tx, r *order.Repeat) error {
	if !r.Charges() {
		return nil
	}
	m, err := mandateOf(r)
	if err != nil {
		return err
	}
	r.Mandate.Token = ""
	return payment.DropMandate(tx, m)
}

// CardName is a card as its owner knows it.
func CardName(m *order.Mandate) string {
	if m == nil {
		return ""
	}
	return strings.TrimSpace(m.Brand + " •••• " + m.Last)
}
