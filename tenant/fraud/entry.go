package fraud

import (
	"net/netip"
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/form"
)

// EntryKind is what an entry of the merchant's list names. The words are stored.
type EntryKind string

// The kinds.
const (
	ByMail    EntryKind = "mail"
	ByDomain  EntryKind = "domain"  // of a mail address, with those below it
	ByPhone   EntryKind = "phone"   // however it is written
	ByAddress EntryKind = "address" // postcode and street
	ByNetwork EntryKind = "network" // an address of the net, or a range: 203.0.113.0/24
)

// EntryKinds lists them.
func EntryKinds() []EntryKind {
	return []EntryKind{ByMail, ByDomain, ByPhone, ByAddress, ByNetwork}
}

// Verdict is whether the merchant believes whom an entry names. The words are stored.
type Verdict string

// The verdicts.
const (
	Deny  Verdict = "deny"
	Allow Verdict = "allow"
)

// Entry is a line of the merchant's list.
type Entry struct {
	Verdict Verdict   `json:"verdict"`
	Kind    EntryKind `json:"kind"`
	Value   string    `json:"value"`
}

var domainName = regexp.MustCompile(`^([\p{L}\d]([\p{L}\d-]*[\p{L}\d])?\.)+\p{L}[\p{L}\d-]*[\p{L}\d]$`)

func isDomain(text string) bool { return domainName.MatchString(text) }

func (e Entry) check(c *form.Checker, at string) {
	c.Required(at+"verdict", string(e.Verdict))
	c.Required(at+"kind", string(e.Kind))
	c.Required(at+"value", e.Value)
	c.OneOf(at+"verdict", string(e.Verdict), string(Deny), string(Allow))
	c.OneLine(at+"value", e.Value, maxValue)
	if e.Value == "" || c.Failed(at+"value") {
		return
	}
	const leastDigits, leastLetters = 6, 6
	switch e.Kind {
	case ByMail:
		c.Email(at+"value", e.Value)
	case ByDomain:
		if !isDomain(strings.TrimPrefix(e.Value, "@")) {
			c.Refuse(at+"value", "fraud.error.domain", map[string]any{"value": brief(e.Value)})
		}
	case ByPhone:
		if len(phoneKey(e.Value)) < leastDigits {
			c.Refuse(at+"value", "form.phone", nil)
		}
	case ByAddress:
		if len(placeKey(e.Value)) < leastLetters {
			c.Refuse(at+"value", "fraud.error.address", nil)
		}
	case ByNetwork:
		switch p, ok := parseNetwork(e.Value); {
		case !ok:
			c.Refuse(at+"value", "fraud.error.network", nil)
		case tooWide(p):
			c.Refuse(at+"value", "fraud.error.network_wide", map[string]any{"v4": widest4, "v6": widest6})
		}
	default:
		c.OneOf(at+"kind", string(e.Kind), "mail", "domain", "phone", "address", "network")
	}
}

// The widest ranges of IPv4 and IPv6 that may be listed: what is wider names half the world and holds every order.
const widest4, widest6 = 8, 16

func tooWide(p netip.Prefix) bool {
	if p.Addr().Is4() {
		return p.Bits() < widest4
	}
	if p.Addr().Is4In6() { // ::ffff:0:0/96 is all of IPv4
		const mapped = 96
		return p.Bits() < mapped+widest4
	}
	return p.Bits() < widest6
}

// brief is the beginning of what was typed, for a message.
func brief(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// parseNetwork reads an address or a range.
func parseNetwork(text string) (netip.Prefix, bool) {
	text = strings.TrimSpace(text)
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(text); err == nil {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

// meets tells whether the entry names somebody of the case.
func (e Entry) meets(c Case) bool {
	switch e.Kind {
	case ByMail:
		return MailKey(c.Mail) == MailKey(e.Value)
	case ByDomain:
		return under(domainOf(c.Mail), strings.ToLower(strings.TrimPrefix(e.Value, "@")))
	case ByPhone:
		key := phoneKey(e.Value)
		for _, phone := range c.phones() {
			if phoneKey(phone) == key {
				return true
			}
		}
	case ByAddress:
		key := placeKey(e.Value)
		return key == Place(c.Delivery) || key == Place(c.Billing)
	case ByNetwork:
		p, ok := parseNetwork(e.Value)
		return ok && c.Client.IsValid() && p.Contains(c.Client.Unmap())
	}
	return false
}

// listed is what the merchant's list says of a case: who is to be believed comes first.
func (r Rules) listed(c Case) (Reason, bool) {
	for _, v := range []struct {
		verdict Verdict
		rule    Rule
	}{{Allow, Allowed}, {Deny, Denied}} {
		for _, e := range r.List {
			if e.Verdict == v.verdict && e.meets(c) {
				return Reason{Code: v.rule, Args: map[string]string{"value": e.Value}}, true
			}
		}
	}
	return Reason{}, false
}
