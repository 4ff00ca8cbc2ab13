package monetico

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the bank signs with it
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"echoppe.dev/tenant/payment"
)

// macName is the field that carries the MAC, over all others.
const macName = "MAC"

// keyLength is that of a key as the bank gives it.
const keyLength = 40

var errKey = errors.New("monetico: not a key")

// usable makes the 20 bytes of a key: of its 40 characters the last but one is moved out of the capital letters, and an
// M at the end stands for 0. The rest is hexadecimal.
func usable(key string) ([]byte, error) {
	if len(key) != keyLength {
		return nil, errKey
	}
	last := []byte(key[keyLength-2:])
	if c := last[0]; c > 'F' && c < 'a' {
		last[0] = c - 23
	}
	if last[1] == 'M' {
		last[1] = '0'
	}
	raw, err := hex.DecodeString(key[:keyLength-2] + string(last))
	if err != nil {
		return nil, errKey
	}
	return raw, nil
}

// keyOf is the contract's key. A missing one is the account's fault: nothing is signed under it.
func keyOf(a payment.Account) ([]byte, error) {
	key, err := usable(a.Secret("key").Reveal())
	if err != nil {
		return nil, payment.ErrBank.Because(fmt.Errorf("monetico: the key of mode %s is unusable", a.Mode))
	}
	return key, nil
}

// mac is that over fields in the order of their names, byte by byte.
func mac(key []byte, fields []payment.FormField) []byte {
	sorted := slices.Clone(fields)
	slices.SortFunc(sorted, func(a, b payment.FormField) int { return strings.Compare(a.Name, b.Name) })
	parts := make([]string, len(sorted))
	for i, f := range sorted {
		parts[i] = f.Name + "=" + f.Value
	}
	sum := hmac.New(sha1.New, key)
	sum.Write([]byte(strings.Join(parts, "*")))
	return sum.Sum(nil)
}

// signed adds the MAC to fields.
func signed(key []byte, fields []payment.FormField) []payment.FormField {
	return append(fields, payment.FormField{Name: macName, Value: hex.EncodeToString(mac(key, fields))})
}
