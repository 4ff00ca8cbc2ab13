package paypal

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"echoppe.dev/tenant/payment"
)

// tokens are the bearer tokens of apps, in memory only, for as long as PayPal says that they are good.
type tokens struct {
	mu   sync.Mutex
	apps map[[sha256.Size]byte]token
}

type token struct {
	text  string
	until time.Time
}

const (
	maxTokens = 2000        // apps that are remembered
	maxLife   = 9 * 60 * 60 // seconds a token is believed in, whatever PayPal says
	tooOld    = time.Minute // before its end a token is fetched anew
)

func newTokens() *tokens { return &tokens{apps: map[[sha256.Size]byte]token{}} }

// app names what a token is for, without keeping the secret.
func app(s *session) [sha256.Size]byte {
	return sha256.Sum256([]byte(s.client.APIBase + "\x00" + s.client.ClientID + "\x00" + s.client.Secret))
}

// find is a token that is still good, fetched where there is none. Errors: payment.ErrBank.
func (t *tokens) find(ctx context.Context, s *session) (string, error) {
	now := s.gateway.calls.Clock().Now()
	t.mu.Lock()
	known, ok := t.apps[app(s)]
	t.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.text, nil
	}
	got, err := s.client.GetAccessToken(ctx)
	if err = s.judge("token", err); err != nil {
		return "", payment.ErrBank.Because(err)
	}
	if got.Token == "" {
		return "", payment.ErrBank.Because(errors.New("paypal: no token"))
	}
	life := min(max(int64(got.ExpiresIn), 0), maxLife)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.apps) >= maxTokens {
		clear(t.apps)
	}
	t.apps[app(s)] = token{got.Token, now.Add(time.Duration(life)*time.Second - tooOld)}
	return got.Token, nil
}

// drop forgets a token that was refused.
func (t *tokens) drop(s *session) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.apps, app(s))
}
