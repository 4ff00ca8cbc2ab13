package bank

import "time"

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
)

// Quirks lists them in the order they are shown.
func Quirks() []Quirk {
	return []Quirk{Proper, BeforeReturn, Duplicate, Late, OutOfOrder, WrongAmount, WrongCurrency,
		WrongKey, OtherMerchant, OtherMode, Contradiction, Never}
}

// duplicates is how often a notice is sent under Duplicate.
const duplicates = 3

// announce makes the notices of an event, bent as the payment's quirk says.
func (b *Bank) announce(p *Payment, e Event) {
	if p.Quirk == Never {
		return
	}
	now := b.options.Clock.Now()
	told, forged := bend(p.Quirk, b.message(p, e))
	post := Post{ID: b.draw(), Merchant: p.Request.Merchant, Message: told, Forged: forged, Notify: p.Request.Notify, Due: now}
	after := func(m Message) Post {
		later := post
		later.ID, later.Message, later.After = b.draw(), m, true
		return later
	}
	switch p.Quirk {
	case BeforeReturn:
		// The handler carries it itself; this is for when it is killed meanwhile.
		post.Due = now.Add(2 * answerLimit)
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
		if e.Kind == Paid || e.Kind == Authorised {
			earlier := Event{ID: p.Number + "-early", Kind: Refused, Amount: e.Amount, Reason: "funds", At: e.At.Add(-time.Second)}
			p.Posts = append(p.Posts, after(b.message(p, earlier)))
		}
	case Contradiction:
		other := told
		other.Amount += 100
		p.Posts = append(p.Posts, post, after(other))
	default:
		p.Posts = append(p.Posts, post)
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
		m.Merchant = "OTHER-" + m.Merchant[:min(len(m.Merchant), 14)]
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
