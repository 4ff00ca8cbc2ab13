package payment

import (
	"encoding/json"
	"strings"

	"golang.org/x/text/language"
)

// Card is what a bank tells of what was paid with: no more than stands on a receipt (PCI DSS 3.4), never a number. Every
// field may be empty.
type Card struct {
	Brand   string `json:"brand,omitempty"`   // as the bank writes it: "VISA", "CB", "SEPA"
	Last    string `json:"last,omitempty"`    // last digits, 2 to 4 of them
	Expiry  string `json:"expiry,omitempty"`  // "MM/YY"
	Country string `json:"country,omitempty"` // where it was issued, ISO 3166-1 alpha-2
	Issuer  string `json:"issuer,omitempty"`  // the bank that issued it, as the bank writes it
	Auth    string `json:"auth,omitempty"`    // authorisation code of the buyer's bank
}

// maxCardText bounds what a bank calls brands and banks.
const maxCardText = 60

// clean keeps what fits and what has the shape of what it is said to be.
func (c Card) clean() Card {
	for _, text := range []*string{&c.Brand, &c.Issuer, &c.Auth} {
		*text = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(*text, ""), "\x00", ""))
		if r := []rune(*text); len(r) > maxCardText {
			*text = string(r[:maxCardText])
		}
		*text = cardLike.ReplaceAllStringFunc(*text, maskCard)
	}
	c.Last, c.Country = LastDigits(c.Last), CountryCode(c.Country)
	return c
}

// with is what is known after a bank said more.
func (c Card) with(more Card) Card {
	for _, f := range []struct{ to, from *string }{{&c.Brand, &more.Brand}, {&c.Last, &more.Last}, {&c.Expiry, &more.Expiry},
		{&c.Country, &more.Country}, {&c.Issuer, &more.Issuer}, {&c.Auth, &more.Auth}} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	return c
}

// LastDigits are the up to four digits a masked number ends in; "" for anything that has fewer than two.
func LastDigits(masked string) string {
	masked = strings.TrimSpace(masked)
	at := len(masked)
	for at > 0 && len(masked)-at < 4 && masked[at-1] >= '0' && masked[at-1] <= '9' {
		at--
	}
	if len(masked)-at < 2 {
		return ""
	}
	return masked[at:]
}

// CountryCode is a country as ISO 3166-1 alpha-2, from the alpha-2, the alpha-3 or the number banks write; "" for none.
func CountryCode(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	region, err := language.ParseRegion(text)
	if err != nil || !region.IsCountry() {
		return ""
	}
	return region.String()
}

// ExpiryOf is "MM/YY", from the month and the year (of two or four digits) as digits; "" when they are none.
func ExpiryOf(month, year string) string {
	if len(month) == 1 {
		month = "0" + month
	}
	if len(year) == 4 {
		year = year[2:]
	}
	if len(month) != 2 || len(year) != 2 || month < "01" || month > "12" || strings.Trim(month+year, "0123456789") != "" {
		return ""
	}
	return month + "/" + year
}

func (c Card) document() (*string, error) {
	if c == (Card{}) {
		return nil, nil
	}
	b, err := json.Marshal(c)
	text := string(b)
	return &text, err
}

// readCard reads what document gives; what cannot be read tells nothing.
func readCard(text *string) (c Card) {
	if text != nil {
		_ = json.Unmarshal([]byte(*text), &c) // a card is only told
	}
	return c
}
