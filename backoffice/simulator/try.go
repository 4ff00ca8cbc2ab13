package simulator

import (
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
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// tryForm is the cart as it was typed.
type tryForm struct {
	Lines     []lineForm `query:"lines"`
	Profile   string     `query:"profile"`
	Country   string     `query:"country"`
	Region    string     `query:"region"`
	Postcode  string     `query:"postcode"`
	VATNumber string     `query:"vat_number"`
	Codes     string     `query:"codes"`
	Shipping  string     `query:"shipping"`
	Insured   bool       `query:"insured"`
	Email     string     `query:"email"`
	At        string     `query:"at"`
	Rule      string     `query:"rule"`
}

type lineForm struct {
	SKU string `query:"sku"`
	Qty string `query:"qty"`
}

// layout is a day and time as the browser's field writes it.
const layout = "2006-01-02T15:04"

// try prices what the address says. An address that says nothing shows the form with an article in it.
func (d *Desk) try(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Query[tryForm](c)
	if err != nil {
		return err
	}
	k, err := read(c, f.Rule)
	if err != nil {
		return err
	}
	asked := len(f.Lines) > 0
	if !asked {
		k.suggest(&f)
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
		"vat_number": {f.VATNumber}, "codes": {f.Codes}, "shipping": {f.Shipping}, "email": {f.Email}, "at": {f.At}}
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
		Profile: profile.Code(f.Profile), Email: f.Email, Shipping: f.Shipping, Insured: f.Insured, Draft: k.draft, Locale: v.View.Locale,
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
