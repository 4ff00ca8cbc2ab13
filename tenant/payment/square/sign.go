package square

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strings"

	"echoppe.dev/tenant/payment"
)

// signatureHeader is the header of the signature, as net/http writes it.
const signatureHeader = "X-Square-Hmacsha256-Signature"

// reveal is a secret of a mode, empty where the merchant gave none.
func reveal(a payment.Account, what string, test bool) string {
	text := a.Secret(payment.FieldFor(what, test))
	return strings.TrimSpace(text.Reveal())
}

// signature is that of an event: the key of the subscription as it stands, over the address the subscription names and the
// bytes of the body, with nothing between them (Square, "Verify and validate an event notification").
func signature(key, address string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, address)
	_, _ = mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// verify compares the whole text of a signature in constant time, so that no other way to write the same bytes is taken. Without
// a key or an address nothing is signed.
func verify(key, address string, body []byte, told string) bool {
	return hmac.Equal([]byte(signature(key, address, body)), []byte(told)) && key != "" && address != ""
}
