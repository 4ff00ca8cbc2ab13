package lyra

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // contracts of old sign with it
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strings"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant/payment"
)

// The values of the field "hash". The bank's office chooses one; the other is never tried.
const (
	hashHMAC = "hmac"
	hashSHA1 = "sha1"
)

// The bank's words for the modes.
const (
	ctxTest = "TEST"
	ctxLive = "PRODUCTION"
)

func ctxOf(test bool) string {
	if test {
		return ctxTest
	}
	return ctxLive
}

// keyOf is the key of a mode, passwordOf the one for REST; empty where the merchant gave none.
func keyOf(a payment.Account, test bool) string { return reveal(a, "key", test) }

func passwordOf(a payment.Account, test bool) string { return reveal(a, "password", test) }

func reveal(a payment.Account, what string, test bool) string {
	var text secret.Text
	if test {
		text = a.Secret(what + "_test")
	} else {
		text = a.Secret(what + "_live")
	}
	return strings.TrimSpace(text.Reveal())
}

// prefix is that of the fields that are signed.
const prefix = "vads_"

// signature is the signature over fields: their values, in the order of their names, and the key.
func signature(hash, key string, fields map[string]string) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if strings.HasPrefix(name, prefix) {
			text.WriteString(fields[name])
			text.WriteByte('+')
		}
	}
	text.WriteString(key)
	if hash == hashSHA1 {
		sum := sha1.Sum([]byte(text.String())) //nolint:gosec // see above
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, text.String())
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// verify tells in constant time whether that is the signature.
func verify(hash, key string, fields map[string]string, given string) bool {
	return key != "" && hmac.Equal([]byte(signature(hash, key, fields)), []byte(given))
}

// krHash is what REST signs a whole answer with.
func krHash(key, answer string) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, answer)
	return hex.EncodeToString(mac.Sum(nil))
}

// verifyKR gives the answer as it was signed: as it came, or without the strokes that escape slashes, as the vendor's own
// library takes it. False when it was neither.
func verifyKR(key, answer, given string) (string, bool) {
	bare := strings.ReplaceAll(answer, `\/`, `/`)
	asIs, unescaped := hmac.Equal([]byte(krHash(key, answer)), []byte(given)), hmac.Equal([]byte(krHash(key, bare)), []byte(given))
	switch {
	case key == "":
		return "", false
	case asIs:
		return answer, true
	default:
		return bare, unescaped
	}
}
