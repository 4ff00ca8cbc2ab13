package orders

import (
	"slices"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

// timeline is what happened to the order, the newest first.
func timeline(v ui.View, names modeNames, happened []order.Happening) []ui.Event {
	events := make([]ui.Event, len(happened))
	for i, h := range happened {
		events[i] = event(v, names, h)
	}
	slices.Reverse(events)
	return events
}

func event(v ui.View, names modeNames, h order.Happening) ui.Event {
	e := ui.Event{Title: v.T("order.happening." + string(h.Kind)), Text: h.Note, Who: actor(v, h.Actor), When: h.At, Tone: ui.Neutral, Icon: ui.IconNote}
	switch h.Kind {
	case order.Moved:
		e.Title, e.Icon, e.Tone = v.T(h.After.Key()), ui.IconCircleDot, stateBadge(v, h.After).Tone
	case order.Noted:
		for _, what := range []string{"refund", "capture", "release"} {
			if amount := h.Data[what]; amount != "" {
				e.Title = v.T("orders."+what+"_asked", ui.Args{"amount": amountText(v, amount, h.Data["currency"])})
			}
		}
		if decided := riskDecided(v, h); decided != "" {
			e.Title, e.Icon = decided, ui.IconShieldCheck
		}
		if told := cardTold(v, h); told != "" {
			e.Title, e.Icon = told, ui.IconCreditCard
		}
		if h.Visible {
			e.Icon, e.Title = ui.IconMessage, e.Title+" · "+v.T("orders.visible")
		}
	case order.Money:
		moneyEvent(v, names, h, &e)
	case order.Parcelled:
		e.Icon, e.Tone, e.Text = ui.IconTruck, ui.Good, join(h.Data["carrier"], h.Data["tracking"])
		if to := h.Data["url"]; to != "" {
			e.Body = outside(v, to, v.T("orders.track"))
		}
	case order.Mailed:
		e.Icon, e.Text = ui.IconMail, v.T("notify.kind."+h.Data["kind"])
	case order.Alerted:
		e.Icon, e.Tone, e.Text = ui.IconAlertTriangle, ui.Warn, problem(v, h.Note, h.Data)
	}
	return e
}

// moneyEvent says what became of money: it came, went back, was asked for, or the bank refused it.
func moneyEvent(v ui.View, names modeNames, h order.Happening, e *ui.Event) {
	e.Icon, e.Tone = ui.IconCoin, ui.Good
	if came := h.Data[order.KeyCame]; came != "" {
		e.Title = v.T("orders.money_came", ui.Args{"amount": movedText(v, came, h.Data)})
	}
	if asked := h.Data[order.KeyAsked]; asked != "" {
		e.Title, e.Tone = v.T("orders.rest_asked_for", ui.Args{"amount": amountText(v, asked, h.Data["currency"])}), ui.Info
	}
	if linked := h.Data[order.KeyLinked]; linked != "" {
		e.Title, e.Tone = v.T("orders.link_sent", ui.Args{"amount": amountText(v, linked, h.Data["currency"])}), ui.Info
	}
	if promised := h.Data[order.KeyPromised]; promised != "" {
		key := "orders.money_promised"
		if h.Data["kind"] == (offline.Escrow{}).Key() {
			key = "orders.money_deposited"
		}
		e.Title, e.Tone = v.T(key, ui.Args{"amount": amountText(v, promised, h.Data["currency"])}), ui.Info
	}
	if released := h.Data[order.KeyReleased]; released != "" {
		e.Title, e.Tone = v.T("orders.money_released", ui.Args{"amount": amountText(v, released, h.Data["currency"])}), ui.Neutral
	}
	if back := h.Data[order.KeyBack]; back != "" {
		e.Title, e.Tone = v.T("orders.money_back", ui.Args{"amount": movedText(v, back, h.Data)}), ui.Neutral
	}
	if why, refused := h.Data[order.KeyRefused]; refused {
		e.Title, e.Tone = v.T("orders.money_refused"), ui.Bad
		e.Text = join(names.paid(v, h.Data["mode"], h.Data["kind"]), refusedFor(v, why))
	}
}

// refusedFor is why a bank refused a payment, as who sells is told.
func refusedFor(v ui.View, why string) string {
	if !slices.Contains(payment.Reasons(), payment.Reason(why)) {
		why = string(payment.ReasonRefused)
	}
	return v.T("orders.refused_for." + why)
}

// movedText writes an amount that came or went back, with that of the bank where it moved another currency.
func movedText(v ui.View, text string, data map[string]string) string {
	own := amountText(v, text, data["currency"])
	if data["moved"] == "" {
		return own
	}
	return own + " (" + amountText(v, data["moved"], data["moved_in"]) + ")"
}

// amountText writes an amount of the timeline's data.
func amountText(v ui.View, text, code string) string {
	cur, err := money.ParseCurrency(code)
	if err != nil {
		return text
	}
	a, err := money.Parse(text, cur)
	if err != nil {
		return text
	}
	return i18n.FormatMoney(v.Locale, a)
}

// actor is who did something: a name, or the part he played. A bank is called what merchants know it by.
func actor(v ui.View, a tenant.Actor) string {
	switch key := payment.KindKey(a.Name); {
	case a.Kind == tenant.Gateway && v.Words.Has(v.Locale, key):
		return v.T(key)
	case a.Name != "":
		return a.Name
	}
	return v.T("orders.actor." + string(a.Kind))
}
