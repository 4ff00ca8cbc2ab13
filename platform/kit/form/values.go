package form

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// Values are the checked answers to a schema, by field name: a JSON object of
// strings, lists of strings and lists of objects. A field that was left empty is
// absent. The typed readers answer the zero value for an absent field and for one
// that holds something else, as an old row may after a schema has changed.
type Values map[string]Value

// Value is the answer to one field: a text, a list, or rows.
type Value struct {
	text string
	list []string
	rows []Values
}

// TextValue, ListValue and RowsValue make values in the program: for seeds, tests
// and secrets that were sealed.
func TextValue(text string) Value { return Value{text: text} }

// ListValue makes a list.
func ListValue(items ...string) Value { return Value{list: slices.Clone(items)} }

// RowsValue makes a table.
func RowsValue(rows ...Values) Value { return Value{rows: slices.Clone(rows)} }

// Has reports that the field was answered.
func (v Values) Has(name string) bool {
	_, ok := v[name]
	return ok
}

// Text is the canonical text of a field.
func (v Values) Text(name string) string { return v[name].text }

// Bool is the answer to a checkbox.
func (v Values) Bool(name string) bool { return v[name].text == "true" }

// Int is a whole number.
func (v Values) Int(name string) int {
	n, err := strconv.Atoi(v[name].text)
	if err != nil {
		return 0
	}
	return n
}

// Decimal is a number.
func (v Values) Decimal(name string) decimal.Decimal {
	n, err := decimal.NewFromString(v[name].text)
	if err != nil {
		return decimal.Decimal{}
	}
	return n
}

// Money is an amount in the currency of the shop, c.
func (v Values) Money(name string, c money.Currency) money.Amount {
	return money.New(v.Decimal(name), c)
}

// Rate is a percentage.
func (v Values) Rate(name string) money.Rate { return money.Percent(v.Decimal(name)) }

// Date is a day, at midnight UTC.
func (v Values) Date(name string) time.Time {
	t, err := time.Parse(time.DateOnly, v[name].text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// List is a list, such as that of countries.
func (v Values) List(name string) []string { return slices.Clone(v[name].list) }

// Rows is a table, each row with the columns as its fields.
func (v Values) Rows(name string) []Values { return slices.Clone(v[name].rows) }

// Set returns a copy with one field changed.
func (v Values) Set(name string, value Value) Values {
	c := maps.Clone(v)
	if c == nil {
		c = Values{}
	}
	c[name] = value
	return c
}

// Equal reports the same answers.
func (v Values) Equal(o Values) bool { return maps.EqualFunc(v, o, Value.Equal) }

// Equal reports the same answer.
func (x Value) Equal(o Value) bool {
	return x.text == o.text && slices.Equal(x.list, o.list) && slices.EqualFunc(x.rows, o.rows, Values.Equal)
}

// MarshalJSON gives a string, a list of strings or a list of objects.
func (x Value) MarshalJSON() ([]byte, error) {
	switch {
	case x.rows != nil:
		return json.Marshal(x.rows)
	case x.list != nil:
		return json.Marshal(x.list)
	default:
		return json.Marshal(x.text)
	}
}

// UnmarshalJSON reads what MarshalJSON gives.
func (x *Value) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*x = Value{text: text}
		return nil
	}
	var list []string
	if json.Unmarshal(data, &list) == nil {
		*x = Value{list: list}
		return nil
	}
	var rows []Values
	if err := json.Unmarshal(data, &rows); err != nil {
		return fmt.Errorf("read value: %w", err)
	}
	*x = Value{rows: rows}
	return nil
}

// Value gives a JSON object to the database.
func (v Values) Value() (driver.Value, error) {
	if v == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[string]Value(v))
	return string(b), err
}

// Scan reads a JSON object, NULL as no answers.
func (v *Values) Scan(src any) error {
	var data []byte
	switch s := src.(type) {
	case nil:
		*v = Values{}
		return nil
	case string:
		data = []byte(s)
	case []byte:
		data = s
	default:
		return fmt.Errorf("scan values: unexpected %T", src)
	}
	got := map[string]Value{}
	if err := json.Unmarshal(data, &got); err != nil {
		return fmt.Errorf("scan values: %w", err)
	}
	*v = got
	return nil
}

// GormDataType tells gorm that the column is jsonb.
func (Values) GormDataType() string { return "jsonb" }

var (
	_ json.Marshaler   = Value{}
	_ json.Unmarshaler = (*Value)(nil)
	_ driver.Valuer    = Values{}
	_ sql.Scanner      = (*Values)(nil)
)
