package shopsettings

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

type packQuery struct {
	Country string `query:"country"`
}

// showPack shows what would change to prepare the shop for a country; it changes nothing.
func (d *Desk) showPack(c echo.Context) error {
	q, err := web.Query[packQuery](c)
	if err != nil {
		return err
	}
	return d.answerPack(c, http.StatusOK, q.Country, "")
}

func (d *Desk) answerPack(c echo.Context, status int, country, problem string) error {
	v := desk.Here(c)
	m := packModel{Problem: problem}
	rate, err := d.packRate(c, country)
	if err != nil {
		return err
	}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		if country == "" {
			country = m.Settings.Identity.Address.Country
		}
		p, ok := pack.Find(country)
		if !ok {
			return nil
		}
		m.Plan, err = planOf(tx, p, rate)
		return err
	})
	if err != nil {
		return err
	}
	m.Country = country
	return desk.Show(c, status, packPage(v, m))
}

// packRate is how much of the shop's currency one of a country's is worth, at the shop's own rate or the central
// bank's; zero where they are the same or nobody knows.
func (d *Desk) packRate(c echo.Context, country string) (decimal.Decimal, error) {
	k, err := load(c.Request().Context(), desk.Here(c).Shop)
	if err != nil {
		return decimal.Zero, err
	}
	if country == "" {
		country = k.Identity.Address.Country
	}
	p, ok := pack.Find(country)
	if !ok || p.Currency == k.Rules().Currency {
		return decimal.Zero, nil
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), patience)
	defer cancel()
	text, known := d.proposed(ctx, k.Currencies, p.Currency.Code())
	if n, err := decimal.NewFromString(text); known && err == nil && n.IsPositive() {
		return decimal.NewFromInt(1).DivRound(n, ratePlaces), nil
	}
	return decimal.Zero, nil
}

func planOf(tx tenant.Tx, p pack.Pack, rate decimal.Decimal) (*pack.Plan, error) {
	refusal := start.CurrencyFree(tx)
	if refusal != nil && !desk.Repairable(refusal) {
		return nil, refusal
	}
	return pack.Make(tx, p, pack.Options{Priced: refusal != nil, Rate: rate})
}

type packForm struct {
	Country string   `form:"country,required"`
	Digest  string   `form:"digest,required"`
	Items   []string `form:"items"`
}

// applyPack makes the chosen changes in one unit of work, as they were shown and not otherwise.
func (d *Desk) applyPack(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[packForm](c)
	if err != nil {
		return err
	}
	p, ok := pack.Find(f.Country)
	if !ok {
		return d.answerPack(c, http.StatusUnprocessableEntity, "", v.T("form.country"))
	}
	rate, err := d.packRate(c, f.Country)
	if err != nil {
		return err
	}
	var plan *pack.Plan
	var left []pack.Mode
	err = v.Shop.Write(c.Request().Context(), func(tx tenant.Tx) (err error) {
		plan, err = planOf(tx, p, rate)
		if err != nil {
			return err
		}
		if plan.Digest() != f.Digest {
			return pack.ErrChanged
		}
		left, err = plan.Apply(tx, v.Actor(), d.Calculators, f.Items)
		return err
	})
	if desk.Repairable(err) {
		return d.answerPack(c, web.Status(err), f.Country, v.View.Explain(err))
	}
	if err != nil {
		return err
	}
	if len(f.Items) == 0 {
		return desk.Back(c, "settings/pack?country="+f.Country, "setup.pack.nothing_chosen", nil)
	}
	if len(left) > 0 { // those of the plan stand on the page
		web.AddFlash(c, web.Bad, "setup.pack.left", leftWords(v, plan, left))
	}
	if len(left) == len(f.Items) {
		return c.Redirect(http.StatusSeeOther, v.Href("settings/pack?country="+f.Country))
	}
	whole := len(left) == 0 && len(plan.Left) == 0
	return desk.Back(c, "settings/pack?country="+f.Country, either(whole, "setup.pack.done", "setup.pack.done_rest"), nil)
}

// packModel is what the page shows.
type packModel struct {
	Country  string
	Settings *settings.Settings
	Plan     *pack.Plan // nil for a country without a pack
	Problem  string
}

func packCountries(v ui.View, chosen string) []ui.Option {
	var options []ui.Option
	for _, p := range pack.All() {
		options = append(options, ui.Option{Value: p.Country, Label: address.CountryName(v.Locale, p.Country)})
	}
	if !hasOption(options, chosen) {
		options = slices.Insert(options, 0, ui.Option{})
	}
	return options
}

// packItems are the changes as boxes to tick, each with what is there now and what would be.
func (m packModel) packItems(v *desk.Visit) ui.Field {
	f := ui.Field{Name: "items", Label: v.T("setup.pack.items"), Help: v.T("setup.pack.items_help")}
	for _, item := range m.Plan.Items {
		f.Options = append(f.Options, ui.Option{Value: item.Key(), Label: m.itemLabel(v, item), Help: m.itemHelp(v, item)})
		f.Values = append(f.Values, item.Key())
	}
	return f
}

func (m packModel) itemLabel(v *desk.Visit, item pack.Item) string {
	if item.Mode != nil {
		return v.T("setup.pack.delivery", ui.Args{"name": item.Mode.Name.In(v.View.Locale)})
	}
	return v.T("setup.pack." + string(item.Kind))
}

func (m packModel) itemHelp(v *desk.Visit, item pack.Item) string {
	switch item.Kind {
	case pack.Country:
		return v.T("setup.pack.from_to", ui.Args{"from": address.CountryName(v.View.Locale, item.From), "to": address.CountryName(v.View.Locale, item.To)})
	case pack.Currency:
		return v.T("setup.pack.from_to", ui.Args{"from": item.From, "to": item.To})
	case pack.VAT:
		return vatChanges(v, *item.Before, *item.After)
	case pack.Delivery:
	}
	return m.deliveryHelp(v, item)
}
