package redsys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strings"
)

// The algorithms by their names.
const (
	algorithmV2 = "HMAC_SHA512_V2"
	algorithmV1 = "HMAC_SHA256_V1"
)

// signatureOf is a signature as the bank writes it: base64 for addresses, with padding in the old algorithm; "" for an algorithm this bank
// does not have, or a key that is none.
func signatureOf(algorithm, key, order, text string) string {
	switch algorithm {
	case algorithmV2:
		h := hmac.New(sha512.New, operationV2(key, order))
		h.Write([]byte(text))
		return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
	case algorithmV1:
		k := operationV1(key, order)
		if k == nil {
			return ""
		}
		h := hmac.New(sha256.New, k)
		h.Write([]byte(text))
		return base64.URLEncoding.EncodeToString(h.Sum(nil))
	}
	return ""
}

// operationV2 is AES-128-CBC of the order, PKCS #7, as a text.
func operationV2(key, order string) []byte {
	b, err := aes.NewCipher([]byte((key + strings.Repeat("\x00", 16))[:16]))
	if err != nil {
		return nil
	}
	missing := 16 - len(order)%16
	plain := []byte(order + strings.Repeat(string(rune(missing)), missing))
	out := make([]byte, len(plain))
	cipher.NewCBCEncrypter(b, make([]byte, 16)).CryptBlocks(out, plain)
	return []byte(base64.StdEncoding.EncodeToString(out))
}

// operationV1 is 3DES-CBC of the order, filled with zeros.
func operationV1(key, order string) []byte {
	raw, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return nil
	}
	b, err := des.NewTripleDESCipher(raw)
	if err != nil {
		return nil
	}
	for len(order)%8 != 0 {
		order += "\x00"
	}
	out := make([]byte, len(order))
	cipher.NewCBCEncrypter(b, make([]byte, 8)).CryptBlocks(out, []byte(order))
	return out
}

// good compares a signature; shops write it in either alphabet.
func good(algorithm, key, order, text, given string) bool {
	want := signatureOf(algorithm, key, order, text)
	if algorithm == algorithmV1 {
		given = strings.NewReplacer("+", "-", "/", "_").Replace(given)
	}
	return want != "" && hmac.Equal([]byte(want), []byte(given))
}

// nobody is a key of nobody.
func nobody() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw) // it does not fail
	return base64.StdEncoding.EncodeToString(raw)
}
