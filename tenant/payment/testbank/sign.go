package testbank

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/tenant/payment"
)

// signatureHeader carries the signature of a body, both ways.
const signatureHeader = "Bank-Signature"

// tolerance is how far off the time of a signature may be (section 5).
const tolerance = 10 * time.Minute

// keyOf is the account's key. A missing one is the account's fault: nothing verifies under it.
func keyOf(a payment.Account) ([]byte, error) {
	key, err := hex.DecodeString(a.Secret("key").Reveal())
	if err != nil || len(key) != sha256.Size {
		return nil, payment.ErrBank.Because(fmt.Errorf("testbank: the key of mode %s is unusable", a.Mode))
	}
	return key, nil
}

// fieldsMAC authenticates the fields a browser carries (section 2).
func fieldsMAC(key []byte, fields []payment.FormField) []byte {
	sorted := slices.Clone(fields)
	slices.SortFunc(sorted, func(a, b payment.FormField) int { return strings.Compare(a.Name, b.Name) })
	mac := hmac.New(sha256.New, key)
	for _, f := range sorted {
		fmt.Fprintf(mac, "%s=%d:%s\n", f.Name, len(f.Value), f.Value)
	}
	return mac.Sum(nil)
}

// bodyMAC authenticates a body sent at t (section 5).
func bodyMAC(key []byte, t string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(t))
	mac.Write([]byte{'.'})
	mac.Write(body)
	return mac.Sum(nil)
}

// signature is the header for a body sent now.
func (g *Gateway) signature(key, body []byte) string {
	t := strconv.FormatInt(g.clock.Now().Unix(), 10)
	return "t=" + t + ",v1=" + hex.EncodeToString(bodyMAC(key, t, body))
}

// verify checks the header of a body. Errors: ErrForged.
func (g *Gateway) verify(key []byte, header string, body []byte) error {
	t, v1, ok := readSignature(header)
	if !ok {
		return payment.ErrForged
	}
	if !hmac.Equal(v1, bodyMAC(key, t, body)) {
		return payment.ErrForged
	}
	sent, err := strconv.ParseInt(t, 10, 64)
	if err != nil || g.clock.Now().Sub(time.Unix(sent, 0)).Abs() > tolerance {
		return payment.ErrForged.Because(fmt.Errorf("testbank: signed at %q", t))
	}
	return nil
}

// readSignature takes "t=<digits>,v1=<hex>" apart, and nothing that looks different.
func readSignature(header string) (t string, v1 []byte, ok bool) {
	rest, ok := strings.CutPrefix(header, "t=")
	if !ok {
		return "", nil, false
	}
	t, code, ok := strings.Cut(rest, ",v1=")
	if !ok || len(code) != hex.EncodedLen(sha256.Size) || code != strings.ToLower(code) {
		return "", nil, false
	}
	v1, err := hex.DecodeString(code)
	return t, v1, err == nil
}
