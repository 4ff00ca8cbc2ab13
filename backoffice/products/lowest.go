package products

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
)

// The prices of the example beside the field for quantity prices.
var nine, eight = decimal.New(9, 0), decimal.New(8, 0)

// lowestWords tell the lowest price of the last 30 days of a variant for a buyer, and what is crossed out
// for him (LAW-03); "" where there was no other price, or the article has never been on sale.
func (m *editor) lowestWords(v *catalog.Variant, b pricelist.Buyer) string {
	if m.Product.PublishedAt == nil || v.Since.After(m.Now) {
		return ""
	}
	own, rules := m.Product.Own(v), m.Product.Prices
	spans := pricelist.History(rules, own, b, m.Now)
	offer := pricelist.Resolve(rules, own, b, m.Now)
	cur := m.moneyOf(offer.Currency)
	if offer.CompareAt == nil {
		low, from, until, ok := lowestSince(spans, m.Now.Add(-pricelist.Window), m.Now)
		if !ok || len(spans) < 2 {
			return ""
		}
		return m.visit.T("products.lowest.recent", ui.Args{"price": m.price(low, cur), "from": m.day(from), "until": m.day(until)})
	}
	low, ok := pricelist.Lowest(rules, own, b, m.Now)
	if !ok {
		return ""
	}
	began := spans[len(spans)-1].From
	args := ui.Args{"price": m.price(low, cur), "from": m.day(began.Add(-pricelist.Window)), "until": m.day(began)}
	crossed := pricelist.Crossed(rules, own, b, m.Now)
	switch {
	case crossed == nil:
		return m.visit.T("products.lowest.nothing", args)
	case low.LessThan(*offer.CompareAt):
		return m.visit.T("products.lowest.instead", args)
	default:
		return m.visit.T("products.lowest.fine", args)
	}
}

// crossedWords tell of the crossed-out price of a variant that it is never shown, or what may be shown.
func (m *editor) crossedWords(v *catalog.Variant) string {
	if uncrossed(v) {
		return m.visit.T("products.compare.never")
	}
	return m.lowestWords(v, pricelist.Buyer{})
}

// uncrossed tells whether a variant has a crossed-out price that is not above its price.
func uncrossed(v *catalog.Variant) bool {
	return v.CompareAt != nil && !v.CompareAt.GreaterThan(v.Price)
}

// maxWarned is how many variants a message names.
const maxWarned = 3

// warnUncrossed says after a save which crossed-out prices are never shown.
func warnUncrossed(c echo.Context, saved []catalog.Variant) {
	var skus []string
	for i := range saved {
		if uncrossed(&saved[i]) {
			skus = append(skus, saved[i].SKU)
		}
	}
	if len(skus) == 0 {
		return
	}
	if len(skus) > maxWarned {
		skus = append(skus[:maxWarned], "…")
	}
	web.AddFlash(c, web.Note, "products.compare.odd", map[string]string{"skus": strings.Join(skus, ", ")})
}

// lowestSince is the lowest price asked since a moment, and the time it was asked in since then.
func lowestSince(spans []pricelist.Span, since, now time.Time) (low decimal.Decimal, from, until time.Time, ok bool) {
	if len(spans) == 0 {
		return low, from, until, false
	}
	currency := spans[len(spans)-1].Currency
	for _, s := range spans {
		if s.Currency != currency || !s.Until.After(since) || ok && !s.Price.LessThan(low) {
			continue
		}
		low, from, until, ok = s.Price, s.From, s.Until, true
		if from.Before(since) {
			from = since
		}
		if until.After(now) {
			until = now
		}
	}
	return low, from, until, ok
}

// moneyOf is the currency an offer is in.
func (m *editor) moneyOf(code string) money.Currency {
	if cur, err := money.ParseCurrency(code); err == nil {
		return cur
	}
	return m.Settings.Rules().Currency
}

func (m *editor) price(n decimal.Decimal, cur money.Currency) string {
	return m.visit.View.Money(money.New(n, cur))
}

// day is the day of an instant where the shop is.
func (m *editor) day(t time.Time) string {
	v := m.visit.View
	v.Zone = m.Settings.Rules().Zone
	return v.Day(t)
}

// compareField is the crossed-out price of the only variant.
func (m *editor) compareField() ui.Field {
	f := m.money("compare_at", m.Sheet.CompareAt)
	if len(m.Product.Variants) == 1 {
		f.Help = joined(f.Help, m.crossedWords(&m.Product.Variants[0]))
	}
	return f
}

// rowCompareField is the crossed-out price of a rule. Where it is for one variant, that variant's lowest price
// is told; otherwise it is that of each.
func (m *editor) rowCompareField(at string, row priceRow) ui.Field {
	f := m.priceAmount(at, "compare_at", row.CompareAt, row.Currency)
	if v := m.only(row.For); v != nil {
		f.Help = joined(f.Help, m.lowestWords(v, pricelist.Buyer{Profile: profile.Code(row.Profile), Currency: row.Currency}))
	}
	return f
}

// only is the one variant a price is for, nil when there are several.
func (m *editor) only(sku string) *catalog.Variant {
	if sku == "" && len(m.Product.Variants) == 1 {
		return &m.Product.Variants[0]
	}
	for i := range m.Product.Variants {
		if sku != "" && m.Product.Variants[i].SKU == sku {
			return &m.Product.Variants[i]
		}
	}
	return nil
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}
