package products

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// combinations is the number of different choices the options give; it stops counting above the
// most an article may have.
func combinations(options []catalog.Option) int {
	n := 1
	for _, o := range options {
		if n *= len(o.Values); n > catalog.MaxVariants {
			return catalog.MaxVariants + 1
		}
	}
	return n
}

// complete adds a variant for every choice that has none, in the order of the options. New ones cost
// what the first variant costs and have no pieces.
//
// Errors: Malformed when there would be more than an article may have.
func complete(p *catalog.Product) (added int, err error) {
	if combinations(p.Options) > catalog.MaxVariants {
		return 0, fault.Invalid(fault.Field{Name: "values", Key: "form.too_many", Args: fault.Args{"max": catalog.MaxVariants}})
	}
	have := make(map[string]bool, len(p.Variants))
	skus := make(map[string]bool, len(p.Variants))
	for _, v := range p.Variants {
		have[catalog.OptionKey(v.Options)], skus[v.SKU] = true, true
	}
	model := p.Variants[0]
	stem := skuStem(p)
	each(p.Options, func(choice map[string]string) {
		if have[catalog.OptionKey(choice)] {
			return
		}
		v := catalog.Variant{
			Options: maps.Clone(choice), Price: model.Price, CompareAt: model.CompareAt, Cost: model.Cost, WeightG: model.WeightG, ShipValues: maps.Clone(model.ShipValues),
			Active: true, Tracked: model.Tracked, Backorder: model.Backorder, LowAt: model.LowAt, Position: len(p.Variants),
		}
		v.SKU = freeSKU(stem, p.Options, choice, skus)
		skus[v.SKU] = true
		p.Variants = append(p.Variants, v)
		added++
	})
	sortVariants(p)
	return added, nil
}

// each visits every choice, the last option changing fastest.
func each(options []catalog.Option, visit func(map[string]string)) {
	choice := map[string]string{}
	var walk func(int)
	walk = func(i int) {
		if i == len(options) {
			visit(choice)
			return
		}
		for _, value := range options[i].Values {
			choice[options[i].Code] = value.Code
			walk(i + 1)
		}
	}
	walk(0)
}

// skuStem is what the SKUs of new variants begin with.
func skuStem(p *catalog.Product) string { return strings.ToUpper(p.Code) }

func freeSKU(stem string, options []catalog.Option, choice map[string]string, taken map[string]bool) string {
	parts := []string{stem}
	for _, o := range options {
		parts = append(parts, strings.ToUpper(choice[o.Code]))
	}
	sku := strings.Join(parts, "-")
	for n := 2; taken[sku]; n++ {
		sku = strings.Join(parts, "-") + "-" + strconv.Itoa(n)
	}
	return sku
}

// sortVariants puts the variants into the order of the options and their values.
func sortVariants(p *catalog.Product) {
	place := make([]map[string]int, len(p.Options))
	for i, o := range p.Options {
		place[i] = make(map[string]int, len(o.Values))
		for n, value := range o.Values {
			place[i][value.Code] = n
		}
	}
	slices.SortStableFunc(p.Variants, func(a, b catalog.Variant) int {
		for i, o := range p.Options {
			if d := place[i][a.Options[o.Code]] - place[i][b.Options[o.Code]]; d != 0 {
				return d
			}
		}
		return 0
	})
	for i := range p.Variants {
		p.Variants[i].Position = i
	}
}

// extend gives the article one more option. The variants it has become those of the first value.
func extend(p *catalog.Product, o catalog.Option) {
	p.Options = append(slices.Clone(p.Options), o)
	p.Variants = slices.Clone(p.Variants)
	for i := range p.Variants {
		options := maps.Clone(p.Variants[i].Options)
		if options == nil {
			options = map[string]string{}
		}
		options[o.Code] = o.Values[0].Code
		p.Variants[i].Options = options
	}
}

// shrink takes an option away. Of variants that differed in nothing else the first stays.
func shrink(p *catalog.Product, code string) (dropped []catalog.Variant) {
	p.Options = slices.DeleteFunc(slices.Clone(p.Options), func(o catalog.Option) bool { return o.Code == code })
	seen := map[string]bool{}
	var kept []catalog.Variant
	for _, v := range p.Variants {
		v.Options = maps.Clone(v.Options)
		delete(v.Options, code)
		if key := catalog.OptionKey(v.Options); seen[key] {
			dropped = append(dropped, v)
		} else {
			seen[key] = true
			kept = append(kept, v)
		}
	}
	p.Variants = kept
	for i, pic := range p.Pictures {
		if strings.HasPrefix(pic.Option, code+"=") {
			p.Pictures[i].Option = ""
		}
	}
	return dropped
}

// without drops the variants whose value of an option is no longer among its values.
func without(p *catalog.Product, o catalog.Option) (dropped []catalog.Variant) {
	known := make(map[string]bool, len(o.Values))
	for _, value := range o.Values {
		known[value.Code] = true
	}
	var kept []catalog.Variant
	for _, v := range p.Variants {
		if known[v.Options[o.Code]] {
			kept = append(kept, v)
		} else {
			dropped = append(dropped, v)
		}
	}
	p.Variants = kept
	return dropped
}

// newOption makes an option of a name and its values, one a line or between commas.
//
// Errors: Malformed on "option_name", "values".
func newOption(p *catalog.Product, l i18n.Locale, name, values string) (catalog.Option, error) {
	o := catalog.Option{Name: i18n.Text{l: name}}
	o.Code = freeCode(l, name, optionCodes(p))
	codes := map[string]bool{}
	for _, text := range strings.FieldsFunc(values, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		code := freeCode(l, text, codes)
		codes[code] = true
		o.Values = append(o.Values, catalog.OptionValue{Code: code, Name: i18n.Text{l: text}})
	}
	var wrong []fault.Field
	if name == "" {
		wrong = append(wrong, fault.Field{Name: "option_name", Key: "form.required"})
	}
	if len(o.Values) == 0 {
		wrong = append(wrong, fault.Field{Name: "values", Key: "form.required"})
	}
	if len(wrong) > 0 {
		return o, fault.Invalid(wrong...)
	}
	return o, nil
}

// freeCode is a code made from words that nothing else of the kind has.
func freeCode(l i18n.Locale, text string, taken map[string]bool) string {
	code := catalog.Slug(l, text)
	if code == "" {
		code = "x"
	}
	for n := 2; taken[code]; n++ {
		code = strings.TrimRight(catalog.Slug(l, text), "-") + "-" + strconv.Itoa(n)
	}
	return code
}
