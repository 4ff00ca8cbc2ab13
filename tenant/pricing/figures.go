package pricing

import "echoppe.dev/platform/kit/money"

// Figures state one amount on both sides. Gross is always Net plus Tax.
type Figures struct {
	Net   money.Amount `json:"net"`
	Tax   money.Amount `json:"tax"`
	Gross money.Amount `json:"gross"`
}

// NoFigures is nothing, in a currency.
func NoFigures(c money.Currency) Figures {
	zero := money.Zero(c)
	return Figures{zero, zero, zero}
}

// In is the amount on one side.
func (f Figures) In(s Side) money.Amount {
	if s == Net {
		return f.Net
	}
	return f.Gross
}

// Add is the sum, side by side.
func (f Figures) Add(g Figures) Figures {
	// Most sums here start from nothing or add nothing; decimals cost more than this.
	if g.IsZero() {
		return f
	}
	if f.IsZero() {
		return g
	}
	return Figures{f.Net.Add(g.Net), f.Tax.Add(g.Tax), f.Gross.Add(g.Gross)}
}

// Sub is the difference, side by side.
func (f Figures) Sub(g Figures) Figures {
	if g.IsZero() {
		return f
	}
	return Figures{f.Net.Sub(g.Net), f.Tax.Sub(g.Tax), f.Gross.Sub(g.Gross)}
}

// IsZero reports nothing on either side.
func (f Figures) IsZero() bool { return f.Net.IsZero() && f.Gross.IsZero() }

// Duty is what the tax rules decided for one class of goods in one basket.
type Duty struct {
	// Rate is levied.
	Rate money.Rate `json:"rate"`
	// Inside is the rate contained in a price entered with tax. It equals Rate
	// when the entered price stays what the buyer pays, and is the rate at home
	// when the tax at home comes off first: for exports, and wherever the
	// merchant keeps his net price.
	Inside money.Rate `json:"inside"`
}

// Taxation is the decision for the whole basket, kept for invoice and trace.
type Taxation struct {
	Treatment string `json:"treatment"`         // such as "domestic", "export"
	Country   string `json:"country,omitempty"` // whose rates apply
	Reason    Reason `json:"reason"`
	// Proof is the evidence of the buyer's VAT number, where the decision rests on one.
	Proof *VATProof `json:"proof,omitempty"`
}

// figures states an entered amount on both sides. The side that was entered is
// authoritative, the tax is rounded once, half up, and the other side follows.
func (d Duty) figures(p Price, places int32) Figures {
	if !p.IncludesTax {
		tax := d.Rate.Of(p.Amount).RoundTo(places, money.HalfUp)
		return Figures{Net: p.Amount, Tax: tax, Gross: p.Amount.Add(tax)}
	}
	inside := money.Zero(p.Amount.Currency())
	if !d.Inside.IsZero() {
		inside = d.Inside.Within(p.Amount).RoundTo(places, money.HalfUp)
	}
	net := p.Amount.Sub(inside)
	if d.Rate.Equal(d.Inside) {
		return Figures{Net: net, Tax: inside, Gross: p.Amount}
	}
	tax := d.Rate.Of(net).RoundTo(places, money.HalfUp)
	return Figures{Net: net, Tax: tax, Gross: net.Add(tax)}
}

// unitFigures states the price of one unit. A price in whole cents is rounded
// like a line of one unit, so that a listing shows what the cart will say; a
// finer price keeps its four decimals on both sides.
func (d Duty) unitFigures(p Price) Figures {
	places := p.Amount.Currency().Digits()
	if !p.Amount.Equal(p.Amount.RoundTo(places, money.Down)) {
		places = money.MaxPlaces
	}
	return d.figures(p, max(places, 0))
}
