package quote

import (
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// LinkFor is how long the link to a quote works: as long as prices can be promised, and a year for whoever
// wants to read again what he was offered.
const LinkFor = (MaxDays + 365) * 24 * time.Hour

// Signer signs links; secret.Ring is one.
type Signer interface {
	Sign(purpose, subject string, expires time.Time) string
	Verify(purpose, signed string, now time.Time) (string, error)
}

// Links makes and reads the links that open a quote without an account.
type Links struct{ signer Signer }

// NewLinks makes links signed by s.
func NewLinks(s Signer) *Links { return &Links{s} }

func purpose(shop *tenant.Shop) string { return secret.Context(shop.ID().String(), "quote") }

// Make is the link of a quote: the same each time, as long as the signing key is.
func (l *Links) Make(shop *tenant.Shop, q *Quote) string {
	return l.signer.Sign(purpose(shop), q.ID.String(), q.CreatedAt.Add(LinkFor))
}

// Read is the quote a link opens. Errors: ErrLink.
func (l *Links) Read(tx tenant.Tx, link string) (ID, error) {
	subject, err := l.signer.Verify(purpose(tx.Shop()), link, tx.Now())
	if err != nil {
		return ID{}, ErrLink.Because(err)
	}
	q, err := id.Parse[Quote](subject)
	if err != nil {
		return ID{}, ErrLink.Because(err)
	}
	return q, nil
}
