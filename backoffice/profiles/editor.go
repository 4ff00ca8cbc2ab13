package profiles

import (
	"slices"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// editor is the form of a profile that is being drawn.
type editor struct {
	sheet.Sheet
	known *known
}

func (k *known) editor(v *desk.Visit, a ui.Answers) editor {
	return editor{sheet.New(v, "profiles", a), k}
}

// names asks for the name in the languages of the shop.
func (s editor) names(required bool) ui.Texts {
	t := s.Texts("names", s.known.Languages.MainFirst())
	t.Required = required
	return t
}

// sides are the sides of prices; the first answer says what the whole shop shows.
func (s editor) sides(shop pricing.Side) []ui.Option {
	return []ui.Option{
		{Label: s.T("side.shop", ui.Args{"side": s.T("side." + string(shop))})},
		{Value: string(pricing.Gross), Label: s.T("side.gross")}, {Value: string(pricing.Net), Label: s.T("side.net")},
	}
}

// countries offers the Union as a whole, and every country.
func (s editor) countries() []ui.Option {
	return sheet.Countries(s.View().Locale, ui.Option{Value: profile.Union, Label: s.T("union")})
}

// modes are options, with those of the answers that are none of them any more: leaving one out would make
// "none but this" into "all".
func (s editor) modes(name string, options []ui.Option) ui.Field {
	for _, value := range s.Values[name] {
		if !slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == value }) {
			options = append(options, ui.Option{Value: value, Label: s.T("mode_gone")})
		}
	}
	return s.Of(name, options)
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
