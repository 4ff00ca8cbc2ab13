package storefront

import (
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/terminal"
)

// aDay is how long the page of verified facts may be kept: sending an order changes no page.
const aDay = 24 * time.Hour

// trustShow is the page of what the program itself can vouch for about the shop, where the merchant wants it (FRD-06).
// Nothing on it is the merchant's word.
func (h *Handler) trustShow(c echo.Context) error {
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		if !v.settings().Fraud.Trust {
			return nil, errNoPage
		}
		sent, err := order.CountSent(tx, v.now.AddDate(-1, 0, 0))
		if err != nil {
			return nil, err
		}
		modes, err := payment.ListModes(tx)
		if err != nil {
			return nil, err
		}
		cards := "storefront.trust.cards"
		if slices.ContainsFunc(modes, func(m payment.Mode) bool { return m.Active && m.Kind == terminal.Kind }) {
			cards = "storefront.trust.sealed"
		}
		v.changesAt(v.now.Add(aDay))
		return func() (string, any, error) {
			title := v.say("storefront.trust", nil)
			s := sheet{template: "trust", title: title, at: links.trust, crumbs: []*view.Link{{Label: title, URL: v.links.trust()}}}
			return "trust", &view.TrustPage{Site: v.site(s), Title: title, Lead: v.say("storefront.trust.lead", nil), Facts: append(v.vouched(sent), v.say(cards, nil), v.say("storefront.trust.checked", nil))}, nil
		}, nil
	})(c)
}

// fewSent is how many orders are too few to be told.
const fewSent = 10

// vouched are the facts the program knows, of a shop that has sent so many orders within a year.
func (v *visit) vouched(sent int) []string {
	row := v.arrival.visit.Shop
	var list []string
	if !row.OpenedAt.IsZero() {
		list = append(list, v.say("storefront.trust.opened", map[string]any{"date": i18n.FormatDate(v.locale(), row.OpenedAt.In(v.rules().Zone), i18n.Long)}))
	}
	if row.Domain != "" {
		list = append(list, v.say("storefront.trust.domain", map[string]any{"domain": row.Domain}))
	}
	if sent >= fewSent {
		list = append(list, v.say("storefront.trust.sent", map[string]any{"n": i18n.FormatNumber(v.locale(), decimal.NewFromInt(int64(rounded(sent))))}))
	}
	return list
}

// rounded is a count that does not tell how many orders came since yesterday: 1234 is 1200.
func rounded(n int) int {
	step := 1
	for n/step >= 100 {
		step *= 10
	}
	return n / step * step
}
