package form

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Kind says what a field holds and how it is drawn.
type Kind string

const (
	Text      Kind = "text"      // one line
	Textarea  Kind = "textarea"  // several lines
	Number    Kind = "number"    // a whole number
	Decimal   Kind = "decimal"   // with up to Places decimals
	Money     Kind = "money"     // an amount in the currency of the shop
	Percent   Kind = "percent"   // 20 for 20 %
	Select    Kind = "select"    // one of Options
	Checkbox  Kind = "checkbox"  // yes or no
	Rows      Kind = "rows"      // a table with Columns
	Secret    Kind = "secret"    // one line that is never shown again
	Countries Kind = "countries" // a list of countries
	Date      Kind = "date"      // a day
)

// The limits that hold when a field names none, and those no field may exceed.
const (
	DefaultLine  = 200
	DefaultBlock = 10_000
	DefaultRows  = 100
	maxBlock     = 200_000
	maxRows      = 1000
	maxFields    = 200
	maxCountries = 300
	// MaxPlaces is how many decimals a column numeric(19,4) keeps.
	MaxPlaces = 4
)

// Schema describes a form for configuration. It is written in the program, by
// the strategy that reads the values.
type Schema struct{ Fields []Field }

// Field is one field of a schema. Label and Help are message keys.
type Field struct {
	Name     string // lower-case letters, digits and underscores
	Label    string
	Help     string
	Kind     Kind
	Required bool
	Options  []Option // of Select
	Columns  []Field  // of Rows
	// Max bounds characters (Text, Textarea, Secret) or rows (Rows); 0 stands for
	// the default of the kind.
	Max int
	// Least and Most bound numbers, as plain decimals; "" stands for no bound.
	// Money and Percent may not be negative unless Least says so.
	Least, Most string
	// Places bounds decimals (Decimal, Money, Percent); 0 stands for MaxPlaces.
	Places int
	// Default is the canonical text a new form starts with.
	Default string
}

// Option is one choice of a Select. Label is a message key.
type Option struct{ Value, Label string }

// Find is the field of that name.
func (s Schema) Find(name string) (Field, bool) {
	for _, f := range s.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Secrets names the fields whose values must be sealed before they are stored.
func (s Schema) Secrets() []string {
	var names []string
	for _, f := range s.Fields {
		if f.Kind == Secret {
			names = append(names, f.Name)
		}
	}
	return names
}

// Defaults are the values a new form starts with.
func (s Schema) Defaults() Values {
	v := Values{}
	for _, f := range s.Fields {
		if f.Default != "" {
			v[f.Name] = Value{text: f.Default}
		}
	}
	return v
}

// Valid reports what is wrong with the schema itself; every strategy's test calls
// it. It is an error of the program, not of a reader.
func (s Schema) Valid() error { return valid(s.Fields, true) }

func valid(fields []Field, top bool) error {
	if len(fields) > maxFields {
		return fmt.Errorf("form: %d fields, at most %d", len(fields), maxFields)
	}
	seen := map[string]bool{}
	for _, f := range fields {
		if seen[f.Name] {
			return fmt.Errorf("form: field %q twice", f.Name)
		}
		seen[f.Name] = true
		if err := f.valid(top); err != nil {
			return fmt.Errorf("form: field %q: %w", f.Name, err)
		}
	}
	return nil
}

func (f Field) valid(top bool) error {
	if f.Name == "" || strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return fmt.Errorf("bad name")
	}
	if f.Label == "" {
		return fmt.Errorf("no label")
	}
	for _, bound := range []string{f.Least, f.Most} {
		if bound == "" {
			continue
		}
		if _, err := decimal.NewFromString(bound); err != nil {
			return fmt.Errorf("bound %q: %w", bound, err)
		}
	}
	if f.Places < 0 || f.Places > MaxPlaces || f.Max < 0 || f.Max > f.hardLimit() {
		return fmt.Errorf("limits out of range")
	}
	switch f.Kind {
	case Text, Textarea, Number, Decimal, Money, Percent, Checkbox, Date:
	case Select:
		if len(f.Options) == 0 {
			return fmt.Errorf("no options")
		}
	case Rows:
		if !top || len(f.Columns) == 0 {
			return fmt.Errorf("rows need columns and cannot be inside rows")
		}
		return valid(f.Columns, false)
	case Secret, Countries:
		if !top {
			return fmt.Errorf("a %s cannot be a column", f.Kind)
		}
	default:
		return fmt.Errorf("unknown kind %q", f.Kind)
	}
	return f.validDefault()
}

// validDefault makes sure that a form sent back as it was drawn is accepted.
func (f Field) validDefault() error {
	if f.Default == "" {
		return nil
	}
	var c Checker
	r := reader{Checker: &c}
	r.value(f, f.Name, f.Default)
	return c.Err()
}

func (f Field) hardLimit() int {
	if f.Kind == Rows {
		return maxRows
	}
	return maxBlock
}

// limit is Max, or the default of the kind.
func (f Field) limit() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Kind == Textarea:
		return DefaultBlock
	case f.Kind == Rows:
		return DefaultRows
	default:
		return DefaultLine
	}
}

// places is how many decimals the field takes.
func (f Field) places() int {
	if f.Places > 0 {
		return f.Places
	}
	return MaxPlaces
}
