package money

import (
	"encoding"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
)

// What a text may hold. A column is numeric(19,4), so an amount that Parse lets
// in is stored without loss.
const (
	MaxPlaces      = 4
	MaxWholeDigits = 15
)

// maxText bounds what is read back from our own JSON, where an unrounded amount
// of a price trace may have many decimals.
const maxText = 64

var (
	// ErrSyntax refuses a text that is not a plain decimal number.
	ErrSyntax = fault.New(fault.Malformed, "money.syntax")
	// ErrPrecision refuses more than MaxPlaces decimals.
	ErrPrecision = fault.New(fault.Malformed, "money.precision")
	// ErrRange refuses more than MaxWholeDigits digits before the point.
	ErrRange = fault.New(fault.Malformed, "money.range")
)

// Parse reads a plain decimal number: an optional minus, digits, and a point with
// digits. It returns ErrSyntax, ErrPrecision or ErrRange. How people write
// numbers is for i18n.ParseDecimal.
func Parse(text string, c Currency) (Amount, error) {
	n, err := parsePlain(text)
	if err != nil {
		return Amount{}, err
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(strings.TrimRight(fraction, "0")) > MaxPlaces {
		return Amount{}, ErrPrecision.With(fault.Args{"max": MaxPlaces})
	}
	if len(strings.TrimLeft(whole, "0")) > MaxWholeDigits {
		return Amount{}, ErrRange.With(fault.Args{"max": MaxWholeDigits})
	}
	return n.of(c), nil
}

// parsePlain refuses what decimal.NewFromString is generous with: exponents, of
// which a short text can ask for gigabytes of digits, a plus, bare points.
func parsePlain(text string) (number, error) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(text) > maxText || !digits(whole) || point && !digits(fraction) {
		return number{}, ErrSyntax
	}
	n, err := decimal.NewFromString(text)
	if err != nil {
		return number{}, ErrSyntax.Because(err)
	}
	return fromDecimal(n), nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// String is the number in canonical form, without the currency.
func (a Amount) String() string { return a.Fixed(a.n.cur.Digits()) }

// Fixed is the number with at least the given decimals, and no trailing zeros
// beyond them. It does not round.
func (a Amount) Fixed(least int32) string {
	places := a.n.places()
	if a.n.wide != nil || least > maxScale {
		return trimZeros(a.n.decimal().StringFixed(max(places, least)), places-least)
	}
	var buf [32]byte
	b := strconv.AppendUint(buf[:0], magnitude(a.n.coef), 10)
	for int32(len(b)) <= a.n.scale { // a zero before the point, and those after it
		b = slices.Insert(b, 0, '0')
	}
	whole := len(b) - int(a.n.scale)
	if a.n.coef < 0 {
		b, whole = slices.Insert(b, 0, '-'), whole+1
	}
	if max(places, least) > 0 {
		b = slices.Insert(b, whole, '.')
	}
	for range least - places {
		b = append(b, '0')
	}
	return trimZeros(string(b), places-least)
}

// trimZeros drops at most so many zeros, and then a bare point, from the end.
func trimZeros(text string, most int32) string {
	for ; most > 0 && text[len(text)-1] == '0'; most-- {
		text = text[:len(text)-1]
	}
	return strings.TrimSuffix(text, ".")
}

// wire is the JSON form.
type wire struct {
	Amount   string   `json:"amount"`
	Currency Currency `json:"currency"`
}

// MarshalJSON gives {"amount":"12.40","currency":"EUR"}.
func (a Amount) MarshalJSON() ([]byte, error) {
	return []byte(`{"amount":"` + a.String() + `","currency":"` + a.n.cur.Code() + `"}`), nil
}

// UnmarshalJSON reads what MarshalJSON gives. It returns ErrSyntax or ErrCurrency.
func (a *Amount) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("read amount: %w", err)
	}
	n, err := parsePlain(w.Amount)
	if err != nil {
		return err
	}
	*a = n.of(w.Currency)
	return nil
}

// MarshalText gives "12.40 EUR".
func (a Amount) MarshalText() ([]byte, error) {
	return []byte(strings.TrimSpace(a.String() + " " + a.n.cur.Code())), nil
}

// UnmarshalText reads what MarshalText gives. It returns ErrSyntax or ErrCurrency.
func (a *Amount) UnmarshalText(text []byte) error {
	number, code, _ := strings.Cut(string(text), " ")
	n, err := parsePlain(number)
	if err != nil {
		return err
	}
	var c Currency
	if err := c.UnmarshalText([]byte(code)); err != nil {
		return err
	}
	*a = n.of(c)
	return nil
}

var (
	_ fmt.Stringer             = Amount{}
	_ json.Marshaler           = Amount{}
	_ json.Unmarshaler         = (*Amount)(nil)
	_ encoding.TextMarshaler   = Amount{}
	_ encoding.TextUnmarshaler = (*Amount)(nil)
)
