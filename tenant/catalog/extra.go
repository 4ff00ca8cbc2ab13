package catalog

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricing"
)

// Extra is an option that adds to the price and forms no variants (ART-08): a print, a gift box. It
// has no stock of its own and costs no row: what was chosen travels with the line of a cart.
type Extra struct {
	Code     string       `json:"code"` // unique among the options and extras of the article
	Name     i18n.Text    `json:"name"`
	Required bool         `json:"required,omitempty"` // one of the values must be chosen; else none may be
	Values   []ExtraValue `json:"values"`
}

// ExtraValue is one choice of an extra and what it adds to a unit. Both parts may stand together.
type ExtraValue struct {
	Code    string          `json:"code"`
	Name    i18n.Text       `json:"name"`
	Media   *media.ID       `json:"media,omitempty"` // a swatch
	Fixed   decimal.Decimal `json:"fixed,omitzero"`  // on the side of the article's prices (PriceGross)
	Percent decimal.Decimal `json:"percent,omitzero"`
}

// Price is the value as the kernel adds it to a price in cur. The code names option and value.
func (v ExtraValue) Price(of *Extra, cur money.Currency) pricing.Extra {
	return pricing.Extra{Code: of.Code + "=" + v.Code, Name: v.name(), Part: pricing.Part{
		Fixed: money.New(v.Fixed, cur), Rate: money.Percent(v.Percent),
	}}
}

// name is what the value is called, its code where nobody has given it a name.
func (v ExtraValue) name() i18n.Text {
	if v.Name.IsZero() {
		return i18n.Text{i18n.Neutral: v.Code}
	}
	return v.Name
}

// Value is the value of a code, nil when there is none.
func (e *Extra) Value(code string) *ExtraValue {
	for i := range e.Values {
		if e.Values[i].Code == code {
			return &e.Values[i]
		}
	}
	return nil
}

// Cheapest is the value that adds least to a price; the first among equals. The extra must have been
// checked: one without values panics.
func (e *Extra) Cheapest(price decimal.Decimal) *ExtraValue {
	best := &e.Values[0]
	for i := range e.Values {
		if e.Values[i].adds(price).LessThan(best.adds(price)) {
			best = &e.Values[i]
		}
	}
	return best
}

// Varies tells whether the choice makes a difference to a price.
func (e *Extra) Varies(price decimal.Decimal) bool {
	for i := range e.Values {
		if !e.Values[i].adds(price).Equal(e.Values[0].adds(price)) {
			return true
		}
	}
	return false
}

var hundred = decimal.NewFromInt(100)

func (v *ExtraValue) adds(price decimal.Decimal) decimal.Decimal {
	return v.Fixed.Add(price.Mul(v.Percent).Div(hundred))
}

// Priced are the chosen extras in the order of the article. ok is false when the choice cannot be
// had: something in it is not offered, or something required is missing.
func Priced(extras []Extra, chosen map[string]string, cur money.Currency) (list []pricing.Extra, ok bool) {
	known := 0
	for i := range extras {
		e := &extras[i]
		code, named := chosen[e.Code]
		if !named {
			if e.Required {
				return nil, false
			}
			continue
		}
		value := e.Value(code)
		if value == nil {
			return nil, false
		}
		known++
		list = append(list, value.Price(e, cur))
	}
	return list, known == len(chosen)
}

// Least are the cheapest of the required extras: with them the price of an article is the lowest it
// can be had for, which is what lists and search engines are told.
func Least(extras []Extra, price decimal.Decimal, cur money.Currency) []pricing.Extra {
	var list []pricing.Extra
	for i := range extras {
		if extras[i].Required {
			list = append(list, extras[i].Cheapest(price).Price(&extras[i], cur))
		}
	}
	return list
}

// requiredOf are the extras that must be chosen, of a column that may be NULL.
func requiredOf(doc []byte) ([]Extra, error) {
	if len(doc) == 0 {
		return nil, nil
	}
	_, extras, err := ReadChoices(doc)
	return slices.DeleteFunc(extras, func(e Extra) bool { return !e.Required }), err
}

// choices is the column products.options: what forms variants and what adds to the price, in one list
// that a kind tells apart. What has no kind forms variants.
type choices struct {
	options []Option
	extras  []Extra
}

const kindExtra = "extra"

// kindOf is what is read of an entry before it is known what it is.
type kindOf struct {
	Kind string `json:"kind"`
}

type storedExtra struct {
	Kind string `json:"kind"`
	Extra
}

func (c choices) MarshalJSON() ([]byte, error) {
	list := make([]any, 0, len(c.options)+len(c.extras))
	for _, o := range c.options {
		list = append(list, o)
	}
	for _, e := range c.extras {
		list = append(list, storedExtra{kindExtra, e})
	}
	return json.Marshal(list)
}

func (c *choices) UnmarshalJSON(doc []byte) error {
	var entries []json.RawMessage
	if err := json.Unmarshal(doc, &entries); err != nil {
		return err
	}
	*c = choices{}
	for _, entry := range entries {
		var k kindOf
		if err := json.Unmarshal(entry, &k); err != nil {
			return err
		}
		if k.Kind == kindExtra {
			var e Extra
			if err := json.Unmarshal(entry, &e); err != nil {
				return err
			}
			c.extras = append(c.extras, e)
			continue
		}
		var o Option
		if err := json.Unmarshal(entry, &o); err != nil {
			return err
		}
		c.options = append(c.options, o)
	}
	return nil
}

// ReadChoices reads the column products.options for those who ask for it themselves.
func ReadChoices(doc []byte) ([]Option, []Extra, error) {
	var c choices
	if err := json.Unmarshal(doc, &c); err != nil {
		return nil, nil, fmt.Errorf("read options: %w", err)
	}
	return c.options, c.extras, nil
}
