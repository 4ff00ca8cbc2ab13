package catalog

import (
	"encoding/json"
	"maps"

	"github.com/shopspring/decimal"
)

// shipValues are a variant's values by shipping mode, as they are stored.
type shipValues map[string]decimal.Decimal

// text is the JSON of the values; numbers are texts in it, as everywhere.
func (s shipValues) text() (string, error) {
	if len(s) == 0 {
		return "{}", nil
	}
	text, err := json.Marshal(map[string]decimal.Decimal(s))
	return string(text), err
}

func (s shipValues) same(as map[string]decimal.Decimal) bool {
	return maps.EqualFunc(s, as, decimal.Decimal.Equal)
}

// UnmarshalJSON gives nil for a variant without values.
func (s *shipValues) UnmarshalJSON(data []byte) error {
	var values map[string]decimal.Decimal
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	*s = nil
	if len(values) > 0 {
		*s = values
	}
	return nil
}
