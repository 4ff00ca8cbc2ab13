package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
)

// Domains is a Gateway whose fields on the shop's page show the wallets of browsers, Google Pay and Apple Pay, once its bank
// knows the domain of the page (PGW-39, PGN-06, PGN-07).
type Domains interface {
	// ShowsWallets tells whether a mode with that configuration has such fields.
	ShowsWallets(config form.Values) bool
	// RegisterDomain tells the bank a host name, without scheme and port, and whether Apple Pay may be shown on it as well, for
	// which Apple wants to read AssociationFile there. It is harmless to repeat.
	//
	// Errors: ErrDeclined for a host the bank does not take; ErrOffice; of kind Upstream.
	RegisterDomain(ctx context.Context, a Account, host string) (apple bool, err error)
	// AssociationFile is what a host has to serve at AssociationPath, the same for every merchant of the bank. Errors: of kind
	// Upstream.
	AssociationFile(ctx context.Context) ([]byte, error)
}

// AssociationPath is where Apple looks for the file by which a bank speaks for a host ("Apple Pay on the Web, Setting Up Your
// Server").
const AssociationPath = "/.well-known/apple-developer-merchantid-domain-association"

// Domain is what a mode's bank says of one of the shop's hosts.
type Domain struct {
	Host     string    `json:"host"`
	Test     bool      `json:"test,omitempty"` // said of the bank's test mode
	Standing Standing  `json:"standing"`
	At       time.Time `json:"at"`
}

// Standing is how far a host has come.
type Standing string

// The standings. The words are stored and have a message each: "payment.domain.<standing>".
const (
	DomainReady   Standing = "ready"    // Google Pay and Apple Pay
	DomainNoApple Standing = "no_apple" // Google Pay alone: Apple has not read the file
	DomainRefused Standing = "refused"  // the bank does not take this host
	DomainOffice  Standing = "office"   // the account's key may not register hosts
	DomainAway    Standing = "away"     // the bank was not reached
)

// Standings lists them all.
func Standings() []Standing {
	return []Standing{DomainReady, DomainNoApple, DomainRefused, DomainOffice, DomainAway}
}

// Key is the message that tells the merchant.
func (s Standing) Key() string { return "payment.domain." + string(s) }

// passes tells that it may be better later.
func (s Standing) passes() bool { return s == DomainNoApple || s == DomainAway }

// standing is what came of asking.
func standing(apple bool, err error) Standing {
	switch {
	case errors.Is(err, ErrDeclined):
		return DomainRefused
	case errors.Is(err, ErrOffice):
		return DomainOffice
	case err != nil:
		return DomainAway
	case !apple:
		return DomainNoApple
	}
	return DomainReady
}

// ListDomains is what a mode's bank said last, host by host. Errors: ErrMode.
func ListDomains(tx tenant.Tx, mode ModeID) ([]Domain, error) {
	var texts []string
	if err := tx.DB().Raw("select domains::text from payment_modes where id = ?", mode).Scan(&texts).Error; err != nil {
		return nil, fmt.Errorf("read domains of payment mode %s: %w", mode, err)
	}
	if len(texts) == 0 {
		return nil, ErrMode
	}
	var list []Domain
	if err := json.Unmarshal([]byte(texts[0]), &list); err != nil {
		return nil, fmt.Errorf("read domains of payment mode %s: %w", mode, err)
	}
	return list, nil
}

func keepDomains(tx tenant.Tx, mode ModeID, list []Domain) error {
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	if err := tx.DB().Exec("update payment_modes set domains = ?::jsonb where id = ?", string(text), mode).Error; err != nil {
		return fmt.Errorf("write domains of payment mode %s: %w", mode, err)
	}
	return nil
}
