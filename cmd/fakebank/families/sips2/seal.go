package sips2

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The algorithms by their names.
const (
	algorithmHMAC = "HMAC-SHA-256"
	algorithmSHA  = "SHA-256"
)

// sealOf is a seal; "" for an algorithm this bank does not have.
func sealOf(algorithm, key, text string) string {
	switch algorithm {
	case algorithmHMAC:
		h := hmac.New(sha256.New, []byte(key))
		h.Write([]byte(text))
		return hex.EncodeToString(h.Sum(nil))
	case algorithmSHA:
		h := sha256.Sum256([]byte(text + key))
		return hex.EncodeToString(h[:])
	}
	return ""
}

// good compares a seal. Hexadecimal letters are small.
func good(algorithm, key, text, seal string) bool {
	want := sealOf(algorithm, key, text)
	return want != "" && hmac.Equal([]byte(want), []byte(seal))
}

// nobody is a key of nobody.
func nobody() string { return rand.Text() }

// canonical strings the values of a JSON object together, by their names' order in ASCII, without those that say how it
// is sealed.
func canonical(object map[string]any) string {
	var names []string
	for name := range object {
		if name != "seal" && name != "sealAlgorithm" && name != "keyVersion" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var text strings.Builder
	for _, name := range names {
		text.WriteString(flat(object[name]))
	}
	return text.String()
}

// flat is one value: of a container its members, of a list its items.
func flat(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return v.String()
	case map[string]any:
		return canonical(v)
	case []any:
		var text string
		for _, item := range v {
			text += flat(item)
		}
		return text
	default:
		return fmt.Sprint(v)
	}
}
