package checkouttest

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// Asker is the code of a profile that may ask for quotes, and sees prices without tax (PROF-05).
const Asker profile.Code = "asker"

// Quoting gives the shop the profile of Asker.
func (s *Stage) Quoting() {
	s.t.Helper()
	s.must(settings.Save(s.t.Context(), s.Shop, Clerk, settings.Profiles{Profiles: []profile.Profile{
		{Code: Asker, Kind: profile.KindPublic, Active: true, Names: i18n.Text{"fr": "Revendeurs"}, Goods: pricing.Net,
			Shipping: pricing.Net, Quotes: true},
	}}, 0))
}

// Ask asks for a quote of the buyer's cart.
func (b *Buyer) Ask(message string) (*checkout.AskedQuote, error) {
	return b.stage.Desk.AskQuote(b.stage.t.Context(), b.stage.Shop, b.Who, checkout.AskQuote{
		Cart: b.Token, Key: b.Key, Name: "Zoé Achat", Email: b.Draft.Email, Message: message})
}

// Quote reads a quote.
func (s *Stage) Quote(which quote.ID) *quote.Quote {
	s.t.Helper()
	var q *quote.Quote
	s.Read(func(tx tenant.Tx) (err error) {
		q, err = quote.Find(tx, which)
		return err
	})
	return q
}

// Edit is the stored draft as the office's form sends it back, to be changed.
func (s *Stage) Edit(which quote.ID) checkout.QuoteEdit {
	s.t.Helper()
	q := s.Quote(which)
	e := checkout.QuoteEdit{Rev: q.Rev, Remark: q.Draft.Remark, Until: q.Draft.Until}
	if c := q.Draft.Carriage; c != nil {
		e.Carriage, e.Cost = c.Mode, c.Price.Amount.Decimal()
	}
	for _, l := range q.Draft.Lines {
		e.Lines = append(e.Lines, checkout.QuoteLine{ID: l.ID, Qty: l.Qty, Unit: l.Unit.Amount.Decimal()})
	}
	return e
}

// Offer saves an edit and sends it, and gives the version that went out.
func (s *Stage) Offer(which quote.ID, change func(*checkout.QuoteEdit)) int {
	s.t.Helper()
	e := s.Edit(which)
	if change != nil {
		change(&e)
	}
	q, err := s.Desk.SaveQuote(s.t.Context(), s.Shop, Clerk, which, e)
	s.must(err)
	q, err = s.Desk.SendQuote(s.t.Context(), s.Shop, Clerk, which, q.Rev)
	s.must(err)
	return q.Version
}

// OrderQuote is the command the checkout of a quote sends, with the total the buyer saw.
func (b *Buyer) OrderQuote(link string, version int, mode string) (checkout.PlaceOrder, error) {
	b.Draft.Payment = b.stage.ModeOf(mode).String()
	sheet, err := b.stage.Desk.PrepareQuote(b.stage.t.Context(), b.stage.Shop, b.Who, link, version, b.Draft)
	if err != nil {
		return checkout.PlaceOrder{}, err
	}
	return checkout.PlaceOrder{Quote: link, Version: version, Key: b.Key, Draft: sheet.Draft, Shown: sheet.Shown, Terms: true}, nil
}

// Today is the shop's day.
func (s *Stage) Today() time.Time {
	s.t.Helper()
	var day time.Time
	s.Read(func(tx tenant.Tx) (err error) {
		day, err = quote.Today(tx)
		return err
	})
	return day
}
