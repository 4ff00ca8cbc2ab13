package authorizenet

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: PGN-05, webhooks as they were published. The two retired products signed in other ways, which must not be taken for a
// webhook's.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "authorize_net", func(t *testing.T, v gatewaytest.Vector) bool {
		key, want := v.Text(t, v.Key), v.Text(t, v.Expected)
		switch {
		case strings.Contains(v.Gateway, "x_SHA2_Hash"):
			var in struct {
				Message string `json:"message"`
			}
			v.Read(t, v.Input, &in)
			raw, err := hex.DecodeString(key)
			if err != nil {
				t.Fatal(err)
			}
			mac := hmac.New(sha512.New, raw)
			_, _ = mac.Write([]byte(in.Message))
			return fmt.Sprintf("%X", mac.Sum(nil)) == want && !verify(key, []byte(in.Message), "sha512="+want)
		case strings.Contains(v.Gateway, "x_fp_hash"):
			mac := hmac.New(md5.New, []byte(key))
			text := v.Text(t, v.Input)
			_, _ = mac.Write([]byte(text))
			return hex.EncodeToString(mac.Sum(nil)) == want && !verify(key, []byte(text), "sha512="+want)
		case want == "invalid":
			var in struct{ Body, Signature string }
			if err := json.Unmarshal(v.Input, &in); err != nil {
				t.Fatal(err)
			}
			return !verify(key, []byte(in.Body), "sha512="+in.Signature)
		}
		body := []byte(v.Text(t, v.Input))
		for name, good := range map[string]bool{
			"another body": verify(key, append(body[:len(body):len(body)], ' '), "sha512="+want),
			"another key":  verify(strings.ToLower(key), body, "sha512="+want),
			"no key":       verify("", body, fmt.Sprintf("sha512=%x", sign("", body))),
			"no signature": verify(key, body, "sha512="),
		} {
			if good {
				t.Errorf("believed with %s", name)
			}
		}
		return verify(key, body, "sha512="+want)
	})
}
