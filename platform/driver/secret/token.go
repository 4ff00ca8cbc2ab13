package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// Token returns a fresh random bearer token of at least 128 bits: 26 capital
// letters and digits, fit for an address, a cookie or reading aloud.
func Token() string { return rand.Text() }

// Digest returns what is stored of a token: its SHA-256 in hexadecimal. A token
// has full entropy, so that a plain hash cannot be searched; passwords need a
// slow hash instead.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
