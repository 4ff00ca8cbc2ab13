package shopsettings

import (
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

// vatDocument is how value added tax is handled (LAW-04).
func vatDocument() document {
	return document{path: "vat", name: settings.NameTax, values: vatValues, read: readVAT, fields: vatFields, more: readWatch}
}

func vatValues(_ *desk.Visit, k *known) url.Values {
	t := k.Tax
	return url.Values{
		"registered": sheet.Yes(t.Registered), "entry": {side(t.EntryGross)}, "show": {side(t.ShowGross)},
		"destination": {either(t.Destination, "there", "home")}, "fixed": {either(t.GrossFixed, "gross", "net")},
		"verify": {verifyWord(t.Verify)},
	}
}

func side(gross bool) string { return either(gross, "gross", "net") }

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

type vatForm struct {
	Registered  bool   `form:"registered"`
	Entry       string `form:"entry,required"`
	Show        string `form:"show,required"`
	Destination string `form:"destination,required"`
	Fixed       string `form:"fixed,required"`
	Verify      string `form:"verify"`
}

func readVAT(c echo.Context, _ *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[vatForm](c)
	return settings.Tax{
		Registered: f.Registered, EntryGross: f.Entry == "gross", ShowGross: f.Show == "gross",
		Destination: f.Destination == "there", GrossFixed: f.Fixed == "gross",
		Verify: verifyOf(f.Verify), Classes: k.Tax.Classes, Own: k.Tax.Own,
	}, err
}

// neverWord stands in the form for the empty word of package tax.
const neverWord = "never"

func verifyWord(v tax.Verify) string {
	if v == tax.VerifyNever {
		return neverWord
	}
	return string(v)
}

func verifyOf(word string) tax.Verify {
	if word == neverWord {
		return tax.VerifyNever
	}
	return tax.Verify(word)
}

// homeRates are the rates where the shop is today, as the program knows them.
func homeRates(v ui.View, k *known) []ui.Term {
	territory := tax.TerritoryOf(k.Identity.Address.Country, k.Identity.Address.Postcode)
	var terms []ui.Term
	for _, class := range tax.Classes() {
		row, ok := tax.Builtin().With(k.Tax.Own...).Find(territory, class, k.now.Format(time.DateOnly))
		if !ok || row.Class != class {
			continue // the country has no such rate
		}
		terms = append(terms, ui.Term{Name: v.T("tax.class." + string(class)), Text: v.Percent(row.Rate.Percent())})
	}
	return terms
}
