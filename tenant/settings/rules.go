package settings

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/tax"
)

// Rules are the settings made ready for those who compute: built once when the documents are
// read, and shared with them.
type Rules struct {
	Currency money.Currency // of management
	Zone     *time.Location
	Tax      *tax.Rules
	View     pricing.View // what shoppers see whose profile says nothing else
	Profiles *profile.Book
	Rates    currency.Rates
	// Displays are the active display currencies, the management currency first.
	Displays []currency.Display
}

// Rules gives the ready-made rules.
func (s *Settings) Rules() *Rules { return s.rules }

// Display is the display currency of a code; the management currency when it is none of them.
func (r *Rules) Display(code string) currency.Display {
	for _, d := range r.Displays {
		if d.Currency.Code() == code {
			return d
		}
	}
	return r.Displays[0]
}

// compile builds the rules. The documents were checked when they were saved; an error here means
// that they were altered otherwise.
func (s *Settings) compile() (*Rules, error) {
	book := profile.Book(s.Profiles)
	r := &Rules{View: s.Tax.view(), Profiles: &book}
	var err error
	if r.Currency, err = money.ParseCurrency(s.Currencies.Management); err != nil {
		return nil, fmt.Errorf("management currency: %w", err)
	}
	if r.Zone, err = time.LoadLocation(s.Identity.TimeZone); err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	if r.Tax, err = tax.New(s.taxSettings(), r.Zone); err != nil {
		return nil, fmt.Errorf("tax rules: %w", err)
	}
	r.Displays = []currency.Display{{Currency: r.Currency}}
	var rates []currency.Rate
	for _, d := range s.Currencies.Display {
		if !d.Active {
			continue
		}
		display, rate, err := d.open()
		if err != nil {
			return nil, err
		}
		r.Displays, rates = append(r.Displays, display), append(rates, rate)
	}
	if r.Rates, err = currency.NewRates(r.Currency, rates...); err != nil {
		return nil, fmt.Errorf("rates: %w", err)
	}
	return r, nil
}

func (t Tax) view() pricing.View {
	side := pricing.Net
	if t.ShowGross {
		side = pricing.Gross
	}
	return pricing.View{Goods: side, Shipping: side}
}

func (s *Settings) taxSettings() tax.Settings {
	home := tax.Place{Country: s.Identity.Address.Country, Postcode: s.Identity.Address.Postcode}
	out := tax.Settings{Home: home, Registered: s.Tax.Registered, Distance: tax.AtHome, Keep: tax.KeepNet}
	if s.Tax.Destination {
		out.Distance = tax.AtDestination
	}
	if s.Tax.GrossFixed {
		out.Keep = tax.KeepGross
	}
	return out
}

// open turns a stored display currency into the rule: an ending of ".95" means whole units and 95.
func (d DisplayCurrency) open() (currency.Display, currency.Rate, error) {
	cur, err := money.ParseCurrency(d.Code)
	if err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("display currency: %w", err)
	}
	factor, err := decimal.NewFromString(d.Rate)
	if err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("rate of %s: %w", d.Code, err)
	}
	show := currency.Display{Currency: cur}
	if d.Ending != "" {
		ending, err := decimal.NewFromString("0" + d.Ending)
		if err != nil {
			return currency.Display{}, currency.Rate{}, fmt.Errorf("ending of %s: %w", d.Code, err)
		}
		show.Rounding = currency.Rounding{Step: decimal.NewFromInt(1), Ending: ending}
	}
	return show, currency.Rate{Currency: cur, Factor: factor, Source: currency.Manual}, nil
}
