package checkout

import (
	"context"
	"errors"
	"strings"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shipping"
)

// QuoteFile is a quote as staff sees it.
type QuoteFile struct {
	Quote *quote.Quote
	// Address is that of the customer's page, "" while there is nothing he could see.
	Address string
	Draft   *QuoteSheet
	Sent    *QuoteSheet // nil until it was sent
	Profile *profile.Profile
	View    pricing.View // the sides its customer sees
	Modes   []*shipping.Tariff
	Mails   []notify.Mail
}

// OpenQuote is a quote with everything staff wants to know. Errors: quote.ErrUnknown.
func (d *Desk) OpenQuote(ctx context.Context, shop *tenant.Shop, which quote.ID) (*QuoteFile, error) {
	var f *QuoteFile
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		q, err := quote.Find(tx, which)
		if err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		f = &QuoteFile{Quote: q, Draft: lay(q, &q.Draft), Profile: r.Rules().Profiles.Find(q.Profile), Modes: r.delivery.Tariffs}
		f.View = f.Profile.View(r.Rules().View)
		if q.Sent != nil {
			f.Sent = lay(q, q.Sent)
		}
		if q.Shown() != nil {
			f.Address = d.Addresses.Quote(tx.Shop(), d.Quotes.Make(tx.Shop(), q))
		}
		f.Mails, err = notify.ListOfQuote(tx, subjectOf(q))
		return err
	})
	return f, err
}

// QuoteFor says for whom a quote is begun that nobody has asked for.
type QuoteFor struct {
	Name    string
	Email   string
	Profile profile.Code // of somebody without an account
	Locale  i18n.Locale  // likewise
}

// BeginQuote begins an empty quote for somebody; whoever has an account with that mail address gets it at his
// own profile, in his language. Errors: refused fields "name", "email".
func (d *Desk) BeginQuote(ctx context.Context, shop *tenant.Shop, who tenant.Actor, to QuoteFor) (*quote.Quote, error) {
	var c form.Checker
	to.Email = strings.TrimSpace(to.Email)
	to.Name = c.Line("name", to.Name, quote.MaxName)
	c.Required("name", to.Name)
	c.Required("email", to.Email)
	c.Email("email", to.Email)
	if err := c.Err(); err != nil {
		return nil, err
	}
	var q *quote.Quote
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		q = &quote.Quote{ID: id.New[quote.Quote](), Name: to.Name, Email: to.Email, Locale: to.Locale,
			Profile: r.Rules().Profiles.Find(to.Profile).Code, Currency: r.Rules().Currency}
		if !r.Languages.Serves(q.Locale) {
			q.Locale = r.Languages.Default
		}
		known, err := customer.FindByEmail(tx, to.Email)
		switch {
		case err == nil:
			q.Customer, q.Profile = known.ID, r.Rules().Profiles.Find(profile.Code(known.Profile)).Code
			if r.Languages.Serves(known.Locale) {
				q.Locale = known.Locale
			}
		case !errors.Is(err, customer.ErrUnknown):
			return err
		}
		return begin(tx, who, q)
	})
	return q, err
}

// OfficePDF is the paper of a quote for staff. Errors: quote.ErrUnknown, also for one that was never sent.
func (d *Desk) OfficePDF(ctx context.Context, shop *tenant.Shop, which quote.ID) (*mail.Attachment, error) {
	return d.drawQuote(ctx, shop, func(tenant.Tx) (quote.ID, error) { return which, nil })
}
