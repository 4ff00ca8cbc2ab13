package shopsettings

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// simulate prices a typed cart by every mode, switched on or not, with the steps of the calculation
// (SHP-01). It asks the same kernel as the checkout; discounts are not part of it.
func (d *Desk) simulate(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[simulatorQuery](c)
	if err != nil {
		return err
	}
	modes, set, err := readShipping(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	if q.empty() {
		q = simulatorQuery{Country: set.Identity.Address.Country, Postcode: set.Identity.Address.Postcode,
			Lines: []simulatedLine{{Qty: "1", Weight: "1", Price: "50"}}}
	}
	s := sheet.New(v, "setup.shipping.simulator", ui.Asked(q.values()))
	basket, err := d.simulated(c.Request().Context(), s, q, set)
	if desk.Repairable(err) {
		s.Answers = ui.Refused(v.View, q.values(), err)
		return desk.Show(c, web.Status(err), simulatorPage(s, ui.Table{}, set))
	}
	if err != nil {
		return err
	}
	table, err := d.trials(v, set, modes, basket)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, simulatorPage(s, table, set))
}

// trials is the answer of every mode.
func (d *Desk) trials(v *desk.Visit, set *settings.Settings, modes []shipping.Stored, b pricing.Basket) (ui.Table, error) {
	t := ui.Table{
		Caption: v.T("setup.shipping.simulator.result"), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("setup.shipping.mode"), Main: true}, {Title: v.T("setup.shipping.simulator.steps")},
			{Title: v.T("setup.shipping.simulator.net"), End: true}, {Title: v.T("setup.shipping.simulator.gross"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconTruck, Title: v.T("setup.shipping.none"), Text: v.T("setup.shipping.none_text")},
	}
	var tariffs []*shipping.Tariff
	broken := map[string]string{}
	for _, m := range modes {
		tariff, err := d.Calculators.Open(set.Rules().Currency, m.Mode)
		if err != nil {
			broken[m.ID] = v.View.Explain(err)
			continue
		}
		tariffs = append(tariffs, tariff)
	}
	trials, err := shipping.Simulate(b, pricing.Pipeline{pricing.Shelf{}, set.Rules().Tax}, tariffs)
	if err != nil {
		return t, err
	}
	for _, m := range modes {
		name, net, gross, steps := m.Name.In(v.View.Locale), "–", "–", []string{broken[m.ID]}
		for _, trial := range trials {
			if trial.Tariff.ID == m.ID {
				net, gross, steps = trialWords(v, trial)
			}
		}
		t.Rows = append(t.Rows, ui.Row{ID: m.ID, Name: name, Muted: !m.Active, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: name, Href: v.Href("settings/shipping/" + m.ID), Badges: inactiveOnly(v, m.Active)}),
			stepList(steps), ui.TextCell(net), ui.TextCell(gross),
		}})
	}
	return t, nil
}

// trialWords are the cost of one mode on both sides and the steps; without a cost where it does not send this, the
// last of the steps being why.
func trialWords(v *desk.Visit, t shipping.Trial) (net, gross string, steps []string) {
	for _, step := range t.Steps {
		steps = append(steps, v.T(step.Key, ui.Args(step.Args)))
	}
	if t.Refused != nil {
		return "–", "–", steps
	}
	cost := t.Totals.Shipping.Add(t.Totals.Insurance)
	return v.View.Money(cost.Net), v.View.Money(cost.Gross), steps
}

func inactiveOnly(v *desk.Visit, active bool) []ui.Badge {
	if active {
		return nil
	}
	return []ui.Badge{activeBadge(v, false)}
}

// goodsBySKU reads what variants weigh and cost, for those who know their numbers only, and the instant
// at which that was so.
func goodsBySKU(ctx context.Context, shop *tenant.Shop, skus []string) (found map[string]knownGood, at time.Time, err error) {
	found = map[string]knownGood{}
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		at = tx.Now()
		if len(skus) == 0 {
			return nil
		}
		rows, err := tx.Raw().Query(tx.Context(), `select v.sku, v.price::text, v.weight_g, v.ship_values, p.price_gross, p.tax_class, p.kind = 'physical'
			from variants v join products p on p.id = v.product_id where v.sku = any($1)`, skus)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var g knownGood
			var price string
			if err := rows.Scan(&g.sku, &price, &g.grams, &g.ship, &g.gross, &g.class, &g.physical); err != nil {
				return err
			}
			if g.price, err = decimal.NewFromString(price); err != nil {
				return err
			}
			found[g.sku] = g
		}
		return rows.Err()
	})
	return found, at, err
}

// knownGood is a variant as far as sending it costs.
type knownGood struct {
	sku             string
	price           decimal.Decimal
	grams           int64
	ship            []byte
	gross, physical bool
	class           string
}

// simulatedLine is a row of the cart as it was typed: a SKU, or all that is known of an article.
type simulatedLine struct {
	SKU    string `query:"sku"`
	Qty    string `query:"qty"`
	Weight string `query:"weight"`
	Price  string `query:"price"`
	Class  string `query:"class"`
}

type simulatorQuery struct {
	Lines    []simulatedLine `query:"lines"`
	Country  string          `query:"country"`
	Region   string          `query:"region"`
	Postcode string          `query:"postcode"`
}

func (q simulatorQuery) empty() bool {
	return len(q.Lines) == 0 && q.Country == "" && q.Region == "" && q.Postcode == ""
}

// lineTable is the name of the table of lines.
const lineTable = "lines"

// values numbers the lines anew without the spare ones, as they are refused by their place.
func (q simulatorQuery) values() url.Values {
	values := url.Values{"country": {q.Country}, "region": {q.Region}, "postcode": {q.Postcode}}
	for i, l := range q.filled() {
		at := lineTable + "." + strconv.Itoa(i) + "."
		for name, text := range map[string]string{"sku": l.SKU, "qty": l.Qty, "weight": l.Weight, "price": l.Price, "class": l.Class} {
			values.Set(at+name, text)
		}
	}
	return values
}

func (q simulatorQuery) filled() []simulatedLine {
	var lines []simulatedLine
	for _, l := range q.Lines {
		if l.SKU != "" || l.Qty != "" || l.Weight != "" || l.Price != "" {
			lines = append(lines, l)
		}
	}
	return lines
}
