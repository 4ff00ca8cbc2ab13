package payment

import (
	"maps"
	"slices"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/shipping"
)

// How much a merchant may write on a mode.
const (
	maxLabel = 80
	maxText  = 500
)

// sale is what the shop decided of its sales, the mode as it is stored, and the one that is to stand in for it; nil
// where that is not there.
type sale struct {
	home     string // country
	currency money.Currency
	before   Mode
	standIn  *Offer
}

// check reads a draft and gives the configuration, secrets included.
func check(d Draft, g Gateway, in sale, stored form.Values, secrets map[string]secret.Text) (form.Values, error) {
	var c form.Checker
	if d.Names.IsZero() {
		c.Refuse("names", form.KeyRequired, nil)
	}
	checkText(&c, "names", d.Names, maxLabel)
	checkText(&c, "texts", d.Texts, maxText)
	checkScope(&c, d.Scope, g.Capabilities())
	checkCost(&c, d, in.home, g.Capabilities().Law())
	checkStandIn(&c, d, g.Capabilities(), in)
	known := maps.Clone(stored)
	if known == nil {
		known = form.Values{}
	}
	for name, text := range secrets {
		known[name] = form.TextValue(text.Reveal())
	}
	config, err := g.Config().Revise(d.Locale, d.Config, known)
	if err == nil {
		if closer, ok := g.(Checker); ok {
			err = closer.CheckConfig(config)
		}
	}
	if err != nil {
		if err := c.Add("config.", err); err != nil {
			return nil, err
		}
	}
	if keyed, ok := g.(Keyed); ok && d.Active && err == nil {
		checkKeys(&c, config, keyed.Keys(config, d.Test), d.Test)
	}
	return config, c.Err()
}

// checkKeys refuses to offer buyers a mode whose bank could not be called.
func checkKeys(c *form.Checker, config form.Values, names []string, test bool) {
	why := "payment.key_needed_live"
	if test {
		why = "payment.key_needed_test"
	}
	for _, name := range names {
		if config.Text(name) == "" {
			c.Refuse("config."+name, why, nil)
		}
	}
}

func checkText(c *form.Checker, name string, t i18n.Text, max int) {
	for l, text := range t {
		if _, err := i18n.ParseLocale(string(l)); err != nil {
			c.Refuse(name, form.KeyChoice, nil)
			continue
		}
		c.Text(name+"."+string(l), text)
		c.MaxLen(name+"."+string(l), text, max)
	}
}

func checkScope(c *form.Checker, s Scope, can Capabilities) {
	shipping.CheckZones(c, "scope.", s.Zones)
	for _, code := range s.Currencies {
		if cur, err := money.ParseCurrency(code); err != nil || !can.Carries(cur) {
			c.Refuse("scope.currencies", "payment.not_carried", fault.Args{"currency": code})
		}
	}
	if s.Least != nil && s.Least.IsNegative() {
		c.Refuse("scope.least", form.KeyTooSmall, fault.Args{"min": 0})
	}
	switch {
	case s.Most == nil:
	case s.Most.IsNegative():
		c.Refuse("scope.most", form.KeyTooSmall, fault.Args{"min": 0})
	case s.Least != nil && s.Most.LessThan(*s.Least):
		c.Refuse("scope.most", form.KeyTooSmall, fault.Args{"min": *s.Least})
	}
	if s.Moment != "" && !slices.Contains(Moments(), s.Moment) {
		c.Refuse("scope.moment", form.KeyChoice, nil)
	}
}

// split takes the secret fields out of a configuration.
func split(s form.Schema, config form.Values) (public, secrets form.Values) {
	public, secrets = maps.Clone(config), form.Values{}
	for _, name := range s.Secrets() {
		if v, ok := public[name]; ok {
			secrets[name] = v
			delete(public, name)
		}
	}
	return public, secrets
}
