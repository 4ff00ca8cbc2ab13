package shopsettings

import (
	"slices"
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// deliveryHelp says what a way to deliver would charge, where it goes, and whether buyers see it at once.
func (m packModel) deliveryHelp(v *desk.Visit, item pack.Item) string {
	words := zones.Names(v.View, item.Mode.Zones)
	mode := item.Mode.Mode
	mode.ID = item.Mode.Code // a tariff wants a name; this one is never stored
	if t, err := shipping.Builtin().Open(item.In, mode); err == nil {
		if what, ok := t.Describe(); ok {
			words = v.T("setup.shipping.says", ui.Args{"what": v.T(what.Key, ui.Args(what.Args)), "where": words})
		}
	}
	if item.On {
		return words + " · " + v.T("setup.pack.on")
	}
	return words + " · " + v.T("setup.pack.off")
}

// packSources are the grounds of a pack, in sentences.
func packSources(v *desk.Visit, sources []pack.Source) []string {
	words := make([]string, len(sources))
	for i, s := range sources {
		words[i] = v.T("setup.pack.source."+s.On, ui.Args{"law": s.Law})
	}
	return words
}

// leftWords name the ways to deliver that were not prepared, and between which currencies a rate is missing.
func leftWords(v *desk.Visit, p *pack.Plan, left []pack.Mode) map[string]string {
	names := make([]string, len(left))
	for i, m := range left {
		names[i] = v.T("setup.pack.quoted", ui.Args{"name": m.Name.In(v.View.Locale)})
	}
	return map[string]string{"names": strings.Join(names, ", "), "from": p.Pack.Currency.Code(), "to": p.Kept().Code()}
}

// left says what is not prepared and why; "" where everything is.
func (m packModel) left(v *desk.Visit) string {
	if len(m.Plan.Left) == 0 {
		return ""
	}
	words := leftWords(v, m.Plan, m.Plan.Left)
	return v.T("setup.pack.left", ui.Args{"names": words["names"], "from": words["from"], "to": words["to"]})
}

// fees says how the fees come to be in the shop's currency, or that they do not where it stays; "" where they are in it.
func (m packModel) fees(v *desk.Visit) string {
	delivers := slices.ContainsFunc(m.Plan.Items, func(i pack.Item) bool { return i.Kind == pack.Delivery })
	if !delivers || m.Plan.Kept() == m.Plan.Pack.Currency {
		return ""
	}
	args := ui.Args{"from": m.Plan.Pack.Currency.Code(), "to": m.Plan.Kept().Code(), "rate": writeDecimal(v.View.Locale, m.Plan.Rate.Round(shownPlaces).String())}
	moves := slices.ContainsFunc(m.Plan.Items, func(i pack.Item) bool { return i.Kind == pack.Currency })
	switch {
	case !moves:
		return v.T("setup.pack.converted", args)
	case m.Plan.Rate.IsPositive():
		return v.T("setup.pack.kept", args)
	}
	return v.T("setup.pack.kept_none", args)
}

// shownPlaces are those of a rate that is told in a sentence.
const shownPlaces = 6

// vatChanges says which choices of VAT would be others.
func vatChanges(v *desk.Visit, before, after settings.Tax) string {
	var parts []string
	change := func(label, from, to string) {
		if from != to {
			parts = append(parts, v.T("setup.vat."+label)+v.T("ui.colon")+v.T("setup.pack.from_to", ui.Args{"from": from, "to": to}))
		}
	}
	truth := func(on bool) string { return v.T("ui." + either(on, "yes", "no")) }
	change("registered", truth(before.Registered), truth(after.Registered))
	change("entry", v.T("setup.vat.entry."+side(before.EntryGross)), v.T("setup.vat.entry."+side(after.EntryGross)))
	change("show", v.T("setup.vat.show."+side(before.ShowGross)), v.T("setup.vat.show."+side(after.ShowGross)))
	change("fixed", v.T("setup.vat.fixed."+side(before.GrossFixed)), v.T("setup.vat.fixed."+side(after.GrossFixed)))
	change("verify", v.T("setup.vat.verify."+verifyWord(before.Verify)), v.T("setup.vat.verify."+verifyWord(after.Verify)))
	return strings.Join(parts, " · ")
}

// rateless tells that ways to deliver are, or may be, left out for want of a rate.
func (m packModel) rateless() bool {
	return len(m.Plan.Left) > 0 || !m.Plan.Rate.IsPositive() && m.Plan.Kept() != m.Plan.Pack.Currency &&
		slices.ContainsFunc(m.Plan.Items, func(i pack.Item) bool { return i.Kind == pack.Delivery })
}
