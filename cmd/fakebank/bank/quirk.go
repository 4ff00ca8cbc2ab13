package bank

import (
	"strings"
	"time"
)

// Quirk is what goes wrong with the notices of a payment.
type Quirk string

// The quirks. Each has a name for people: "quirk.<quirk>".
const (
	Proper        Quirk = "proper"         // at once, and right
	BeforeReturn  Quirk = "before_return"  // heard by the shop before the browser goes back
	Duplicate     Quirk = "duplicate"      // three times at the same moment
	Late          Quirk = "late"           // long after the browser is back
	OutOfOrder    Quirk = "out_of_order"   // a refusal that came first is told last
	WrongAmount   Quirk = "wrong_amount"   // one unit less
	WrongCurrency Quirk = "wrong_currency" // another currency
	WrongKey      Quirk = "wrong_key"      // signed with a key of nobody
	OtherMerchant Quirk = "other_merchant" // signed rightly, for another merchant
	OtherMode     Quirk = "other_mode"     // test for live, live for test
	Contradiction Quirk = "contradiction"  // right, then again with another amount
	Never         Quirk = "never"          // not sent
	SlowCalls     Quirk = "slow_calls"     // what a shop asks is done, and answered too late
	BrokenCalls   Quirk = "broken_calls"   // what a shop asks is answered with 500 and not done
)

// Quirks lists them in the order they are shown.
func Quirks() []Quirk {
	return []Quirk{Proper, BeforeReturn, Duplicate, Late, OutOfOrder, WrongAmount, WrongCurrency,
		WrongKey, OtherMerchant, OtherMode, Contradiction, Never, SlowCalls, BrokenCalls}
}

// duplicates is how often a notice is sent under Duplicate.
const duplicates = 3

// announce makes the notices of an event, bent as the payment's quirk says.
func (b *Bank) announce(p *Payment, e Event) {
	d, ok := b.dialects[p.Request.Dialect]
	if p.Quirk == Never || !ok {
		return
	}
	told, forged := bend(p.Quirk, truth(p, e))
	for _, letter := range d.Letters(told) {
		b.enclose(p, e, letter, told, forged)
	}
}

// enclose adds one notice of an event, or as many as the quirk makes of it.
func (b *Bank) enclose(p *Payment, e Event, letter string, told Message, forged bool) {
	now := b.options.Clock.Now()
	post := Post{ID: b.draw(), Event: e.ID, Letter: letter, Message: told, Forged: forged, Notify: p.Request.Notify, Due: now}
	after := func(m Message) Post {
		later := post
		later.ID, later.Message, later.After = b.draw(), m, true
		return later
	}
	switch p.Quirk {
	case BeforeReturn:
		// The handler carries it itself; this is for when it is killed meanwhile. No browser waits for a refund.
		if e.Kind != Refunded {
			post.Due = now.Add(2 * answerLimit)
		}
		p.Posts = append(p.Posts, post)
	case Late:
		post.Due = now.Add(b.options.Late)
		p.Posts = append(p.Posts, post)
	case Duplicate:
		for range duplicates {
			post.ID = b.draw()
			p.Posts = append(p.Posts, post)
		}
	case OutOfOrder:
		p.Posts = append(p.Posts, post)
		if e.Kind == Paid || e.Kind == Authorised || e.Kind == Approved {
			earlier := Event{ID: p.Number + "-early", Kind: Refused, Amount: e.Amount, Reason: "funds", At: e.At.Add(-time.Second)}
			p.Posts = append(p.Posts, after(truth(p, earlier)))
		}
	case Contradiction:
		other := told
		other.Amount += 100
		p.Posts = append(p.Posts, post, after(other))
	default:
		p.Posts = append(p.Posts, post)
	}
}

// truth is what there is to say about an event.
func truth(p *Payment, e Event) Message {
	r := p.Request
	return Message{ID: e.ID, Merchant: r.Merchant, Mode: r.Mode, Ref: r.Ref, Payment: p.Number, Event: e.Kind,
		Amount: e.Amount, Currency: r.Currency, Reason: e.Reason, Card: e.Card, Time: e.At.Unix(), Asked: e.Asked}
}

// saying is what the bank says of an event under the payment's quirk, but in answer to a call.
func (b *Bank) saying(p *Payment, e Event) Saying {
	m, _ := b.merchant(p.Request.Dialect, p.Request.Merchant)
	told, forged := bend(p.Quirk, truth(p, e))
	return Saying{Message: told, Contract: m, Payment: p, Event: e, Forged: forged, Now: b.options.Clock.Now()}
}

// trouble is what is wrong with the calls about a payment, or with all.
func (b *Bank) trouble(p *Payment) Quirk {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mood != "" || p == nil {
		return b.mood
	}
	return p.Quirk
}

// Behave makes all calls slow or broken until it is told otherwise, by Proper.
func (b *Bank) Behave(q Quirk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mood = q; q == Proper {
		b.mood = ""
	}
}

// bend is what the bank says under a quirk, to the shop and by the browser alike; forged tells that
// it is signed with a key of nobody.
func bend(q Quirk, m Message) (told Message, forged bool) {
	switch q {
	case WrongAmount:
		m.Amount--
	case WrongCurrency:
		m.Currency = otherCurrency(m.Currency)
	case OtherMerchant:
		m.Merchant = otherMerchant(m.Merchant)
	case OtherMode:
		m.Mode = otherMode(m.Mode)
	case WrongKey:
		return m, true
	}
	return m, false
}

func otherCurrency(code string) string {
	if code == "USD" {
		return "EUR"
	}
	return "USD"
}

func otherMode(mode string) string {
	if mode == "live" {
		return "test"
	}
	return "live"
}

// otherMerchant is a number of the same shape that is somebody else's.
func otherMerchant(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0' + (r-'0'+5)%10
		case r >= 'A' && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+13)%26
		}
		return r
	}, number)
}
