package checkout

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/quote"
)

// Limits of what can be asked for.
const (
	MaxRequestLines = 20
	MaxRequestText  = 200
	MaxRequestNote  = 1000
)

// Refusals.
var (
	// ErrNothingAsked refuses a request without a line.
	ErrNothingAsked = fault.New(fault.Malformed, "checkout.request_empty")
	// ErrRequestPast refuses a last day that is over.
	ErrRequestPast = fault.New(fault.Malformed, "checkout.request_past")
	// ErrNoWay: the shop has no way to pay that fits.
	ErrNoWay = fault.New(fault.Malformed, "checkout.request_no_way")
	// ErrOfflineOnly: it has none to pay online, to which a link could lead.
	ErrOfflineOnly = fault.New(fault.Malformed, "checkout.request_offline")
)

// PayRequest asks somebody to pay for what is in no catalogue: a repair, a deposit, what was agreed on the telephone (PGW-34).
type PayRequest struct {
	Name     string
	Email    string
	Locale   i18n.Locale
	Country  string // whose tax it is
	Postcode string // where a part of the country has a tax of its own; may be empty
	Lines    []RequestLine
	Gross    bool      // the amounts contain the tax
	Due      time.Time // last day to pay, at midnight UTC; zero for none
	Note     string    // to the buyer
	Send     bool      // send him the link; else the merchant carries it to him
	// Every is how often it is asked for again, "" for once, and Times how many times in all, 0 until somebody stops it (PGW-31).
	Every order.Rhythm
	Times int
}

// RequestLine is one thing to pay for.
type RequestLine struct {
	Text   string
	Amount decimal.Decimal // in the shop's currency, on the side PayRequest.Gross says
	Class  pricing.Class
}

// RequestPayment writes the order for it, which is paid like any other, with the shop's own modes and by the buyer himself:
// nobody in the shop touches a card (PGW-25). Its lines are no articles and hold no stock. Who has an account with that mail address
// finds it there.
//
// Errors: refused fields "name", "email", "locale", "country", "postcode", "lines", "lines.<i>.text", "lines.<i>.amount",
// "lines.<i>.class", "due", "note", "every", "times"; ErrNoWay on "country"; ErrOfflineOnly on "send".
func (d *Desk) RequestPayment(ctx context.Context, shop *tenant.Shop, who tenant.Actor, cmd PayRequest) (*order.Order, error) {
	var o *order.Order
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		if err := r.checkRequest(&cmd, tx.Now()); err != nil {
			return err
		}
		if o, err = r.requested(tx, cmd); err != nil {
			return err
		}
		link := d.Links.Make(tx.Shop(), o.ID, o.PlacedAt)
		placing := order.Placing{Key: "request:" + secret.Token(), Link: link, Prefix: r.Orders.Prefix, First: r.Orders.NextNumber, Actor: who}
		if err := order.Insert(tx, o, placing); err != nil {
			return err
		}
		offers, _, err := d.offers(tx, o, nil)
		if err != nil {
			return err
		}
		if len(offers) == 0 {
			return ErrNoWay.On("country")
		}
		if err := react(tx, d.Reactions.Placed, o, who); err != nil || !cmd.Send {
			return err
		}
		err = d.sendLink(tx, o, who)
		if errors.Is(err, ErrNoOnline) {
			return ErrOfflineOnly.On("send")
		}
		return err
	})
	return o, err
}

// RequestTotal is what a request would come to, with its tax; nothing is written. Errors: as RequestPayment's for what was typed.
func (d *Desk) RequestTotal(ctx context.Context, shop *tenant.Shop, cmd PayRequest) (*pricing.Priced, error) {
	var p *pricing.Priced
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		if err := r.checkRequest(&cmd, tx.Now()); err != nil {
			return err
		}
		o, err := r.requested(tx, cmd)
		if err == nil {
			p = o.Priced
		}
		return err
	})
	return p, err
}

// checkRequest refuses what cannot be asked for, and puts right what is only untidy.
func (r *rules) checkRequest(cmd *PayRequest, now time.Time) error {
	var c form.Checker
	cmd.Name, cmd.Email, cmd.Postcode = c.Line("name", cmd.Name, quote.MaxName), strings.TrimSpace(cmd.Email), c.Line("postcode", cmd.Postcode, maxPostcode)
	c.Required("name", cmd.Name)
	c.Required("email", cmd.Email)
	c.Email("email", cmd.Email)
	locales := make([]string, len(r.Languages.Offered))
	for i, l := range r.Languages.Offered {
		locales[i] = string(l)
	}
	c.Required("locale", string(cmd.Locale))
	c.OneOf("locale", string(cmd.Locale), locales...)
	c.Required("country", cmd.Country)
	if cmd.Country != "" && !address.IsCountry(cmd.Country) {
		c.Refuse("country", form.KeyCountry, nil)
	}
	cmd.Note = c.Block("note", cmd.Note, MaxRequestNote)
	switch {
	case len(cmd.Lines) == 0:
		_ = c.Add("", ErrNothingAsked.On("lines"))
	case len(cmd.Lines) > MaxRequestLines:
		c.Refuse("lines", form.KeyTooMany, fault.Args{"max": MaxRequestLines})
	}
	if !cmd.Due.IsZero() && cmd.Due.Before(quote.Day(now, r.Rules().Zone)) {
		_ = c.Add("", ErrRequestPast.On("due"))
	}
	r.checkLines(&c, cmd.Lines)
	cmd.checkRepeat(&c)
	return c.Err()
}

// maxPostcode is that of addresses.
const maxPostcode = 12

func (r *rules) checkLines(c *form.Checker, lines []RequestLine) {
	classes := make([]string, 0, len(r.Tax.AllClasses()))
	for _, class := range r.Tax.AllClasses() {
		classes = append(classes, string(class))
	}
	smallest := decimal.New(1, -r.Rules().Currency.Digits())
	for i := range lines {
		at := "lines." + strconv.Itoa(i) + "."
		l := &lines[i]
		l.Text = c.Line(at+"text", l.Text, MaxRequestText)
		c.Required(at+"text", l.Text)
		c.Range(at+"amount", l.Amount, smallest, pricing.MaxUnit)
		c.Required(at+"class", string(l.Class))
		c.OneOf(at+"class", string(l.Class), classes...)
	}
}

// buyerOf finds the account with a mail address, and as which customer its owner buys; anybody else is a guest.
func (r *rules) buyerOf(tx tenant.Tx, email string) (customer.ID, *profile.Profile, error) {
	known, err := customer.FindByEmail(tx, email)
	switch {
	case err == nil:
		return known.ID, r.Rules().Profiles.Find(profile.Code(known.Profile)), nil
	case errors.Is(err, customer.ErrUnknown):
		return customer.ID{}, r.Rules().Profiles.Find(profile.Anonymous), nil
	}
	return customer.ID{}, nil, err
}

// amountOf is a typed amount in the shop's currency.
func (r *rules) amountOf(l RequestLine) money.Amount { return money.New(l.Amount, r.Rules().Currency) }
