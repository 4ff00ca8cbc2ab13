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
	// Displays are the display currencies, the management currency first; those of one's day tells Offered.
	Displays []currency.Display
}

// Rules gives the ready-made rules.
func (s *Settings) Rules() *Rules { return s.rules }

// Display is the display currency of a code; the management currency when it is none of those offered now,
// such as one that was removed while a visitor looked at it.
func (r *Rules) Display(code string, now time.Time) currency.Display {
	for _, d := range r.Displays {
		if d.Currency.Code() == code && d.Offered(now) {
			return d
		}
	}
	return r.Displays[0]
}

// Offered are the display currencies a visitor may choose now, the management currency first.
func (r *Rules) Offered(now time.Time) []currency.Display {
	var list []currency.Display
	for _, d := range r.Displays {
		if d.Offered(now) {
			list = append(list, d)
		}
	}
	return list
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
		display, rate, err := d.open(r.Zone)
		if err != nil {
			return nil, err
		}
		if rates = append(rates, rate); d.Active {
			r.Displays = append(r.Displays, display)
		}
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
	out := tax.Settings{Home: home, Registered: s.Tax.Registered, Distance: tax.AtHome, Keep: tax.KeepNet,
		Verify: s.Tax.Verify, Own: s.Tax.Own}
	if s.Tax.Destination {
		out.Distance = tax.AtDestination
	}
	if s.Tax.GrossFixed {
		out.Keep = tax.KeepGross
	}
	return out
}

// open turns a stored display currency into the rule: an ending of ".95" means whole units and 95.
func (d DisplayCurrency) open(zone *time.Location) (currency.Display, currency.Rate, error) {
	cur, err := money.ParseCurrency(d.Code)
	if err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("display currency: %w", err)
	}
	factor, err := decimal.NewFromString(d.Rate)
	if err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("rate of %s: %w", d.Code, err)
	}
	show := currency.Display{Currency: cur}
	if show.From, err = day(d.From, zone); err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("first day of %s: %w", d.Code, err)
	}
	if show.Until, err = day(d.Until, zone); err != nil {
		return currency.Display{}, currency.Rate{}, fmt.Errorf("last day of %s: %w", d.Code, err)
	}
	if !show.Until.IsZero() {
		show.Until = show.Until.AddDate(0, 0, 1) // the first instant after the day
	}
	if d.Ending != "" {
		ending, err := decimal.NewFromString("0" + d.Ending)
		if err != nil {
			return currency.Display{}, currency.Rate{}, fmt.Errorf("ending of %s: %w", d.Code, err)
		}
		show.Rounding = currency.Rounding{Step: decimal.NewFromInt(1), Ending: ending}
	}
	source := d.Source
	if source == "" {
		source = currency.Manual
	}
	return show, currency.Rate{Currency: cur, Factor: factor, Source: source, At: d.At}, nil
}

// day is the first instant of a day as it is typed, the zero time for none.
func day(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, text, zone)
}
