package shopsettings

import (
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// deliveryHelp says what a way to deliver would charge, where it goes, and whether buyers see it at once.
func (m packModel) deliveryHelp(v *desk.Visit, item pack.Item) string {
	words := zones.Names(v.View, item.Mode.Zones)
	mode := item.Mode.Mode
	mode.ID = item.Mode.Code // a tariff wants a name; this one is never stored
	if t, err := shipping.Builtin().Open(m.currency(), mode); err == nil {
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

// currency is the one the fees of the pack are in.
func (m packModel) currency() money.Currency { return m.Plan.Pack.Currency }

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
