package bank

import (
	"errors"
	"net/http"
)

// shown is how many payments the log lists.
const shown = 100

// showLog lists the newest payments.
func (b *Bank) showLog(w http.ResponseWriter, r *http.Request) {
	v := b.frame(r, "")
	v.Base = b.options.Base
	for _, p := range b.recent(shown) {
		v.List = append(v.List, b.rowView(v.Locale, p))
	}
	b.render(w, "log.html", http.StatusOK, v)
}

// showEntry shows all that is known of one payment: events, notices, and what the shop answered.
func (b *Bank) showEntry(w http.ResponseWriter, r *http.Request) {
	p, ok := b.find(r.PathValue("token"))
	if !ok {
		b.refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	b.render(w, "entry.html", http.StatusOK, b.entryView(r, p))
}

// actOnEntry does what somebody at the bank's own desk could: tell the last event again, take what was
// authorised, let go of it, or give back half of what is left.
func (b *Bank) actOnEntry(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		b.refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	p, ok := b.find(r.PathValue("token"))
	if !ok {
		b.refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	var err error
	switch r.PostForm.Get("do") {
	case "again":
		err = b.tellAgain(p.Token)
	case "capture":
		err = b.Desk(p.Token, Capture, p.Request.Amount)
	case "cancel":
		err = b.Desk(p.Token, CancelHold, p.Request.Amount)
	case "refund":
		err = b.Desk(p.Token, Refund, (p.Captured-p.Refunded+1)/2)
	case "dispute", "win", "lose":
		err = b.Desk(p.Token, What(r.PostForm.Get("do")), p.Request.Amount)
	}
	if err != nil && !errors.Is(err, ErrDeclined) {
		b.broken(w, err)
		return
	}
	http.Redirect(w, r, b.options.Base+"/log/"+p.Token, http.StatusSeeOther)
}

// tellAgain says the last event once more, as it is.
func (b *Bank) tellAgain(token string) error {
	_, err := b.change(token, func(p *Payment) error {
		if len(p.Events) > 0 {
			p.Quirk = Proper
			b.announce(p, p.Newest())
		}
		return nil
	})
	return err
}

// Desk does something to a payment as the bank's own office does it, without the shop having asked. The
// shop learns it by a notice, if this bank sends any about such things. Errors: ErrUnknown, ErrDeclined.
func (b *Bank) Desk(token string, what What, amount int64) error {
	p, ok := b.find(token)
	if !ok {
		return ErrUnknown
	}
	_, _, err := b.moveOnce(token, what, amount, p.Request.Currency, "", false)
	return err
}

// Payment is the newest payment with that reference, as the bank remembers it.
func (b *Bank) Payment(ref string) (*Payment, bool) {
	return b.first(func(p *Payment) bool { return p.Request.Ref == ref })
}

// Back is the way to the shop from a payment's page.
func (b *Bank) Back(token string) (Way, error) {
	p, ok := b.find(token)
	if !ok {
		return Way{}, ErrUnknown
	}
	return b.back(p)
}
