package shopsettings

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// review says what a stored mode does, in a sentence, and what is odd about it; nothing for a new one,
// and for one that cannot be opened, whose form says why.
func (d *Desk) review(v *desk.Visit, set *settings.Settings, m shipping.Stored) (says string, warnings []string) {
	if m.ID == "" {
		return "", nil
	}
	t, err := d.Calculators.Open(set.Rules().Currency, m.Mode)
	if err != nil {
		return "", nil
	}
	for _, w := range t.Warnings() {
		warnings = append(warnings, v.T(w.Key, ui.Args(w.Args)))
	}
	what, ok := t.Describe()
	if !ok {
		return "", warnings
	}
	return v.T("setup.shipping.says", ui.Args{"what": v.T(what.Key, ui.Args(what.Args)), "where": zones.Names(v.View, m.Zones)}), warnings
}

// copyShipping shows the form of a new mode, filled in like another (SHP-01).
func (d *Desk) copyShipping(c echo.Context) error {
	v := desk.Here(c)
	m, s, err := findShipping(c)
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
	return d.showShipping(c, http.StatusOK, s, calc, m, ui.Asked(values))
}
