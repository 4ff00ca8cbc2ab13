package profiles

import (
	"slices"
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// sheet is the form of a profile that is being drawn. The label of field "goods" is "profiles.field.goods",
// its help the same with "_help".
type sheet struct {
	ui.Answers
	visit *desk.Visit
	known *known
}

func (s sheet) view() ui.View { return s.visit.View }

func (s sheet) t(key string, args ...ui.Args) string { return s.visit.T("profiles."+key, args...) }

// field is a field by its name, with label, help, answer and error.
func (s sheet) field(name string) ui.Field {
	return s.Fill(ui.Field{Name: name, Label: s.t("field." + name), Help: s.t("field." + name + "_help")})
}

// tick is a check box.
func (s sheet) tick(name string) ui.Field {
	f := s.field(name)
	if !s.Values.Has(name) {
		f.Value = ""
	}
	return f
}

// of is a field with these options.
func (s sheet) of(name string, options []ui.Option) ui.Field {
	f := s.field(name)
	f.Options = options
	return f
}

// texts is a text in the languages of the shop.
func (s sheet) texts(name string, required bool) ui.Texts {
	t := ui.Texts{Field: s.field(name), Text: i18n.Text{}, Errors: map[i18n.Locale]string{}}
	t.Required = required
	main := s.known.Languages.Default
	t.Locales = append([]i18n.Locale{main}, slices.DeleteFunc(slices.Clone(s.known.Languages.Offered), func(l i18n.Locale) bool { return l == main })...)
	for _, l := range t.Locales {
		t.Text[l], t.Errors[l] = s.Values.Get(name+"."+string(l)), s.Errors[name+"."+string(l)]
	}
	return t
}

// sides are the sides of prices; the first answer says what the whole shop shows.
func (s sheet) sides(shop pricing.Side) []ui.Option {
	return []ui.Option{
		{Label: s.t("side.shop", ui.Args{"side": s.t("side." + string(shop))})},
		{Value: string(pricing.Gross), Label: s.t("side.gross")}, {Value: string(pricing.Net), Label: s.t("side.net")},
	}
}

// minimum is the amount with the shop's currency behind it.
func (s sheet) minimum() ui.Field {
	f := s.field("minimum.amount")
	f.Suffix = s.known.Rules().Currency.Code()
	return f
}

// countries offers the Union as a whole, and every country.
func (s sheet) countries() []ui.Option {
	options := []ui.Option{{Value: profile.Union, Label: s.t("union")}}
	for _, c := range address.Countries(s.view().Locale) {
		options = append(options, ui.Option{Value: c.Code, Label: c.Name})
	}
	return options
}

// modes are options, with those of the answers that are none of them any more: leaving one out would make
// "none but this" into "all".
func (s sheet) modes(name string, options []ui.Option) ui.Field {
	for _, value := range s.Values[name] {
		if !slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == value }) {
			options = append(options, ui.Option{Value: value, Label: s.t("mode_gone")})
		}
	}
	return s.of(name, options)
}

func (k *known) payOptions(v *desk.Visit) []ui.Option {
	options := make([]ui.Option, len(k.payments))
	for i, m := range k.payments {
		options[i] = modeOption(v, k, m.ID.String(), m.Names, m.Active)
	}
	return options
}

func (k *known) shipOptions(v *desk.Visit) []ui.Option {
	options := make([]ui.Option, len(k.carriages))
	for i, m := range k.carriages {
		options[i] = modeOption(v, k, m.ID, m.Name, m.Active)
	}
	return options
}

func modeOption(v *desk.Visit, k *known, id string, name i18n.Text, active bool) ui.Option {
	o := ui.Option{Value: id, Label: name.In(v.View.Locale, k.Languages.Default)}
	if !active {
		o.Help = v.T("profiles.mode_off")
	}
	return o
}

// label is what a field is called in the list of errors and of differences: "names.fr" is known as "names".
func (s sheet) label(name string) string {
	first, l, _ := strings.Cut(name, ".")
	if first == "names" || first == "texts" {
		return s.t("field."+first) + " (" + i18n.Locale(l).Name() + ")"
	}
	return s.t("field." + name)
}

// form is the frame around it.
func (s sheet) form(hidden map[string]string) ui.Form {
	labels := make(map[string]string, len(s.Errors))
	for name := range s.Errors {
		labels[name] = s.label(name)
	}
	return ui.Form{Guard: true, Problem: s.Problem, Errors: s.List(labels), Hidden: hidden}
}
