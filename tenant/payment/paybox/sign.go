package paybox

import (
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the bank signs with it
	"crypto/sha512"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"strings"

	"echoppe.dev/tenant/payment"
)

// keyOf is the contract's key. A missing one is the account's fault: nothing is sealed under it.
func keyOf(a payment.Account) ([]byte, error) {
	key, err := hex.DecodeString(a.Secret("key").Reveal())
	if err != nil || len(key) != sha512.Size {
		return nil, payment.ErrBank.Because(fmt.Errorf("paybox: the key of mode %s is unusable", a.Mode))
	}
	return key, nil
}

// seal is the seal over fields in their order: names and values as they are, before any escaping.
func seal(key []byte, fields []payment.FormField) string {
	mac := hmac.New(sha512.New, key)
	for i, f := range fields {
		if i > 0 {
			_, _ = io.WriteString(mac, "&")
		}
		_, _ = io.WriteString(mac, f.Name+"="+f.Value)
	}
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// The public keys of the bank, one for all brands, and of the pretend bank, which is the pair of the bank's own kit.
var (
	//go:embed paybox.pem
	bankPEM []byte
	//go:embed pretend.pem
	pretendPEM []byte

	bankKey, pretendKey = mustKey(bankPEM), mustKey(pretendPEM)
)

func mustKey(text []byte) *rsa.PublicKey {
	key, err := readKey(text)
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	return key
}

func readKey(text []byte) (*rsa.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("paybox: no key")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("paybox: %w", err)
	}
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, fmt.Errorf("paybox: a key of another kind")
	}
	return public, nil
}

// verify tells whether the signature is the bank's over the text, as it was received.
func verify(key *rsa.PublicKey, text, signature string) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(signature)
	if err != nil {
		return false
	}
	sum := sha1.Sum([]byte(text)) //nolint:gosec // the bank signs with it
	return rsa.VerifyPKCS1v15(key, crypto.SHA1, sum[:], raw) == nil
}
