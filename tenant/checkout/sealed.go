package checkout

import (
	"context"
	"fmt"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/terminal"
)

// ErrSealing refuses a card: the order takes none for the merchant's terminal now.
var ErrSealing = fault.New(fault.Conflict, "checkout.no_sealing")

// The data of a timeline's line that says what became of a sealed card (PAY-03). Where it was opened from stands beside it.
const (
	KeyCard     = "card"
	KeyFrom     = "from"
	CardKept    = "kept"
	CardOpened  = "opened"
	CardRefused = "refused"
	CardExpired = "expired"
)

// CardFates lists what can become of a sealed card.
func CardFates() []string { return []string{CardKept, CardOpened, CardRefused, CardExpired} }

// ForgetCard is the job that deletes a sealed card which was not keyed in time.
type ForgetCard struct {
	Shop    tenant.ID  `json:"shop"`
	Order   order.ID   `json:"order"`
	Payment payment.ID `json:"payment"`
}

// Kind is stored with the job.
func (ForgetCard) Kind() string { return "checkout.forget_card" }

// Sealing is what the page needs that seals a card.
type Sealing struct {
	Number  string // of the order
	Shop    string // what it calls itself
	Amount  money.Amount
	Payment payment.ID
	Key     terminal.Key
	Kept    bool // a card is here already
	Locale  i18n.Locale
}

// Sealing is the page behind an order's link. Errors: order.ErrLink; ErrSealing.
func (d *Desk) Sealing(ctx context.Context, shop *tenant.Shop, link string) (*Sealing, error) {
	var s *Sealing
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		set, o, p, err := d.sealing(tx, link)
		if err != nil {
			return err
		}
		card, err := payment.FindCard(tx, p.ID)
		s = &Sealing{Number: o.Number, Shop: set.Identity.Name, Amount: p.Amount, Payment: p.ID, Key: *set.Terminal.Book().Current(),
			Kept: card != nil, Locale: o.Locale}
		return err
	})
	return s, err
}

// sealing is the open attempt that wants a card, in a shop that takes them.
func (d *Desk) sealing(tx tenant.Tx, link string) (*settings.Settings, *order.Order, *payment.Payment, error) {
	key, err := d.Links.Read(tx, link)
	if err != nil {
		return nil, nil, nil, err
	}
	set, err := settings.Load(tx)
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := order.Find(tx, key)
	if err != nil {
		return nil, nil, nil, err
	}
	attempts, err := payment.ListOf(tx, paymentOrder(key))
	if err != nil {
		return nil, nil, nil, err
	}
	p := current(attempts)
	if p == nil || p.Kind != terminal.Kind || !payable(o) || !tx.Shop().Terminal() || !set.Terminal.Book().Ready() {
		return nil, nil, nil, ErrSealing
	}
	return set, o, p, nil
}

// KeepCard keeps what the buyer's browser has sealed for an attempt to pay, in place of what it sealed before.
//
// Errors: order.ErrLink; ErrSealing, also when another attempt was begun meanwhile; those of terminal.Book.CheckBox.
func (d *Desk) KeepCard(ctx context.Context, shop *tenant.Shop, link string, which payment.ID, card, code string) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		set, o, p, err := d.sealing(tx, link)
		if err != nil {
			return err
		}
		if p.ID != which {
			return ErrSealing
		}
		book := set.Terminal.Book()
		if err := book.CheckBox(terminal.Card, card); err != nil {
			return err
		}
		if err := book.CheckBox(terminal.Code, code); err != nil {
			return err
		}
		if err := payment.KeepCard(tx, p.ID, payment.SealedCard{Key: book.Current().ID, Box: card, Code: code}); err != nil {
			return err
		}
		if err := carded(tx, o.ID, tenant.Actor{Kind: tenant.Customer, Name: o.Buyer}, CardKept, nil); err != nil {
			return err
		}
		return jobs.EnqueueMany(tx, forgetAt(tx, o.ID, p.ID))
	})
}

func forgetAt(tx tenant.Tx, o order.ID, p payment.ID) jobs.New {
	return jobs.New{Args: ForgetCard{Shop: tx.Shop().ID(), Order: o, Payment: p}, Opts: []jobs.Opt{jobs.At(tx.Now().Add(terminal.Lasts))}}
}

// carded writes on the timeline what became of a card; the buyer is told by other lines.
func carded(tx tenant.Tx, o order.ID, who tenant.Actor, what string, more map[string]string) error {
	data := map[string]string{KeyCard: what}
	for name, text := range more {
		data[name] = text
	}
	return order.Happen(tx, o, order.Happening{Kind: order.Noted, Actor: who, Data: data})
}

// OpenCard hands a sealed card to the merchant's browser, which has the key. Who it was, when, and from which address, is
// written on the order's timeline and in the shop's journal first; the security code comes once and is deleted.
//
// Errors: order.ErrUnknown; payment.ErrPayment when there is no card, or none of this order.
func (d *Desk) OpenCard(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, attempt payment.ID, from string) (payment.SealedCard, error) {
	var card payment.SealedCard
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := cardOf(tx, which, attempt)
		if err != nil {
			return err
		}
		if card, err = payment.OpenCard(tx, attempt); err != nil {
			return err
		}
		if err := carded(tx, o.ID, who, CardOpened, map[string]string{KeyFrom: from}); err != nil {
			return err
		}
		return tx.Record(who, "payment.card_opened", "payment/"+attempt.String(), nil,
			map[string]any{"order": o.Number, "from": from, "code": card.Code != "", "time": card.Opened})
	})
	return card, err
}

// cardOf is the order of an attempt. Errors: order.ErrUnknown; payment.ErrPayment when it is of another.
func cardOf(tx tenant.Tx, which order.ID, attempt payment.ID) (*order.Order, error) {
	o, err := order.Find(tx, which)
	if err != nil {
		return nil, err
	}
	p, err := payment.Find(tx, attempt)
	if err == nil && orderOf(p.Order) != o.ID {
		err = payment.ErrPayment
	}
	return o, err
}

// RefuseCard records that the merchant's terminal refused a card, which is deleted by it. The buyer is told, and may pay
// again in any way.
//
// Errors: order.ErrUnknown; payment.ErrPayment; fsm.ErrRefused when the attempt has moved on; refused field "note".
func (d *Desk) RefuseCard(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, attempt payment.ID, r Remark) error {
	r, err := r.clean()
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if _, err := cardOf(tx, which, attempt); err != nil {
			return err
		}
		card, err := payment.FindCard(tx, attempt)
		if err != nil {
			return err
		}
		if card == nil {
			return payment.ErrPayment
		}
		p, err := payment.Find(tx, attempt)
		if err != nil {
			return err
		}
		out, err := payment.Settle(tx, who, attempt, payment.Settlement{Event: payment.Failed, Amount: p.Amount, Note: r.Note})
		if err != nil {
			return err
		}
		if _, err := d.hear(tx, out, who); err != nil {
			return err
		}
		o, err := order.Find(tx, which)
		if err != nil {
			return err
		}
		if err := carded(tx, o.ID, who, CardRefused, nil); err != nil {
			return err
		}
		said := Words().T(o.Locale, "checkout.card_refused", map[string]any{"amount": p.Amount})
		if r.Visible && r.Note != "" {
			said += "\n\n" + r.Note
		}
		return d.tell(tx, o, notify.OrderNote, map[string]string{"note": said})
	})
}

// forgetCard deletes a card that was not keyed in time, and puts it before the shop.
func (d *Desk) forgetCard(ctx context.Context, shop *tenant.Shop, j ForgetCard) error {
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		gone, err := payment.ForgetCard(tx, j.Payment)
		if err != nil || !gone {
			return err
		}
		return carded(tx, j.Order, tenant.ByProgram, CardExpired, nil)
	})
	if err != nil {
		return fmt.Errorf("forget card of order %s: %w", j.Order, err)
	}
	return nil
}

// sealedWords say how an order stands whose card is to be keyed by the merchant.
func (d *Desk) sealedWords(tx tenant.Tx, p payment.Payment) (*payment.Instructions, error) {
	card, err := payment.FindCard(tx, p.ID)
	if err != nil {
		return nil, err
	}
	if card == nil {
		return &payment.Instructions{Seal: true, Lines: []payment.Line{{Key: "payment.terminal.enter", Args: map[string]any{"amount": p.Amount}}}}, nil
	}
	return &payment.Instructions{Lines: []payment.Line{{Key: "payment.terminal.kept", Args: map[string]any{"amount": p.Amount}}}}, nil
}

// openSealed puts the card that waits to be keyed into an order's file, without what only OpenCard gives.
func (d *Desk) openSealed(tx tenant.Tx, f *File, attempt payment.ID) error {
	set, err := settings.Load(tx)
	if err != nil {
		return err
	}
	f.Terminal = set.Terminal.Book()
	if f.Card, err = payment.FindCard(tx, attempt); err != nil || f.Card == nil {
		return err
	}
	if f.Card.Code != "" {
		f.Card.Code = "kept"
	}
	f.Card.Box = ""
	return nil
}
