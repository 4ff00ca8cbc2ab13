package money

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bojanz/currency"

	"echoppe.dev/platform/kit/fault"
)

// ErrCurrency refuses a code that is not in ISO 4217.
var ErrCurrency = fault.New(fault.Malformed, "money.currency")

// Currency is one of the currencies of ISO 4217. It is comparable; the zero value
// is no currency.
type Currency struct{ def *definition }

type definition struct {
	code   string
	digits int32
}

// definitions is filled once from the ISO 4217 list in bojanz/currency and never
// changed; a Currency is a pointer into it, so that copying and comparing are free.
var definitions = func() map[string]*definition {
	m := make(map[string]*definition)
	for _, code := range currency.GetCurrencyCodes() {
		digits, _ := currency.GetDigits(code)
		m[code] = &definition{code: code, digits: int32(digits)}
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
	def, ok := definitions[code]
	if !ok {
		return Currency{}, ErrCurrency.With(fault.Args{"code": code})
	}
	return Currency{def}, nil
}

// MustCurrency is ParseCurrency for codes written in the program.
func MustCurrency(code string) Currency {
	c, err := ParseCurrency(code)
	if err != nil {
		panic(fmt.Sprintf("money: %q is not in ISO 4217", code))
	}
	return c
}

// Currencies lists all currencies by code.
func Currencies() []Currency {
	all := make([]Currency, 0, len(definitions))
	for _, def := range definitions {
		all = append(all, Currency{def})
	}
	slices.SortFunc(all, func(a, b Currency) int { return strings.Compare(a.Code(), b.Code()) })
	return all
}

// Code is the ISO 4217 code, "" for no currency.
func (c Currency) Code() string {
	if c.def == nil {
		return ""
	}
	return c.def.code
}

// Digits is how many decimals the currency has, 0 for no currency.
func (c Currency) Digits() int32 {
	if c.def == nil {
		return 0
	}
	return c.def.digits
}

// IsZero reports no currency.
func (c Currency) IsZero() bool { return c.def == nil }

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
