package account

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"echoppe.dev/platform/kit/fault"
)

// cost is OWASP's first recommendation for argon2id (Password Storage Cheat Sheet): 19 MiB, two
// passes, one lane.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const (
	minPassword = 10
	// maxPassword bounds the work of hashing what a stranger sends, in bytes.
	maxPassword = 512
)

// Hasher hashes and compares passwords, a few at a time. Safe for concurrent use.
type Hasher struct {
	seats chan struct{}
	// nobody is compared against for an address that has no password, to take the same time.
	nobody string
}

// NewHasher makes a hasher with one seat a processor.
func NewHasher() (*Hasher, error) {
	nobody, err := argon2id.CreateHash("nobody has this password", cost)
	if err != nil {
		return nil, fmt.Errorf("prepare password hashing: %w", err)
	}
	return &Hasher{seats: make(chan struct{}, runtime.GOMAXPROCS(0)), nobody: nobody}, nil
}

// Hash is what to store of a password.
func (h *Hasher) Hash(ctx context.Context, password string) (hash string, err error) {
	err = h.seated(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, cost)
		return err
	})
	return hash, err
}

// Matches compares a password with a stored hash; with "" it works as long and says no.
func (h *Hasher) Matches(ctx context.Context, password, hash string) (ok bool, err error) {
	known := hash != ""
	if !known {
		hash = h.nobody
	}
	if len(password) > maxPassword {
		password, known = "", false
	}
	err = h.seated(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return ok && known, err
}

func (h *Hasher) seated(ctx context.Context, work func() error) error {
	select {
	case h.seats <- struct{}{}:
		defer func() { <-h.seats }()
		return work()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// CheckPassword tells whether a password may be chosen: long enough, and not the address itself.
// Length is what counts (NIST SP 800-63B, section 5.1.1.2), so no rules of composition.
// Errors: a refused field "password".
func CheckPassword(password, email string) error {
	local, _, _ := strings.Cut(email, "@")
	key, args := "", fault.Args(nil)
	switch {
	case password == "":
		key = "form.required"
	case utf8.RuneCountInString(password) < minPassword:
		key, args = "form.too_short", fault.Args{"min": minPassword}
	case len(password) > maxPassword:
		key, args = "form.too_long", fault.Args{"max": maxPassword}
	case strings.EqualFold(password, email), strings.EqualFold(password, local),
		strings.Count(password, password[:1]) == len(password):
		key = "account.weak_password"
	}
	if key == "" {
		return nil
	}
	return fault.Invalid(fault.Field{Name: "password", Key: key, Args: args})
}
