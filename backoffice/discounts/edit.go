package discounts

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

// fresh shows the empty form of a method.
func (d *Desk) fresh(c echo.Context) error {
	v := desk.Here(c)
	k, method, err := readMethod(c)
	if err != nil {
		return err
	}
	s := &promotion.Stored{Rule: begin(method), Active: true}
	return k.show(c, http.StatusOK, method, s, ui.Asked(k.values(v.View.Locale, s)))
}

// readMethod is read, and the method that the address names. Errors: promotion.ErrUnknown.
func readMethod(c echo.Context) (*known, promotion.Method, error) {
	m := promotion.Method(c.Param("method"))
	if !slices.Contains(promotion.Methods(), m) {
		return nil, "", promotion.ErrUnknown
	}
	k, err := read(c.Request().Context(), desk.Here(c).Shop)
	return k, m, err
}

// begin is the rule a method begins with.
func begin(m promotion.Method) discount.Rule {
	r := discount.Rule{Off: discount.Off{Kind: discount.Rate}, Scope: discount.Scope{Of: discount.Order}}
	switch m {
	case promotion.Total:
		r.Scale.By, r.Off = discount.Value, discount.Off{}
	case promotion.Quantity:
		r.Scale.By, r.Off = discount.Quantity, discount.Off{}
	case promotion.Family, promotion.Subfamily:
		r.Scope.Of = discount.Families
	case promotion.Article:
		r.Scope.Of = discount.Articles
	case promotion.Coupon:
	}
	return r
}

func (d *Desk) add(c echo.Context) error {
	k, method, err := readMethod(c)
	if err != nil {
		return err
	}
	return k.keep(c, method, promotion.Stored{Rule: begin(method)})
}

func (d *Desk) edit(c echo.Context) error {
	k, s, err := readOne(c)
	if err != nil {
		return err
	}
	v := desk.Here(c)
	return k.show(c, http.StatusOK, promotion.MethodOf(&s.Rule, k.top), s, ui.Asked(k.values(v.View.Locale, s)))
}

func (d *Desk) save(c echo.Context) error {
	k, s, err := readOne(c)
	if err != nil {
		return err
	}
	return k.keep(c, promotion.MethodOf(&s.Rule, k.top), *s)
}

// keep puts what was sent over a discount, stored or new.
func (k *known) keep(c echo.Context, method promotion.Method, before promotion.Stored) error {
	v := desk.Here(c)
	s, err := k.ruleOf(c, method, before)
	if err == nil {
		s, err = promotion.Save(c.Request().Context(), v.Shop, v.Actor(), s)
	}
	if desk.Repairable(err) {
		return k.show(c, web.Status(err), method, &before, ui.Refused(v.View, c.Request().PostForm, refused(err, &s.Rule, k.main())))
	}
	if err != nil {
		return err
	}
	if s.Rule.Issued && before.ID == "" {
		return desk.Back(c, "discounts/"+s.ID+"/codes", "discounts.saved", nil)
	}
	return desk.Back(c, "discounts/"+s.ID, "discounts.saved", nil)
}

// editor is what the form of a discount shows besides its answers.
type editor struct {
	sheet.Sheet
	*known
	method promotion.Method
	stored *promotion.Stored
}

func (k *known) show(c echo.Context, status int, m promotion.Method, s *promotion.Stored, a ui.Answers) error {
	v := desk.Here(c)
	e := editor{Sheet: sheet.New(v, words, a), known: k, method: m, stored: s}
	return desk.Show(c, status, editPage(e))
}

func (e editor) title() string {
	if e.stored.ID == "" {
		return e.T("method." + string(e.method))
	}
	return e.known.name(e.Visit, &e.stored.Rule)
}

func (e editor) hidden() map[string]string {
	hidden := map[string]string{"rev": strconv.Itoa(e.stored.Rev)}
	switch e.method {
	case promotion.Total:
		hidden["of"], hidden["by"] = string(discount.Order), string(discount.Value)
	case promotion.Quantity:
		hidden["by"] = string(discount.Quantity)
	case promotion.Family, promotion.Subfamily:
		hidden["of"] = string(discount.Families)
	case promotion.Article:
		hidden["of"] = string(discount.Articles)
	case promotion.Coupon:
	}
	return hidden
}

func (e editor) is(methods ...promotion.Method) bool { return slices.Contains(methods, e.method) }

func (e editor) saved() bool { return e.stored.ID != "" }

func (e editor) locales() []i18n.Locale { return e.settings.Languages.Offered }

func (e editor) currency() string { return e.settings.Currencies.Management }

// kindField asks what is taken off. Rules with tiers may take nothing off below the first one.
func (e editor) kindField() ui.Field {
	kinds := []string{string(discount.Rate), string(discount.Amount), string(discount.FreeShipping)}
	if e.is(promotion.Total, promotion.Quantity) {
		kinds = append([]string{""}, kinds...)
	}
	return e.Choice("kind", kinds...)
}

func (e editor) tierRows() ui.Rows {
	return e.Rows(ui.Rows{Name: "tiers", Blank: 2, Columns: []ui.Field{
		{Name: "from", InputMode: "decimal"}, {Name: "rate", InputMode: "decimal", Suffix: "%"},
		{Name: "amount", InputMode: "decimal", Suffix: e.currency()},
	}})
}

// manyFamilies is from how many on a list of families is a field to choose from instead of boxes.
const manyFamilies = 40

func (e editor) familyField() ui.Field {
	f := e.Of("families", e.familyOptions(e.View().Locale, e.is(promotion.Subfamily), e.Values["families"]))
	f.Multiple = true
	return f
}

func (e editor) profileField() ui.Field {
	return e.Of("profiles", e.profileOptions(e.Visit, e.Values["profiles"]))
}

func (e editor) actions() []ui.Action {
	if !e.saved() {
		return nil
	}
	return e.known.actions(e.Visit, e.stored)
}
