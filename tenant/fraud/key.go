package fraud

import (
	"net/netip"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"echoppe.dev/platform/kit/address"
)

// What of an IPv4 and of an IPv6 address names its network.
const (
	bits4 = 24
	bits6 = 48
)

// Network is the neighbourhood of a client's address, a /24 or a /48; "" for one that is not known, and for one of
// a private network, which says only that somebody else stands before us.
func Network(client netip.Addr) string {
	client = client.Unmap()
	if !client.IsValid() || !client.IsGlobalUnicast() || client.IsPrivate() {
		return ""
	}
	bits := bits6
	if client.Is4() {
		bits = bits4
	}
	return netip.PrefixFrom(client.WithZone(""), bits).Masked().String()
}

// MailKey is a mail address however it is written: "Zoe+shop@Example.com" is "zoe@example.com".
func MailKey(mail string) string {
	mail = strings.ToLower(strings.TrimSpace(mail))
	name, domain, ok := strings.Cut(mail, "@")
	if !ok {
		return mail
	}
	name, _, _ = strings.Cut(name, "+")
	return name + "@" + domain
}

func domainOf(mail string) string {
	_, domain, _ := strings.Cut(strings.ToLower(strings.TrimSpace(mail)), "@")
	return domain
}

// under tells whether a domain is another one or below it.
func under(domain, above string) bool {
	return above != "" && (domain == above || strings.HasSuffix(domain, "."+above))
}

// phoneDigits is how many digits at the end tell numbers apart, whether or not the country stands before them.
const phoneDigits = 9

// phoneKey is a phone number however it is written: "+33 6 12 34 56 78" and "06 12 34 56 78" are the same.
func phoneKey(phone string) string {
	digits := strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone), "0")
	if len(digits) > phoneDigits {
		digits = digits[len(digits)-phoneDigits:]
	}
	return digits
}

// placeKey is the letters and digits of a text, without case, accents and what stands between them.
func placeKey(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(text))
}

// Place is a door by its postcode and street; "" for an address that does not say them.
func Place(a address.Address) string {
	if a.Line1 == "" {
		return ""
	}
	return placeKey(a.Postcode + a.Line1)
}

func (c Case) phones() []string {
	var list []string
	for _, phone := range []string{c.Phone, c.Delivery.Phone, c.Billing.Phone} {
		if phone != "" {
			list = append(list, phone)
		}
	}
	return list
}

// Sign is one thing by which an order can be known again elsewhere.
type Sign struct{ Kind, Value string }

// Signs are those of a case: mail address, phone numbers, network and where it goes. An address of a relay point would
// accuse everybody who fetches parcels there, so the door counts only where the parcel goes to who is billed.
func (c Case) Signs() []Sign {
	var list []Sign
	add := func(kind, value string) {
		if value == "" {
			return
		}
		for _, s := range list {
			if s == (Sign{kind, value}) {
				return
			}
		}
		list = append(list, Sign{kind, value})
	}
	add("mail", MailKey(c.Mail))
	for _, phone := range c.phones() {
		add("phone", phoneKey(phone))
	}
	add("network", Network(c.Client))
	if door := Place(c.Billing); door != "" && (c.Delivery.IsZero() || Place(c.Delivery) == door) {
		add("address", c.Billing.Country+door)
	}
	return list
}
