package signup

import (
	"context"
	"errors"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// Refusals.
var (
	ErrClosed  = fault.New(fault.Closed, "signup.closed")
	ErrTooMany = fault.New(fault.Quota, "signup.too_many")
)

// Limits on how many shops one client may open: an agency opens several in an hour, a script many.
var perClient = web.Rate{Limit: 20, Per: time.Hour}

// entryLasts is the life of the link between this host and the back office; the browser follows it
// at once.
const entryLasts = 5 * time.Minute

// Desk gives people shops. Safe for concurrent use.
type Desk struct {
	accounts *account.Accounts
	shops    *provision.Provisioner
	toggle   *Toggle
	limiter  web.Limiter
}

// NewDesk makes a desk.
func NewDesk(a *account.Accounts, p *provision.Provisioner, t *Toggle, l web.Limiter) *Desk {
	return &Desk{a, p, t, l}
}

// Visitor is who asks for a shop.
type Visitor struct {
	Email  string
	Locale i18n.Locale
	Client string // where the request comes from (web.ByClient)
}

// Outcome is what became of a sign-up.
type Outcome struct {
	// Shop is the new shop; nil when the address was known, and a letter was sent instead.
	Shop *registry.Shop
	// Token signs the person in at the back office (account.LinkPath).
	Token string
}

// SignUp opens a shop for a new person, or sends a sign-in link to a known one.
// Errors: ErrClosed, ErrTooMany inside a *web.Later, a refused field "email",
// provision.ErrNoneReady.
func (d *Desk) SignUp(ctx context.Context, v Visitor) (Outcome, error) {
	email, err := account.CleanEmail(v.Email)
	if err != nil {
		return Outcome{}, err
	}
	open, err := d.toggle.Open(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if !open {
		return Outcome{}, ErrClosed
	}
	if ok, after := d.limiter.Allow(ctx, "sign-up:"+v.Client, perClient.Limit, perClient.Per); !ok {
		return Outcome{}, &web.Later{Err: ErrTooMany, After: max(after, time.Second)}
	}
	const tries = 6
	var out Outcome
	for try := range tries {
		out, err = d.open(ctx, email, v.Locale, try > 1)
		if !errors.Is(err, registry.ErrSlugTaken) {
			break
		}
	}
	if errors.Is(err, account.ErrKnown) {
		return Outcome{}, d.accounts.SendLink(ctx, email, account.Enter)
	}
	return out, err
}

func (d *Desk) open(ctx context.Context, email string, l i18n.Locale, wide bool) (Outcome, error) {
	title, slug := name(wide)
	var out Outcome
	shop, err := d.shops.Open(ctx, provision.Order{
		Slug: slug,
		Seed: provision.Seed{Locale: l, Name: title, Email: email},
		By:   audit.Actor{Name: email},
		Alongside: func(tx pg.Tx, shop registry.ID) error {
			who, err := d.accounts.Register(tx, email, l)
			if err == nil {
				err = account.Join(tx, who.ID, shop, authz.Owner)
			}
			if err == nil {
				out.Token, err = d.accounts.NewLink(tx, who.ID, account.Enter, entryLasts)
			}
			return err
		},
	})
	out.Shop = shop
	return out, err
}
