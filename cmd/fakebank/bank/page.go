package bank

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// Card is one of the test cards.
type Card struct {
	Name   string // the value of its button; "card.<name>" and "card.<name>.hint" say what it does
	Digits string // its last four
}

// cards are what a buyer can choose. The numbers are not those of any bank.
var cards = []Card{
	{"good", "0001"}, {"secure", "0002"}, {"funds", "0003"}, {"timeout", "0004"}, {"silent", "0005"}, {"once", "0006"}, {"poor", "0007"}, {"later", "0008"},
}

func bullets(digits string) string { return "•••• " + digits }

// Last is the last n digits of a card as messages carry it ("•••• 0001"), "" of none.
func Last(card string, n int) string {
	digits := card[strings.LastIndexByte(card, ' ')+1:]
	return digits[max(0, len(digits)-n):]
}

// Tried is the card the buyer's newest try was made with, "" before one.
func (p *Payment) Tried() string {
	for _, e := range slices.Backward(p.Events) {
		if e.Card != "" {
			return e.Card
		}
	}
	return ""
}

func digitsOf(name string) string {
	i := slices.IndexFunc(cards, func(c Card) bool { return c.Name == name })
	if i < 0 {
		return ""
	}
	return bullets(cards[i].Digits)
}

// showPayment is the hosted page, in whatever state the payment is.
func (b *Bank) showPayment(w http.ResponseWriter, r *http.Request) {
	p, ok := b.find(r.PathValue("token"))
	if !ok {
		b.refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	if p.Request.Framed {
		w.Header().Set("Content-Security-Policy", strings.Replace(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors http: https:", 1))
	}
	b.render(w, "pay.html", http.StatusOK, b.payView(r, p))
}

// choose is a button of the hosted page.
func (b *Bank) choose(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		b.refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	card, quirk := r.PostForm.Get("card"), Quirk(r.PostForm.Get("quirk"))
	var happened *Event
	p, err := b.change(r.PathValue("token"), func(p *Payment) error {
		if slices.Contains(Quirks(), quirk) && p.payable() && !p.Secure {
			p.Quirk = quirk
		}
		e, ok := b.play(p, card)
		if !ok {
			return nil
		}
		happened = &e
		b.announce(p, e)
		return nil
	})
	switch {
	case errors.Is(err, ErrUnknown):
		b.refuse(w, r, http.StatusNotFound, "gone")
		return
	case err != nil:
		b.broken(w, err)
		return
	}
	if happened != nil && p.Quirk == BeforeReturn && !stays(card) {
		b.carryNow(r.Context(), p, *happened)
	}
	if happened == nil || stays(card) && p.Request.Saved == "" || p.Request.Inside {
		http.Redirect(w, r, b.options.Base+"/pay/"+p.Token+"?"+r.URL.RawQuery, http.StatusSeeOther)
		return
	}
	back, err := b.back(p)
	if err != nil {
		b.broken(w, err)
		return
	}
	if back.Fields != nil { // the page has the form, since a redirect carries none
		http.Redirect(w, r, b.options.Base+"/pay/"+p.Token+"?"+r.URL.RawQuery, http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, back.URL, http.StatusSeeOther)
}

// stays tells after which buttons the browser stays at the bank.
func stays(card string) bool {
	switch card {
	case "funds", "timeout", "silent", "deny":
		return true
	default:
		return false
	}
}

// play is what a button does to the payment; false when it brings no event.
func (b *Bank) play(p *Payment, card string) (Event, bool) {
	now := b.options.Clock.Now()
	if !p.payable() {
		return Event{}, false
	}
	if p.Secure {
		switch card {
		case "confirm":
			p.Secure = false
			return p.agree(digitsOf("secure"), now), true
		case "deny":
			p.Secure = false
			return p.happen(Refused, p.Request.Amount, "authentication", digitsOf("secure"), now), true
		}
		return Event{}, false
	}
	switch card {
	case "good", "silent", "once", "poor", "later":
		return p.agree(digitsOf(card), now), true
	case "secure":
		p.Secure = true
	case "funds":
		return p.happen(Refused, p.Request.Amount, "funds", digitsOf(card), now), true
	case "timeout":
		return p.happen(Expired, p.Request.Amount, "", "", now), true
	case "cancel":
		return p.happen(Cancelled, p.Request.Amount, "", "", now), true
	}
	return Event{}, false
}

// back is the way to the shop with what is known now.
func (b *Bank) back(p *Payment) (Way, error) {
	d, ok := b.dialects[p.Request.Dialect]
	if !ok {
		return Way{}, ErrUnknown
	}
	return d.Back(b.saying(p, p.Newest()))
}

// carryNow carries the notices of the last event and waits for the answers, even if the browser does
// not.
func (b *Bank) carryNow(ctx context.Context, p *Payment, e Event) {
	for _, post := range p.Posts {
		if post.Event == e.ID && !post.Done {
			b.carry(context.WithoutCancel(ctx), parcel{p.Token, post})
		}
	}
}
