package amazonpay

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

//go:embed sample.pem
var samplePEM string

func publicKey(text string) (*rsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("no public key")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	own, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("a key of another kind")
	}
	return own, nil
}

// caller is the contract whose key signed a request, and the mode of the request. The body can be read again.
func caller(t *bank.Teller, r *http.Request) (m bank.Merchant, mode string, ok bool) {
	const scheme = "AMZN-PAY-RSASSA-PSS-V2"
	said, is := strings.CutPrefix(r.Header.Get("Authorization"), scheme+" ")
	parts := strings.Split(said, ", ")
	if !is || len(parts) != 3 {
		return m, "", false
	}
	id, a := strings.CutPrefix(parts[0], "PublicKeyId=")
	list, b := strings.CutPrefix(parts[1], "SignedHeaders=")
	signature, c := strings.CutPrefix(parts[2], "Signature=")
	if !a || !b || !c {
		return m, "", false
	}
	host := r.PathValue("host")
	_, path, _ := strings.Cut(r.URL.Path, host)
	m, mode, ok = owner(t, id, path)
	if !ok {
		return m, "", false
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return m, "", false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	names := strings.Split(list, ";")
	if !slices.IsSorted(names) || r.Header.Get("X-Amz-Pay-Host") != host || r.Header.Get("X-Amz-Pay-Region") == "" {
		return m, "", false
	}
	for name := range r.Header {
		if strings.HasPrefix(name, "X-Amz-") && !slices.Contains(names, strings.ToLower(name)) {
			return m, "", false
		}
	}
	if _, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Pay-Date")); err != nil {
		return m, "", false
	}
	canonical := r.Method + "\n" + path + "\n" + r.URL.RawQuery + "\n"
	for _, name := range names {
		canonical += name + ":" + r.Header.Get(name) + "\n"
	}
	canonical += "\n" + list + "\n" + hexSum(body)
	raw, err := base64.StdEncoding.DecodeString(signature)
	key, wrong := publicKey(keyText(m, mode))
	if err != nil || wrong != nil {
		return m, "", false
	}
	digest := sha256.Sum256([]byte(scheme + "\n" + hexSum([]byte(canonical))))
	ok = rsa.VerifyPSS(key, crypto.SHA256, digest[:], raw, &rsa.PSSOptions{SaltLength: 32}) == nil
	return m, mode, ok
}

// owner is the contract a key belongs to. A key that names its environment has no other, and its paths do not name one.
func owner(t *bank.Teller, id, path string) (m bank.Merchant, mode string, ok bool) {
	sandbox, live := strings.HasPrefix(path, "/sandbox/"), strings.HasPrefix(path, "/live/")
	names := strings.HasPrefix(id, "SANDBOX-") || strings.HasPrefix(id, "LIVE-")
	switch {
	case names == (sandbox || live):
		return m, "", false
	case live || strings.HasPrefix(id, "LIVE-"):
		m, ok = t.MerchantWith("key_live", id)
		return m, "live", ok
	}
	m, ok = t.MerchantWith("key", id)
	return m, "test", ok
}

func keyText(m bank.Merchant, mode string) string {
	if mode == "live" {
		return m.Fields["public_live"]
	}
	return m.Key
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// about answers a signed call about something of a payment of the caller's; name gives what its ID must be, nil for any.
func about(name func(*bank.Payment) string, do func(*bank.Teller, http.ResponseWriter, *http.Request, *bank.Payment)) func(*bank.Teller, http.ResponseWriter, *http.Request) {
	return func(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
		m, mode, ok := caller(t, r)
		if !ok {
			fail(w, http.StatusForbidden, "InvalidRequestSignature")
			return
		}
		p, ok := meant(t, r.PathValue("id"))
		if t.Trouble(w, r, p) {
			return
		}
		if !ok || p.Request.Merchant != m.Number || p.Request.Mode != mode || name != nil && name(p) != r.PathValue("id") {
			fail(w, http.StatusNotFound, "ResourceNotFound")
			return
		}
		do(t, w, r, p)
	}
}

// fail answers in the form of an error.
func fail(w http.ResponseWriter, status int, reason string) {
	reply(w, status, map[string]any{"reasonCode": reason, "message": "The request could not be done."})
}

func reply(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what)
}
