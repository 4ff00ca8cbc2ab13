package discount

import (
	"strconv"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// checker collects what is wrong with one rule.
type checker struct {
	form.Checker
	rule     *Rule
	currency money.Currency
}

// Check refuses a rule that makes no sense in a shop with that management
// currency: fault.Malformed with the fields named by their place in the JSON form,
// such as "scale.tiers.1.from". What makes sense and is odd is told by [Warnings].
func (r *Rule) Check(cur money.Currency) error {
	c := checker{rule: r, currency: cur}
	c.Required("id", r.ID)
	if r.Name.IsZero() {
		c.Refuse("name", form.KeyRequired, nil)
	}
	c.scope()
	c.scale()
	c.codes()
	if !r.Until.IsZero() && !r.From.Before(r.Until) {
		c.Refuse("until", "discount.error.until", nil)
	}
	if err := c.zones(); err != nil {
		return err
	}
	c.price("minimum.amount", r.Minimum.Price, r.Minimum != Minimum{})
	for _, limit := range []struct {
		name string
		n    int64
	}{{"limits.total", r.Limits.Total}, {"limits.per_customer", r.Limits.PerCustomer}} {
		if limit.n < 0 {
			c.Refuse(limit.name, form.KeyTooSmall, fault.Args{"min": 0})
		}
	}
	c.OneOf("combine", string(r.Combine), string(WithAll), string(NoCoupons), string(Alone))
	return c.Err()
}

func (c *checker) scope() {
	s := c.rule.Scope
	c.Required("scope.of", string(s.Of))
	c.OneOf("scope.of", string(s.Of), string(Order), string(Articles), string(Families))
	switch {
	case s.Of == Order && len(s.Members) > 0:
		c.Refuse("scope.members", "discount.error.members_of_order", nil)
	case s.Of != Order && len(s.Members) == 0:
		c.Refuse("scope.members", "discount.error.no_members", nil)
	}
	for i, m := range s.Members {
		c.Required("scope.members."+strconv.Itoa(i), m)
	}
}

// scale checks what is taken off, and from what on.
func (c *checker) scale() {
	r, s := c.rule, c.rule.Scale
	if len(s.Tiers) == 0 {
		if s.By != "" || s.Per != PerOrder {
			c.Refuse("scale.tiers", "discount.error.no_tiers", nil)
		}
		c.off("off", r.Off)
		return
	}
	if r.Off != (Off{}) {
		c.off("off", r.Off)
	}
	c.Required("scale.by", string(s.By))
	c.OneOf("scale.by", string(s.By), string(Value), string(Quantity))
	c.OneOf("scale.per", string(s.Per), string(PerArticle), string(PerFamily))
	switch {
	case s.Per != PerOrder && (s.By == Value || r.Ships()):
		c.Refuse("scale.per", "discount.error.per_order", nil)
	case s.Per == PerFamily && r.Scope.Of != Families:
		c.Refuse("scale.per", "discount.error.per_family", nil)
	}
	for i, t := range s.Tiers {
		at := "scale.tiers." + strconv.Itoa(i)
		c.off(at+".off", t.Off)
		switch {
		case !t.From.IsPositive():
			c.Refuse(at+".from", "discount.error.zero", nil)
		case s.By == Quantity && !t.From.IsInteger():
			c.Refuse(at+".from", form.KeyWhole, nil)
		case i > 0 && !t.From.GreaterThan(s.Tiers[i-1].From):
			c.Refuse(at+".from", "discount.error.not_rising", nil)
		}
		if (t.Off.Kind == FreeShipping) != r.Ships() {
			c.Refuse(at+".off.kind", "discount.error.mixed", nil)
		}
	}
	if r.Off.Kind == FreeShipping {
		c.Refuse("off.kind", "discount.error.mixed", nil) // nothing is left for the tiers
	}
}

var hundred = decimal.NewFromInt(100)

func (c *checker) off(at string, o Off) {
	switch o.Kind {
	case Rate:
		if !o.Rate.Percent().IsPositive() || o.Rate.Percent().GreaterThan(hundred) {
			c.Refuse(at+".rate", "discount.error.rate", nil)
		}
	case Amount:
		c.price(at+".price", o.Price, true)
	case FreeShipping:
	case "":
		c.Refuse(at+".kind", form.KeyRequired, nil)
	default:
		c.Refuse(at+".kind", form.KeyChoice, nil)
	}
	if o.Kind != Rate && !o.Rate.IsZero() || o.Kind != Amount && o.Price != (pricing.Price{}) {
		c.Refuse(at+".kind", "discount.error.two_kinds", nil)
	}
}

// price checks an amount that must be above zero when it is given.
func (c *checker) price(at string, p pricing.Price, given bool) {
	switch {
	case !given:
	case p.Amount.Currency() != c.currency:
		c.Refuse(at, "discount.error.currency", fault.Args{"currency": c.currency.Code()})
	case !p.Amount.IsPositive():
		c.Refuse(at, "discount.error.zero", nil)
	case !p.Amount.Equal(p.Amount.Round(money.HalfUp)):
		c.Refuse(at, form.KeyDecimals, fault.Args{"max": int(c.currency.Digits())})
	}
}

func (c *checker) codes() {
	seen := make(map[string]bool, len(c.rule.Codes))
	for i, text := range c.rule.Codes {
		at, code := "codes."+strconv.Itoa(i), Code(text)
		c.Required(at, code)
		if seen[code] {
			c.Refuse(at, "discount.error.code_twice", fault.Args{"code": shown(code)})
		}
		seen[code] = true
		if utf8.RuneCountInString(code) > MaxCode {
			c.Refuse(at, form.KeyTooLong, fault.Args{"max": MaxCode})
		}
	}
}

// zones lets shipping check them, which it does when it opens a mode: one that
// needs no values will do.
func (c *checker) zones() error {
	_, err := shipping.Builtin().Open(c.currency, shipping.Mode{ID: "zones", Calculator: "included", Zones: c.rule.Zones})
	if err == nil {
		return nil
	}
	return c.Add("", err)
}
