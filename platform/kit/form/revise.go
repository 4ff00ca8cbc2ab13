package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// Check reads a form that was sent, with numbers in any common notation. It
// returns an error of kind Malformed with every field that is wrong. Fields the
// schema does not know are ignored. A column of a table is named
// "table.<row>.<column>", and its errors carry that name.
func (s Schema) Check(in url.Values) (Values, error) { return s.Revise(i18n.Neutral, in, nil) }

// Revise is Check with numbers as readers of l type them, for a form that changes
// what is stored: a secret that comes back empty stays as it is, unless its box
// "<name>.clear" is ticked.
func (s Schema) Revise(l i18n.Locale, in url.Values, stored Values) (Values, error) {
	var c Checker
	r := reader{Checker: &c, locale: l, in: in, stored: stored}
	out := Values{}
	for _, f := range s.Fields {
		if v, ok := r.field(f); ok {
			out[f.Name] = v
		}
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Encode is what the fields of a form show for stored values, as readers of l
// write it; Revise in l reads the same values back. Secrets are left out.
func (s Schema) Encode(l i18n.Locale, v Values) url.Values {
	out := url.Values{}
	for _, f := range s.Fields {
		switch f.Kind {
		case Secret:
		case Countries:
			if v.Has(f.Name) {
				out[f.Name] = v.List(f.Name)
			}
		case Rows:
			for i, row := range v.Rows(f.Name) {
				for _, column := range f.Columns {
					if row.Has(column.Name) {
						out.Set(cell(f.Name, i, column.Name), column.show(l, row))
					}
				}
			}
		default:
			if v.Has(f.Name) {
				out.Set(f.Name, f.show(l, v))
			}
		}
	}
	return out
}

func (f Field) show(l i18n.Locale, v Values) string {
	switch f.Kind {
	case Decimal, Money, Percent:
		n := v.Decimal(f.Name)
		return i18n.FormatInput(l, n, max(0, -n.Exponent()))
	default:
		return v.Text(f.Name)
	}
}

func cell(table string, row int, column string) string {
	return table + "." + strconv.Itoa(row) + "." + column
}

// reader walks over one form that was sent.
type reader struct {
	*Checker
	locale i18n.Locale
	in     url.Values
	stored Values
}

// field reads one field of the schema; false when it was left empty or is wrong.
func (r reader) field(f Field) (Value, bool) {
	switch f.Kind {
	case Rows:
		return r.table(f)
	case Countries:
		return r.countries(f)
	case Secret:
		if r.in.Get(f.Name) == "" && r.stored.Has(f.Name) && r.in.Get(f.Name+".clear") == "" {
			return r.stored[f.Name], true
		}
	}
	text, ok := r.value(f, f.Name, r.in.Get(f.Name))
	return Value{text: text}, ok
}

// value reads one text into its canonical form; name is what errors carry.
func (r reader) value(f Field, name, text string) (string, bool) {
	failures := len(r.fields)
	text = r.canonical(f, name, text)
	if text == "" && f.Required && len(r.fields) == failures {
		r.Refuse(name, KeyRequired, nil)
	}
	return text, text != "" && len(r.fields) == failures
}

func (r reader) canonical(f Field, name, text string) string {
	switch f.Kind {
	case Textarea:
		return r.Block(name, text, f.limit())
	case Number, Decimal, Money, Percent:
		return r.number(f, name, text)
	case Checkbox:
		if text == "" || text == "false" {
			return ""
		}
		return "true"
	case Select:
		values := make([]string, len(f.Options))
		for i, o := range f.Options {
			values[i] = o.Value
		}
		r.OneOf(name, text, values...)
		return text
	case Date:
		r.Date(name, text)
		return text
	default:
		return r.Line(name, text, f.limit())
	}
}

func (r reader) number(f Field, name, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	places := f.places()
	if f.Kind == Number {
		places = 0
	}
	failures := len(r.fields)
	n := r.Decimal(name, r.locale, text, places)
	if len(r.fields) > failures {
		return ""
	}
	least := f.Least
	if least == "" && (f.Kind == Money || f.Kind == Percent) {
		least = "0"
	}
	if min, err := decimal.NewFromString(least); err == nil && n.LessThan(min) {
		r.Refuse(name, KeyTooSmall, fault.Args{"min": min})
	}
	if max, err := decimal.NewFromString(f.Most); err == nil && n.GreaterThan(max) {
		r.Refuse(name, KeyTooLarge, fault.Args{"max": max})
	}
	return n.String()
}

// table reads the rows that were sent, in the order of their numbers. Rows with
// nothing in them are the spare lines of the form and are dropped.
func (r reader) table(f Field) (Value, bool) {
	failures := len(r.fields)
	var rows []Values
	for _, i := range r.rowNumbers(f) {
		row := Values{}
		for _, column := range f.Columns {
			name := cell(f.Name, i, column.Name)
			if text, ok := r.value(column, name, r.in.Get(name)); ok {
				row[column.Name] = Value{text: text}
			}
		}
		rows = append(rows, row)
	}
	if len(rows) > f.limit() {
		r.Refuse(f.Name, KeyTooMany, fault.Args{"max": f.limit()})
	}
	if len(rows) == 0 && f.Required {
		r.Refuse(f.Name, KeyRequired, nil)
	}
	return Value{rows: rows}, len(rows) > 0 && len(r.fields) == failures
}

// rowNumbers are the numbers of the rows that hold something, each once.
func (r reader) rowNumbers(f Field) []int {
	var numbers []int
	for name, values := range r.in {
		rest, ok := strings.CutPrefix(name, f.Name+".")
		index, column, dotted := strings.Cut(rest, ".")
		i, err := strconv.Atoi(index)
		if !ok || !dotted || err != nil || i < 0 || strconv.Itoa(i) != index || strings.TrimSpace(strings.Join(values, "")) == "" {
			continue
		}
		known := slices.ContainsFunc(f.Columns, func(c Field) bool { return c.Name == column })
		if known && !slices.Contains(numbers, i) && len(numbers) <= f.limit() {
			numbers = append(numbers, i)
		}
	}
	slices.Sort(numbers)
	return numbers
}

func (r reader) countries(f Field) (Value, bool) {
	failures := len(r.fields)
	var list []string
	for _, code := range r.in[f.Name] {
		switch {
		case code == "" || slices.Contains(list, code):
		case !address.IsCountry(code):
			r.Refuse(f.Name, KeyCountry, nil)
		case len(list) == maxCountries:
			r.Refuse(f.Name, KeyTooMany, fault.Args{"max": maxCountries})
		default:
			list = append(list, code)
		}
		if len(r.fields) > failures {
			return Value{}, false
		}
	}
	if len(list) == 0 && f.Required {
		r.Refuse(f.Name, KeyRequired, nil)
	}
	slices.Sort(list)
	return Value{list: list}, len(list) > 0
}
