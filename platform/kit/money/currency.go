package money

import (
	"fmt"
	"slices"

	"github.com/bojanz/currency"

	"echoppe.dev/platform/kit/fault"
)

// ErrCurrency refuses a code that is not in ISO 4217.
var ErrCurrency = fault.New(fault.Malformed, "money.currency")

// Currency is one of the currencies of ISO 4217. It is comparable; the zero value
// is no currency.
//
// It is a place in a table and not a pointer to its entry: amounts are copied by the
// hundred while a basket is priced, and a pointer in each would be followed by the
// collector of garbage.
type Currency struct{ place uint16 }

type definition struct {
	code   string
	digits int32
}

// definitions are those of the ISO 4217 list in bojanz/currency, by code. They are
// filled once and never changed. The first one is no currency.
var definitions = func() []definition {
	all := []definition{{}}
	for _, code := range slices.Sorted(slices.Values(currency.GetCurrencyCodes())) {
		digits, _ := currency.GetDigits(code)
		all = append(all, definition{code, int32(digits)})
	}
	return all
}()

var places = func() map[string]uint16 {
	m := make(map[string]uint16, len(definitions))
	for i := 1; i < len(definitions); i++ {
		m[definitions[i].code] = uint16(i)
	}
	return m
}()

// The currencies the program mentions by name.
var (
	EUR = MustCurrency("EUR")
	USD = MustCurrency("USD")
	GBP = MustCurrency("GBP")
	CHF = MustCurrency("CHF")
	CAD = MustCurrency("CAD")
	AUD = MustCurrency("AUD")
	JPY = MustCurrency("JPY")
	KWD = MustCurrency("KWD")
	PLN = MustCurrency("PLN")
	CZK = MustCurrency("CZK")
	SEK = MustCurrency("SEK")
	DKK = MustCurrency("DKK")
	NOK = MustCurrency("NOK")
)

// ParseCurrency reads a code in capitals, such as "EUR". It returns ErrCurrency
// for any other text.
func ParseCurrency(code string) (Currency, error) {
	place, ok := places[code]
	if !ok {
		return Currency{}, ErrCurrency.With(fault.Args{"code": code})
	}
	return Currency{place}, nil
}

// MustCurrency is ParseCurrency for codes written in the program.
func MustCurrency(code string) Currency {
	c, err := ParseCurrency(code)
	if err != nil {
		panic(fmt.Sprintf("money: %q is not in ISO 4217", code))
	}
	return c
}

// uncirculated are the codes of ISO 4217 nobody pays with: funds and units of account, and the second code of the
// bolívar. Metals, drawing rights and codes for testing are not in the table to begin with.
var uncirculated = map[string]bool{"BOV": true, "CHE": true, "CHW": true, "CLF": true, "COU": true, "MXV": true, "USN": true,
	"UYI": true, "UYW": true, "VED": true}

// Currencies lists the currencies in circulation by code: those a merchant chooses from. The others can be parsed all
// the same.
func Currencies() []Currency {
	all := make([]Currency, 0, len(definitions))
	for place, d := range definitions {
		if place > 0 && !uncirculated[d.code] {
			all = append(all, Currency{uint16(place)})
		}
	}
	return all
}

// Number is the three digits of ISO 4217, which older banks write in place of the code; "" for no currency.
func (c Currency) Number() string {
	number, known := currency.GetNumericCode(c.Code())
	if !known {
		return ""
	}
	return number
}

// ParseNumber reads three digits of ISO 4217, such as "978". It returns ErrCurrency for any other text.
func ParseNumber(number string) (Currency, error) {
	for place := 1; place < len(definitions); place++ {
		if c := (Currency{uint16(place)}); number != "" && c.Number() == number {
			return c, nil
		}
	}
	return Currency{}, ErrCurrency.With(fault.Args{"code": number})
}

// Code is the ISO 4217 code, "" for no currency.
func (c Currency) Code() string { return definitions[c.place].code }

// Digits is how many decimals the currency has, 0 for no currency.
func (c Currency) Digits() int32 { return definitions[c.place].digits }

// IsZero reports no currency.
func (c Currency) IsZero() bool { return c.place == 0 }

// Equal is ==, for comparison tools that cannot see private fields.
func (c Currency) Equal(o Currency) bool { return c == o }

// String is the code.
func (c Currency) String() string { return c.Code() }

// MarshalText gives the code.
func (c Currency) MarshalText() ([]byte, error) { return []byte(c.Code()), nil }

// UnmarshalText reads a code; an empty text is no currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Currency{}
		return nil
	}
	got, err := ParseCurrency(string(text))
	if err != nil {
		return err
	}
	*c = got
	return nil
}
