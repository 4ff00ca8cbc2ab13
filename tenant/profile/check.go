package profile

import (
	"regexp"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Limits of what can be typed.
const (
	maxProfiles = 50
	maxName     = 80
	maxText     = 300
)

// maxMinimum is far above any order: a slip of the keyboard closes no shop.
var maxMinimum = decimal.NewFromInt(1_000_000_000)

var codeForm = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$`)

// Check refuses a book that could not be obeyed: fault.Malformed with fields such as "profiles.2.names".
func (b Book) Check() error {
	var c form.Checker
	if b.Choose != "" {
		c.OneOf("choose", string(b.Choose), string(Never), string(OnPrice), string(OnEntry))
	}
	if len(b.Profiles) > maxProfiles {
		c.Refuse("profiles", form.KeyTooMany, fault.Args{"max": maxProfiles})
	}
	seen := map[Code]bool{}
	for i := range b.Profiles {
		p := &b.Profiles[i]
		at := "profiles." + strconv.Itoa(i) + "."
		if seen[p.Code] {
			c.Refuse(at+"code", "profile.error.code_twice", nil)
		}
		seen[p.Code] = true
		p.check(&c, at)
	}
	return c.Err()
}

// Check is the check of one profile by itself, with fields such as "names".
func (p *Profile) Check() error {
	var c form.Checker
	p.check(&c, "")
	return c.Err()
}

func (p *Profile) check(c *form.Checker, at string) {
	c.OneOf(at+"kind", string(p.Kind), string(KindAnonymous), string(KindPublic), string(KindPrivate))
	switch {
	case p.Code == Anonymous && p.Kind != KindAnonymous:
		c.Refuse(at+"code", "profile.error.reserved", fault.Args{"code": string(p.Code)})
	case !codeForm.MatchString(string(p.Code)) || p.Kind == KindAnonymous && p.Code != Anonymous:
		c.Refuse(at+"code", "profile.error.code", nil)
	}
	if p.Kind == KindAnonymous && !p.Active {
		c.Refuse(at+"active", "profile.error.anonymous", nil)
	}
	if p.Kind != KindAnonymous && p.Names.IsZero() {
		c.Refuse(at+"names", form.KeyRequired, nil)
	}
	for l, text := range p.Names {
		c.OneLine(at+"names."+string(l), text, maxName)
	}
	for l, text := range p.Texts {
		c.OneLine(at+"texts."+string(l), text, maxText)
	}
	for field, side := range map[string]pricing.Side{"goods": p.Goods, "shipping": p.Shipping, "minimum.side": p.Minimum.Side} {
		if side != "" {
			c.OneOf(at+field, string(side), string(pricing.Net), string(pricing.Gross))
		}
	}
	checkCountries(c, at+"bill_to", p.BillTo)
	checkCountries(c, at+"send_to", p.SendTo)
	c.Range(at+"minimum.amount", p.Minimum.Amount, decimal.Zero, maxMinimum)
	if !p.Minimum.Amount.Equal(p.Minimum.Amount.Truncate(money.MaxPlaces)) {
		c.Refuse(at+"minimum.amount", form.KeyDecimals, fault.Args{"max": money.MaxPlaces})
	}
}

func checkCountries(c *form.Checker, field string, list []string) {
	for _, country := range list {
		if country != Union && !address.IsCountry(country) {
			c.Refuse(field, form.KeyCountry, nil)
			return
		}
	}
}
