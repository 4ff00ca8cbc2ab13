package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
)

var (
	// ErrLinkInvalid is returned by Verify for a link that was altered, made for
	// another purpose, or signed with a key no longer in the ring.
	ErrLinkInvalid = fault.New(fault.Denied, "link.invalid")
	// ErrLinkExpired is returned by Verify for a genuine link that is too old.
	ErrLinkExpired = fault.New(fault.Denied, "link.expired")
)

// macSize is how much of the HMAC-SHA-256 a link carries: 128 bits keep the
// address short and are beyond guessing (RFC 2104, section 5).
const macSize = 16

// Sign returns a URL-safe text that carries subject, readable by anybody, and
// proves that this program issued it for purpose until expires (to the second).
// Purpose should name the shop: Context(shopID, "order").
func (r *Ring) Sign(purpose, subject string, expires time.Time) string {
	k := r.newest
	until := strconv.FormatInt(expires.Unix(), 36)
	return strings.Join([]string{
		k.id, until,
		base64.RawURLEncoding.EncodeToString([]byte(subject)),
		base64.RawURLEncoding.EncodeToString(k.sum(purpose, subject, until)),
	}, ".")
}

// Verify returns the subject of a text made by Sign for the same purpose.
// Errors: ErrLinkInvalid, ErrLinkExpired.
func (r *Ring) Verify(purpose, signed string, now time.Time) (string, error) {
	parts := strings.Split(signed, ".")
	if len(parts) != 4 {
		return "", ErrLinkInvalid
	}
	k := r.byID[parts[0]]
	if k == nil {
		return "", ErrLinkInvalid
	}
	strict := base64.RawURLEncoding.Strict()
	subject, err := strict.DecodeString(parts[2])
	if err != nil {
		return "", ErrLinkInvalid.Because(err)
	}
	mac, err := strict.DecodeString(parts[3])
	if err != nil || !hmac.Equal(mac, k.sum(purpose, string(subject), parts[1])) {
		return "", ErrLinkInvalid
	}
	until, err := strconv.ParseInt(parts[1], 36, 64)
	if err != nil {
		return "", ErrLinkInvalid.Because(err)
	}
	if now.Unix() >= until {
		return "", ErrLinkExpired
	}
	return string(subject), nil
}

func (k *key) sum(purpose, subject, until string) []byte {
	h := hmac.New(sha256.New, k.mac)
	h.Write([]byte(Context(k.id, purpose, until, subject)))
	return h.Sum(nil)[:macSize]
}
