package paypal

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"hash/crc32"
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"echoppe.dev/tenant/payment"
)

// The headers of a webhook, as net/http writes them.
const (
	headID   = "Paypal-Transmission-Id"
	headTime = "Paypal-Transmission-Time"
	headSig  = "Paypal-Transmission-Sig"
	headCert = "Paypal-Cert-Url"
	headAlgo = "Paypal-Auth-Algo"
)

// headShape is what stands in the signed text beside the body; a bar would blur where one ends.
var headShape = regexp.MustCompile(`^[0-9A-Za-z:.+-]{1,64}$`)

// certPath is where certificates are on each host.
var certPath = regexp.MustCompile(`^/v1/notifications/certs/[0-9A-Za-z_-]{1,100}$`)

// signed tells in which mode PayPal signed the webhook, for which the app of that mode must have it. Errors: ErrForged,
// ErrBank.
func (g *Gateway) signed(ctx context.Context, a payment.Account, raw payment.RawNotice) (test bool, err error) {
	for _, name := range []string{headID, headTime, headSig, headCert, headAlgo} {
		if len(raw.Header[name]) != 1 {
			return false, payment.ErrForged
		}
	}
	id, at := raw.HeaderValue(headID), raw.HeaderValue(headTime)
	if raw.HeaderValue(headAlgo) != "SHA256withRSA" || !headShape.MatchString(id) || !headShape.MatchString(at) {
		return false, payment.ErrForged
	}
	host, path, test, ok := g.source(raw.HeaderValue(headCert))
	hook := a.Config.Text(payment.FieldFor("webhook", test))
	if !ok || hook == "" {
		return false, payment.ErrForged
	}
	key, err := g.certs.find(ctx, g, host, path, test)
	if err != nil {
		return false, err
	}
	if !verify(key, text(id, at, hook, raw.Body), raw.HeaderValue(headSig)) {
		return false, payment.ErrForged
	}
	return test, nil
}

// source is where a certificate is: on PayPal's own hosts, which also tell the sandbox, and nowhere else.
func (g *Gateway) source(address string) (host, path string, test, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || !certPath.MatchString(u.EscapedPath()) {
		return "", "", false, false
	}
	for _, test := range []bool{false, true} {
		if slices.Contains(g.brand.Hosts(test, certs), u.Host) {
			return u.Host, u.Path, test, true
		}
	}
	return "", "", false, false
}

// text is what is signed: of the body only its CRC-32, in decimals.
func text(id, at, hook string, body []byte) string {
	return id + "|" + at + "|" + hook + "|" + strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10)
}

// verify tells whether the signature is of that key over the text (RSA, PKCS #1 v1.5, SHA-256).
func verify(key *rsa.PublicKey, text, signature string) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(signature)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}
