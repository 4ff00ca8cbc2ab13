package quotes

import (
	"strconv"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/quote"
)

// answer begins the form of the draft, which calls its lines and questions by the names of the articles.
func (m *fileModel) answer(a ui.Answers) {
	m.Sheet = m.sheet(a)
	m.Sheet.Known = map[string]string{}
	for _, l := range m.Quote.Draft.Lines {
		m.Sheet.Known[lineField("qty", l)] = m.t("pieces") + " – " + l.Name
		m.Sheet.Known[lineField("unit", l)] = m.t("field.unit") + " – " + l.Name
	}
	if m.Choice == nil {
		return
	}
	for _, o := range m.Choice.Options {
		m.Sheet.Known["option."+o.Code] = m.word(o.Name, o.Code)
	}
	for _, x := range m.Choice.Extras {
		m.Sheet.Known["extra."+x.Code] = m.word(x.Name, x.Code)
	}
}

// word is a text of the catalogue, its code where nobody has given it a name.
func (m fileModel) word(t i18n.Text, code string) string {
	if name := t.In(m.view().Locale, m.Settings.Languages.Default); name != "" {
		return name
	}
	return code
}

// form is the frame of the draft's form.
func (m fileModel) form() ui.Form {
	hidden := map[string]string{"rev": strconv.Itoa(m.Quote.Rev)}
	if m.Choice != nil {
		hidden["asked"] = m.code
	}
	return m.Sheet.Form(hidden)
}

func (m fileModel) qty(l quote.Line) ui.Field {
	f := m.Sheet.Field(lineField("qty", l))
	f.Help = joined(checkout.OptionsIn(l.Options, m.view().Locale), l.SKU)
	return f
}

func (m fileModel) unit(l quote.Line) ui.Field {
	f := m.Sheet.Suffixed(lineField("unit", l), m.Quote.Currency.Code()+" "+m.side(l.Unit))
	f.Help = m.t("proposed", ui.Args{"price": l.Proposed.Amount})
	return f
}

func (m fileModel) addField() ui.Field {
	f := m.Sheet.Field("add")
	f.Autocomplete = "off"
	return f
}

// questions are what has to be chosen of an article: values that lead to a variant, then what adds to the price.
func (m fileModel) questions() []ui.Field {
	var list []ui.Field
	for _, o := range m.Choice.Options {
		options := []ui.Option{{Label: m.t("choose_one")}}
		for _, v := range o.Values {
			options = append(options, ui.Option{Value: v.Code, Label: m.word(v.Name, v.Code)})
		}
		f := m.Sheet.Of("option."+o.Code, options)
		f.Required = true
		list = append(list, f)
	}
	for _, x := range m.Choice.Extras {
		first := ui.Option{Label: m.t("choose_none")}
		if x.Required {
			first.Label = m.t("choose_one")
		}
		options := []ui.Option{first}
		for _, v := range x.Values {
			options = append(options, ui.Option{Value: v.Code, Label: m.extra(v)})
		}
		f := m.Sheet.Of("extra."+x.Code, options)
		f.Required = x.Required
		list = append(list, f)
	}
	for i := range list {
		list[i].Help = m.t("choose_help")
	}
	return list
}

// extra is a value with what it adds to the price.
func (m fileModel) extra(v catalog.ExtraValue) string {
	label := m.word(v.Name, v.Code)
	if v.Fixed.IsPositive() {
		label += " + " + m.view().Money(money.New(v.Fixed, m.Settings.Rules().Currency))
	}
	if v.Percent.IsPositive() {
		label += " + " + i18n.FormatPercent(m.view().Locale, v.Percent)
	}
	return label
}

func (m fileModel) carriage() ui.Field {
	options := []ui.Option{{Label: m.t("carriage_later")}}
	for _, t := range m.Modes {
		options = append(options, ui.Option{Value: t.ID, Label: t.Name.In(m.view().Locale, m.Settings.Languages.Default)})
	}
	return m.Sheet.Of("carriage", options)
}

func (m fileModel) cost() ui.Field {
	return m.Sheet.Suffixed("cost", m.Quote.Currency.Code()+" "+m.side(pricing.Price{IncludesTax: m.View.Shipping != pricing.Net}))
}

func (m fileModel) until() ui.Field {
	f := m.Sheet.Field("until")
	f.Help = m.t("field.until_help", ui.Args{"days": m.Settings.Quoting.Days})
	return f
}

// side says on which side a price is.
func (m fileModel) side(p pricing.Price) string {
	if p.IncludesTax {
		return m.t("gross")
	}
	return m.t("net")
}
