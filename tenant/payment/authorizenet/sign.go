package authorizenet

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"echoppe.dev/tenant/payment"
)

// signatureHeader is the header of the signature, as net/http writes it.
const signatureHeader = "X-Anet-Signature"

// reveal is a secret of a mode, empty where the merchant gave none.
func reveal(a payment.Account, what string, test bool) string {
	text := a.Secret(payment.FieldFor(what, test))
	return strings.TrimSpace(text.Reveal())
}

// sign is the HMAC-SHA512 of a body under the signature key as the text it is. The vendor's text calls the key binary; the webhooks that
// were published are signed with its text.
func sign(key string, body []byte) []byte {
	mac := hmac.New(sha512.New, []byte(key))
	_, _ = mac.Write(body)
	return mac.Sum(nil)
}

// verify tells whether "sha512=" and hexadecimal digits, of whatever case, are the signature of the body. Without a key nothing is signed.
func verify(key string, body []byte, told string) bool {
	digits, named := strings.CutPrefix(told, "sha512=")
	sum, err := hex.DecodeString(digits)
	return named && err == nil && key != "" && hmac.Equal(sign(key, body), sum)
}
