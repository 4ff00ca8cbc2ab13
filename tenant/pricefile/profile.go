package pricefile

import (
	"maps"
	"slices"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
)

// Profile is what a category of customers sees and may do, as far as a price shows it. Where its bills may go
// is no part of a price.
type Profile struct {
	// Goods and Shipping are the sides prices are shown on, those of the basket when empty.
	Goods    pricing.Side `json:"goods,omitempty"`
	Shipping pricing.Side `json:"shipping,omitempty"`
	// Minimum is the least it orders.
	Minimum profile.Minimum `json:"minimum,omitzero"`
	// Payments and Carriages are the modes it may use, by method and id; all when there are none.
	Payments  []string `json:"payments,omitempty"`
	Carriages []string `json:"carriages,omitempty"`
	// SendTo are the countries its parcels may go to, EU for all of the Union; all when there are none.
	SendTo []string `json:"send_to,omitempty"`
}

// Barred is a mode of the file that the profile may not use.
type Barred struct {
	Kind   pricing.Kind   `json:"kind"` // shipping, or fee for a way to pay
	Mode   string         `json:"mode"`
	Reason pricing.Reason `json:"reason"`
}

// The reasons.
const (
	keyCarriage = "price_file.carriage" // mode, profile
	keyPayment  = "price_file.payment"  // mode, profile
)

// Choices of the basket that name nothing of the file.
const (
	keyNoProfile  = "price_file.unknown_profile"  // profile
	keyNoCarriage = "price_file.unknown_carriage" // mode
	keyNoPayment  = "price_file.unknown_payment"  // mode
)

// choices refuses a basket that names a profile or a mode the file does not bring: a name that is misspelt must
// not be priced as if nothing had been chosen. Where the file knows no profiles, that of the basket is a name
// discounts may ask for. It is asked of what was written by somebody: in a shop a mode or a profile may go while
// it is chosen, and then the price says so.
func (f *File) choices() error {
	var c form.Checker
	b := &f.Basket
	if _, known := f.Rules.Profiles[b.Profile]; !known && len(f.Rules.Profiles) > 0 && b.Profile != "" && b.Profile != string(profile.Anonymous) {
		c.Refuse("basket.profile", keyNoProfile, fault.Args{"profile": b.Profile})
	}
	if mode := b.Shipping.Mode; mode != "" && !slices.ContainsFunc(f.Rules.Shipping, func(m shipping.Mode) bool { return m.ID == mode }) {
		c.Refuse("basket.shipping.mode", keyNoCarriage, fault.Args{"mode": mode})
	}
	if mode := b.Payment.Method; mode != "" && !slices.ContainsFunc(f.Rules.Payment, func(t pricing.Tender) bool { return t.Method == mode }) {
		c.Refuse("basket.payment.method", keyNoPayment, fault.Args{"mode": mode})
	}
	return c.Err()
}

// who is the profile of the basket; nil where the file knows no profiles. As in a shop, a code that is gone is
// the anonymous profile.
func (f *File) who() (*profile.Profile, error) {
	if len(f.Rules.Profiles) == 0 {
		return nil, nil
	}
	var c form.Checker
	var book profile.Book
	for _, code := range slices.Sorted(maps.Keys(f.Rules.Profiles)) {
		p := f.Rules.Profiles[code].profile(profile.Code(code))
		if err := p.Check(); err != nil {
			if err := c.Add("rules.profiles."+code+".", err); err != nil {
				return nil, err
			}
		}
		book.Profiles = append(book.Profiles, p)
	}
	return book.Find(profile.Code(f.Basket.Profile)), c.Err()
}

func (p Profile) profile(code profile.Code) profile.Profile {
	kind := profile.KindPrivate
	if code == profile.Anonymous {
		kind = profile.KindAnonymous
	}
	return profile.Profile{Code: code, Kind: kind, Active: true, Names: i18n.Text{i18n.English: string(code)}, Goods: p.Goods, Shipping: p.Shipping,
		Minimum: p.Minimum, Payments: p.Payments, Carriages: p.Carriages, SendTo: p.SendTo}
}

// barred are the modes of the file that the profile may not use.
func (f *File) barred(who *profile.Profile) []Barred {
	if who == nil {
		return nil
	}
	var list []Barred
	for _, m := range f.Rules.Shipping {
		if !who.Receives(m.ID) {
			list = append(list, Barred{pricing.Shipping, m.ID, why(keyCarriage, m.ID, who).Named(m.Name)})
		}
	}
	for _, m := range f.Rules.Payment {
		if !who.Pays(m.Method) {
			list = append(list, Barred{pricing.Fee, m.Method, why(keyPayment, m.Method, who).Named(m.Name)})
		}
	}
	return list
}

func why(key, mode string, who *profile.Profile) pricing.Reason {
	return pricing.Because(key, pricing.Args{"mode": mode, "profile": string(who.Code)})
}

// permits is the step that refuses a chosen mode the profile may not use, as the checkout does. It changes no
// amount.
type permits struct{ *profile.Profile }

// Key is that of the profile's other refusals.
func (permits) Key() string { return profile.GateKey }

// Apply refuses.
func (p permits) Apply(s *pricing.Sheet) error {
	b := s.Basket()
	if mode := b.Shipping.Mode; mode != "" && b.NeedsShipping() && !p.Receives(mode) {
		s.Refuse("shipping:"+mode, why(keyCarriage, mode, p.Profile), true)
	}
	if mode := b.Payment.Method; mode != "" && !p.Pays(mode) {
		s.Refuse("payment:"+mode, why(keyPayment, mode, p.Profile), true)
	}
	return nil
}

var _ pricing.Step = permits{}
