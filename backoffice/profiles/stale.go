package profiles

import (
	"net/url"
	"slices"
	"strings"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/kit/i18n"
)

// differences compares what was typed with what is stored, field by field.
func differences(s editor, stored url.Values) []sheet.Difference {
	var list []sheet.Difference
	for _, name := range fields(s.known.Languages.Offered) {
		mine, theirs := s.told(name, s.Values[name]), s.told(name, stored[name])
		if mine != theirs {
			list = append(list, sheet.Difference{Label: s.Label(name), Typed: mine, Stored: theirs})
		}
	}
	return list
}

// fields are the names of the fields that can differ.
func fields(locales []i18n.Locale) []string {
	var names []string
	for _, l := range locales {
		names = append(names, "names."+string(l), "texts."+string(l))
	}
	return append(names, "active", "goods", "shipping", "payments", "carriages", "send_to", "bill_to",
		"minimum.amount", "minimum.side", "minimum.listed", "quotes")
}

// told are the values of a field in words.
func (s editor) told(name string, values []string) string {
	v := s.Visit
	values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return value == "" })
	switch name {
	case "active", "quotes":
		if len(values) > 0 {
			return v.T("ui.yes")
		}
		return v.T("ui.no")
	case "payments":
		return strings.Join(names(v, s.known.payOptions(v), values), ", ")
	case "carriages":
		return strings.Join(names(v, s.known.shipOptions(v), values), ", ")
	case "send_to", "bill_to":
		return places(v, values)
	case "goods", "shipping", "minimum.side":
		if len(values) > 0 {
			return s.T("side." + values[0])
		}
	case "minimum.listed":
		if len(values) > 0 {
			return s.T("listed")
		}
		return s.T("discounted")
	}
	return strings.Join(values, ", ")
}
