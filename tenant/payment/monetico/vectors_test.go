package monetico

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-09 … GWN-12, MACs and keys as they were published.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "monetico", func(t *testing.T, v gatewaytest.Vector) bool {
		expected := v.Text(t, v.Expected)
		key := keyIn(t, v.Text(t, v.Key))
		if strings.HasPrefix(v.Gateway, "Monetico key") {
			return hex.EncodeToString(key) == strings.ToLower(expected)
		}
		want, err := hex.DecodeString(expected)
		if err != nil {
			t.Fatal(err)
		}
		var in struct {
			Fields map[string]string `json:"fields"`
		}
		if json.Unmarshal(v.Input, &in) == nil && in.Fields != nil {
			var fields []payment.FormField
			for name, value := range in.Fields {
				fields = append(fields, payment.FormField{Name: name, Value: value})
			}
			return bytes.Equal(mac(key, fields), want)
		}
		message := []byte(v.Text(t, v.Input))
		if strings.Contains(v.Algorithm, "iso-8859-1") {
			message = latin(message)
		}
		h := hmac.New(sha1.New, key)
		h.Write(message)
		return bytes.Equal(h.Sum(nil), want)
	})
}

// keyIn reads the key of a vector. Those of old kits are shorter, or were hidden under a pass phrase.
func keyIn(t *testing.T, text string) []byte {
	t.Helper()
	text, phrase, hidden := strings.Cut(text, " / pass ")
	if key, err := usable(text); err == nil && !hidden {
		return key
	}
	text, _, _ = strings.Cut(text, " (")
	key, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	if hidden {
		for i, b := range sha1.Sum([]byte(phrase)) {
			key[i] ^= b
		}
	}
	return key
}

// latin writes a text as ISO-8859-1.
func latin(text []byte) []byte {
	var out []byte
	for _, r := range string(text) {
		out = append(out, byte(r))
	}
	return out
}
