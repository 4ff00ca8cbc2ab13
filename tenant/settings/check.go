package settings

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
)

// Limits of what can be typed.
const (
	maxName        = 120
	maxLine        = 200
	maxDisplay     = 30
	maxStaff       = 20
	maxPerPage     = 96
	maxHoldMinutes = 24 * 60
	maxRestDays    = 365
	maxPrefix      = 12
	maxQuoteDays   = 365
)

// Check wants a name, and addresses that look like addresses.
func (d Identity) Check() error {
	var c form.Checker
	c.Required("name", d.Name)
	c.OneLine("name", d.Name, maxName)
	c.OneLine("legal_name", d.LegalName, maxLine)
	c.MaxLen("company_id", d.CompanyID, maxLine)
	for l, text := range d.Slogan {
		c.MaxLen("slogan."+string(l), text, maxLine)
	}
	if d.Email != "" {
		c.Email("email", d.Email)
	}
	if d.Phone != "" {
		c.Phone("phone", d.Phone)
	}
	if d.Address.Country != "" && !address.IsCountry(d.Address.Country) {
		c.Refuse("address.country", "address.country_unknown", nil)
	}
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "" {
		c.Refuse("time_zone", "settings.time_zone", nil)
	}
	if d.VATNumber != "" && !address.CheckVATNumber(d.VATNumber) {
		c.Refuse("vat_number", "address.vat_number", nil)
	}
	return c.Err()
}

// Check wants the default language to be one of those offered.
func (d Languages) Check() error {
	var c form.Checker
	if len(d.Offered) == 0 || !slices.Contains(d.Offered, d.Default) {
		c.Refuse("default", "settings.language_default", nil)
	}
	return c.Err()
}

// Check wants known currencies, each once, and rates that can be meant.
func (d Currencies) Check() error {
	var c form.Checker
	if _, err := money.ParseCurrency(d.Management); err != nil {
		c.Refuse("management", "settings.currency", nil)
	}
	if len(d.Display) > maxDisplay {
		c.Refuse("display", "form.too_many", fault.Args{"max": maxDisplay})
	}
	seen := map[string]bool{d.Management: true}
	for i, x := range d.Display {
		at := "display." + strconv.Itoa(i) + "."
		in, err := money.ParseCurrency(x.Code)
		if err != nil {
			c.Refuse(at+"code", "settings.currency", nil)
		} else if seen[x.Code] {
			c.Refuse(at+"code", "settings.currency_twice", nil)
		}
		seen[x.Code] = true
		checkRate(&c, at+"rate", x.Rate)
		if x.Ending != "" && !validEnding(x.Ending) {
			c.Refuse(at+"ending", "settings.ending", nil)
		} else if err == nil && finer(x.Ending, in) {
			c.Refuse(at+"ending", "settings.ending_fine", nil)
		}
		if x.Source != "" {
			c.OneOf(at+"source", string(x.Source), string(currency.Manual), string(currency.ECB))
		}
		x.checkDays(&c, at)
	}
	return c.Err()
}

// leastRate and mostRate are beyond every rate between two currencies of the world.
var leastRate, mostRate = decimal.New(1, -9), decimal.New(1, 9)

// checkRate wants a plain number above zero that can be a rate: one that is mistyped makes every price absurd.
func checkRate(c *form.Checker, name, text string) {
	rate, err := decimal.NewFromString(text)
	if err != nil || !rate.IsPositive() || strings.ContainsAny(text, "eE") {
		c.Refuse(name, "settings.rate", nil)
		return
	}
	c.Range(name, rate, leastRate, mostRate)
}

func (x DisplayCurrency) checkDays(c *form.Checker, at string) {
	for field, text := range map[string]string{"from": x.From, "until": x.Until} {
		if text != "" {
			c.Date(at+field, text)
		}
	}
	if x.From != "" && x.Until != "" && !c.Failed(at+"until") && x.Until < x.From {
		c.Refuse(at+"until", "currency.error.until", nil)
	}
}

// validEnding accepts ".95", ".9", ".00": a part of one unit.
func validEnding(text string) bool {
	n, err := decimal.NewFromString("0" + text)
	return text[0] == '.' && err == nil && n.LessThan(decimal.NewFromInt(1)) && !n.IsNegative()
}

// finer tells that an ending has more decimals than its currency, so that no price could end in it.
func finer(ending string, in money.Currency) bool {
	n, err := decimal.NewFromString("0" + ending)
	return err == nil && !n.Equal(n.Truncate(in.Digits()))
}

// Check wants a known way to show stock and a hold of at least a minute.
func (d Stock) Check() error {
	var c form.Checker
	c.OneOf("show", string(d.Show), string(ShowExact), string(ShowLevel), string(ShowHidden))
	c.Range("hold_minutes", decimal.NewFromInt(int64(d.HoldMinutes)), decimal.NewFromInt(1), decimal.NewFromInt(maxHoldMinutes))
	c.Range("low_at", decimal.NewFromInt(int64(d.LowAt)), decimal.Zero, decimal.NewFromInt(1_000_000))
	c.Range("rest_days", decimal.NewFromInt(int64(d.RestDays)), decimal.Zero, decimal.NewFromInt(maxRestDays))
	return c.Err()
}

// Check keeps a list page from being a dump of the catalogue.
func (d Catalogue) Check() error {
	var c form.Checker
	c.Range("per_page", decimal.NewFromInt(int64(d.PerPage)), decimal.NewFromInt(1), decimal.NewFromInt(maxPerPage))
	c.OneOf("sort", d.Sort, "position", "newest", "price", "name")
	return c.Err()
}

// Check keeps numbers short enough for a bank's reference field.
func (d Orders) Check() error {
	var c form.Checker
	c.MaxLen("prefix", d.Prefix, maxPrefix)
	if d.NextNumber < 1 {
		c.Refuse("next_number", "form.too_small", fault.Args{"min": 1})
	}
	return c.Err()
}

// quotePrefix are letters, digits and what commonly stands between them. A digit at the end could make two numbers
// of different prefixes the same: "D" with 11001 and "D1" with 1001.
var quotePrefix = regexp.MustCompile(`^[\p{L}\d._-]*[\p{L}._-]$`)

// Check wants a prefix that keeps numbers apart, and a promise of a day to a year.
func (d Quoting) Check() error {
	var c form.Checker
	if c.MaxLen("prefix", d.Prefix, maxPrefix); d.Prefix != "" && !quotePrefix.MatchString(d.Prefix) {
		c.Refuse("prefix", "settings.quote_prefix", nil)
	}
	c.Range("days", decimal.NewFromInt(int64(d.Days)), decimal.NewFromInt(1), decimal.NewFromInt(maxQuoteDays))
	return c.Err()
}

// Check wants mail addresses.
func (d Mail) Check() error {
	var c form.Checker
	c.OneLine("from_name", d.FromName, maxName)
	if d.ReplyTo != "" {
		c.Email("reply_to", d.ReplyTo)
	}
	if len(d.Staff) > maxStaff {
		c.Refuse("staff", "form.too_many", fault.Args{"max": maxStaff})
	}
	for _, to := range d.Staff {
		c.Email("staff", to)
	}
	return c.Err()
}

var (
	_ Document = Identity{}
	_ Document = Languages{}
	_ Document = Currencies{}
	_ Document = Stock{}
	_ Document = Catalogue{}
	_ Document = Orders{}
	_ Document = Mail{}
	_ Document = Profiles{}
	_ Document = Quoting{}
	_ Document = Fraud{}
)
