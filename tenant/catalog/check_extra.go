package catalog

import (
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

// maxPercent is ten times the price: what is more was meant as an amount.
var maxPercent = decimal.New(1000, 0)

func (p *Product) checkExtras(c *form.Checker) {
	if len(p.Extras) > MaxExtras {
		c.Refuse("extras", "form.too_many", fault.Args{"max": MaxExtras})
	}
	codes := map[string]bool{}
	for _, o := range p.Options {
		codes[o.Code] = true
	}
	for i := range p.Extras {
		e, at := &p.Extras[i], "extras."+strconv.Itoa(i)
		if e.Code == "" || codes[e.Code] {
			c.Refuse(at, "catalog.option_code", nil)
		}
		codes[e.Code] = true
		if len(e.Values) == 0 {
			c.Refuse(at, "catalog.option_empty", nil)
		}
		if len(e.Values) > MaxValues {
			c.Refuse(at, "form.too_many", fault.Args{"max": MaxValues})
		}
		e.checkValues(c, at+".values.")
	}
}

func (e *Extra) checkValues(c *form.Checker, prefix string) {
	codes := map[string]bool{}
	for i, v := range e.Values {
		at := prefix + strconv.Itoa(i) + "."
		if v.Code == "" || codes[v.Code] {
			c.Refuse(at+"code", "catalog.option_code", nil)
		}
		codes[v.Code] = true
		checkPart(c, at+"fixed", v.Fixed, maxPrice)
		checkPart(c, at+"percent", v.Percent, maxPercent)
	}
}

// checkPart accepts what makes a unit dearer or leaves it as it is: an option that takes something off
// would be a discount no rule of discounts knows of.
func checkPart(c *form.Checker, at string, n, most decimal.Decimal) {
	switch {
	case n.IsNegative():
		c.Refuse(at, form.KeyTooSmall, fault.Args{"min": 0})
	case n.GreaterThan(most):
		c.Refuse(at, form.KeyTooLarge, fault.Args{"max": most})
	case !n.Equal(n.Truncate(money.MaxPlaces)):
		c.Refuse(at, form.KeyDecimals, fault.Args{"max": money.MaxPlaces})
	}
}
