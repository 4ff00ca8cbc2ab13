package order

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// LinkFor is how long the link to an order's page works: as long as a buyer may have a claim under
// the legal guarantee of conformity, two years from delivery (Directive (EU) 2019/771, art. 10), and
// half a year for the parcel to come.
const LinkFor = 30 * 30 * 24 * time.Hour

// Signer signs links; secret.Ring is one.
type Signer interface {
	Sign(purpose, subject string, expires time.Time) string
	Verify(purpose, signed string, now time.Time) (string, error)
}

// Links makes and reads the links that open an order's page without an account.
type Links struct{ signer Signer }

// NewLinks makes links signed by s.
func NewLinks(s Signer) *Links { return &Links{s} }

func purpose(shop *tenant.Shop) string { return secret.Context(shop.ID().String(), "order") }

// Make is the link of an order: the same each time, as long as the signing key is.
func (l *Links) Make(shop *tenant.Shop, o ID, placed time.Time) string {
	return l.signer.Sign(purpose(shop), o.String(), placed.Add(LinkFor))
}

// Read is the order a link opens. Errors: ErrLink.
func (l *Links) Read(tx tenant.Tx, link string) (ID, error) {
	subject, err := l.signer.Verify(purpose(tx.Shop()), link, tx.Now())
	if err == nil {
		o, err := id.Parse[Order](subject)
		if err != nil {
			return ID{}, ErrLink.Because(err)
		}
		return o, nil
	}
	if errors.Is(err, secret.ErrLinkExpired) {
		return ID{}, ErrLink.Because(err)
	}
	// Signed by a key that was replaced since, perhaps: then its digest is known.
	var found []ID
	readErr := tx.DB().Raw("select id from orders where digest = ? and placed_at > ?", digest(link), tx.Now().Add(-LinkFor)).
		Scan(&found).Error
	if readErr != nil {
		return ID{}, fmt.Errorf("look for link: %w", readErr)
	}
	if len(found) == 0 {
		return ID{}, ErrLink.Because(err)
	}
	return found[0], nil
}

func digest(link string) []byte {
	b, err := hex.DecodeString(secret.Digest(link))
	if err != nil {
		panic(err) // Digest promises hexadecimal
	}
	return b
}
