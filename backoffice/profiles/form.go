package profiles

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// values is a profile as its form shows it; the shared code is not among them.
func values(l i18n.Locale, p *profile.Profile) url.Values {
	v := url.Values{
		"code": {string(p.Code)}, "goods": {string(p.Goods)}, "shipping": {string(p.Shipping)},
		"payments": p.Payments, "carriages": p.Carriages, "bill_to": p.BillTo, "send_to": p.SendTo,
		"minimum.side": {string(pricing.Net)}, "minimum.listed": {""},
	}
	sheet.PutText(v, "names", p.Names)
	sheet.PutText(v, "texts", p.Texts)
	v["active"] = sheet.Yes(p.Active)
	v["quotes"] = sheet.Yes(p.Quotes)
	if m := p.Minimum; m.Amount.IsPositive() {
		v.Set("minimum.amount", i18n.FormatInput(l, m.Amount, 0))
		if m.Side != "" {
			v.Set("minimum.side", string(m.Side))
		}
		if m.Listed {
			v.Set("minimum.listed", "1")
		}
	}
	return v
}

type profileForm struct {
	Names        map[string]string `form:"names"`
	Texts        map[string]string `form:"texts"`
	Code         string            `form:"code"`
	Active       bool              `form:"active"`
	Goods        string            `form:"goods"`
	Shipping     string            `form:"shipping"`
	Payments     []string          `form:"payments"`
	Carriages    []string          `form:"carriages"`
	BillTo       []string          `form:"bill_to"`
	SendTo       []string          `form:"send_to"`
	Amount       string            `form:"minimum.amount"`
	Side         string            `form:"minimum.side"`
	Listed       bool              `form:"minimum.listed"`
	Quotes       bool              `form:"quotes"`
	Shared       string            `form:"shared"`
	SharedRemove bool              `form:"shared_remove"`
	Kind         string            `form:"kind"` // of a profile that is not stored any more
	Rev          int               `form:"rev,revision"`
}

// read lays what was sent over a profile. What cannot be read is told with all else that is wrong.
func read(c echo.Context, k *known, p profile.Profile) (profile.Profile, profileForm, error) {
	l := desk.Here(c).View.Locale
	f, err := web.Form[profileForm](c)
	var check form.Checker
	if err := check.Add("", err); err != nil {
		return p, f, err
	}
	if kind := profile.Kind(f.Kind); p.Kind == "" && slices.Contains(made, kind) {
		p.Kind = kind
	}
	p.Names, p.Texts = sheet.ReadText(f.Names), sheet.ReadText(f.Texts)
	if p.Code == "" {
		p.Code = profile.Code(f.Code)
		if p.Code == "" {
			p.Code = codeOf(k.Languages.Default, p.Names)
		}
		if p.Code == "" && !p.Names.IsZero() {
			check.Refuse("code", form.KeyRequired, nil) // a name no code can be made from
		}
	}
	p.Active = f.Active || p.Kind == profile.KindAnonymous
	p.Goods, p.Shipping = pricing.Side(f.Goods), pricing.Side(f.Shipping)
	p.Quotes = f.Quotes
	p.Payments, p.Carriages = f.Payments, f.Carriages
	p.BillTo, p.SendTo = f.BillTo, f.SendTo
	p.Minimum = profile.Minimum{Side: pricing.Side(f.Side), Listed: f.Listed,
		Amount: check.Decimal("minimum.amount", l, f.Amount, money.MaxPlaces)}
	_ = check.Add("", p.Check()) // always about fields
	return p, f, namesFirst(check.Err(), p, k.Languages.Default)
}

// namesFirst puts what is wrong into the fields of the form: a profile without a name lacks one in the main
// language, and then nothing need be said of a code that would have been made from it.
func namesFirst(err error, p profile.Profile, main i18n.Locale) error {
	var fields []fault.Field
	for _, f := range fault.FieldsOf(err) {
		switch {
		case f.Name == "names":
			f.Name += "." + string(main)
		case f.Name == "code" && p.Code == "" && p.Names.IsZero():
			continue
		}
		fields = append(fields, f)
	}
	if len(fields) == 0 {
		return err
	}
	return fault.Invalid(fields...)
}

// maxCode is what package profile takes.
const maxCode = 40

// codeOf makes a code from a name; "" when nothing of it can be written so.
func codeOf(main i18n.Locale, names i18n.Text) profile.Code {
	code := catalog.Slug(main, names.In(main))
	return profile.Code(strings.Trim(code[:min(len(code), maxCode)], "-"))
}
