package customer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/profile"
)

// InvitedFor is how long the link of an invitation works: its reader may be on holiday.
const InvitedFor = 14 * 24 * time.Hour

// Invitation is a customer the merchant brings in himself.
type Invitation struct {
	Email   string
	Name    string
	Locale  i18n.Locale
	Profile profile.Code
}

// Invite gives the profile to the customer of that address, makes him an account when he has none, and
// writes him a letter with a link to choose a password (PROF-10). Errors: refused fields "email", "name".
func (a *Accounts) Invite(ctx context.Context, shop *tenant.Shop, by tenant.Actor, in Invitation) (*Customer, error) {
	var c form.Checker
	in.Email = cleanEmail(&c, "email", in.Email)
	in.Name = c.Line("name", in.Name, maxName)
	c.Required("name", in.Name)
	if err := c.Err(); err != nil {
		return nil, err
	}
	var invited *Customer
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := a.bring(tx, in)
		if err != nil {
			return err
		}
		invited = r.customer()
		link, err := a.openLink(tx, r.ID, InvitedFor)
		if err != nil {
			return err
		}
		err = a.post.Put(tx, notify.Letter{Kind: notify.Invitation, To: r.Email, Locale: r.Locale, Words: map[string]string{"name": r.Name},
			Link: link})
		if err != nil {
			return err
		}
		return tx.Record(by, "customer.invited", "customer/"+r.ID.String(), nil, state(r))
	})
	return invited, err
}

// bring is the customer of the address with the profile, added when there is none.
func (a *Accounts) bring(tx tenant.Tx, in Invitation) (*row, error) {
	r, err := readByEmail(tx, in.Email)
	if errors.Is(err, ErrUnknown) {
		r = &row{ID: id.New[Customer](), Email: in.Email, Name: in.Name, Locale: in.Locale, Profile: string(in.Profile),
			CreatedAt: tx.Now(), UpdatedAt: tx.Now()}
		return r, insert(tx, r)
	}
	if err != nil {
		return nil, err
	}
	r.Profile = string(in.Profile)
	return r, update(tx, r)
}

// openLink notes a link with which a customer chooses a password.
func (a *Accounts) openLink(tx tenant.Tx, who ID, works time.Duration) (secret.Text, error) {
	token := secret.Token()
	err := tx.DB().Exec(`insert into tokens (purpose, digest, customer_id, expires_at) values (?, ?, ?, ?)`,
		purposeReset, digestOf(token), who, tx.Now().Add(works)).Error
	if err != nil {
		return secret.Text{}, fmt.Errorf("note link: %w", err)
	}
	return secret.NewText(a.addresses.Reset(tx.Shop(), token)), nil
}
