package checkout

import (
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/discount"
)

// seen is a price as it travels through the page: what it is worth, how much of it is due now where that is not all,
// what is charged where that is another amount; and behind it what it is made of, so that an order in which only the
// tax has changed is asked about too, and a buyer is told what changed.
func seen(view *cart.View, charged currency.Leg) string {
	due := view.Due
	total := due.Now.Add(due.Later)
	text := total.String() + " " + total.Currency().Code()
	if due.Deferred() {
		text += " (" + due.Now.String() + ")"
	}
	if a := charged.Amount; !a.Currency().IsZero() && a.Currency() != total.Currency() {
		text += " = " + a.String() + " " + a.Currency().Code()
	}
	if view.Priced == nil {
		return text
	}
	t, sides := view.Priced.Totals, view.Priced.View
	for _, p := range []struct{ name, sum string }{
		{"goods", t.Goods.In(sides.Goods).String()}, {"discounts", t.Discounts.In(sides.Goods).String()},
		{"delivery", t.Shipping.Add(t.ShippingDiscounts).Add(t.Insurance).In(sides.Shipping).String()},
		{"fee", t.Fee.In(sides.Goods).String()}, {taxPart, t.Tax.String()},
	} {
		text += partMark + p.name + " " + p.sum
	}
	return text
}

// unchanged tells that whoever has seen shown sees no other total now, and no other tax in it.
func unchanged(shown string, view *cart.View, charged currency.Leg) bool {
	is := seen(view, charged)
	tax, told := partsOf(shown)[taxPart]
	return total(shown) == total(is) && (!told || tax == partsOf(is)[taxPart])
}

// partMark stands before each part of what was seen.
const (
	partMark = " | "
	taxPart  = "tax"
)

// different names the parts that are other sums now, but for the tax, which follows from them; none where nothing is
// known of what was seen.
func different(before, now string) (names []string) {
	was, is := partsOf(before), partsOf(now)
	if len(was) == 0 || len(is) == 0 {
		return nil
	}
	for _, name := range []string{"goods", "discounts", "delivery", "fee"} {
		if was[name] != is[name] {
			names = append(names, name)
		}
	}
	return names
}

// whatChanged tells of parts in every language; nil for none.
func whatChanged(names []string) i18n.Text {
	if len(names) == 0 {
		return nil
	}
	text := make(i18n.Text, len(i18n.Shipped))
	for _, l := range i18n.Shipped {
		list := make([]string, len(names))
		for i, name := range names {
			list[i] = Words().T(l, "checkout.change."+name, nil)
		}
		text[l] = Words().T(l, "checkout.change", map[string]any{"parts": strings.Join(list, ", ")}) + " "
	}
	return text
}

// total is what was seen without its parts.
func total(shown string) string {
	sum, _, _ := strings.Cut(shown, partMark)
	return sum
}

func partsOf(text string) map[string]string {
	parts := map[string]string{}
	for i, piece := range strings.Split(text, partMark) {
		if name, sum, ok := strings.Cut(piece, " "); ok && i > 0 {
			parts[name] = sum
		}
	}
	return parts
}

// refusedCode says why a code of the buyer's is not given any more, in every language; nil for none.
func refusedCode(view *cart.View) i18n.Text {
	for _, r := range refusals(view) {
		if !strings.HasPrefix(r.Source, discount.CodePrefix) {
			continue
		}
		text := make(i18n.Text, len(i18n.Shipped))
		for _, l := range i18n.Shipped {
			text[l] = discountWords().T(l, r.Reason.Key, r.Reason.Args) + " "
		}
		return text
	}
	return nil
}
