package redsys

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"echoppe.dev/tenant/payment"
)

// The values of the field "signature".
const (
	sha512V2 = "sha512"
	sha256V1 = "sha256"
)

// scheme is one way to sign (Redsys, "Firmar una operación").
type scheme struct {
	version string                                  // the bank's name of it
	derive  func(key, order string) ([]byte, error) // the key of one order
	hash    func() hash.Hash
	writes  *base64.Encoding // how parameters and signatures are written
}

var schemes = map[string]scheme{
	sha512V2: {"HMAC_SHA512_V2", deriveAES, sha512.New, base64.RawURLEncoding},
	sha256V1: {"HMAC_SHA256_V1", deriveDES, sha256.New, base64.StdEncoding},
}

// deriveAES is the text, in base64, of the order's number under AES-128-CBC with the first half of the merchant's key, used as text.
func deriveAES(key, order string) ([]byte, error) {
	if len(key) < aes.BlockSize {
		return nil, errors.New("redsys: the key is too short")
	}
	block, err := aes.NewCipher([]byte(key[:aes.BlockSize]))
	if err != nil {
		return nil, err
	}
	pad := aes.BlockSize - len(order)%aes.BlockSize // PKCS #7
	padded := append([]byte(order), bytes.Repeat([]byte{byte(pad)}, pad)...)
	return []byte(base64.StdEncoding.EncodeToString(chained(block, padded))), nil
}

// deriveDES is the order's number under 3DES-CBC with the merchant's key. It is weaker than what is used today, and what this version of
// the protocol is made of.
func deriveDES(key, order string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return nil, errors.New("redsys: the key is not in base64")
	}
	block, err := des.NewTripleDESCipher(raw)
	if err != nil {
		return nil, errors.New("redsys: the key has another length")
	}
	padded := make([]byte, (len(order)+des.BlockSize-1)/des.BlockSize*des.BlockSize) // with zeros
	copy(padded, order)
	return chained(block, padded), nil
}

// chained is text under a cipher in CBC mode that begins with zeros.
func chained(block cipher.Block, text []byte) []byte {
	cipher.NewCBCEncrypter(block, make([]byte, block.BlockSize())).CryptBlocks(text, text)
	return text
}

// mac is the signature over a text, of an order.
func (s scheme) mac(key, order, text string) ([]byte, error) {
	derived, err := s.derive(key, order)
	if err != nil {
		return nil, err
	}
	h := hmac.New(s.hash, derived)
	_, _ = io.WriteString(h, text)
	return h.Sum(nil), nil
}

// sign writes the signature as a shop does.
func (s scheme) sign(key, order, text string) (string, error) {
	mac, err := s.mac(key, order, text)
	return s.writes.EncodeToString(mac), err
}

// signed tells whether it is the signature over the text, in whichever alphabet of base64: the bank uses both.
func (s scheme) signed(key, order, text, given string) bool {
	mac, err := s.mac(key, order, text)
	if err != nil {
		return false
	}
	sent, err := base64.RawURLEncoding.Strict().DecodeString(urlSafe(given))
	return err == nil && hmac.Equal(mac, sent)
}

// urlSafe is base64 in the alphabet for addresses, without padding.
func urlSafe(text string) string {
	return strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
}

// publishedKey is the key of the vendor's test terminals, which stands in its manuals.
const publishedKey = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"

// published tells of an account in whose name anybody can sign.
func published(a payment.Account) bool { return a.Secret("key").Reveal() == publishedKey }

// keyOf is the merchant's key and how it signs. What is missing is the account's fault: nothing is signed then.
func keyOf(a payment.Account) (scheme, string, error) {
	key := a.Secret("key").Reveal()
	s, known := schemes[a.Config.Text("signature")]
	switch {
	case key == "" || !known:
		return scheme{}, "", payment.ErrBank.Because(fmt.Errorf("redsys: the key of mode %s is missing", a.Mode))
	case published(a) && !a.Test:
		return scheme{}, "", payment.ErrBank.Because(fmt.Errorf("redsys: mode %s has the key for tests", a.Mode))
	}
	return s, key, nil
}
