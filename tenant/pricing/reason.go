package pricing

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Reason says why an amount is there: a message key with its arguments, and the
// merchant's own name for the thing where he gave one.
type Reason struct {
	Key  string    `json:"key"`
	Args Args      `json:"args,omitempty"`
	Name i18n.Text `json:"name,omitempty"`
}

// Because makes a reason of a message key and its arguments.
func Because(key string, args Args) Reason { return Reason{Key: key, Args: args} }

// Named returns a copy that carries the merchant's words.
func (r Reason) Named(name i18n.Text) Reason {
	r.Name = name
	return r
}

// Args are the values of a message: text, whole numbers, and the types of kit that
// are written differently in every language. All survive a round trip through
// JSON with their type, so that a stored trace reads like a fresh one.
type Args map[string]any

// argument is the JSON form of a value that is neither text nor a whole number.
// An amount is written as money writes it, with its currency.
type argument struct {
	Amount   *string          `json:"amount,omitempty"`
	Currency money.Currency   `json:"currency,omitzero"`
	Percent  *money.Rate      `json:"percent,omitempty"`
	Number   *decimal.Decimal `json:"number,omitempty"`
	Unit     string           `json:"unit,omitempty"` // of Number
	Message  *i18n.Key        `json:"message,omitempty"`
	Text     i18n.Text        `json:"text,omitempty"`
}

var errArgument = errors.New("not an argument of a reason")

// MarshalJSON writes the values with their types. A type it does not know is an
// error: it would come back as something else.
func (a Args) MarshalJSON() ([]byte, error) {
	out := make(map[string]any, len(a))
	for name, value := range a {
		switch v := value.(type) {
		case string, int, int64, money.Amount:
			out[name] = v
		case money.Rate:
			out[name] = argument{Percent: &v}
		case decimal.Decimal:
			out[name] = argument{Number: &v}
		case i18n.Measure:
			out[name] = argument{Number: &v.Number, Unit: v.Unit}
		case i18n.Key:
			out[name] = argument{Message: &v}
		case i18n.Text:
			out[name] = argument{Text: v}
		default:
			return nil, fmt.Errorf("write %s (%T): %w", name, value, errArgument)
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes; whole numbers come back as int64.
func (a *Args) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("read arguments: %w", err)
	}
	*a = make(Args, len(raw))
	for name, value := range raw {
		got, err := revive(value)
		if err != nil {
			return fmt.Errorf("read argument %s: %w", name, err)
		}
		(*a)[name] = got
	}
	return nil
}

func revive(value json.RawMessage) (any, error) {
	switch value[0] {
	case '"':
		var text string
		err := json.Unmarshal(value, &text)
		return text, err
	case '{':
		return reviveTyped(value)
	default:
		var n int64
		err := json.Unmarshal(value, &n)
		return n, err
	}
}

func reviveTyped(value json.RawMessage) (any, error) {
	var v argument
	if err := json.Unmarshal(value, &v); err != nil {
		return nil, err
	}
	switch {
	case v.Amount != nil:
		var amount money.Amount
		err := json.Unmarshal(value, &amount)
		return amount, err
	case v.Percent != nil:
		return *v.Percent, nil
	case v.Number != nil && v.Unit != "":
		return i18n.Measure{Number: *v.Number, Unit: v.Unit}, nil
	case v.Number != nil:
		return *v.Number, nil
	case v.Message != nil:
		return *v.Message, nil
	case v.Text != nil:
		return v.Text, nil
	default:
		return nil, errArgument
	}
}

var (
	_ json.Marshaler   = Args{}
	_ json.Unmarshaler = (*Args)(nil)
)
