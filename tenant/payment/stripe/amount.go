package stripe

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The currencies Stripe takes, by how it counts them (docs.stripe.com/currencies): in hundredths, whole, and in
// thousandths of which the last digit must be 0. ISK and UGX have no smaller unit any more and are counted in hundredths all
// the same, of whole units.
const (
	hundredths  = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW"
	wholeOnes   = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
	thousandths = "BHD JOD KWD OMR TND"
	asHundreds  = "ISK UGX"
)

// unit is how a currency is counted: by ten to the power of -places, in steps.
type unit struct {
	places int32
	step   int64
}

// units are those of the currencies we know as well; currencies lists them.
var units, currencies = func() (map[money.Currency]unit, []money.Currency) {
	all, list := map[money.Currency]unit{}, []money.Currency{}
	for _, group := range []struct {
		codes string
		unit  unit
	}{{hundredths, unit{2, 1}}, {wholeOnes, unit{0, 1}}, {thousandths, unit{3, 10}}, {asHundreds, unit{2, 100}}} {
		for code := range strings.FieldsSeq(group.codes) {
			if c, err := money.ParseCurrency(code); err == nil {
				all[c], list = group.unit, append(list, c)
			}
		}
	}
	return all, list
}()

// count is an amount as Stripe counts it. Errors: ErrUnfit for one it cannot carry: nothing, a part of a unit, a currency it
// does not take.
func count(a money.Amount) (int64, error) {
	u, known := units[a.Currency()]
	n := a.Decimal().Shift(u.places)
	if !known || !n.IsInteger() || !n.IsPositive() || !n.BigInt().IsInt64() || n.IntPart()%u.step != 0 {
		return 0, payment.ErrUnfit.Because(fmt.Errorf("stripe: %s %s", a.Decimal(), a.Currency()))
	}
	return n.IntPart(), nil
}

// amountOf is what Stripe counted. Errors: ErrGarbled for less than nothing, and a currency it is not known to take.
func amountOf(n int64, code string) (money.Amount, error) {
	c, err := money.ParseCurrency(strings.ToUpper(code))
	u, known := units[c]
	if err != nil || !known || n < 0 {
		return money.Amount{}, payment.ErrGarbled.Because(fmt.Errorf("stripe: %d %q", n, code))
	}
	return money.New(decimal.New(n, -u.places), c), nil
}
