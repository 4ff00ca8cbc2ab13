package payment

import (
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Brand is a bank's product as merchants know it. A family is code, a brand is a row of data: its key is the
// kind that is stored with modes and payments, so that every name a merchant may have on his contract
// can be chosen and stays what it was when its bank is sold.
type Brand struct {
	Key    string // as Gateway.Key
	Family string // the package that speaks for it
	Name   string // a proper name, the same in every language
	Bank   string // whose customers have it, "" where it is nobody's bank
	// Live and Test are the bank's hosts by what they are for, the first of each to be tried first. The
	// words are the family's.
	Live, Test map[string][]string
	// Locales are the languages of the bank's page; nil for those of the family.
	Locales []i18n.Locale
	// Currencies it takes; nil for those of the family.
	Currencies []money.Currency
	Status     Status
	// Next is the brand that took over, of one that is no longer sold.
	Next string
	// Office is where a merchant finds a payment in the bank's own office, or at least the office; nil where no address is
	// known. "" for a payment it does not know.
	Office func(Payment) string
	// Fields are those of the family's form it uses; nil for all.
	Fields []string
}

// Status is what became of a brand.
type Status string

// The statuses.
const (
	Alive   Status = "alive"
	Renamed Status = "renamed" // the contract goes on under another name
	Dead    Status = "dead"    // no longer sold; AskKey says what to ask the bank for
)

// Hosts are those for something, in test or live mode.
func (b Brand) Hosts(test bool, what string) []string {
	if test {
		return b.Test[what]
	}
	return b.Live[what]
}

// Speaks is the language of the bank's page that is nearest to l.
func (b Brand) Speaks(l i18n.Locale) i18n.Locale { return i18n.Match(string(l), b.Locales) }

// Uses tells whether the brand uses a field of the family's form.
func (b Brand) Uses(field string) bool { return b.Fields == nil || slices.Contains(b.Fields, field) }

// AskKey is the message that tells a merchant what to ask his bank, of a brand that is not Alive.
func (b Brand) AskKey() string { return "payment.brand." + b.Key + ".ask" }

// Branded is a Gateway that stands for one brand of its family.
type Branded interface {
	Brand() Brand
}

// check finds a mistake in a row.
func (b Brand) check(key string) error {
	switch {
	case b.Key != key:
		return fmt.Errorf("brand %q", b.Key)
	case b.Family == "" || b.Name == "":
		return fmt.Errorf("brand without a family or a name")
	case b.Status != Alive && b.Status != Renamed && b.Status != Dead:
		return fmt.Errorf("brand of status %q", b.Status)
	}
	return nil
}

// Brands lists the brands a merchant can choose from, in the order of Keys: "my bank is …".
func (g *Gateways) Brands() []Brand {
	var list []Brand
	for _, key := range g.order {
		if b, ok := g.Brand(key); ok {
			list = append(list, b)
		}
	}
	return list
}

// Brand is the brand stored as that kind, false when the kind is of no bank.
func (g *Gateways) Brand(kind string) (Brand, bool) {
	if branded, ok := g.byKey[kind].(Branded); ok {
		return branded.Brand(), true
	}
	return Brand{}, false
}
