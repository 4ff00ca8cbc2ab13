package paypal

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"sync"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// The certificates webhooks are signed under, each with its issuer's and its key.
var (
	//go:embed live.pem
	livePEM []byte
	//go:embed sandbox.pem
	sandboxPEM []byte
)

// The names of the certificates in their addresses.
var certNames = map[string]string{"live": "CERT-00000000-pretend0-live", "test": "CERT-00000000-pretend0-sandbox"}

func certOf(mode string) []byte {
	if mode == "live" {
		return livePEM
	}
	return sandboxPEM
}

// certificate shows the certificates and keeps the key.
func certificate(_ *bank.Teller, w http.ResponseWriter, r *http.Request) {
	mode := modeOf(r)
	if r.PathValue("name") != certNames[mode] {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	for rest := certOf(mode); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return
		}
		if block.Type == "CERTIFICATE" {
			_ = pem.Encode(w, block)
		}
	}
}

func keyOf(mode string) (*rsa.PrivateKey, error) {
	for rest := certOf(mode); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, fmt.Errorf("no key of %s", mode)
		}
		if block.Type == "PRIVATE KEY" {
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				return nil, err
			}
			return key.(*rsa.PrivateKey), nil
		}
	}
}

// nobody is a key of nobody's.
var nobody = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// resource is what all that happens to money has in common.
func resource(s bank.Saying, id, status string) map[string]any {
	at := time.Unix(s.Time, 0).UTC().Format(time.RFC3339)
	r := unit(s)
	delete(r, "reference_id")
	r["id"], r["status"], r["create_time"], r["update_time"] = id, status, at, at
	r["supplementary_data"] = map[string]any{"related_ids": map[string]any{"order_id": orderID(s.Payment)}}
	return r
}

// processor are the codes of a processor by the engine's reasons.
var processor = map[string]string{"funds": "5120", "card": "5180", "refused": "0500", "authentication": "5650"}

func capture(s bank.Saying) map[string]any {
	r := resource(s, named(s.Payment, s.ID), "COMPLETED")
	switch {
	case s.Message.Event == bank.Refused:
		r["status"] = "DECLINED"
		r["processor_response"] = map[string]any{"response_code": processor[s.Reason]}
	case s.Payment.Refunded > 0 && s.Payment.Refunded == s.Payment.Captured:
		r["status"] = "REFUNDED"
	case s.Payment.Refunded > 0:
		r["status"] = "PARTIALLY_REFUNDED"
	}
	return r
}

func authorization(s bank.Saying) map[string]any {
	status := "CREATED"
	switch s.Payment.Newest().Kind {
	case bank.Cancelled:
		status = "VOIDED"
	case bank.Paid, bank.Refunded:
		status = "CAPTURED"
	}
	return resource(s, authorizationID(s.Payment), status)
}

// refund has no related order, but a link to its capture.
func refund(s bank.Saying) map[string]any {
	r := resource(s, named(s.Payment, s.ID), "COMPLETED")
	delete(r, "supplementary_data")
	for _, e := range s.Payment.Events {
		if e.Kind == bank.Paid {
			r["links"] = []any{map[string]any{"rel": "up", "method": "GET", "href": "https://api-m.paypal.com/v2/payments/captures/" + named(s.Payment, e.ID)}}
		}
	}
	return r
}

// event is the type of a webhook and what it is about.
func event(s bank.Saying) (kind, of string, about map[string]any) {
	switch s.Message.Event {
	case bank.Approved:
		return "CHECKOUT.ORDER.APPROVED", "checkout-order", map[string]any{"id": orderID(s.Payment), "status": "APPROVED",
			"purchase_units": []any{unit(s)}, "payer": map[string]any{"payer_id": payerID}}
	case bank.Authorised:
		return "PAYMENT.AUTHORIZATION.CREATED", "authorization", authorization(s)
	case bank.Cancelled:
		return "PAYMENT.AUTHORIZATION.VOIDED", "authorization", authorization(s)
	case bank.Refunded:
		return "PAYMENT.CAPTURE.REFUNDED", "refund", refund(s)
	case bank.Refused:
		return "PAYMENT.CAPTURE.DECLINED", "capture", capture(s)
	}
	return "PAYMENT.CAPTURE.COMPLETED", "capture", capture(s)
}

// hook is a webhook, signed under the certificate of its mode.
func hook(s bank.Saying) (bank.Letter, error) {
	kind, of, about := event(s)
	body, err := json.Marshal(map[string]any{"id": "WH-" + named(s.Payment, "event "+s.ID), "event_version": "1.0", "resource_version": "2.0", "event_type": kind,
		"resource_type": of, "create_time": time.Unix(s.Time, 0).UTC().Format(time.RFC3339), "summary": "Pretended", "resource": about})
	if err != nil {
		return bank.Letter{}, err
	}
	key, err := keyOf(s.Mode)
	if s.Forged {
		key, err = nobody()
	}
	if err != nil {
		return bank.Letter{}, err
	}
	id := strings.ToLower(fmt.Sprintf("%s-%d", named(s.Payment, "transmission "+s.ID), s.Try))
	at := s.Now.UTC().Format(time.RFC3339)
	text := fmt.Sprintf("%s|%s|%s|%d", id, at, field(s.Contract, s.Mode, "webhook"), crc32.ChecksumIEEE(body))
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		return bank.Letter{}, err
	}
	host := "api.paypal.com"
	if s.Mode == "test" {
		host = "api.sandbox.paypal.com"
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("PAYPAL-TRANSMISSION-ID", id)
	h.Set("PAYPAL-TRANSMISSION-TIME", at)
	h.Set("PAYPAL-TRANSMISSION-SIG", base64.StdEncoding.EncodeToString(signature))
	h.Set("PAYPAL-CERT-URL", "https://"+host+"/v1/notifications/certs/"+certNames[s.Mode])
	h.Set("PAYPAL-AUTH-ALGO", "SHA256withRSA")
	return bank.Letter{Header: h, Body: body}, nil
}
