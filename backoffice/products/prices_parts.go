package products

import (
	"maps"
	"slices"
	"strings"
	"time"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
)

// priceCell is a field of a price, with a line of help.
func (m *editor) priceCell(at, name, value string) ui.Field {
	f := m.field(at+name, "prices."+name, value)
	f.Help = m.visit.T("products.field.prices." + name + ".help")
	return f
}

// priceAmount is a price in the currency of its row.
func (m *editor) priceAmount(at, name, value, currency string) ui.Field {
	f := m.priceCell(at, name, value)
	if f.Suffix = currency; currency == "" {
		f.Suffix = m.Settings.Currencies.Management
	}
	return f
}

// forVariants tells whether a price may be for one variant.
func (m *editor) forVariants(f priceRow) bool { return m.many() || f.For != "" }

func (m *editor) wide() bool { return len(m.Product.Variants) > fewVariants }

// forField says which variant a price is for: from a list, or by its SKU where the list would be too long.
func (m *editor) forField(at string, row priceRow) ui.Field {
	f := m.priceCell(at, "for", row.For)
	f.Width = ui.Medium
	if m.wide() {
		f.Help = m.visit.T("products.field.prices.for.help_sku")
		return f
	}
	f.Options = []ui.Option{{Label: m.visit.T("products.prices.whole")}}
	for i := range m.Product.Variants {
		v := &m.Product.Variants[i]
		label := v.SKU
		if choice := m.choice(v); choice != "" {
			label = choice + " (" + v.SKU + ")"
		}
		f.Options = append(f.Options, ui.Option{Value: v.SKU, Label: label})
	}
	f.Options = withChosen(f.Options, row.For, m.visit.T("products.prices.gone"))
	return f
}

// withChosen adds what is chosen to the choices where it is none of them any more.
func withChosen(choices []ui.Option, value, label string) []ui.Option {
	if slices.ContainsFunc(choices, func(o ui.Option) bool { return o.Value == value }) {
		return choices
	}
	return append(choices, ui.Option{Value: value, Label: label})
}

func (m *editor) profileChoices(chosen string) []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.prices.everybody")}}
	for i := range m.Settings.Profiles.Profiles {
		if p := &m.Settings.Profiles.Profiles[i]; p.Kind != profile.KindAnonymous {
			choices = append(choices, ui.Option{Value: string(p.Code), Label: m.text(p.Names)})
		}
	}
	return withChosen(choices, chosen, chosen)
}

func (m *editor) profileField(at string, row priceRow) ui.Field {
	f := m.priceCell(at, "profile", row.Profile)
	f.Options, f.Width = m.profileChoices(row.Profile), ui.Medium
	return f
}

func (m *editor) currencyChoices(chosen string) []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.prices.every_currency", ui.Args{"currency": m.Settings.Currencies.Management})}}
	for _, d := range m.Settings.Currencies.Display {
		choices = append(choices, ui.Option{Value: d.Code, Label: d.Code})
	}
	return withChosen(choices, chosen, chosen)
}

func (m *editor) currencyField(at string, row priceRow) ui.Field {
	f := m.priceCell(at, "currency", row.Currency)
	f.Options, f.Width = m.currencyChoices(row.Currency), ui.Medium
	return f
}

func (m *editor) tiersField(at string, row priceRow) ui.Field {
	f := m.priceCell(at, "tiers", row.Tiers)
	f.Help = m.visit.T("products.field.prices.tiers.help", ui.Args{
		"first": "10: " + i18n.FormatInput(m.visit.View.Locale, nine, leastDigits), "second": "50: " + i18n.FormatInput(m.visit.View.Locale, eight, leastDigits)})
	f.Rows, f.Width = 3, ui.Medium
	return f
}

func (m *editor) basisField(at string, row priceRow) ui.Field {
	f := m.priceCell(at, "basis", row.Basis)
	f.Options = []ui.Option{{Label: m.visit.T("products.prices.by_line")}, {Value: basisArticle, Label: m.visit.T("products.prices.by_article")}}
	f.Width = ui.Medium
	return f
}

// momentField asks for a moment, and says in which zone it is typed.
func (m *editor) momentField(at, name, value string) ui.Field {
	f := m.priceCell(at, name, value)
	f.Help = m.visit.T("products.field.prices."+name+".help", ui.Args{"zone": m.Settings.Rules().Zone.String()})
	return f
}

// priceTitle says in short what a row is: "Resellers · VASE-RED · 9,00 · 10: 8,00".
func (m *editor) priceTitle(row priceRow) string {
	if row.empty() {
		return m.visit.T("products.prices.new")
	}
	parts := []string{m.labelIn(m.profileChoices(row.Profile), row.Profile)}
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(row.For)
	if row.Price != "" {
		add(row.Price + " " + m.priceAmount("", "price", "", row.Currency).Suffix)
	}
	add(m.tiersTitle(row.Tiers))
	if row.From != "" || row.Until != "" {
		add(strings.ReplaceAll(row.From, "T", " ") + " – " + strings.ReplaceAll(row.Until, "T", " "))
	}
	return strings.Join(parts, " · ")
}

// tiersTitle is the quantity prices in one line, as the reader's language divides a list of numbers.
func (m *editor) tiersTitle(typed string) (title string) {
	for entry := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == '\n' || r == ';' }) {
		switch entry = strings.Join(strings.Fields(entry), " "); {
		case entry == "":
		case title == "":
			title = entry
		default:
			title = m.visit.T("products.prices.tiers_then", ui.Args{"first": title, "then": entry})
		}
	}
	return title
}

func (m *editor) labelIn(choices []ui.Option, value string) string {
	for _, o := range choices {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// morePrices is how many prices the form has no room for.
func (m *editor) morePrices() int { return max(0, len(live(m.Product.Prices))-maxPriceRows) }

// warnings are what is odd about the stored prices, by the id of the rule.
func (m *editor) warnings() map[string][]string {
	found := map[string][]string{}
	if len(m.Answers.Errors) > 0 {
		return found // what is stored would be told beside what was typed
	}
	for _, w := range warningsOf(m.Product, m) {
		id := w.Rule.String()
		found[id] = append(found[id], m.visit.T(w.Key, m.warningArgs(w)))
	}
	return found
}

// warningArgs are what a warning is about, in words: of an overlap, which price is used instead, and when.
func (m *editor) warningArgs(w pricelist.Warning) ui.Args {
	args := ui.Args{}
	maps.Copy(args, w.Args)
	v, zone := m.visit.View, m.Settings.Rules().Zone
	v.Zone = zone
	if w.Other != nil {
		args["other"] = m.priceTitle(rowOfRule(w.Other, m.Product.Variants, v.Locale, zone))
	}
	if w.From != nil {
		args["from"] = v.DayTime(*w.From)
	}
	if w.Until != nil {
		args["until"] = v.DayTime(w.Until.Add(-time.Nanosecond)) // the last minute, as it is typed
	}
	return args
}

func warningsOf(p *catalog.Product, m *editor) []pricelist.Warning {
	if len(p.Prices) == 0 {
		return nil
	}
	own := make([]pricelist.Own, len(p.Variants))
	for i := range p.Variants {
		own[i] = p.Own(&p.Variants[i])
	}
	return pricelist.Warnings(p.Prices, own, m.Now)
}

// odd tells whether the prices may not be what the merchant meant. One that is over was meant once.
func odd(list []pricelist.Warning) bool {
	return slices.ContainsFunc(list, func(w pricelist.Warning) bool { return w.Key != "pricelist.warn.over" })
}

// pricesOpen unfolds the section where something in it wants to be seen.
func (m *editor) pricesOpen() bool {
	return m.wrong("prices") || odd(warningsOf(m.Product, m)) || slices.ContainsFunc(m.Sheet.Prices, m.askedFor)
}

// rowOpen unfolds a price that is new, wrong, odd or asked for.
func (m *editor) rowOpen(at string, row priceRow, odd bool) bool {
	return row.ID == "" || odd || m.wrong(at) || m.askedFor(row)
}

// priceWords are all prices of a sheet in words, to be compared.
func (m *editor) priceWords(rows []priceRow) string {
	var lines []string
	for _, row := range rows {
		if !row.Drop && !row.empty() {
			words := m.priceTitle(row)
			if row.CompareAt != "" {
				words += " (" + row.CompareAt + ")"
			}
			if row.Tiers != "" && row.Marginal {
				words += " · " + m.visit.T("products.field.prices.marginal")
			}
			if row.Tiers != "" && row.Basis == basisArticle {
				words += " · " + m.visit.T("products.prices.by_article")
			}
			lines = append(lines, words)
		}
	}
	return strings.Join(lines, "; ")
}

// measureField asks what the price is told for (Directive 98/6/EC, art. 3).
func (m *editor) measureField() ui.Field {
	f := m.helped("measure", m.Sheet.Measure)
	for _, measure := range catalog.Measures {
		label := m.visit.T("products.measure.none")
		if measure != catalog.NoMeasure {
			label = m.visit.T("products.measure." + string(measure))
		}
		f.Options = append(f.Options, ui.Option{Value: string(measure), Label: label})
	}
	return f
}

func (m *editor) contentField() ui.Field {
	f := m.helped("content", m.Sheet.Content)
	if m.Product.Measure != catalog.NoMeasure && m.Sheet.Measure == string(m.Product.Measure) {
		f.Suffix = m.unitOf(m.Product.Measure)
	}
	return f
}

// unitOf is the sign of a measure.
func (m *editor) unitOf(measure catalog.BaseMeasure) string {
	if measure == catalog.SquareMetre {
		return "m²"
	}
	if measure == catalog.Piece {
		return ""
	}
	return string(measure)
}
