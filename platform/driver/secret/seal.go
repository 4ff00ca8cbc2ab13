package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// ErrUnreadable is returned by Open for a value that was altered, sealed for
// another context, or sealed with a key that is no longer in the ring.
var ErrUnreadable = fault.New(fault.Internal, "secret.unreadable")

// Sealer is the part of a Ring that stores need.
type Sealer interface {
	Seal(plain, context string) (string, error)
	Open(sealed, context string) (string, error)
}

// Context joins the parts that a sealed value or a link is bound to, usually a
// shop's id and a purpose. Each part carries its length, so that no two
// different lists of parts give the same context.
func Context(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strconv.Itoa(len(p)))
		b.WriteByte(':')
		b.WriteString(p)
	}
	return b.String()
}

// Seal encrypts plain with the newest key, bound to context. The result is
// printable ("k2:…"); sealing the same text twice gives different results.
func (r *Ring) Seal(plain, context string) (string, error) {
	k := r.newest
	box := k.aead.Seal(nil, nil, []byte(plain), associated(k.id, context))
	return k.id + ":" + base64.RawURLEncoding.EncodeToString(box), nil
}

// Open returns the text that was sealed for this very context.
// Errors: ErrUnreadable.
func (r *Ring) Open(sealed, context string) (string, error) {
	id, encoded, _ := strings.Cut(sealed, ":")
	k := r.byID[id]
	if k == nil {
		return "", ErrUnreadable.Because(fmt.Errorf("no key %q in the ring", id))
	}
	box, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
	if err != nil {
		return "", ErrUnreadable.Because(err)
	}
	plain, err := k.aead.Open(nil, nil, box, associated(id, context))
	if err != nil {
		return "", ErrUnreadable.Because(err)
	}
	return string(plain), nil
}

// Stale tells whether a sealed value should be opened and sealed again, because
// a newer key is in the ring.
func (r *Ring) Stale(sealed string) bool {
	id, _, _ := strings.Cut(sealed, ":")
	return id != r.newest.id
}

// associated is the data authenticated with the box but not stored in it.
func associated(id, context string) []byte { return []byte(Context("seal", id, context)) }

// newAEAD builds a cipher that draws its own nonce and puts it before the box.
func newAEAD(sealing []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

var _ Sealer = (*Ring)(nil)
