package amazonpay

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: PGN-03, what Amazon's own libraries are tested with. A signature of this kind is another one each time, so
// that the published key must verify the published one, and ours.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "amazon_pay", func(t *testing.T, v gatewaytest.Vector) bool {
		switch {
		case strings.Contains(v.Gateway, "headers"):
			var in map[string]string
			v.Read(t, v.Input, &in)
			lines, names := canonicalHeaders(in)
			return lines == v.Text(t, v.Expected) && strings.HasSuffix(v.Note, "= "+names)
		case strings.Contains(v.Gateway, "string-to-sign"):
			return stringToSign(v.Text(t, v.Input)) == v.Text(t, v.Expected)
		}
		var keys struct{ Private, Public string }
		v.Read(t, v.Key, &keys)
		key, err := parseKey(keys.Private)
		if err != nil {
			t.Fatal(err)
		}
		block, _ := pem.Decode([]byte(keys.Public))
		public, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		text := v.Text(t, v.Input)
		own, err := sign(key, text)
		if err != nil {
			t.Fatal(err)
		}
		return verified(public.(*rsa.PublicKey), text, v.Text(t, v.Expected)) && verified(public.(*rsa.PublicKey), text, own) && !verified(public.(*rsa.PublicKey), text+"0", own)
	})
}

// verified tells whether a request was signed with that key, with a salt of 32 bytes and no other.
func verified(key *rsa.PublicKey, text, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	sum := sha256.Sum256([]byte(text))
	return err == nil && rsa.VerifyPSS(key, crypto.SHA256, sum[:], raw, &rsa.PSSOptions{SaltLength: 32}) == nil
}

// TestCanonicalRequest holds the text byte for byte; its SHA-256 was also made with openssl dgst.
func TestCanonicalRequest(t *testing.T) {
	headers := map[string]string{"x-amz-pay-region": "eu", "content-type": "application/json", "accept": "application/json", "x-amz-pay-host": "pay-api.amazon.eu",
		"x-amz-pay-date": "20260305T120000Z", "x-amz-pay-idempotency-key": ""}
	const list = "accept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-region"
	got := canonicalRequest("GET", "/sandbox/v2/charges/S02-1", headers, nil)
	want := "GET\n/sandbox/v2/charges/S02-1\n\naccept:application/json\ncontent-type:application/json\nx-amz-pay-date:20260305T120000Z\nx-amz-pay-host:pay-api.amazon.eu\nx-amz-pay-region:eu\n\n" +
		list + "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if got != want {
		t.Errorf("signed is\n%s\nwant\n%s", got, want)
	}
	if got := stringToSign(got); got != "AMZN-PAY-RSASSA-PSS-V2\nbdd493677aaf1c7ba475180832bf06061658108f2be213059aeedc2a3df74aaf" {
		t.Errorf("signed is %s", got)
	}
	if got := authorization("SANDBOX-A", list, "c2ln"); got != "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-A, SignedHeaders="+list+", Signature=c2ln" {
		t.Error(got)
	}
}

// TestParseKey: a key is one however its lines were lost on the way, and nothing of what is none is repeated.
func TestParseKey(t *testing.T) {
	key := testKey(t)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	long := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	old := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	for name, text := range map[string]string{"PKCS #8": long, "PKCS #1": old, "without line ends": strings.ReplaceAll(long, "\n", ""), "with blanks": strings.ReplaceAll(old, "\n", " "),
		"from Windows": strings.ReplaceAll(long, "\n", "\r\n")} {
		if got, err := parseKey(text); err != nil || !got.Equal(key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	public := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte("x")}))
	for _, text := range []string{"", "secret", public, old[:len(old)/2], strings.Replace(long, "M", "N", 1), strings.ReplaceAll(long, "PRIVATE", "EC PRIVATE"), long + long,
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"} {
		if _, err := parseKey(text); err == nil || err.Error() != "amazonpay: no private key" {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
