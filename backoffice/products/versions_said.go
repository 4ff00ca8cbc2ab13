package products

import (
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// turnFields are the words of the fields whose differences a version tells.
var turnFields = map[string]string{
	"State": "state", "Code": "code", "v.SKU": "sku", "v.Barcode": "barcode", "v.Price": "price", "v.CompareAt": "compare_at",
	"v.Cost": "cost", "v.WeightG": "weight", "v.LowAt": "low_at", "v.Active": "active",
}

// turnWords say what a version changed, from what to what: the first differences, and how many more there are.
func (m *versionsModel) turnWords(one catalog.Version) (words []string) {
	for _, t := range one.Turns {
		words = append(words, m.turnText(t))
	}
	if more := one.Turned - len(one.Turns); more > 0 {
		words = append(words, m.visit.T("products.versions.more", ui.Args{"n": more}))
	}
	return words
}

func (m *versionsModel) turnText(t catalog.Turn) string {
	of := m.variantOf(t)
	switch {
	case t.Key == "v." && t.Was == "":
		return m.visit.T("products.versions.added", ui.Args{"variant": of})
	case t.Key == "v.":
		return m.visit.T("products.versions.removed", ui.Args{"variant": of})
	}
	part := m.visit.T("products.field." + turnFields[t.Key])
	if len(t.Options) > 0 {
		part = m.visit.T("products.versions.of", ui.Args{"part": part, "variant": of})
	}
	return m.visit.T("products.versions.turn", ui.Args{"part": part, "from": m.turned(t.Key, t.Was), "to": m.turned(t.Key, t.Now)})
}

// variantOf names a variant by what was chosen, or by its SKU where its options have gone.
func (m *versionsModel) variantOf(t catalog.Turn) string {
	if text := m.choice(&catalog.Variant{Options: t.Options}); text != m.name() {
		return text
	}
	return t.SKU
}

// turned writes a value of the journal for the reader.
func (m *versionsModel) turned(key, text string) string {
	v := m.visit.View
	switch key {
	case "State":
		return m.stateName(text)
	case "v.Active":
		if text == "true" {
			return v.T("ui.yes")
		}
		return v.T("ui.no")
	}
	if strings.TrimSpace(text) == "" {
		return v.T("products.versions.empty")
	}
	n, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	switch key {
	case "v.Price", "v.CompareAt", "v.Cost":
		return i18n.FormatInput(v.Locale, n, leastDigits)
	case "v.WeightG", "v.LowAt":
		return v.Decimal(n)
	}
	return text
}
