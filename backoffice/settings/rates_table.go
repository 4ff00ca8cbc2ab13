package shopsettings

import (
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

type ratesQuery struct {
	Territory string `query:"territory"`
}

// knownRates shows the rates the program knows, each with the law it comes from, and which of them the
// merchant has replaced (LAW-04).
func (d *Desk) knownRates(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[ratesQuery](c)
	if err != nil {
		return err
	}
	k, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	if !tax.IsTerritory(q.Territory) {
		q.Territory = k.Identity.Address.Country
	}
	s := sheet.New(v, "setup.rates", ui.Asked(url.Values{"territory": {q.Territory}}))
	return desk.Show(c, http.StatusOK, knownRatesPage(s, ratesTable(v, k, q.Territory)))
}

func ratesTable(v *desk.Visit, k *known, territory string) ui.Table {
	t := ui.Table{
		Caption: territoryName(v.View, territory), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("setup.rates.own.class"), Main: true}, {Title: v.T("setup.rates.own.rate"), End: true},
			{Title: v.T("setup.rates.own.from")}, {Title: v.T("setup.rates.own.source")},
		},
		Empty: ui.Empty{Icon: ui.IconReceiptTax, Title: v.T("setup.rates.none"), Text: v.T("setup.rates.none_text"),
			Actions: []ui.Action{{Label: v.T("setup.rates.title"), Href: v.Href("settings/rates")}}},
	}
	for _, row := range tax.Builtin().With(k.Tax.Own...).Rows(territory) {
		t.Rows = append(t.Rows, rateRow(v, k.Settings, row))
	}
	return t
}

func rateRow(v *desk.Visit, s *settings.Settings, row tax.Row) ui.Row {
	rate := v.T("setup.rates.ends")
	if !row.Closed {
		rate = v.View.Percent(row.Rate.Percent())
	}
	from := row.From
	if day, err := time.Parse(time.DateOnly, row.From); err == nil {
		from = v.View.Day(day)
	}
	title := ui.Title{Text: className(v, s.Tax, row.Class)}
	for _, own := range s.Tax.Own {
		if own == row {
			title.Badges = []ui.Badge{{Label: v.T("setup.rates.yours"), Tone: ui.Info}}
		}
	}
	return ui.Row{Cells: []templ.Component{ui.TitleCell(v.View, title), ui.TextCell(rate), ui.TextCell(from), ui.TextCell(row.Source)}}
}

// knownTerritories are those the program or the merchant knows rates of.
func knownTerritories(s sheet.Sheet) ui.Field {
	f := s.Field("territory")
	for _, territory := range tax.Builtin().Territories() {
		f.Options = append(f.Options, ui.Option{Value: territory, Label: territoryName(s.View(), territory)})
	}
	if f.Value != "" && !hasOption(f.Options, f.Value) {
		f.Options = append(f.Options, ui.Option{Value: f.Value, Label: territoryName(s.View(), f.Value)})
	}
	return f
}

func hasOption(list []ui.Option, value string) bool {
	for _, o := range list {
		if o.Value == value {
			return true
		}
	}
	return false
}
