package shopsettings

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
)

// review says what a stored mode does, in a sentence, and what is odd about it; nothing for a new one,
// and for one that cannot be opened, whose form says why.
func (d *Desk) review(v *desk.Visit, all carriage, m shipping.Stored) (says string, warnings []string) {
	if m.ID == "" {
		return "", nil
	}
	t, err := d.Calculators.Open(all.Rules().Currency, m.Mode)
	if err != nil {
		return "", nil
	}
	for _, w := range t.Warnings() {
		warnings = append(warnings, v.T(w.Key, ui.Args(w.Args)))
	}
	warnings = append(warnings, all.warnings(v, m)...)
	what, ok := t.Describe()
	if !ok {
		return "", warnings
	}
	return v.T("setup.shipping.says", ui.Args{"what": v.T(what.Key, ui.Args(what.Args)), "where": zones.Names(v.View, m.Zones)}), warnings
}

// warnings are what is odd about a mode beside others and beside the shop's profiles: nobody may use it, or buyers
// cannot tell it from another. One that is switched off is offered to nobody anyway.
func (all carriage) warnings(v *desk.Visit, m shipping.Stored) []string {
	if !m.Active {
		return nil
	}
	var list []string
	if key := all.unreached(m); key != "" {
		list = append(list, v.T(key))
	}
	for _, other := range all.modes {
		args := ui.Args{"name": other.Name.In(v.View.Locale, all.Languages.Default)}
		switch {
		case other.ID == m.ID || !other.Active:
		case shipping.Alike(m.Mode, other.Mode):
			list = append(list, v.T("setup.shipping.warn.alike", args))
		case shipping.Namesakes(m.Mode, other.Mode):
			list = append(list, v.T("setup.shipping.warn.namesake", args))
		}
	}
	return list
}

// unreached is why no profile of customers reaches a mode (SHP-10), "" when one does.
func (all carriage) unreached(m shipping.Stored) string {
	book := profile.Book(all.Profiles)
	goes := shipping.Countries(m.Zones)
	key := "setup.shipping.warn.unlisted"
	for _, p := range book.Everybody() {
		if !p.Receives(m.ID) {
			continue
		}
		if len(goes) == 0 || slices.ContainsFunc(goes, p.Sends) {
			return ""
		}
		key = "setup.shipping.warn.elsewhere"
	}
	return key
}

// copyShipping shows the form of a new mode, filled in like another (SHP-01).
func (d *Desk) copyShipping(c echo.Context) error {
	v := desk.Here(c)
	m, all, err := findShipping(c)
	if err != nil {
		return err
	}
	calc, err := d.Calculators.Find(m.Calculator)
	if err != nil {
		return err
	}
	values := shippingValues(v.View.Locale, calc.Config(), m)
	for l, name := range m.Name {
		values.Set(nameField+"."+string(l), v.View.Words.T(l, "setup.shipping.copy_of", ui.Args{"name": name}))
	}
	values[activeField] = sheet.Yes(false)
	m.ID, m.Rev, m.Active = "", 0, false
	return d.showShipping(c, http.StatusOK, all, calc, m, ui.Asked(values))
}
