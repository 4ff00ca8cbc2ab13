package pricing

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Instrument says what the law thinks of a payment mode.
type Instrument string

const (
	// Regulated instruments may not cost a consumer more anywhere in the Union:
	// cards of the four-party schemes. Directive (EU) 2015/2366, art. 62(4), with
	// chapter II of Regulation (EU) 2015/751, which is about consumers' cards.
	Regulated Instrument = "regulated"
	// SEPA transfers and debits may cost nobody more in the Union, businesses neither:
	// the same article, with Regulation (EU) No 260/2012; in Germany BGB § 270a.
	SEPA Instrument = "sepa"
	// OtherInstrument is any other payment instrument, such as a wallet.
	OtherInstrument Instrument = "other"
	// NoInstrument is not a payment instrument in the sense of the law: cash to
	// the carrier, a cheque.
	NoInstrument Instrument = "none"
)

// Part is a fixed amount, a percentage, or both.
type Part struct {
	Fixed money.Amount `json:"fixed"`
	Rate  money.Rate   `json:"rate"`
}

// of is the part of a sum, unrounded.
func (p Part) of(sum money.Amount) money.Amount {
	part := p.Rate.Of(sum)
	if !p.Fixed.IsZero() {
		part = part.Add(p.Fixed)
	}
	return part
}

// Tender is what choosing a payment mode costs or saves.
type Tender struct {
	Method      string     `json:"method"`
	Name        i18n.Text  `json:"name"`
	Instrument  Instrument `json:"instrument"`
	Fee         Part       `json:"fee"`
	Rebate      Part       `json:"rebate"`
	IncludesTax bool       `json:"includes_tax"` // the side of Fee, Rebate and of what their rates are taken from
}

// Tenders is the step that adds the fee or the rebate of the chosen payment mode.
// The rate of a fee is taken from goods, shipping and insurance together, that of
// a rebate from the goods.
type Tenders struct {
	Home  string // country of the shop
	Modes []Tender
}

// Key is "tender".
func (Tenders) Key() string { return "tender" }

// Apply charges nothing while no mode is chosen or the chosen one is free. A fee
// that the law forbids is never charged; staff finds the law in the trace.
func (t Tenders) Apply(s *Sheet) error {
	b := s.Basket()
	for _, mode := range t.Modes {
		if mode.Method != b.Payment.Method || s.Len() == 0 {
			continue
		}
		source, all := "payment:"+mode.Method, s.Lines(nil)
		goods := s.Sum(all)
		if off := mode.Rebate.of(goods.In(mode.side())); off.IsPositive() {
			s.DiscountAmount(all, Price{off, mode.IncludesTax}, source, Because("price.rebate", nil).Named(mode.Name))
		}
		base := s.Sum(all).Add(s.Charged(Shipping)).Add(s.Charged(Insurance))
		fee := mode.Fee.of(base.In(mode.side()))
		if !fee.IsPositive() {
			return nil
		}
		if law, banned := SurchargeBan(t.Home, b.Destination, mode.Instrument); banned {
			s.Remark(Staff, law.Named(mode.Name))
			return nil
		}
		s.Charge(Charge{
			Kind: Fee, Source: source, Over: all, Price: Price{fee, mode.IncludesTax},
			Reason: Because("price.fee", nil).Named(mode.Name),
		})
	}
	return nil
}

func (t Tender) side() Side { return Price{IncludesTax: t.IncludesTax}.side() }

// SurchargeBan says whether a fee for using a payment instrument is forbidden in
// a sale, and by which law. France forbids it for every instrument and to every
// payee (Code monétaire et financier, art. L112-12); the Union for SEPA payments, and
// for the cards of consumers; the United Kingdom for every instrument of consumers
// where both sides bank there (SI 2012/3110, reg. 6A). The law of the shop and that of
// the buyer both count. A payment mode that is no instrument (cash on delivery) may
// cost something.
func SurchargeBan(home string, to Destination, i Instrument) (Reason, bool) {
	ban := func(law string) (Reason, bool) { return Because("price.surcharge_banned", Args{"law": law}), true }
	union := address.EU(home) || address.EU(to.Country)
	switch {
	case i == NoInstrument:
		return Reason{}, false
	case home == "FR" || to.Country == "FR":
		return ban("CMF L112-12")
	case union && (i == SEPA || i == Regulated && !to.Business):
		return ban("(EU) 2015/2366 art. 62(4)")
	case home == "GB" && (to.Country == "GB" || to.Country == "") && !to.Business:
		return ban("SI 2012/3110 reg. 6A")
	}
	return Reason{}, false
}

var _ Step = Tenders{}
