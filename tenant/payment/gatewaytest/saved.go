package gatewaytest

import (
	"errors"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// saved: a card is kept for a buyer who agreed and for no other, once; it pays again without a page of the bank, asks for 3-D
// Secure, is refused, and is forgotten; and nothing but its box is in the database.
func saved(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	g, ok := r.Gateway.(payment.Saver)
	if !ok {
		return // declared
	}
	a := r.Account(t, r.Mode.ID)
	owner := r.customer(t)

	p, _ := r.Pay(t, Good, bank.Proper)
	for _, h := range r.Wait(t, f.letters(bank.Paid)) {
		if !h.Notice.Token.IsZero() {
			t.Error("a card was kept without its buyer's consent")
		}
	}
	if list := r.saved(t, owner); len(list) > 0 {
		t.Errorf("kept without being asked: %+v", list)
	}

	good := r.keep(t, owner, Good)
	list := r.saved(t, owner)
	if len(list) != 1 || list[0].Card.Last == "" || list[0].Card.Expiry == "" || list[0].Mode != r.Mode.ID || !list[0].Test || list[0].Agreed.At.IsZero() {
		t.Fatalf("kept: %+v", list)
	}
	r.sealed(t, good)

	if f.Lacks.Click != "" {
		t.Logf("one click: none, %s", f.Lacks.Click)
		r.atPage(t, f, g, owner, good)
		return
	}
	// One click: no page, one charge however often it is asked for, and the notice tells nothing new.
	p, request := r.click(t, owner, list[0].ID)
	said, err := g.Charge(t.Context(), a, request, good)
	if err != nil || said.Next != nil || said.Notice.Event != payment.Captured {
		t.Fatalf("charged: %+v, %v", said, err)
	}
	if again, err := g.Charge(t.Context(), a, request, good); err != nil || again.Notice.ID != said.Notice.ID {
		t.Errorf("charged again: %+v, %v", again, err)
	}
	taken := r.Record(t, payment.SourceCall, said.Notice).Captured
	for _, h := range r.Wait(t, f.letters(bank.Paid)) { // which may have been faster
		if h.Err != nil {
			t.Errorf("the notice: %v", h.Err)
		}
		if h.Outcome.Captured.IsPositive() {
			taken = taken.Add(h.Outcome.Captured)
		}
	}
	if !taken.Equal(p.Amount) {
		t.Errorf("answer and notices together captured %s", taken)
	}
	if known, _ := r.Bank.Payment(p.Ref); known.Captured != 4990 {
		t.Errorf("the bank took %d", known.Captured)
	}
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}

	if f.Lacks.Secure == "" {
		r.secured(t, f, g, owner)
	}
	r.wornOut(t, f, g, owner)

	// A card of the other set, and one nobody has.
	_, request = r.click(t, owner, list[0].ID)
	for what, card := range map[string]payment.Token{"live": {Name: good.Name}, "unknown": {Name: secret.NewText("nobody/nothing"), Test: true}} {
		if said, err := g.Charge(t.Context(), a, request, card); !errors.Is(err, payment.ErrNoCard) {
			t.Errorf("%s card: %+v, %v", what, said, err)
		}
	}
	for range 2 { // a card the bank does not have is deleted
		if err := g.Forget(t.Context(), a, good); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := g.Charge(t.Context(), a, request, good); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("a deleted card: %+v, %v", said, err)
	}
	r.Quiet(t)
}

// atPage: the bank keeps the card, and asks for what else it wants to know on its own page.
func (r *Rig) atPage(t *testing.T, f Family, g payment.Saver, owner payment.OwnerID, card payment.Token) {
	t.Helper()
	a := r.Account(t, r.Mode.ID)
	p, request := r.click(t, owner, r.saved(t, owner)[0].ID)
	said, err := g.Charge(t.Context(), a, request, card)
	if err != nil || said.Next == nil {
		t.Fatalf("charged: %+v, %v", said, err)
	}
	r.Visit(t, said.Next, Good, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
	_, request = r.click(t, owner, r.saved(t, owner)[0].ID)
	if said, err := g.Charge(t.Context(), a, request, payment.Token{Name: card.Name}); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("a live card, in test: %+v, %v", said, err)
	}
	for range 2 { // a card the bank does not have is deleted
		switch err := g.Forget(t.Context(), a, card); {
		case f.Lacks.Calls != "" && !errors.Is(err, payment.ErrOffice), f.Lacks.Calls == "" && err != nil:
			t.Fatal(err)
		}
	}
	r.Quiet(t)
}

// secured: the buyer's bank wants to see him, and he confirms.
func (r *Rig) secured(t *testing.T, f Family, g payment.Saver, owner payment.OwnerID) {
	t.Helper()
	a, card := r.Account(t, r.Mode.ID), r.keep(t, owner, Secure)
	p, request := r.click(t, owner, r.saved(t, owner)[0].ID)
	said, err := g.Charge(t.Context(), a, request, card)
	if err != nil || said.Next == nil {
		t.Fatalf("3-D Secure: %+v, %v", said, err)
	}
	r.write(t, func(tx tenant.Tx) error { return payment.Started(tx, p.ID, payment.BankRefOf(said.Next)) })
	request.Payment, _ = r.Find(t, p)
	again, err := g.Charge(t.Context(), a, request, card)
	if err != nil || again.Next == nil {
		t.Fatalf("looked at again: %+v, %v", again, err)
	}
	r.confirm(t, again.Next)
	r.Wait(t, f.letters(bank.Paid))
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("confirmed: %s", got.State)
	}
}

// wornOut: the card is refused, which is told in answer to the call.
func (r *Rig) wornOut(t *testing.T, f Family, g payment.Saver, owner payment.OwnerID) {
	t.Helper()
	a, card := r.Account(t, r.Mode.ID), r.keep(t, owner, Once)
	p, request := r.click(t, owner, r.saved(t, owner)[0].ID)
	said, err := g.Charge(t.Context(), a, request, card)
	if err != nil || said.Next != nil || said.Notice.Event != payment.Failed || said.Notice.Reason == "" {
		t.Fatalf("refused: %+v, %v", said, err)
	}
	r.Record(t, payment.SourceCall, said.Notice)
	for _, h := range r.Wait(t, f.letters(bank.Refused)) {
		if h.Outcome.Verdict == payment.Conflict {
			t.Errorf("the notice contradicts the answer: %+v", h.Notice)
		}
	}
	if got, _ := r.Find(t, p); got.State != payment.StateFailed || !got.Captured.IsZero() {
		t.Errorf("refused: %s, %s", got.State, got.Captured)
	}
}

// customer makes somebody cards can be kept for.
func (r *Rig) customer(t *testing.T) payment.OwnerID {
	t.Helper()
	who := id.New[payment.Owner]()
	r.write(t, func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into customers (id, email, name, locale, created_at, updated_at) values (?, ?, 'Zoé', 'fr', ?, ?)`,
			who, who.String()+"@example.com", tx.Now(), tx.Now()).Error
	})
	return who
}

// keep pays an order with a card the buyer wants to be kept, and gives what the bank calls it.
func (r *Rig) keep(t *testing.T, owner payment.OwnerID, card Card) payment.Token {
	t.Helper()
	before := len(r.saved(t, owner))
	bill := r.Bill(t, eur("10.00"))
	bill.Saving = payment.Saving{Owner: owner, Agreed: payment.Agree(clock.System().Now(), "fr")}
	p, action := r.Begin(t, r.Mode.ID, bill)
	r.Visit(t, action, card, bank.Duplicate)
	r.Wait(t, 3*r.family.letters(bank.Paid))
	list := r.saved(t, owner)
	if len(list) != before+1 || list[0].ID != id.As[payment.SavedCard](p.ID) {
		t.Fatalf("%s: %d cards kept, %+v", card, len(list)-before, list)
	}
	var token payment.Token
	r.read(t, func(tx tenant.Tx) (err error) {
		token, err = r.Modes.TokenOf(tx, owner, list[0].ID)
		return err
	})
	return token
}

func (r *Rig) saved(t *testing.T, owner payment.OwnerID) (list []payment.SavedCard) {
	t.Helper()
	r.read(t, func(tx tenant.Tx) (err error) {
		list, err = payment.ListSaved(tx, owner)
		return err
	})
	return list
}

// click begins an attempt with a saved card, and gives what the family is asked.
func (r *Rig) click(t *testing.T, owner payment.OwnerID, card payment.SavedID) (payment.Payment, payment.Request) {
	t.Helper()
	bill := r.Bill(t, eur("49.90"))
	bill.Saving = payment.Saving{Owner: owner, Card: card}
	p, err := begin(t, r, bill)
	if err != nil {
		t.Fatal(err)
	}
	return p, r.request(p, r.Mode.ID)
}

// sealed looks for the bank's name of a card in everything that is stored.
func (r *Rig) sealed(t *testing.T, card payment.Token) {
	t.Helper()
	for _, table := range []string{"saved_cards", "payments", "payment_events", "audit"} {
		r.read(t, func(tx tenant.Tx) error {
			var n int
			if err := tx.DB().Raw("select count(*) from "+table+" x where position(? in x::text) > 0", card.Name.Reveal()).Scan(&n).Error; err != nil {
				return err
			}
			if n > 0 {
				t.Errorf("%s has the token in clear", table)
			}
			return nil
		})
	}
}
