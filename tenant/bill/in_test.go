package bill_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricing"
)

// basket is so many lamps at 44.00 with tax, under a discount; view is the side of goods and delivery.
const basket = `{
	"version": 1,
	"basket": {
		"currency": "EUR", "at": "2026-03-02T12:00:00Z", "destination": {"country": "FR"}, "view": {"goods": "%[2]s", "shipping": "%[2]s"},
		"lines": [{"id": "1", "sku": "LAMP", "name": "Lampe", "qty": %[1]d, "class": "standard", "article": "LAMP",
			"unit": {"amount": {"amount": "44.00", "currency": "EUR"}, "includes_tax": true}}]
	},
	"rules": {"tax": {"home": {"country": "FR"}, "registered": true}, "discount": {"rules": [%[3]s]}}
}`

const (
	tenOffArticle = `{"id": "a", "name": {"en": "Sale"}, "scope": {"of": "articles", "members": ["LAMP"]}, "off": {"kind": "rate", "rate": "10"}}`
	tenOffOrder   = `{"id": "o", "name": {"en": "Ten"}, "scope": {"of": "order"}, "off": {"kind": "rate", "rate": "10"}}`
)

func priced(t *testing.T, qty int, side, discount string) *pricing.Priced {
	t.Helper()
	f, err := pricefile.Read(strings.NewReader(fmt.Sprintf(basket, qty, side, discount)))
	if err != nil {
		t.Fatal(err)
	}
	a, err := f.Price()
	if err != nil {
		t.Fatal(err)
	}
	return &a.Priced
}

// dollars are shown at 1.08, and end with .95.
func dollars(t *testing.T) (currency.Display, currency.Rates) {
	t.Helper()
	rates, err := currency.NewRates(money.EUR, currency.Rate{Currency: money.USD, Factor: decimal.New(108, -2)})
	if err != nil {
		t.Fatal(err)
	}
	return currency.Display{Currency: money.USD, Rounding: currency.Rounding{Step: decimal.NewFromInt(1), Ending: decimal.New(95, -2)}}, rates
}

func TestIn(t *testing.T) {
	for _, tt := range []struct {
		name, side, discount string
		qty                  int
		want                 string // the line; what was taken off it; the totals; the short answer to why
	}{
		{"CUR-02 pieces cost what the shelf says", "gross", "", 2, "47.95 95.90 | goods 95.90, tax_included 15.98, total 95.90 | 95.90"},
		{"CUR-02 a reduced price looks like a price", "gross", tenOffArticle, 2,
			"42.95 85.90 Sale −$10.00 | goods 85.90, tax_included 14.32, total 85.90 | 95.90 85.90"},
		{"CUR-02 what the order saves is a share of what is shown", "gross", tenOffOrder, 2,
			"47.95 95.90 | goods 95.90, discount -9.59, tax_included 14.39, total 86.31 | 95.90"},
		{"PROF-04 without tax, and the tax on what is shown", "net", "", 2, "39.95 79.90 | goods 79.90, tax 15.98, total 95.88 | "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in, rates := dollars(t)
			p := priced(t, tt.qty, tt.side, tt.discount)
			shown, err := bill.In(p, in, rates)
			if err != nil {
				t.Fatal(err)
			}
			line := bill.Lines(shown)[0]
			got := strings.TrimSpace(fmt.Sprint(line.Unit, " ", line.Total, " ", line.Says(i18n.English))) + " | "
			for i, row := range bill.Totals(shown) {
				if i > 0 {
					got += ", "
				}
				got += row.Kind + " " + row.Amount.String()
			}
			got += " | "
			var why []string
			for _, e := range bill.Trace(shown, 0) {
				if e.Side == shown.View.Goods {
					why = append(why, e.After.String())
				}
			}
			if got += strings.Join(why, " "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	t.Run("CUR-01 in the shop's own currency it is the price itself", func(t *testing.T) {
		_, rates := dollars(t)
		p := priced(t, 1, "gross", "")
		if same, err := bill.In(p, currency.Display{Currency: money.EUR}, rates); err != nil || same != p {
			t.Errorf("got another price, %v", err)
		}
	})
	t.Run("CUR-02 without a rate", func(t *testing.T) {
		_, rates := dollars(t)
		if _, err := bill.In(priced(t, 1, "gross", ""), currency.Display{Currency: money.GBP}, rates); !errors.Is(err, currency.ErrNoRate) {
			t.Errorf("got %v", err)
		}
	})
}
