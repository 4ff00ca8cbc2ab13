package klikandpay

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/tenant/payment"
)

// The letters that say in which mode a payment was opened.
const (
	testLetter = "t"
	liveLetter = "l"
)

// secretOf is the merchant's own secret. A missing one is the account's fault: nothing is signed under it.
func secretOf(a payment.Account) (string, error) {
	secret := a.Secret("secret").Reveal()
	if !secretShape.MatchString(secret) {
		return "", payment.ErrBank.Because(fmt.Errorf("klikandpay: the secret of mode %s is unusable", a.Mode))
	}
	return secret, nil
}

// token is what goes out with the form and comes back at the end of the declared address: <reference>.<mode>.<MAC>, the
// MAC over the account, the reference and the mode, in hexadecimal. It holds nothing an address would have to escape.
func token(secret, account, ref string, test bool) string {
	letter := liveLetter
	if test {
		letter = testLetter
	}
	h := hmac.New(sha256.New, []byte(secret))
	for _, part := range []string{Family, account, ref, letter} {
		_, _ = fmt.Fprintf(h, "%d:%s", len(part), part) // a hash does not fail
	}
	return ref + "." + letter + "." + hex.EncodeToString(h.Sum(nil))
}

var errToken = errors.New("klikandpay: the token is not one of this account")

// readToken gives the reference and the mode a token was made for. Errors: ErrForged.
func readToken(secret, account, text string) (ref string, test bool, err error) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || parts[0] == "" {
		return "", false, payment.ErrForged.Because(errToken)
	}
	ref, test = parts[0], parts[1] == testLetter
	if !hmac.Equal([]byte(text), []byte(token(secret, account, ref, test))) {
		return "", false, payment.ErrForged.Because(errToken)
	}
	return ref, test, nil
}
