package customer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
)

// Hasher hashes and compares passwords, a bounded number at a time. Matches takes as long for an
// empty hash as for a real one, and says no.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	Matches(ctx context.Context, password, hash string) (bool, error)
}

// Limiter counts attempts; the platform's rate limiter is one.
type Limiter interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration)
}

// Addresses are where the links of letters lead; the face knows them.
type Addresses interface {
	// Reset is the page where the holder of the token chooses a new password.
	Reset(shop *tenant.Shop, token string) string
}

// Accounts registers customers and lets them in. Safe for concurrent use.
type Accounts struct {
	hasher    Hasher
	limiter   Limiter
	addresses Addresses
	post      *notify.Post
}

// New makes the keeper of accounts.
func New(h Hasher, l Limiter, a Addresses, p *notify.Post) *Accounts {
	return &Accounts{hasher: h, limiter: l, addresses: a, post: p}
}

// Registration is the wish to have an account.
type Registration struct {
	Email       string
	Name        string
	Phone       string
	Password    string
	Locale      i18n.Locale
	AcceptsNews bool
}

// Prepared is a registration that was checked and whose password is hashed: what is slow about an
// account is done before the unit of work that adds it.
type Prepared struct{ row row }

// Prepare checks a registration and hashes its password. Errors: refused fields "email", "name",
// "phone", "password".
func (a *Accounts) Prepare(ctx context.Context, r Registration) (*Prepared, error) {
	var c form.Checker
	email := cleanEmail(&c, "email", r.Email)
	name := c.Line("name", r.Name, maxName)
	c.Required("name", name)
	phone := c.Line("phone", r.Phone, maxPhone)
	c.Phone("phone", phone)
	checkPassword(&c, "password", r.Password, email)
	if err := c.Err(); err != nil {
		return nil, err
	}
	hash, err := a.hasher.Hash(ctx, r.Password)
	if err != nil {
		return nil, fmt.Errorf("hash password: %w", err)
	}
	return &Prepared{row{ID: id.New[Customer](), Email: email, Name: name, Phone: phone, Locale: r.Locale,
		PasswordHash: hash, Profile: Anonymous, AcceptsNews: r.AcceptsNews}}, nil
}

// Add makes the account inside the caller's unit of work and writes the customer a welcome.
// Errors: ErrKnown on "email".
func (a *Accounts) Add(tx tenant.Tx, p *Prepared) (*Customer, error) {
	r := p.row
	now := tx.Now()
	r.CreatedAt, r.UpdatedAt, r.LastSignInAt = now, now, &now
	if err := insert(tx, &r); err != nil {
		return nil, err
	}
	err := a.post.Put(tx, notify.Letter{Kind: notify.Welcome, To: r.Email, Locale: r.Locale,
		Words: map[string]string{"name": r.Name}})
	if err != nil {
		return nil, err
	}
	return r.customer(), nil
}

// Register adds an account. Errors: refused fields; ErrKnown on "email".
func (a *Accounts) Register(ctx context.Context, shop *tenant.Shop, r Registration) (*Customer, error) {
	p, err := a.Prepare(ctx, r)
	if err != nil {
		return nil, err
	}
	var added *Customer
	err = shop.Write(ctx, func(tx tenant.Tx) (err error) {
		added, err = a.Add(tx, p)
		return err
	})
	return added, err
}

// Limits on guessing: an address is tried by its owner with a bad memory.
const (
	triesPerAddress = 10
	triesPer        = 10 * time.Minute
)

// SignIn lets a customer in. Errors: ErrSignIn, ErrBlocked, ErrTooOften.
func (a *Accounts) SignIn(ctx context.Context, shop *tenant.Shop, email, password string) (*Customer, error) {
	email = strings.TrimSpace(email)
	if !a.allow(ctx, shop, "sign_in", email) {
		return nil, ErrTooOften
	}
	var found row
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		r, err := readByEmail(tx, email)
		if errors.Is(err, ErrUnknown) {
			return nil
		}
		if err == nil {
			found = *r
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	ok, err := a.hasher.Matches(ctx, password, found.PasswordHash)
	switch {
	case err != nil:
		return nil, fmt.Errorf("compare password: %w", err)
	case !ok:
		return nil, ErrSignIn
	case found.BlockedAt != nil:
		return nil, ErrBlocked
	}
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		now := tx.Now()
		found.LastSignInAt = &now
		return tx.DB().Exec("update customers set last_sign_in_at = ? where id = ?", now, found.ID).Error
	})
	if err != nil {
		return nil, fmt.Errorf("note sign-in: %w", err)
	}
	return found.customer(), nil
}

func (a *Accounts) allow(ctx context.Context, shop *tenant.Shop, what, email string) bool {
	key := "customer:" + what + ":" + shop.ID().String() + ":" + strings.ToLower(email)
	ok, _ := a.limiter.Allow(ctx, key, triesPerAddress, triesPer)
	return ok
}

// Patch is what a customer changes of himself; nil leaves a thing as it is. A new mail address or
// password needs the present password.
type Patch struct {
	Name        *string
	Phone       *string
	Email       *string
	Locale      *i18n.Locale
	AcceptsNews *bool
	NewPassword *string
	Password    string // the present one
	// Session is the digest of the session that stays when the password changes; all others end.
	Session []byte
}

// Change applies a patch. Errors: refused fields; ErrPassword on "password"; ErrKnown on "email";
// ErrUnknown; ErrTooOften.
func (a *Accounts) Change(ctx context.Context, shop *tenant.Shop, who ID, p Patch) (*Customer, error) {
	var before row
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		r, err := read(tx, "id = ?", who)
		if err == nil {
			before = *r
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := p.check(&before); err != nil {
		return nil, err
	}
	if err := a.confirm(ctx, shop, &before, p); err != nil {
		return nil, err
	}
	hash := ""
	if p.NewPassword != nil {
		if hash, err = a.hasher.Hash(ctx, *p.NewPassword); err != nil {
			return nil, fmt.Errorf("hash password: %w", err)
		}
	}
	var changed *Customer
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := read(tx, "id = ? for update", who)
		if err != nil {
			return err
		}
		p.apply(r)
		if hash != "" {
			r.PasswordHash = hash
			if err := endSessions(tx, who, p.Session); err != nil {
				return err
			}
		}
		changed = r.customer()
		return update(tx, r)
	})
	return changed, err
}

// confirm wants the present password for what could lock the customer out of his account.
func (a *Accounts) confirm(ctx context.Context, shop *tenant.Shop, r *row, p Patch) error {
	if p.NewPassword == nil && (p.Email == nil || strings.EqualFold(*p.Email, r.Email)) {
		return nil
	}
	if !a.allow(ctx, shop, "sign_in", r.Email) {
		return ErrTooOften
	}
	ok, err := a.hasher.Matches(ctx, p.Password, r.PasswordHash)
	if err != nil {
		return fmt.Errorf("compare password: %w", err)
	}
	if !ok {
		return ErrPassword.On("password")
	}
	return nil
}

// check cleans the patch in place.
func (p *Patch) check(r *row) error {
	var c form.Checker
	if p.Name != nil {
		*p.Name = c.Line("name", *p.Name, maxName)
		c.Required("name", *p.Name)
	}
	if p.Phone != nil {
		*p.Phone = c.Line("phone", *p.Phone, maxPhone)
		c.Phone("phone", *p.Phone)
	}
	email := r.Email
	if p.Email != nil {
		*p.Email = cleanEmail(&c, "email", *p.Email)
		email = *p.Email
	}
	if p.NewPassword != nil {
		checkPassword(&c, "new_password", *p.NewPassword, email)
	}
	return c.Err()
}

func (p *Patch) apply(r *row) {
	if p.Name != nil {
		r.Name = *p.Name
	}
	if p.Phone != nil {
		r.Phone = *p.Phone
	}
	if p.Email != nil {
		r.Email = *p.Email
	}
	if p.Locale != nil {
		r.Locale = *p.Locale
	}
	if p.AcceptsNews != nil {
		r.AcceptsNews = *p.AcceptsNews
	}
}
