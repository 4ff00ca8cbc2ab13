package terminal

import (
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// What is refused about what browsers send. None of them repeats what was sent.
var (
	ErrPoint   = fault.New(fault.Malformed, "terminal.bad_key")
	ErrWrapped = fault.New(fault.Malformed, "terminal.bad_wrapped")
	// ErrBox: what came is no sealed card.
	ErrBox = fault.New(fault.Malformed, "terminal.bad_box")
	// ErrClear: a card number that anybody could read came with it.
	ErrClear = fault.New(fault.Malformed, "terminal.clear")
	// ErrOldKey: it was sealed with a key that is the current one no more.
	ErrOldKey = fault.New(fault.Conflict, "terminal.old_key")
)

// Part is one of the two boxes of a card.
type Part string

// The parts. The words are authenticated with what is sealed.
const (
	Card Part = "card" // number, expiry and name
	Code Part = "code" // the security code
)

// sizes are the sizes of the boxes in bytes: the padded text and the 16 bytes of the authentication tag.
var sizes = map[Part]int{Card: 256 + 16, Code: 16 + 16}

// boxShape is "1.<key id>.<point of the browser>.<nonce>.<box>".
var boxShape = regexp.MustCompile(`^1\.([a-z2-7]{16})\.([A-Za-z0-9_-]{87})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{43,363})$`)

// wrappedShape is "1.<iterations>.<salt>.<nonce>.<box>": PBKDF2 with SHA-256, 600,000 times at least (OWASP Password
// Storage Cheat Sheet, 2023), around a private key in PKCS 8.
var wrappedShape = regexp.MustCompile(`^1\.(?:[6-9][0-9]{5}|[1-9][0-9]{6})\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{150,300}$`)

// keyBytes is how much of the digest of a public key its id is.
const keyBytes = 10

// KeyID is what a public key is called: a part of its digest. Errors: ErrPoint.
func KeyID(point string) (string, error) {
	raw, err := readPoint(point)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:keyBytes])), nil
}

// readPoint reads a public key, which must lie on the curve.
func readPoint(point string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(point)
	if err != nil {
		return nil, ErrPoint
	}
	if _, err := ecdh.P256().NewPublicKey(raw); err != nil {
		return nil, ErrPoint
	}
	return raw, nil
}

// CheckBox looks at a box as a browser sends it. Errors: ErrClear, ErrBox, ErrOldKey.
func (b Book) CheckBox(part Part, text string) error {
	if HasCard(text) {
		return ErrClear
	}
	found := boxShape.FindStringSubmatch(text)
	if found == nil {
		return ErrBox
	}
	if _, err := readPoint(found[2]); err != nil {
		return ErrBox
	}
	nonce, errNonce := base64.RawURLEncoding.Strict().DecodeString(found[3])
	box, errBox := base64.RawURLEncoding.Strict().DecodeString(found[4])
	if errNonce != nil || errBox != nil || len(box) != sizes[part] {
		return ErrBox
	}
	if HasCard(string(nonce)) || HasCard(string(box)) {
		return ErrClear
	}
	if plain(box) {
		return ErrBox
	}
	if now := b.Current(); now == nil || now.ID != found[1] {
		return ErrOldKey
	}
	return nil
}

// plain tells that bytes are text anybody can read: of 32 random bytes all are with a chance of one in ten million
// million.
func plain(box []byte) bool {
	for _, c := range box {
		if (c < ' ' || c > '~') && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// cardLike finds what may hold a card number: 13 to 19 digits (ISO/IEC 7812-1) as people group them.
var cardLike = regexp.MustCompile(`[0-9](?:[ .\-/]?[0-9]){12,}`)

// Lengths of card numbers.
const (
	shortest = 13
	longest  = 19
)

// HasCard tells whether a card number stands in a text: digits of its length whose check digit is right, also as part
// of more digits.
func HasCard(text string) bool {
	for _, run := range cardLike.FindAllString(text, -1) {
		digits := make([]byte, 0, len(run))
		for i := range len(run) {
			if run[i] >= '0' && run[i] <= '9' {
				digits = append(digits, run[i]-'0')
			}
		}
		for from := range digits {
			for n := shortest; n <= longest && from+n <= len(digits); n++ {
				if luhn(digits[from : from+n]) {
					return true
				}
			}
		}
	}
	return false
}

// luhn tells whether the check digit is right (ISO/IEC 7812-1, annex B). Nothing but noughts is no number.
func luhn(digits []byte) bool {
	sum, some := 0, false
	for i := range digits {
		d := int(digits[len(digits)-1-i])
		some = some || d > 0
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return some && sum%10 == 0
}
