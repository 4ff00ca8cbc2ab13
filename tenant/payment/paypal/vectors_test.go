package paypal

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"hash/crc32"
	"strconv"
	"strings"
	"testing"
	"time"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-01, what PayPal itself has signed. The certificate is that of the first vector; it ended in 2017, and
// which mode it was for stands in it.
func TestVectors(t *testing.T) {
	var key *rsa.PublicKey
	gatewaytest.Vectors(t, "paypal", func(t *testing.T, v gatewaytest.Vector) bool {
		var in struct {
			ID        string `json:"transmission_id"`
			At        string `json:"transmission_time"`
			Hook      string `json:"webhook_id"`
			Body      string `json:"body"`
			Signed    string `json:"signed_message"`
			Signature string `json:"transmission_sig"`
		}
		v.Read(t, v.Input, &in)
		if block, _ := pem.Decode([]byte(v.Text(t, v.Key))); block != nil {
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			if c.VerifyHostname(sandboxName) != nil || c.VerifyHostname(liveName) == nil {
				t.Errorf("the certificate is for %v", c.DNSNames)
			}
			if _, err := chain([]byte(v.Text(t, v.Key)), x509.NewCertPool(), sandboxName, time.Now()); err == nil {
				t.Error("a certificate of 2017 without its issuer was believed")
			}
			key = c.PublicKey.(*rsa.PublicKey)
			if got := text(in.ID, in.At, in.Hook, []byte(in.Body)); got != in.Signed {
				t.Errorf("signed is %s, want %s", got, in.Signed)
			}
		}
		if key == nil {
			t.Fatal("the first vector has the certificate")
		}
		return verify(key, in.Signed, in.Signature) == (v.Text(t, v.Expected) == "valid")
	})
}

// TestVerify: one bit more or less is another signature, and so is another spelling of it.
func TestVerify(t *testing.T) {
	g, _ := script(t, nil)
	raw := hook(t, g, ourHook, certAt, "{}")
	key, err := signer()
	if err != nil {
		t.Fatal(err)
	}
	good, signature := text(raw.HeaderValue(headID), raw.HeaderValue(headTime), ourHook, raw.Body), raw.HeaderValue(headSig)
	if !verify(&key.PublicKey, good, signature) {
		t.Fatal("the genuine one")
	}
	if !strings.HasSuffix(good, "|"+strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte("{}"))), 10)) {
		t.Errorf("signed is %s", good)
	}
	bytes, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		t.Fatal(err)
	}
	bytes[7] ^= 1
	for _, bad := range []string{"", "AAAA", signature + " ", signature[4:], strings.TrimRight(signature, "="), base64.StdEncoding.EncodeToString(bytes)} {
		if verify(&key.PublicKey, good, bad) {
			t.Errorf("%q was believed", bad)
		}
	}
}
