package discount

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// Names look up what the members of a rule are called; an empty text means that
// there is no such thing any more. A nil function knows nothing and finds
// everything: the ID then stands for the name.
type Names struct{ Article, Family, Profile func(id string) i18n.Text }

// Voice is how to speak to a merchant. The catalogue must hold the words of
// [Locales].
type Voice struct {
	Catalog  *i18n.Catalog
	Locale   i18n.Locale
	Currency money.Currency // of the values in scales
	Names    Names
}

// Sentence says in one sentence what the rule does, for the merchant who wrote it.
func (r *Rule) Sentence(v Voice) string {
	s := sentence{r, v}
	return s.say("discount.sentence", pricing.Args{
		"off": s.off(), "scope": s.scope(), "who": s.who(), "where": s.where(), "when": s.when(),
		"if": s.conditions(), "code": s.code(), "together": s.together(),
	})
}

// sentence puts a rule together in one language.
type sentence struct {
	*Rule
	Voice
}

func (s sentence) say(key string, args pricing.Args) string { return s.Catalog.T(s.Locale, key, args) }

// maxNamed is how many names a sentence lists; of more it says how many there are.
const maxNamed = 4

func (s sentence) list(key string, ids []string, name func(string) i18n.Text) string {
	if len(ids) > maxNamed {
		return s.say(key+"_many", pricing.Args{"count": len(ids)})
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id
		if name == nil {
			continue
		}
		if t := name(id).In(s.Locale); t != "" {
			texts[i] = t
		}
	}
	return s.say(key, pricing.Args{"n": len(ids), "names": strings.Join(texts, ", ")})
}

// off lists what is taken off, tier by tier.
func (s sentence) off() string {
	if s.Ships() && len(s.Scale.Tiers) == 0 {
		return s.say("discount.says.shipping", nil)
	}
	var parts []string
	if s.Off.Kind != "" {
		parts = append(parts, s.amount(&s.Off))
	}
	for i := range s.Scale.Tiers {
		t := &s.Scale.Tiers[i]
		key, args := "discount.says.from_quantity", pricing.Args{"off": s.amount(&t.Off), "count": t.From}
		if s.Scale.By == Value {
			key, args = "discount.says.from_value", pricing.Args{"off": s.amount(&t.Off), "value": money.New(t.From, s.Currency)}
		}
		parts = append(parts, s.say(key, args))
	}
	list := strings.Join(parts, ", ")
	if s.Ships() {
		return list
	}
	return s.say("discount.says.off", pricing.Args{"list": list})
}

func (s sentence) amount(o *Off) string {
	switch {
	case o.Kind == FreeShipping:
		return s.say("discount.says.shipping", nil)
	case o.Kind == Rate:
		return s.say("discount.says.rate", pricing.Args{"rate": o.Rate})
	case o.Price.IncludesTax:
		return s.say("discount.says.amount_gross", pricing.Args{"amount": o.Price.Amount})
	default:
		return s.say("discount.says.amount_net", pricing.Args{"amount": o.Price.Amount})
	}
}

func (s sentence) scope() string {
	key := "discount.says."
	if s.Ships() {
		key += "shipping_"
	}
	switch s.Scope.Of {
	case Articles:
		key = s.list(key+"articles", s.Scope.Members, s.Names.Article)
	case Families:
		key = s.list(key+"families", s.Scope.Members, s.Names.Family)
	case Order:
		if s.Ships() {
			return ""
		}
		key = s.say("discount.says.order", nil)
	}
	switch s.Scale.Per {
	case PerArticle:
		key += s.say("discount.says.per_article", nil)
	case PerFamily:
		key += s.say("discount.says.per_family", nil)
	case PerOrder:
	}
	return key
}

func (s sentence) who() string {
	if len(s.Profiles) == 0 {
		return ""
	}
	return s.list("discount.says.profiles", s.Profiles, func(id string) i18n.Text {
		if id == "" {
			return i18n.Text{s.Locale: s.say("discount.says.anonymous", nil)}
		}
		if s.Names.Profile == nil {
			return nil
		}
		return s.Names.Profile(id)
	})
}

func (s sentence) where() string {
	if len(s.Zones) == 0 {
		return ""
	}
	places := make([]string, len(s.Zones))
	for i, z := range s.Zones {
		places[i] = s.place(z)
	}
	return s.list("discount.says.zones", places, nil)
}

func (s sentence) place(z shipping.Zone) string {
	var name string
	switch z.Country {
	case shipping.Everywhere:
		name = s.say("discount.says.everywhere", nil)
	case shipping.Union:
		name = s.say("discount.says.union", nil)
	default:
		name = address.CountryName(s.Locale, z.Country)
	}
	parts := slices.Concat(z.Regions, z.Postcodes)
	if len(z.Except) > 0 { // in brackets, or the next place would read as excepted too
		parts = append(parts, s.say("discount.says.except", pricing.Args{"codes": strings.Join(z.Except, ", ")}))
	}
	if len(parts) > 0 {
		name += " (" + strings.Join(parts, ", ") + ")"
	}
	return name
}

func (s sentence) when() string {
	switch {
	case s.From.IsZero() && s.Until.IsZero():
		return ""
	case s.Until.IsZero():
		return s.say("discount.says.from", pricing.Args{"from": day(s.From)})
	case s.From.IsZero():
		return s.say("discount.says.until", pricing.Args{"until": lastDay(s.Until)})
	default:
		return s.say("discount.says.from_until", pricing.Args{"from": day(s.From), "until": lastDay(s.Until)})
	}
}

func (s sentence) conditions() string {
	var b strings.Builder
	if s.Minimum != (Minimum{}) {
		key := "discount.says.minimum_net"
		if s.Minimum.IncludesTax {
			key = "discount.says.minimum_gross"
		}
		b.WriteString(s.say(key, pricing.Args{"minimum": s.Minimum.Amount}))
		if s.Minimum.Before {
			b.WriteString(s.say("discount.says.before", nil))
		}
	}
	if s.CountBlocked {
		b.WriteString(s.say("discount.says.count_blocked", nil))
	}
	if s.FirstOrder {
		b.WriteString(s.say("discount.says.first_order", nil))
	}
	if s.Limits.Total > 0 {
		b.WriteString(s.say("discount.says.total", pricing.Args{"n": s.Limits.Total}))
	}
	if s.Limits.PerCustomer > 0 {
		b.WriteString(s.say("discount.says.per_customer", pricing.Args{"n": s.Limits.PerCustomer}))
	}
	return b.String()
}

func (s sentence) code() string {
	switch {
	case s.Issued:
		return s.say("discount.says.issued", nil)
	case len(s.Codes) > 0:
		return s.list("discount.says.codes", s.Codes, nil)
	default:
		return ""
	}
}

func (s sentence) together() string {
	var said string
	if s.Group != "" && (s.Combine == ByGroup || s.Combine == NoCoupons) {
		said = s.say("discount.says.group", pricing.Args{"group": s.Group})
	}
	switch s.Combine {
	case WithAll:
		said = s.say("discount.says.with_all", nil)
	case NoCoupons:
		said += s.say("discount.says.no_coupons", nil)
	case Alone:
		said = s.say("discount.says.alone", nil)
	case ByGroup:
	}
	return said
}
