package bluepaid

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// secretOf is the merchant's own secret. A missing one is the account's fault: nothing is signed under it.
func secretOf(a payment.Account) (string, error) {
	secret := a.Secret("secret").Reveal()
	if !secretShape.MatchString(secret) {
		return "", payment.ErrBank.Because(fmt.Errorf("bluepaid: the secret of mode %s is unusable", a.Mode))
	}
	return secret, nil
}

// mac ties a reference to an account, in hexadecimal: what goes out and comes back as "divers".
func mac(secret, boutique, ref string) string {
	h := hmac.New(sha256.New, []byte(secret))
	for _, part := range []string{Family, boutique, ref} {
		_, _ = fmt.Fprintf(h, "%d:%s", len(part), part) // a hash does not fail
	}
	return hex.EncodeToString(h.Sum(nil))
}
