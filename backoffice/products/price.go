package products

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

// side is the price as it was not typed: without VAT when it was typed with, and the other way.
type side struct {
	Other money.Amount
	VAT   money.Amount
	Rate  money.Rate
	Gross bool // the typed price includes VAT
	Known bool
}

// sideOf computes the other side of a price at home, as finely as the price was typed. A shop that charges no
// VAT has but one.
func sideOf(s *settings.Settings, price decimal.Decimal, gross bool, class string, at time.Time) side {
	rules := s.Rules()
	if !s.Tax.Registered {
		return side{}
	}
	decided := rules.Tax.Decide(pricing.Destination{Country: s.Identity.Address.Country, Postcode: s.Identity.Address.Postcode}, true, at)
	rate := decided.Duty(pricing.Class(class)).Rate
	typed := money.New(price, rules.Currency)
	fine := rules.Currency.Digits()
	for fine < money.MaxPlaces && !typed.Equal(typed.RoundTo(fine, money.Down)) {
		fine++
	}
	if gross {
		vat := rate.Within(typed).RoundTo(fine, money.HalfUp)
		return side{Other: typed.Sub(vat), VAT: vat, Rate: rate, Gross: true, Known: true}
	}
	vat := rate.Of(typed).RoundTo(fine, money.HalfUp)
	return side{Other: typed.Add(vat), VAT: vat, Rate: rate, Known: true}
}

// words is the line under the field of the price.
func (s side) words(v ui.View) string {
	if !s.Known {
		return ""
	}
	key := "products.price.plus"
	if s.Gross {
		key = "products.price.within"
	}
	return v.T(key, ui.Args{"other": v.Money(s.Other), "vat": v.Money(s.VAT), "rate": v.Percent(s.Rate.Percent())})
}

// priceHelp says how prices are typed: with the decimal sign of the reader's language, or the other.
func priceHelp(v ui.View) string {
	return v.T("products.field.price.help", ui.Args{"example": i18n.FormatInput(v.Locale, decimal.New(125, -places), leastDigits)})
}

// otherWords is the line for what stands in the form; "" while it is no price.
func otherWords(v ui.View, s *settings.Settings, price, gross, class string, at time.Time) string {
	n, err := i18n.ParseDecimal(v.Locale, price)
	if err != nil || n.IsNegative() {
		return ""
	}
	return sideOf(s, n, gross != "0", class, at).words(v)
}

type priceQuery struct {
	Price string `query:"price"`
	Gross string `query:"gross"`
	Class string `query:"tax_class"`
}

// otherPrice answers, while somebody types, what the price is on the other side.
func (d *Desk) otherPrice(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[priceQuery](c)
	if err != nil {
		return err
	}
	var words string
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			words = otherWords(v.View, s, q.Price, q.Gross, q.Class, tx.Now())
		}
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, otherPriceText(words))
}

// classChoices are the classes of goods tax law knows, and those of the merchant's own.
func classChoices(v ui.View, s *settings.Settings) []ui.Option {
	var choices []ui.Option
	for _, class := range tax.Classes() {
		choices = append(choices, ui.Option{Value: string(class), Label: v.T("tax.class." + string(class))})
	}
	for _, own := range s.Tax.Classes {
		choices = append(choices, ui.Option{Value: string(own.Code), Label: own.Name})
	}
	return choices
}
