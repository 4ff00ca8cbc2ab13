package shopsettings

import (
	"net/url"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// trial is a contract to try a family with, where a pretend bank stands in.
func (d *Desk) trial(g payment.Gateway) (url.Values, bool) {
	branded, is := g.(payment.Branded)
	if !is {
		return nil, false
	}
	values, known := d.Trials[branded.Brand().Family]
	return values, known
}

// secretsOf are the secrets of a contract to try with, to be copied: a form never shows one that is stored, and so has no place for them.
func secretsOf(s sheet.Sheet, g payment.Gateway, trial url.Values, shown bool) []ui.Copy {
	var list []ui.Copy
	for _, f := range g.Config().Fields {
		if text := trial.Get(f.Name); shown && text != "" && f.Kind == form.Secret {
			list = append(list, ui.Copy{ID: "trial-" + f.Name, Label: s.Visit.T(f.Label), Value: text})
		}
	}
	return list
}

// notice is the address the bank of a mode calls.
func (d *Desk) notice(shop *tenant.Shop, g payment.Gateway, m payment.Mode) string {
	if m.ID.IsZero() || g.Capabilities().Offline || d.Notices == nil {
		return ""
	}
	return d.Notices(shop, m.ID)
}
