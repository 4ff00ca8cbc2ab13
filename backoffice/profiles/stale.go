package profiles

import (
	"net/url"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
)

// difference is a field whose stored value is not the one that was typed.
type difference struct{ Label, Typed, Stored string }

// differences compares what was typed with what is stored, field by field.
func differences(s sheet, stored url.Values) []difference {
	var list []difference
	for _, name := range fields(s.known.Languages.Offered) {
		mine, theirs := s.told(name, s.Values[name]), s.told(name, stored[name])
		if mine != theirs {
			list = append(list, difference{s.label(name), mine, theirs})
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
		"minimum.amount", "minimum.side", "minimum.listed")
}

// told are the values of a field in words.
func (s sheet) told(name string, values []string) string {
	v := s.visit
	values = slices.DeleteFunc(slices.Clone(values), func(value string) bool { return value == "" })
	switch name {
	case "active":
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
			return s.t("side." + values[0])
		}
	case "minimum.listed":
		if len(values) > 0 {
			return s.t("listed")
		}
		return s.t("discounted")
	}
	return strings.Join(values, ", ")
}
