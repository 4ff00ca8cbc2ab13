package secret

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// KeySize is the length of a master key in bytes.
const KeySize = 32

var keyID = regexp.MustCompile(`^[a-z0-9]{1,16}$`)

// Ring holds the master keys, newest first. It is immutable and safe for
// concurrent use.
type Ring struct {
	newest *key
	byID   map[string]*key
}

// key is one master key with what is derived from it.
type key struct {
	id   string
	aead cipher.AEAD
	mac  []byte
	mark []byte
}

// ParseKeys reads a ring from its configuration form "k2:base64,k1:base64",
// newest first; each key is 32 bytes in standard base64. The error names the
// key by its id or its position and never quotes key material.
func ParseKeys(list string) (*Ring, error) {
	r := &Ring{byID: map[string]*key{}}
	for i, item := range strings.Split(list, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		id, encoded, found := strings.Cut(item, ":")
		if !found || !keyID.MatchString(id) {
			return nil, fmt.Errorf("secret key %d: want id:base64 with an id of 1 to 16 lower-case letters or digits", i+1)
		}
		master, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, fmt.Errorf("secret key %q: not base64", id)
		}
		k, err := newKey(id, master)
		if err != nil {
			return nil, err
		}
		if r.byID[id] != nil {
			return nil, fmt.Errorf("secret key %q: given twice", id)
		}
		r.byID[id] = k
		if r.newest == nil {
			r.newest = k
		}
	}
	if r.newest == nil {
		return nil, errors.New("secret keys: none given")
	}
	return r, nil
}

// GenerateKey draws a master key and returns it in the form that ParseKeys reads.
func GenerateKey(id string) Text {
	master := make([]byte, KeySize)
	_, _ = rand.Read(master) // never fails: the program ends when there is no randomness
	return NewText(id + ":" + base64.StdEncoding.EncodeToString(master))
}

func newKey(id string, master []byte) (*key, error) {
	if len(master) != KeySize {
		return nil, fmt.Errorf("secret key %q: %d bytes, want %d", id, len(master), KeySize)
	}
	if weak(master) {
		return nil, fmt.Errorf("secret key %q: not random", id)
	}
	sealing, err := hkdf.Key(sha256.New, master, nil, "echoppe seal v1", KeySize)
	if err != nil {
		return nil, fmt.Errorf("secret key %q: %w", id, err)
	}
	mac, err := hkdf.Key(sha256.New, master, nil, "echoppe sign v1", KeySize)
	if err != nil {
		return nil, fmt.Errorf("secret key %q: %w", id, err)
	}
	aead, err := newAEAD(sealing)
	if err != nil {
		return nil, fmt.Errorf("secret key %q: %w", id, err)
	}
	mark, err := hkdf.Key(sha256.New, master, nil, "echoppe print v1", KeySize)
	if err != nil {
		return nil, fmt.Errorf("secret key %q: %w", id, err)
	}
	return &key{id: id, aead: aead, mac: mac, mark: mark}, nil
}

// fewestDistinct is the least number of different byte values accepted in a
// key: 32 random bytes have fewer than 16 with a chance below 10^-9, typed
// placeholders such as a repeated letter have one or two.
const fewestDistinct = 16

// weak finds keys that a person typed instead of drawing them.
func weak(master []byte) bool {
	seen := map[byte]struct{}{}
	for _, b := range master {
		seen[b] = struct{}{}
	}
	return len(seen) < fewestDistinct
}
