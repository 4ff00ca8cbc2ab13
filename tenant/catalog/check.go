package catalog

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
)

// Limits of one article. They are far above what a shop needs and far below what hurts others.
const (
	MaxOptions  = 6
	MaxExtras   = 6
	MaxValues   = 500
	MaxVariants = 50_000
	MaxPictures = 250
	maxName     = 250
	maxCode     = 120
	maxSKU      = 120
	maxSummary  = 2000
	maxSEO      = 400
)

var maxPrice = pricing.MaxUnit

// Check tells what is wrong with an article as it stands, field by field, without looking at
// others. Errors: Invalid with fields such as "variants.3.price".
func (p *Product) Check() error {
	var c form.Checker
	c.Required("code", p.Code)
	c.MaxLen("code", p.Code, maxCode)
	c.OneOf("state", string(p.State), string(Draft), string(Published), string(Archived))
	c.OneOf("kind", string(p.Kind), string(Physical), string(Digital), string(Service))
	p.checkTexts(&c)
	p.checkOptions(&c)
	p.checkExtras(&c)
	c.OneOf("measure", string(p.Measure), words(Measures)...)
	_ = c.Add("", pricelist.Check(p.Prices)) // always about fields
	if len(p.Variants) == 0 {
		c.Refuse("variants", "catalog.no_variant", nil)
	}
	if len(p.Variants) > MaxVariants {
		c.Refuse("variants", "form.too_many", fault.Args{"max": MaxVariants})
	}
	if len(p.Pictures) > MaxPictures {
		c.Refuse("pictures", "form.too_many", fault.Args{"max": MaxPictures})
	}
	seen := make(map[string]bool, len(p.Variants))
	for i := range p.Variants {
		p.checkVariant(&c, i, seen)
	}
	return c.Err()
}

func (p *Product) checkTexts(c *form.Checker) {
	named := false
	for l, t := range p.Texts {
		at := "texts." + string(l) + "."
		named = named || t.Name != ""
		c.MaxLen(at+"name", t.Name, maxName)
		c.MaxLen(at+"summary", t.Summary, maxSummary)
		c.MaxLen(at+"seo_title", t.SEOTitle, maxSEO)
		c.MaxLen(at+"seo_description", t.SEODescription, maxSEO)
		if t.Slug != "" {
			c.Slug(at+"slug", t.Slug)
		}
	}
	if !named {
		c.Refuse("name", "form.required", nil)
	}
}

func (p *Product) checkOptions(c *form.Checker) {
	if len(p.Options) > MaxOptions {
		c.Refuse("options", "form.too_many", fault.Args{"max": MaxOptions})
	}
	codes := map[string]bool{}
	for i, o := range p.Options {
		at := "options." + strconv.Itoa(i)
		if o.Code == "" || codes[o.Code] {
			c.Refuse(at, "catalog.option_code", nil)
		}
		codes[o.Code] = true
		if len(o.Values) == 0 {
			c.Refuse(at, "catalog.option_empty", nil)
		}
		if len(o.Values) > MaxValues {
			c.Refuse(at, "form.too_many", fault.Args{"max": MaxValues})
		}
	}
	p.checkPlaces(c)
}

func (p *Product) checkVariant(c *form.Checker, i int, seen map[string]bool) {
	v, at := &p.Variants[i], "variants."+strconv.Itoa(i)+"."
	c.Required(at+"sku", v.SKU)
	c.MaxLen(at+"sku", v.SKU, maxSKU)
	c.MaxLen(at+"barcode", v.Barcode, maxSKU)
	price := func(name string, n *decimal.Decimal) {
		if n != nil && (n.IsNegative() || n.GreaterThan(maxPrice)) {
			c.Refuse(at+name, "catalog.price", nil)
		} else if n != nil && !n.Equal(n.Truncate(money.MaxPlaces)) {
			c.Refuse(at+name, form.KeyDecimals, fault.Args{"max": money.MaxPlaces})
		}
	}
	price("price", &v.Price)
	price("compare_at", v.CompareAt)
	price("cost", v.Cost)
	if n := v.Content; n != nil && (!n.IsPositive() || n.GreaterThan(maxContent)) {
		c.Refuse(at+"content", "catalog.content", nil)
	} else if n != nil && !n.Equal(n.Truncate(contentPlaces)) {
		c.Refuse(at+"content", form.KeyDecimals, fault.Args{"max": contentPlaces})
	}
	if v.WeightG < 0 {
		c.Refuse(at+"weight", "form.too_small", fault.Args{"min": 0})
	}
	for mode, value := range v.ShipValues {
		if value.IsNegative() || value.GreaterThan(maxPrice) {
			c.Refuse(at+"ship."+mode, "form.too_small", fault.Args{"min": 0})
		}
	}
	switch {
	case v.OnHand < 0 && !v.Backorder:
		c.Refuse(at+"on_hand", form.KeyTooSmall, fault.Args{"min": 0})
	case v.OnHand > form.MaxInt:
		c.Refuse(at+"on_hand", form.KeyTooLarge, fault.Args{"max": form.MaxInt})
	}
	for _, o := range p.Options {
		if value, ok := v.Options[o.Code]; !ok || !o.has(value) {
			c.Refuse(at+"options", "catalog.option_missing", fault.Args{"option": o.Code})
		}
	}
	if len(v.Options) > len(p.Options) {
		c.Refuse(at+"options", "catalog.option_unknown", nil)
	}
	key := OptionKey(v.Options)
	if seen[key] {
		c.Refuse(at+"options", ErrSameOptions.Key(), nil)
	}
	seen[key] = true
}

// isVariantField tells whether a field that Check names is one of a variant.
func isVariantField(name string) bool { return strings.HasPrefix(name, "variants.") }

func (o Option) has(code string) bool {
	for _, v := range o.Values {
		if v.Code == code {
			return true
		}
	}
	return false
}
