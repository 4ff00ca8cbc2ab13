package stripe

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/tenant/payment"
)

// tolerance is how far the moment of a signature may be from ours (docs.stripe.com/webhooks/signature).
const tolerance = 5 * time.Minute

// maxSignatures bounds how many signatures of a header are looked at: there are two while a secret is rolled.
const maxSignatures = 10

// reveal is a secret of a mode, empty where the merchant gave none.
func reveal(a payment.Account, what string, test bool) string {
	text := a.Secret(payment.FieldFor(what, test))
	return strings.TrimSpace(text.Reveal())
}

// signature is scheme v1: the endpoint's secret as it stands, with its prefix, over the moment and the bytes of the body.
func signature(secret, stamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, stamp+".")
	_, _ = mac.Write(body)
	return mac.Sum(nil)
}

// seal is a Stripe-Signature header: a moment and signatures of scheme v1. Other schemes are left out.
type seal struct {
	stamp string
	at    time.Time
	signs [][]byte
}

// readSeal takes a header apart, false when it has no moment or no signature.
func readSeal(header string) (seal, bool) {
	var s seal
	for part := range strings.SplitSeq(header, ",") {
		name, value, _ := strings.Cut(part, "=")
		switch strings.TrimSpace(name) {
		case "t":
			seconds, err := strconv.ParseInt(value, 10, 64)
			if err != nil || s.stamp != "" {
				return seal{}, false
			}
			s.stamp, s.at = value, time.Unix(seconds, 0)
		case "v1":
			sign, err := hex.DecodeString(value)
			if err != nil || value != strings.ToLower(value) || len(s.signs) == maxSignatures {
				return seal{}, false
			}
			s.signs = append(s.signs, sign)
		}
	}
	return s, s.stamp != "" && len(s.signs) > 0
}

// verify tells in constant time whether one of the signatures was made with secret.
func (s seal) verify(secret string, body []byte) bool {
	want, good := signature(secret, s.stamp, body), false
	for _, sign := range s.signs {
		good = hmac.Equal(want, sign) || good
	}
	return good && secret != ""
}

// fresh tells that the signature was made about now.
func (s seal) fresh(now time.Time) bool { return now.Sub(s.at).Abs() <= tolerance }
