package shopsettings

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/terminal"
)

// ways are the kinds of payment a merchant can add: with a contract at a bank, under the name that stands on it, and
// without one.
type ways struct{ Banks, Others []ui.Choice }

// choosePayment asks which kind of payment to add.
func (d *Desk) choosePayment(c echo.Context) error {
	v := desk.Here(c)
	return desk.Show(c, http.StatusOK, choosePaymentPage(v, d.ways(v)))
}

// ways lists banks by name; what is no longer sold comes last.
func (d *Desk) ways(v *desk.Visit) ways {
	var w ways
	gateways := d.Modes.Gateways()
	brands := gateways.Brands()
	slices.SortStableFunc(brands, func(a, b payment.Brand) int {
		if dead := a.Status == payment.Dead; dead != (b.Status == payment.Dead) {
			if dead {
				return 1
			}
			return -1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	for _, b := range brands {
		w.Banks = append(w.Banks, ui.Choice{Title: b.Name, Text: bankOf(v, b), Href: v.Href("settings/payment/new/" + b.Key)})
	}
	for _, key := range gateways.Keys() {
		if _, is := gateways.Brand(key); is {
			continue
		}
		if key == terminal.Kind && !v.Shop.Terminal() {
			continue // no operator has allowed it
		}
		option := ui.Choice{Title: v.T(payment.KindKey(key)), Href: v.Href("settings/payment/new/" + key)}
		if key == terminal.Kind {
			option.Href = v.Href("settings/payment/terminal") // the duty and the keys come first
		}
		if about := "setup.payment.about." + key; v.View.Words.Has(v.View.Locale, about) {
			option.Text = v.T(about)
		}
		w.Others = append(w.Others, option)
	}
	return w
}

// bankOf is whose contract it is, and what became of it.
func bankOf(v *desk.Visit, b payment.Brand) string {
	parts := []string{b.Bank}
	switch b.Status {
	case payment.Renamed:
		parts = append(parts, v.T("setup.payment.renamed"))
	case payment.Dead:
		parts = append(parts, v.T("setup.payment.dead"))
	case payment.Alive:
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

// note is what became of a brand, and where to go instead; the zero value for nothing to say.
type note struct{ Text, Next, Href string }

// brandNote says what to ask the bank, of a contract that goes by another name today or is no longer sold, and leads
// to the brand that took over.
func brandNote(v *desk.Visit, g payment.Gateway, all *payment.Gateways) note {
	branded, is := g.(payment.Branded)
	if !is || branded.Brand().Status == payment.Alive {
		return note{}
	}
	n := note{Text: v.T(branded.Brand().AskKey())}
	if next, known := all.Brand(branded.Brand().Next); known {
		n.Next, n.Href = v.T("setup.payment.next", ui.Args{"name": next.Name}), v.Href("settings/payment/new/"+next.Key)
	}
	return n
}
