package sips2

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"echoppe.dev/tenant/payment"
)

// The values of the field "seal".
const (
	sealHMAC = "hmac"
	sealSHA  = "sha"
)

// algorithms are the bank's names of them.
var algorithms = map[string]string{sealHMAC: "HMAC-SHA-256", sealSHA: "SHA-256"}

// keyOf is the shop's key: a text, whatever it looks like. A missing one is the account's fault: nothing is sealed under it.
func keyOf(a payment.Account) (string, error) {
	key := a.Secret("key").Reveal()
	if key == "" {
		return "", payment.ErrBank.Because(fmt.Errorf("sips2: the key of mode %s is missing", a.Mode))
	}
	if published(a) && !a.Test {
		return "", payment.ErrBank.Because(fmt.Errorf("sips2: mode %s has a shop for tests", a.Mode))
	}
	return key, nil
}

// seal is the seal over a text, by the value of the field "seal".
func seal(algorithm, key, text string) string {
	if algorithm == sealSHA {
		sum := sha256.Sum256([]byte(text + key))
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, text)
	return hex.EncodeToString(mac.Sum(nil))
}

// sealed tells whether it is the seal over the text.
func sealed(algorithm, key, text, given string) bool {
	return hmac.Equal([]byte(seal(algorithm, key, text)), []byte(given))
}

// unsealed are the members of an object its seal does not cover.
var unsealed = []string{"keyVersion", "sealAlgorithm", "seal"}

// chain is what is sealed of a JSON object: the values alone, in the order of their names. Members of an object in it are
// in their own order in its place, items of a list stay as they are.
func chain(object map[string]any) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains(unsealed, name) {
			link(&b, object[name])
		}
	}
	return b.String()
}

func link(b *strings.Builder, value any) {
	switch v := value.(type) {
	case nil:
	case string:
		b.WriteString(v)
	case json.Number:
		b.WriteString(v.String())
	case bool:
		fmt.Fprint(b, v)
	case []any:
		for _, item := range v {
			link(b, item)
		}
	case map[string]any:
		b.WriteString(chain(v))
	}
}
