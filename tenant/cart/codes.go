package cart

import (
	"context"
	"slices"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
)

// ErrCodes refuses one code more than MaxCodes.
var ErrCodes = fault.New(fault.Conflict, "cart.codes_full") // max

// CodeField is the field that refusals of a code are about.
const CodeField = "code"

// keyUnknown is the refusal of package discount for a code nobody has issued. Such a code is not kept:
// what was typed stands in the field again, to be mended.
const keyUnknown = "discount.unknown_code"

// keyWaiting is the remark of package discount about a code that will count once a shipping mode is
// chosen.
const keyWaiting = "discount.waiting"

// AddCode adds a coupon code to the cart (DSC-03). A code that is there already changes nothing. One
// that is known and not given yet is kept: why stands in the price, and it is given as soon as nothing
// stands in its way any more.
//
// Errors: fault.Malformed with CodeField for no code, one that is too long, one the shop does not know;
// ErrCodes.
func (s *Carts) AddCode(ctx context.Context, shop *tenant.Shop, r Reader, text string) (Kept, error) {
	return s.change(ctx, shop, r, func(tx tenant.Tx, c *Cart) error {
		code, err := c.addCode(text)
		if err != nil {
			return err
		}
		c.Profile = r.Profile
		v, err := s.pricer.Price(tx, c, r.Locale)
		if err != nil {
			return err
		}
		if why := v.Refusal(code); why != nil && why.Key == keyUnknown {
			return fault.Invalid(fault.Field{Name: CodeField, Key: why.Key, Args: fault.Args(why.Args)})
		}
		return nil
	})
}

// RemoveCode takes a code out of the cart; one that is not there changes nothing.
func (s *Carts) RemoveCode(ctx context.Context, shop *tenant.Shop, r Reader, code string) (Kept, error) {
	return s.change(ctx, shop, r, func(_ tenant.Tx, c *Cart) error {
		c.Codes = slices.DeleteFunc(c.Codes, func(x string) bool { return x == discount.Code(code) })
		return nil
	})
}

// addCode adds a code as it was typed, and tells how it is kept.
func (c *Cart) addCode(text string) (string, error) {
	var check form.Checker
	code := discount.Code(text)
	check.Required(CodeField, code)
	check.MaxLen(CodeField, code, discount.MaxCode)
	check.Text(CodeField, code)
	if err := check.Err(); err != nil {
		return "", err
	}
	if slices.Contains(c.Codes, code) {
		return code, nil
	}
	if len(c.Codes) >= MaxCodes {
		return "", ErrCodes.With(fault.Args{"max": MaxCodes}).On(CodeField)
	}
	c.Codes = append(c.Codes, code)
	return code, nil
}
