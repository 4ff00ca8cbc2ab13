package i18n

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Text is what a merchant wrote, by language. It is a JSON object, in a column
// and on the wire.
type Text map[Locale]string

// In is the text in l, else in the language of l, else in the first of the
// fallbacks that has one, else in any language: the shipped ones first, then in
// alphabetical order, so that the answer does not change from call to call. It
// is "" only when nothing was written at all.
func (t Text) In(l Locale, fallback ...Locale) string {
	if s := t.exactly(l); s != "" {
		return s
	}
	for _, f := range fallback {
		if s := t.exactly(f); s != "" {
			return s
		}
	}
	for _, f := range Shipped {
		if s := t[f]; s != "" {
			return s
		}
	}
	for _, f := range slices.Sorted(maps.Keys(t)) {
		if s := t[f]; s != "" {
			return s
		}
	}
	return ""
}

func (t Text) exactly(l Locale) string {
	if s := t[l]; s != "" {
		return s
	}
	return t[l.Language()]
}

// IsZero reports that nothing was written in any language.
func (t Text) IsZero() bool { return t.In("") == "" }

// Value gives a JSON object to the database.
func (t Text) Value() (driver.Value, error) {
	if t == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[Locale]string(t))
	return string(b), err
}

// Scan reads a JSON object, NULL as an empty text.
func (t *Text) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case nil:
		*t = Text{}
		return nil
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("scan text: unexpected %T", src)
	}
	got := map[Locale]string{}
	if err := json.Unmarshal(data, &got); err != nil {
		return fmt.Errorf("scan text: %w", err)
	}
	*t = got
	return nil
}

// GormDataType tells gorm that the column is jsonb.
func (Text) GormDataType() string { return "jsonb" }

var (
	_ driver.Valuer = Text{}
	_ sql.Scanner   = (*Text)(nil)
)
