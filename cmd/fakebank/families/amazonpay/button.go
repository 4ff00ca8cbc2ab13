package amazonpay

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

//go:embed checkout.js
var checkoutJS []byte

func serveScript(_ *bank.Teller, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, _ = w.Write(checkoutJS)
}

// scripts are the hosts of checkout.js, and the end of the API's host in the same region.
var scripts = map[string]string{"static-na.payments-amazon.com": ".com", "static-eu.payments-amazon.com": ".eu", "static-fe.payments-amazon.com": ".jp"}

// byButton stands for the idempotency key of a payment that was opened by the shop's page.
const byButton = "button"

// button opens a payment with the signed payload of a shop's page, and goes on to the hosted page.
func (d Dialect) button(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	id, path := q.Get("key"), "/live/"
	switch {
	case strings.HasPrefix(id, "SANDBOX-"), strings.HasPrefix(id, "LIVE-"):
		path = "/"
	case q.Get("sandbox") == "true":
		path = "/sandbox/"
	}
	m, mode, ok := owner(t, id, path)
	payload := q.Get("payload")
	if !ok || q.Get("merchant") != m.Number || !sealed(m, mode, q.Get("algorithm"), payload, q.Get("signature")) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	b, ok := readPayload(strings.NewReader(payload))
	end, known := scripts[r.PathValue("host")]
	if !ok || !known || q.Get("product") != map[bool]string{true: "PayAndShip", false: "PayOnly"}[b.Address != nil] {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	request, reason := d.request(t, m, mode, b, asked{region: regions[end], key: byButton, notify: q.Get("notify")})
	if reason != "" {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	p, err := t.Open(request)
	if err != nil {
		t.Refuse(w, r, http.StatusConflict, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// sealed tells whether the shop signed the payload: its text, and nothing of the request.
func sealed(m bank.Merchant, mode, algorithm, payload, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	key, wrong := publicKey(keyText(m, mode))
	if err != nil || wrong != nil || algorithm != "AMZN-PAY-RSASSA-PSS-V2" {
		return false
	}
	digest := sha256.Sum256([]byte(algorithm + "\n" + hexSum([]byte(payload))))
	return rsa.VerifyPSS(key, crypto.SHA256, digest[:], raw, &rsa.PSSOptions{SaltLength: 32}) == nil
}
