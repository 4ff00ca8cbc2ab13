package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// tryForm is the cart as it was typed.
type tryForm struct {
	Lines     []lineForm `query:"lines" form:"lines"`
	Profile   string     `query:"profile" form:"profile"`
	Country   string     `query:"country" form:"country"`
	Region    string     `query:"region" form:"region"`
	Postcode  string     `query:"postcode" form:"postcode"`
	VATNumber string     `query:"vat_number" form:"vat_number"`
	Codes     string     `query:"codes" form:"codes"`
	Shipping  string     `query:"shipping" form:"shipping"`
	Payment   string     `query:"payment" form:"payment"`
	Insured   bool       `query:"insured" form:"insured"`
	Email     string     `query:"email" form:"email"`
	At        string     `query:"at" form:"at"`
	Rule      string     `query:"rule" form:"rule"`
	// Draft is a discount that is not stored, as its form was typed; too long for an address.
	Draft string `form:"draft"`
}

type lineForm struct {
	SKU string `query:"sku" form:"sku"`
	Qty string `query:"qty" form:"qty"`
}

// layout is a day and time as the browser's field writes it.
const layout = "2006-01-02T15:04"

// try prices what the address says. An address that says nothing shows the form with an article in it.
func (d *Desk) try(c echo.Context) error {
	f, err := web.Query[tryForm](c)
	if err != nil {
		return err
	}
	return d.show(c, &f)
}

// tryDraft prices what was typed, with a discount that is not stored.
func (d *Desk) tryDraft(c echo.Context) error {
	f, err := web.Form[tryForm](c)
	if err != nil {
		return err
	}
	return d.show(c, &f)
}

// TryRule answers with the simulator for a discount as it was typed, which is stored nowhere: for the desk where
// it is typed.
func (d *Desk) TryRule(c echo.Context, r discount.Rule) error {
	draft, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("write discount to try: %w", err)
	}
	return d.show(c, &tryForm{Draft: string(draft)})
}

func (d *Desk) show(c echo.Context, f *tryForm) error {
	v := desk.Here(c)
	k, err := d.read(c, f)
	if err != nil {
		return err
	}
	asked := len(f.Lines) > 0
	if !asked {
		k.suggest(f)
	}
	s := sheet.New(v, "simulator", ui.Asked(f.values()))
	t, err := f.try(k, v)
	var trial *checkout.Trial
	if err == nil {
		trial, err = d.pricer.Simulate(c.Request().Context(), v.Shop, t)
	}
	switch {
	case err == nil:
		return desk.Show(c, http.StatusOK, page(s, k, f, trial))
	case !desk.Repairable(err):
		return err
	case !asked: // a shop without articles
		return desk.Show(c, http.StatusOK, page(s, k, f, nil))
	}
	s.Answers = ui.Refused(v.View, f.values(), err)
	return desk.Show(c, web.Status(err), page(s, k, f, nil))
}

// frame is the frame around the form. A trial of what is stored has an address that can be kept and sent.
func (f *tryForm) frame(s sheet.Sheet) ui.Form {
	if f.Draft != "" {
		return s.Action(s.Visit.Href("simulator"), map[string]string{"draft": f.Draft})
	}
	return s.Search(map[string]string{"rule": f.Rule})
}

// suggest fills in what somebody probably wants to try: an article, at home.
func (k *known) suggest(f *tryForm) {
	f.Lines = []lineForm{{SKU: k.sku, Qty: "1"}}
	if f.Country == "" {
		f.Country = k.settings.Identity.Address.Country
	}
	if k.draft != nil && f.Codes == "" {
		f.Codes = strings.Join(k.draft.Codes, ", ")
	}
}

// values are the fields as they are shown again; rows are numbered anew.
func (f *tryForm) values() url.Values {
	v := url.Values{"profile": {f.Profile}, "country": {f.Country}, "region": {f.Region}, "postcode": {f.Postcode},
		"vat_number": {f.VATNumber}, "codes": {f.Codes}, "shipping": {f.Shipping}, "payment": {f.Payment}, "email": {f.Email}, "at": {f.At}}
	v["insured"] = sheet.Yes(f.Insured)
	f.Lines = slices.DeleteFunc(f.Lines, func(l lineForm) bool { return l.SKU == "" && l.Qty == "" })
	for i, l := range f.Lines {
		sheet.PutRow(v, "lines", i, map[string]string{"sku": l.SKU, "qty": l.Qty})
	}
	return v
}

// try is the form in the words of package checkout.
func (f *tryForm) try(k *known, v *desk.Visit) (checkout.Try, error) {
	var c form.Checker
	number := address.CleanVATNumber(f.VATNumber)
	t := checkout.Try{
		Profile: profile.Code(f.Profile), Email: f.Email, Shipping: f.Shipping, Insured: f.Insured, Payment: f.Payment, Draft: k.draft, Locale: v.View.Locale,
		To: pricing.Destination{Country: f.Country, Region: f.Region, Postcode: f.Postcode, Business: number != "", VATNumber: number},
	}
	for i, l := range f.Lines {
		at := sheet.Cell("lines", i, "")
		if l.Qty == "" {
			l.Qty = "1"
		}
		c.Required(at+"sku", l.SKU)
		t.Lines = append(t.Lines, checkout.TryLine{SKU: l.SKU, Qty: c.Int(at+"qty", l.Qty, 1, cart.MaxQty)})
	}
	t.Codes = sheet.Items(f.Codes)
	t.Codes = t.Codes[:min(len(t.Codes), cart.MaxCodes)]
	if f.At != "" {
		at, err := time.ParseInLocation(layout, f.At, k.settings.Rules().Zone)
		if err != nil {
			c.Refuse("at", form.KeyDate, nil)
		}
		t.At = at
	}
	return t, c.Err()
}

// lines is the table of articles.
func lines(s sheet.Sheet) ui.Rows {
	return s.Rows(ui.Rows{Name: "lines", Blank: 1, Columns: []ui.Field{{Name: "sku"}, {Name: "qty", InputMode: "numeric"}}})
}
