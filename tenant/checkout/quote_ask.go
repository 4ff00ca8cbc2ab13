package checkout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/quote"
)

// AskQuote is the command to ask for a quote of the visitor's cart.
type AskQuote struct {
	Cart    cart.Token
	Key     string // a secret.Token drawn with the page: the same page sent twice makes one quote
	Name    string // of a guest; a customer is known
	Email   string
	Message string
}

// AskedQuote is a quote that was asked for, just now or by an earlier click.
type AskedQuote struct {
	Quote *quote.Quote
	Link  string
	Again bool // it had been asked for before
}

// AskQuote makes a quote of the cart, at the prices it shows, for the merchant to work on, and writes both
// sides a letter (QUO-02, QUO-03). The cart stays as it is. More than there is in stock may be asked for.
//
// Errors: quote.ErrNotOffered (PROF-05); cart.ErrEmpty; ErrLines for an article that is no longer for sale;
// refused fields "name", "email", "message".
func (d *Desk) AskQuote(ctx context.Context, shop *tenant.Shop, who Visitor, cmd AskQuote) (*AskedQuote, error) {
	var asked *AskedQuote
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		c, err := cart.Lock(tx, cart.Reader{Token: cmd.Cart, Customer: who.Customer})
		if err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		if !r.Rules().Profiles.Find(who.Profile).Quotes {
			return quote.ErrNotOffered
		}
		q, err := quote.FindByAskKey(tx, cmd.key(who))
		again := err == nil
		switch {
		case errors.Is(err, quote.ErrUnknown) && (c == nil || len(c.Lines) == 0):
			return cart.ErrEmpty
		case errors.Is(err, quote.ErrUnknown):
			q, err = d.ask(tx, who, c, cmd)
		}
		if err != nil {
			return err
		}
		asked = &AskedQuote{Quote: q, Link: d.Quotes.Make(tx.Shop(), q), Again: again}
		return nil
	})
	return asked, err
}

// key names the page of asking for the database: nobody finds another one's quote by guessing.
func (a AskQuote) key(who Visitor) string {
	sum := sha256.Sum256([]byte(secret.Context(string(a.Cart), who.Customer.String(), a.Key)))
	return hex.EncodeToString(sum[:])
}

func (d *Desk) ask(tx tenant.Tx, who Visitor, c *cart.Cart, cmd AskQuote) (*quote.Quote, error) {
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	q := &quote.Quote{ID: id.New[quote.Quote](), Customer: who.Customer, Name: cmd.Name, Email: cmd.Email, Locale: who.Locale,
		Profile: who.Profile, Currency: r.Rules().Currency, Message: cmd.Message}
	if err := introduce(tx, q); err != nil {
		return nil, err
	}
	who.look(c)
	q.Choices, err = bound(tx, c)
	if err != nil {
		return nil, err
	}
	c.Choices = q.Choices
	k, err := d.reckon(tx, c, who.as(q.Email), who.Locale)
	if err != nil {
		return nil, err
	}
	if len(k.basket.Lines) < len(c.Lines) {
		return nil, ErrLines
	}
	offer, err := d.propose(tx, q, k)
	if err != nil {
		return nil, err
	}
	q.Asked, q.Draft = &offer, offer
	if err := quote.Insert(tx, q, cmd.key(who)); err != nil {
		return nil, err
	}
	return q, d.Post.Put(tx,
		notify.Letter{Kind: notify.QuoteAsked, To: notify.Buyer, Locale: q.Locale, Quote: subjectOf(q)},
		notify.Letter{Kind: notify.QuoteReceived, To: notify.Staff, Locale: r.Languages.Default, Quote: subjectOf(q)})
}

// introduce says who asks: the customer as he is known, or a guest as he says. Errors: refused fields.
func introduce(tx tenant.Tx, q *quote.Quote) error {
	if !q.Customer.IsZero() {
		known, err := customer.Find(tx, q.Customer)
		if err != nil {
			return err
		}
		q.Name, q.Email = known.Name, known.Email
	}
	var c form.Checker
	q.Name = c.Line("name", q.Name, quote.MaxName)
	q.Email = strings.TrimSpace(q.Email)
	if q.Customer.IsZero() {
		c.Required("name", q.Name)
	}
	c.Required("email", q.Email)
	c.Email("email", q.Email)
	q.Message = c.Block("message", q.Message, quote.MaxMessage)
	return c.Err()
}

// bound is where the goods of a cart would go, as far as it is known: what was said in the checkout, else the
// customer's own address.
func bound(tx tenant.Tx, c *cart.Cart) (cart.Choices, error) {
	to := c.Choices
	to.Shipping, to.Insured, to.Payment, to.Lock = "", false, "", nil
	if to.Country != "" || c.Customer.IsZero() {
		return to, nil
	}
	book, err := customer.Book(tx, c.Customer)
	for _, e := range book {
		if a := e.Address.Clean(); e.Delivery {
			to.Country, to.Region, to.Postcode = a.Country, a.Region, a.Postcode
		}
	}
	return to, err
}

func subjectOf(q *quote.Quote) notify.QuoteID { return id.As[notify.Quote](q.ID) }
