package tax

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
)

// Treatment names the answer of tax law for a basket. The words are stored with
// orders and decide what an invoice must say.
type Treatment string

const (
	Domestic      Treatment = "domestic"       // taxed at home
	Destination   Treatment = "destination"    // taxed where a consumer in the Union receives it
	BelowLimit    Treatment = "below_limit"    // a sale at a distance, taxed at home below the threshold
	ReverseCharge Treatment = "reverse_charge" // a business in another member state owes the tax
	Export        Treatment = "export"         // leaves the territory of the tax
	Unregistered  Treatment = "unregistered"   // the shop charges no tax
)

// Rules are a shop's settings made ready to decide. They are immutable, and the
// step that taxes a basket.
type Rules struct {
	settings Settings
	table    *Table
	home     address.Territory
	zone     *time.Location
}

// New checks settings and makes rules of them. The zone is where the days of the
// rates begin, UTC when nil. It returns fault.Malformed with the fields.
func New(s Settings, zone *time.Location) (*Rules, error) {
	var c form.Checker
	c.Required("home.country", s.Home.Country)
	c.OneOf("distance", string(s.Distance), string(AtDestination), string(AtHome))
	c.OneOf("keep", string(s.Keep), string(KeepGross), string(KeepNet))
	c.OneOf("verify", string(s.Verify), string(VerifyTrust), string(VerifyCharge))
	for i, row := range s.Own {
		at := "own." + strconv.Itoa(i) + "."
		c.Required(at+"territory", row.Territory)
		c.Required(at+"class", string(row.Class))
		c.Required(at+"from", row.From)
		c.Date(at+"from", row.From)
		c.Range(at+"rate", row.Rate.Percent(), decimal.Zero, decimal.NewFromInt(100))
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	if zone == nil {
		zone = time.UTC
	}
	home := address.VATTerritory(s.Home.Country, s.Home.Postcode)
	return &Rules{s, Builtin().With(s.Own...), home, zone}, nil
}

// Decision is what the rules say of one destination on one day.
type Decision struct {
	Treatment Treatment
	Territory string // whose rates apply, "" when none do
	table     *Table
	at        time.Time // in the zone of the shop
	day       string    // of at, as tables write it
	home      string
	taxed     bool // at Territory
	keepNet   bool
}

// Decide answers for a destination at an instant. Goods says whether something is
// carried there: Northern Ireland is in the Union for goods only.
func (r *Rules) Decide(to pricing.Destination, goods bool, at time.Time) Decision {
	there := r.home
	if to.Country != "" {
		there = address.VATTerritory(to.Country, to.Postcode)
	}
	if there.GoodsOnly && !goods {
		there = address.Territory{Country: "GB"}
	}
	at = at.In(r.zone)
	d := Decision{
		Treatment: r.treat(to, there), table: r.table,
		at: at, day: at.Format(time.DateOnly), home: key(r.home),
	}
	switch d.Treatment {
	case Domestic, BelowLimit:
		d.Territory, d.taxed = d.home, true
		if place := key(there); place != d.home && d.Treatment == Domestic && (place == corsica || d.home == corsica) {
			d.Territory, d.keepNet = place, r.settings.Keep == KeepNet
		}
	case Destination:
		d.Territory, d.taxed, d.keepNet = key(there), true, r.settings.Keep == KeepNet
	case ReverseCharge, Export, Unregistered:
	}
	return d
}

// corsica has rates for what is delivered there, be it sent from the mainland (CGI art. 297(I)(2)), and for
// nothing else: what leaves it is taxed as on the mainland. Other places with rates of their own have them for
// whoever is established there.
const corsica = "FR/corsica"

func (r *Rules) treat(to pricing.Destination, there address.Territory) Treatment {
	switch {
	case !r.settings.Registered:
		return Unregistered
	case sameTax(r.home, there):
		return Domestic
	case !r.home.Union || !there.Union:
		return Export
	case r.mayOwe(to, there) && r.believes(to):
		return ReverseCharge
	case r.settings.Distance == AtHome:
		return BelowLimit
	default:
		return Destination
	}
}

// mayOwe reports a business elsewhere in the Union with a well-formed number of the
// state the goods go to.
func (r *Rules) mayOwe(to pricing.Destination, there address.Territory) bool {
	return !r.settings.NoReverseCharge && to.Business && isNumberOf(there, to.VATNumber)
}

// believes reports that the number counts: the register knows it, or could not be
// asked and the merchant trusts it, or is not asked at all.
func (r *Rules) believes(to pricing.Destination) bool {
	if r.settings.Verify == VerifyNever {
		return true
	}
	switch to.Proof.About(address.CleanVATNumber(to.VATNumber)) {
	case pricing.VATValid:
		return true
	case pricing.VATInvalid:
		return false
	case pricing.VATUnknown:
	}
	return r.settings.Verify == VerifyTrust
}

// WantsProof is the VAT number to look up before a basket that goes there is
// priced, "" when nothing depends on it.
func (r *Rules) WantsProof(to pricing.Destination) string {
	if !to.Business || r.settings.Verify == VerifyNever || !r.Reverses(to) ||
		!isNumberOf(address.VATTerritory(to.Country, to.Postcode), to.VATNumber) {
		return ""
	}
	return address.CleanVATNumber(to.VATNumber)
}

// Reverses reports that a business there may owe the tax itself: elsewhere in the Union, from a shop that
// charges tax and sells so.
func (r *Rules) Reverses(to pricing.Destination) bool {
	if to.Country == "" || !r.settings.Registered || r.settings.NoReverseCharge || !r.home.Union {
		return false
	}
	there := address.VATTerritory(to.Country, to.Postcode)
	return there.Union && !sameTax(r.home, there)
}

// Idle reports a VAT number that changes nothing because of where the goods go: it is of another state than that, and
// only a business in the state of its number may owe the tax itself. Where there is no tax to be spared none is idle.
func (r *Rules) Idle(to pricing.Destination) bool {
	if to.Country == "" || !r.settings.Registered || r.settings.NoReverseCharge || !r.home.Union {
		return false
	}
	there := address.VATTerritory(to.Country, to.Postcode)
	return there.Union && to.Business && address.CheckVATNumber(to.VATNumber) && !isNumberOf(there, to.VATNumber)
}

// sameTax reports that two places are under the same tax: one state, both on the
// same side of the border of the Union's VAT, or one place with a tax of its own.
// Northern Ireland and Great Britain are one for a shop there.
func sameTax(home, there address.Territory) bool {
	if home.OwnTax || there.OwnTax {
		return home.OwnTax && there.OwnTax && key(home) == key(there)
	}
	return home.Country == there.Country && home.Union == there.Union ||
		country(home) == "GB" && country(there) == "GB"
}

// country is the state whose rates a territory uses.
func country(t address.Territory) string {
	if t.Country == "XI" {
		return "GB"
	}
	return t.Country
}

func key(t address.Territory) string {
	if t.Name == "" || t.Country == "XI" {
		return country(t)
	}
	return country(t) + "/" + t.Name
}

// TerritoryOf is whose rates hold in a place, as tables name it: "FR", "PT/azores".
func TerritoryOf(country, postcode string) string {
	return key(address.VATTerritory(country, postcode))
}

// isNumberOf reports a well-formed VAT number of that territory.
func isNumberOf(t address.Territory, number string) bool {
	return address.CheckVATNumber(number) &&
		strings.HasPrefix(address.CleanVATNumber(number), address.VATPrefix(t.Country))
}

// Duty is how a class of goods is taxed under the decision.
func (d Decision) Duty(class pricing.Class) pricing.Duty {
	if d.Treatment == Unregistered {
		return pricing.Duty{} // prices contain no tax: the shop charges none
	}
	var duty pricing.Duty
	if d.taxed {
		row, _ := d.table.Find(d.Territory, class, d.day)
		duty.Rate, duty.Inside = row.Rate, row.Rate
	}
	if !d.taxed || d.keepNet {
		row, _ := d.table.Find(d.home, class, d.day)
		duty.Inside = row.Rate
	}
	return duty
}

// Key is "tax".
func (*Rules) Key() string { return "tax" }

// Apply records the decision on the sheet. Where the table knows no rates the
// goods are not taxed, and staff finds that in the trace.
func (r *Rules) Apply(s *pricing.Sheet) error {
	b := s.Basket()
	d := r.Decide(b.Destination, b.NeedsShipping(), b.At)
	t := pricing.Taxation{Treatment: string(d.Treatment), Country: d.Territory, Reason: d.reason(b.Destination)}
	if r.WantsProof(b.Destination) != "" {
		t.Proof = b.Destination.Proof
	}
	s.SetTaxation(t, d.Duty)
	if p := t.Proof; p != nil {
		s.Remark(pricing.Staff, pricing.Because(proofKey(p.Verdict), pricing.Args{
			"number": p.Number, "day": i18n.DateText(p.At.In(r.zone), i18n.Long), "consultation": p.Consultation,
		}))
	}
	if _, known := r.table.Find(d.Territory, Standard, d.day); d.taxed && !known {
		s.Remark(pricing.Staff, pricing.Because("tax.no_rates", pricing.Args{"country": place(d.Territory), "day": d.written()}))
	}
	return nil
}

func proofKey(v pricing.Verdict) string {
	switch v {
	case pricing.VATValid:
		return "tax.proof.valid"
	case pricing.VATInvalid:
		return "tax.proof.invalid"
	case pricing.VATUnknown:
	}
	return "tax.proof.unknown"
}

func (d Decision) reason(to pricing.Destination) pricing.Reason {
	var args pricing.Args
	switch d.Treatment {
	case ReverseCharge:
		args = pricing.Args{"country": place(to.Country), "number": address.CleanVATNumber(to.VATNumber)}
	case Export:
		args = pricing.Args{"country": place(to.Country)}
	case Unregistered:
	case Domestic, Destination, BelowLimit:
		args = pricing.Args{"country": place(d.Territory), "day": d.written()}
	}
	return pricing.Because("tax."+string(d.Treatment), args)
}

var _ pricing.Step = (*Rules)(nil)
