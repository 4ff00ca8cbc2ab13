package checkout_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/stock"
)

// keeper is a shop whose bank "kept" keeps cards.
type keeper struct {
	*checkouttest.Stage
	t     *testing.T
	lamp  stock.VariantID
	heard int
}

func newKeeper(t *testing.T) *keeper {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("kept", "stripe", s.Bank.Called())
	s.Saves("kept")
	return &keeper{Stage: s, t: t, lamp: s.Stock("Lamp", "95.00", 50)}
}

// customer is a buyer with an account.
func (k *keeper) customer(email string) *checkouttest.Buyer {
	k.t.Helper()
	who, err := k.Accounts.Register(k.t.Context(), k.Shop, customer.Registration{Email: email, Name: "Zoé Achat", Password: "correct horse battery", Locale: i18n.French})
	if err != nil {
		k.t.Fatal(err)
	}
	b := k.Guest(email)
	b.Who.Customer = who.ID
	return b
}

// buy orders a lamp with the way that keeps cards, and gives what came of it and the newest attempt.
func (k *keeper) buy(b *checkouttest.Buyer, with checkout.With) (*checkout.Placed, payment.Payment) {
	k.t.Helper()
	placed, err := k.try(b, with)
	if err != nil || placed.Unstarted != nil {
		k.t.Fatal(err, placed)
	}
	list := attempts(k.t, k.Stage, placed)
	return placed, list[len(list)-1]
}

func (k *keeper) try(b *checkouttest.Buyer, with checkout.With) (*checkout.Placed, error) {
	k.t.Helper()
	b.Key = id.New[checkout.Placed]().String()
	if err := b.Add(k.lamp, 1); err != nil {
		k.t.Fatal(err)
	}
	cmd, err := b.Order("kept")
	if err != nil {
		return nil, err
	}
	cmd.Draft.With = with
	return b.Send(cmd)
}

// hears waits for so many notices more.
func (k *keeper) hears(n int) {
	k.t.Helper()
	k.heard += n
	k.Bank.Wait(k.heard)
}

// keep buys something and has the card kept.
func (k *keeper) keep(b *checkouttest.Buyer, card string) payment.SavedCard {
	k.t.Helper()
	_, p := k.buy(b, checkout.With{Save: true})
	k.Bank.Press(p.Ref, card)
	k.hears(2)
	list := k.cards(b)
	if len(list) == 0 {
		k.t.Fatal("no card was kept")
	}
	return list[0]
}

func (k *keeper) cards(b *checkouttest.Buyer) []payment.SavedCard {
	k.t.Helper()
	list, err := k.Desk.ListCards(k.t.Context(), k.Shop, b.Who.Customer)
	if err != nil {
		k.t.Fatal(err)
	}
	return list
}

func minor(t *testing.T, p payment.Payment) int64 {
	t.Helper()
	n, err := p.Amount.Minor()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (k *keeper) state(placed *checkout.Placed) payment.State {
	k.t.Helper()
	list := attempts(k.t, k.Stage, placed)
	return list[len(list)-1].State
}

// TestSaved: PGW-32, a card is kept with its customer's consent alone, pays by one click, once, and goes when he says so.
func TestSaved(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	zoe := k.customer("zoe@example.com")
	_, p := k.buy(zoe, checkout.With{})
	k.Bank.Press(p.Ref, "good")
	k.hears(2)
	if list := k.cards(zoe); len(list) > 0 {
		t.Fatalf("kept without consent: %+v", list)
	}
	card := k.keep(zoe, "good")
	if card.Card.Last != "0001" || card.Agreed.Wording != "1 fr" || card.Agreed.At.IsZero() || card.Test {
		t.Errorf("kept %+v", card)
	}

	// The page proposes it, and the click pays.
	zoe.Draft.Payment = ""
	if err := zoe.Add(k.lamp, 1); err != nil {
		t.Fatal(err)
	}
	sheet, err := zoe.Prepare()
	if err != nil || len(sheet.Cards) != 1 {
		t.Fatalf("%+v, %v", sheet, err)
	}
	zoe.Key = "one click"
	cmd, err := zoe.Order("kept")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Draft.With.Card = card.ID
	placed, err := zoe.Send(cmd)
	if err != nil || placed.Unstarted != nil {
		t.Fatal(err, placed)
	}
	if _, ok := placed.Next.(payment.Concluded); !ok || k.state(placed) != payment.StateCaptured {
		t.Fatalf("%T, %s", placed.Next, k.state(placed))
	}
	if o := k.Find(placed.Order.ID); o.Due().IsPositive() {
		t.Errorf("due: %s", o.Due())
	}
	again, err := zoe.Send(cmd) // the same page sent twice
	if err != nil || !again.Again || len(attempts(t, k.Stage, placed)) != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	k.hears(2)
	last := attempts(t, k.Stage, placed)[0]
	if last.Card.Last != "0001" || k.Bank.Took(last.Ref) != minor(t, last) {
		t.Errorf("paid with %+v, the bank took %d", last.Card, k.Bank.Took(last.Ref))
	}

	// Nobody else pays with it, and nobody who has not signed in.
	eve, guest := k.customer("eve@example.com"), k.Guest("zoe@example.com")
	for _, b := range []*checkouttest.Buyer{eve, guest} {
		if _, err := k.try(b, checkout.With{Card: card.ID}); !errors.Is(err, payment.ErrNoCard) {
			t.Errorf("somebody else's card: %v", err)
		}
	}
	if _, p := k.buy(k.Guest("guest@example.com"), checkout.With{Save: true}); p.Saving != (payment.Saving{}) {
		t.Errorf("a guest's card: %+v", p.Saving)
	}

	// Told twice, it does not come back when it was removed; and the bank deletes it.
	if err := k.Desk.RemoveCard(t.Context(), k.Shop, eve.Who.Customer, card.ID); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("removed by somebody else: %v", err)
	}
	if err := k.Desk.RemoveCard(t.Context(), k.Shop, zoe.Who.Customer, card.ID); err != nil {
		t.Fatal(err)
	}
	for _, raw := range k.Bank.Wait(k.heard) {
		k.Bank.Tell(raw)
	}
	if list := k.cards(zoe); len(list) > 0 {
		t.Errorf("came back: %+v", list)
	}
	k.Bank.Behave(bank.BrokenCalls)
	if failed := k.Work(); len(failed) != 1 {
		t.Errorf("a bank that is away was told: %+v", failed)
	}
	k.Bank.Behave(bank.Proper)
	k.Pass(time.Hour)
	if failed := k.Work(); len(failed) > 0 {
		t.Errorf("the bank was not told: %+v", failed)
	}
}

// TestSaved_gone: PGW-32, a card its bank no longer has, or that is refused, pays nothing; the buyer pays another way.
func TestSaved_gone(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	zoe := k.customer("zoe@example.com")
	card := k.keep(zoe, "once")
	placed, p := k.buy(zoe, checkout.With{Card: card.ID})
	k.hears(1)
	if p.State != payment.StateFailed || p.Reason != payment.ReasonCard || len(k.cards(zoe)) != 1 {
		t.Errorf("refused: %s, %s", p.State, p.Reason)
	}
	paper, err := k.Desk.Show(t.Context(), k.Shop, placed.Link)
	if err != nil || len(paper.Offers) == 0 || paper.Own {
		t.Fatalf("%+v, %v", paper, err)
	}
	if err := k.Desk.Recognise(t.Context(), k.Shop, k.Guest("x@example.com").Who, paper); err != nil || paper.Own || len(paper.Cards) > 0 {
		t.Errorf("whoever has the link sees %+v, %v", paper.Cards, err)
	}
	if err := k.Desk.Recognise(t.Context(), k.Shop, zoe.Who, paper); err != nil || !paper.Own || len(paper.Cards) != 1 {
		t.Errorf("the customer sees %+v, %v", paper.Cards, err)
	}

	// Deleted at the bank: the shop forgets it too.
	k.Write(func(tx tenant.Tx) error {
		token, err := k.Modes.TokenOf(tx, card.Owner, card.ID)
		if err != nil {
			return err
		}
		g, err := k.Modes.Gateways().Find("stripe")
		if err != nil {
			return err
		}
		a, err := k.Modes.FindAccount(tx, card.Mode)
		if err != nil {
			return err
		}
		return g.(payment.Saver).Forget(t.Context(), a, token)
	})
	again, err := k.Desk.PayAgain(t.Context(), k.Shop, zoe.Who, placed.Link, k.ModeOf("kept"), checkout.With{Card: card.ID})
	if err != nil || k.state(again) != payment.StateFailed || len(k.cards(zoe)) != 0 {
		t.Errorf("%v, %s, %+v", err, k.state(again), k.cards(zoe))
	}
	if _, err := k.Desk.PayAgain(t.Context(), k.Shop, zoe.Who, placed.Link, k.ModeOf("kept"), checkout.With{Card: card.ID}); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("a card that is gone: %v", err)
	}
}

// TestSaved_sets: PGW-32, a card of the test mode pays nothing real, one that ran out nothing at all, and none where the
// merchant offers it no more.
func TestSaved_sets(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	zoe := k.customer("zoe@example.com")
	card := k.keep(zoe, "good")
	for what, change := range map[string]func(*payment.Draft){
		"test": func(d *payment.Draft) { d.Test = !d.Test }, "not offered": func(d *payment.Draft) { d.Scope.Saves = false },
	} {
		if err := k.Resave("kept", change); err != nil {
			t.Fatal(err)
		}
		if _, err := k.try(zoe, checkout.With{Card: card.ID}); !errors.Is(err, payment.ErrNoCard) {
			t.Errorf("%s: %v", what, err)
		}
		if err := k.Resave("kept", func(d *payment.Draft) { d.Test, d.Scope.Saves = false, true }); err != nil {
			t.Fatal(err)
		}
	}
	k.Write(func(tx tenant.Tx) error { return tx.DB().Exec(`update saved_cards set expiry = '01/20'`).Error })
	if _, err := k.try(zoe, checkout.With{Card: card.ID}); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("expired: %v", err)
	}
	k.Write(func(tx tenant.Tx) error {
		if err := payment.EraseSaved(tx, card.Owner); err != nil {
			return err
		}
		return tx.DB().Exec(`delete from customers where id = ?`, card.Owner).Error
	})
	if failed := k.Work(); len(failed) > 0 {
		t.Errorf("erased: %+v", failed)
	}
}

// TestSaved_secure: PGW-32, the buyer's bank wants to see him (3-D Secure); whoever opens the page again is led there and
// charges nothing.
func TestSaved_secure(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	zoe := k.customer("zoe@example.com")
	_, p := k.buy(zoe, checkout.With{Save: true})
	k.Bank.Press(p.Ref, "secure")
	k.Bank.Confirm(p.Ref)
	k.hears(2)
	card := k.cards(zoe)[0]
	placed, p := k.buy(zoe, checkout.With{Card: card.ID})
	if _, ok := placed.Next.(payment.Redirect); !ok || p.State != payment.StatePending {
		t.Fatalf("%T, %s", placed.Next, p.State)
	}
	resumed, err := k.Desk.Resume(t.Context(), k.Shop, zoe.Who, placed.Link, false)
	if err != nil || resumed.Next != placed.Next {
		t.Errorf("resumed: %+v, %v", resumed, err)
	}
	if other, err := k.Desk.Resume(t.Context(), k.Shop, k.Guest("friend@example.com").Who, placed.Link, false); err != nil || other.Next != nil {
		t.Errorf("whoever has the link is led to %+v, %v", other, err)
	}
	k.Bank.Confirm(p.Ref)
	k.hears(2)
	if k.state(placed) != payment.StateCaptured {
		t.Errorf("confirmed: %s", k.state(placed))
	}
}

// TestSaved_friend: PGW-32, a friend who pays somebody's order by its link does not find his card in the other's account.
func TestSaved_friend(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	zoe, friend := k.customer("zoe@example.com"), k.Guest("friend@example.com")
	placed, _ := k.buy(zoe, checkout.With{Save: true})
	if other, err := k.Desk.Resume(t.Context(), k.Shop, friend.Who, placed.Link, false); err != nil || other.Next != nil {
		t.Fatalf("led to %+v, %v", other, err)
	}
	for _, with := range []checkout.With{{Save: true}, {}} {
		if _, err := k.Desk.PayAgain(t.Context(), k.Shop, friend.Who, placed.Link, k.ModeOf("kept"), with); err != nil {
			t.Fatal(err)
		}
	}
	list := attempts(t, k.Stage, placed)
	last := list[len(list)-1]
	if last.Saving != (payment.Saving{}) {
		t.Errorf("begun with %+v", last.Saving)
	}
	k.Bank.Press(last.Ref, "good")
	k.hears(2)
	if k.state(placed) != payment.StateCaptured || len(k.cards(zoe)) > 0 {
		t.Errorf("%s, kept %+v", k.state(placed), k.cards(zoe))
	}
}

// TestSaved_lost: PGW-32, a bank that charged and did not answer in time: nothing is charged again and no other way begins until
// it is known, and its notice pays the order.
func TestSaved_lost(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	k.Pay("second", "testbank", k.Bank.Contract())
	k.StandIn("kept", "second")
	zoe := k.customer("zoe@example.com")
	card := k.keep(zoe, "good")
	k.Bank.Behave(bank.SlowCalls)
	placed, p := k.buy(zoe, checkout.With{Card: card.ID})
	if _, ok := placed.Next.(payment.Concluded); !ok || placed.Instead != "" {
		t.Fatalf("%T, instead %q", placed.Next, placed.Instead)
	}
	k.Bank.Behave(bank.Proper)
	k.hears(2)
	if k.Bank.Took(p.Ref) != minor(t, p) || k.state(placed) != payment.StateCaptured {
		t.Errorf("took %d, state %s", k.Bank.Took(p.Ref), k.state(placed))
	}

	k.Bank.Behave(bank.BrokenCalls) // nothing was done this time
	placed, _ = k.buy(zoe, checkout.With{Card: card.ID})
	k.Bank.Behave(bank.Proper)
	for _, with := range []checkout.With{{}, {Card: card.ID}} {
		if _, err := k.Desk.PayAgain(t.Context(), k.Shop, zoe.Who, placed.Link, k.ModeOf("kept"), with); !errors.Is(err, checkout.ErrCharging) {
			t.Errorf("while the answer is awaited: %v", err)
		}
	}
	resumed, err := k.Desk.Resume(t.Context(), k.Shop, zoe.Who, placed.Link, false)
	if _, ok := resumed.Next.(payment.Concluded); err != nil || !ok || k.state(placed).Paid() {
		t.Errorf("opened again: %+v, %v, %s", resumed, err, k.state(placed))
	}
	k.Pass(6 * time.Minute)
	again, err := k.Desk.PayAgain(t.Context(), k.Shop, zoe.Who, placed.Link, k.ModeOf("kept"), checkout.With{Card: card.ID})
	if err != nil || k.state(again) != payment.StateCaptured {
		t.Errorf("later: %v, %s", err, k.state(again))
	}
}
