package bank

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Teller is the engine as a dialect sees it.
type Teller struct {
	bank    *Bank
	dialect string
}

// What the engine refuses.
var (
	// ErrUnknown: there is no such payment, or no such thing to do.
	ErrUnknown = errors.New("unknown")
	// ErrDeclined: not possible in this state, or for this amount.
	ErrDeclined = errors.New("declined")
	// ErrClash: the reference was used for another amount or currency.
	ErrClash = errors.New("clash")
)

// Now is the bank's clock.
func (t *Teller) Now() time.Time { return t.bank.options.Clock.Now() }

// Base is the path the dialect's routes are mounted at.
func (t *Teller) Base() string { return t.bank.options.Base + "/" + t.dialect }

// Merchant is a contract of this dialect.
func (t *Teller) Merchant(number string) (Merchant, bool) { return t.bank.merchant(t.dialect, number) }

// MerchantWith is the contract the fields of which hold that, such as an API key.
func (t *Teller) MerchantWith(name, value string) (Merchant, bool) {
	t.bank.mu.Lock()
	defer t.bank.mu.Unlock()
	for _, m := range t.bank.merchants {
		if m.Dialect == t.dialect && value != "" && m.Fields[name] == value {
			return m, true
		}
	}
	return Merchant{}, false
}

// Callable tells whether the bank may send notices there.
func (t *Teller) Callable(address string) bool { return t.bank.allowed(address) }

// Browsable tells whether a browser may be sent there.
func (t *Teller) Browsable(address string) bool { return browsable(address) }

// Open remembers a new payment, or finds the one of that contract, mode and reference. Errors:
// ErrClash.
func (t *Teller) Open(q Request) (*Payment, error) {
	q.Dialect = t.dialect
	return t.bank.open(q)
}

// Page is the address of a payment's hosted page, without scheme and host.
func (t *Teller) Page(p *Payment) string { return t.bank.options.Base + "/pay/" + p.Token }

// Find is the payment a shop means.
func (t *Teller) Find(merchant, mode, ref string) (*Payment, bool) {
	return t.bank.byReference(Request{Dialect: t.dialect, Merchant: merchant, Mode: mode, Ref: ref})
}

// FindSerial is the payment with that number.
func (t *Teller) FindSerial(serial int64) (*Payment, bool) {
	return t.bank.first(func(p *Payment) bool { return p.Request.Dialect == t.dialect && p.Serial == serial })
}

// FindNumber is the payment of that name.
func (t *Teller) FindNumber(number string) (*Payment, bool) {
	return t.bank.first(func(p *Payment) bool { return p.Request.Dialect == t.dialect && p.Number == number })
}

// FindToken is the payment whose page has that token.
func (t *Teller) FindToken(token string) (*Payment, bool) {
	p, ok := t.bank.find(token)
	return p, ok && p.Request.Dialect == t.dialect
}

// List are the payments of a contract and mode, the newest first.
func (t *Teller) List(merchant, mode string) []*Payment {
	var list []*Payment
	t.bank.first(func(p *Payment) bool {
		if r := p.Request; r.Dialect == t.dialect && r.Merchant == merchant && r.Mode == mode {
			list = append(list, p.clone())
		}
		return false
	})
	return list
}

// Note remembers something of the dialect's with a payment. It is in Payment.Notes afterwards.
func (t *Teller) Note(p *Payment, name, value string) error {
	_, err := t.bank.change(p.Token, func(p *Payment) error {
		p.Notes = maps.Clone(p.Notes)
		if p.Notes == nil {
			p.Notes = map[string]string{}
		}
		p.Notes[name] = value
		return nil
	})
	return err
}

// Truth is what is said about an event when nothing goes wrong, as answers to calls say it.
func (t *Teller) Truth(p *Payment, e Event) Saying {
	m, _ := t.bank.merchant(t.dialect, p.Request.Merchant)
	return Saying{Message: truth(p, e), Contract: m, Payment: p, Event: e, Now: t.Now()}
}

// Told is Truth as the payment's quirk bends it: what a question about the payment is answered where
// the real bank has no better knowledge there than in its notices.
func (t *Teller) Told(p *Payment, e Event) Saying { return t.bank.saying(p, e) }

// Move does what a shop asks, once for each key; without a key every time. It gives the event, also
// when it was there before. Errors: ErrDeclined, ErrUnknown.
func (t *Teller) Move(p *Payment, what What, amount int64, currency, key string) (*Payment, Event, error) {
	return t.bank.moveOnce(p.Token, what, amount, currency, key, true)
}

// Trouble is to be asked before a call is answered; p is nil when it is about no payment yet. It
// answers 500 and tells true when the bank's calls are broken, and takes its time when they are slow:
// what was asked is done all the same, and whoever asked has gone.
func (t *Teller) Trouble(w http.ResponseWriter, r *http.Request, p *Payment) bool {
	quirk := t.bank.trouble(p)
	switch quirk {
	case BrokenCalls:
		http.Error(w, "out of order", http.StatusInternalServerError)
		return true
	case SlowCalls:
		waiting, done := context.WithTimeout(r.Context(), t.bank.options.Slow)
		defer done()
		<-waiting.Done()
	}
	return false
}

// Refuse shows a buyer why a payment does not open: the end of a key "refused.<problem>".
func (t *Teller) Refuse(w http.ResponseWriter, r *http.Request, status int, problem string) {
	t.bank.refuse(w, r, status, problem)
}

// Broken is for what should not happen.
func (t *Teller) Broken(w http.ResponseWriter, err error) { t.bank.broken(w, err) }

// What is what a shop or the bank's office does to a payment.
type What string

// What can be done.
const (
	Complete   What = "complete" // what the buyer agreed to is done, where the shop has to ask for it
	Capture    What = "capture"
	Refund     What = "refund"
	CancelHold What = "cancel"
	// What the buyer's bank does, where the dialect has words for it (Disputer).
	Dispute     What = "dispute"
	WinDispute  What = "win"
	LoseDispute What = "lose"
)

// moveOnce does what is asked, once for each key; asked tells that a shop asks and is answered.
func (b *Bank) moveOnce(token string, what What, amount int64, currency, key string, asked bool) (*Payment, Event, error) {
	var e Event
	p, err := b.change(token, func(p *Payment) (err error) {
		name := string(what) + " " + key
		if i := slices.IndexFunc(p.Calls, func(c Call) bool { return key != "" && c.Key == name }); i >= 0 {
			e, _ = p.find(p.Calls[i].Event)
			return nil
		}
		if e, err = b.move(p, what, amount, currency); err != nil {
			return err
		}
		e.Asked = asked
		p.Events[len(p.Events)-1].Asked = asked
		if key != "" {
			p.Calls = append(p.Calls, Call{Key: name, Event: e.ID})
		}
		b.announce(p, e)
		return nil
	})
	return p, e, err
}

// move is what a call does to the money.
func (b *Bank) move(p *Payment, what What, amount int64, currency string) (Event, error) {
	now, state := b.options.Clock.Now(), p.Newest().Kind
	fits := amount > 0 && currency == p.Request.Currency
	switch what {
	case Complete:
		if state != Approved {
			return Event{}, ErrDeclined
		}
		return p.pay(p.Newest().Card, now), nil
	case Capture:
		if state != Authorised || !fits || amount > p.Request.Amount {
			return Event{}, ErrDeclined
		}
		return p.happen(Paid, amount, "", p.Newest().Card, now), nil
	case Refund:
		if p.Captured == 0 || !fits || amount > p.Captured-p.Refunded {
			return Event{}, ErrDeclined
		}
		return p.happen(Refunded, amount, "", "", now), nil
	case CancelHold:
		if state != Authorised && state != Approved {
			return Event{}, ErrDeclined
		}
		return p.happen(Cancelled, p.Request.Amount, "", "", now), nil
	case Dispute:
		if p.Captured <= p.Refunded || state == Disputed {
			return Event{}, ErrDeclined
		}
		return p.happen(Disputed, p.Captured-p.Refunded, "", p.Newest().Card, now), nil
	case WinDispute, LoseDispute:
		if state != Disputed {
			return Event{}, ErrDeclined
		}
		kind := map[What]Kind{WinDispute: Won, LoseDispute: Lost}[what]
		return p.happen(kind, p.Newest().Amount, "", p.Newest().Card, now), nil
	default:
		return Event{}, ErrUnknown
	}
}

// NumberOf makes digits of a serial number, of the given width.
func NumberOf(serial int64, width int) string {
	text := strconv.FormatInt(serial, 10)
	for len(text) < width {
		text = "0" + text
	}
	return text
}
