package sheet

import (
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
)

// Yes is the answer of a check box.
func Yes(on bool) []string {
	if on {
		return []string{"1"}
	}
	return nil
}

// Number writes a figure as the reader types it, nothing for zero.
func Number(l i18n.Locale, n decimal.Decimal) string {
	if n.IsZero() {
		return ""
	}
	return i18n.FormatInput(l, n, 0)
}

// Optional writes a figure that may be missing, which is not zero.
func Optional(l i18n.Locale, n *decimal.Decimal) string {
	if n == nil {
		return ""
	}
	return i18n.FormatInput(l, *n, 0)
}

// ReadOptional reads it back; what is refused is told as of the field name.
func ReadOptional(c *form.Checker, name string, l i18n.Locale, text string, places int) *decimal.Decimal {
	if text == "" {
		return nil
	}
	n := c.Decimal(name, l, text, places)
	return &n
}

// ReadWhole reads a count as readers of l type it, with or without groups: "1 200" in French, "1.200" in German.
// What is no whole number in their language is refused.
func ReadWhole(c *form.Checker, name string, l i18n.Locale, text string, min, max int) int {
	if n, err := i18n.ParseDecimal(l, text); err == nil && n.IsInteger() {
		text = n.String()
	}
	return c.Int(name, text, min, max)
}

// PutText writes a text into the fields of its languages.
func PutText(values url.Values, name string, t i18n.Text) {
	for l, text := range t {
		values.Set(name+"."+string(l), text)
	}
}

// ReadText reads the fields of a text back; languages left empty are absent.
func ReadText(fields map[string]string) i18n.Text {
	t := i18n.Text{}
	for l, text := range fields {
		if text != "" && slices.Contains(i18n.Shipped, i18n.Locale(l)) {
			t[i18n.Locale(l)] = text
		}
	}
	return t
}

// Items divides a list that is typed in one field at commas, semicolons and line ends.
func Items(text string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// Countries are all countries by their names, after first.
func Countries(l i18n.Locale, first ...ui.Option) []ui.Option {
	for _, c := range address.Countries(l) {
		first = append(first, ui.Option{Value: c.Code, Label: c.Name})
	}
	return first
}
