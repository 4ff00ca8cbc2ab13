package amazonpay

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// algorithm names how requests are signed: RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of saltLength bytes
// (Amazon Pay API v2, "Signing requests"). The name without "-V2" stands for a salt of 20, and is not used here.
const (
	algorithm  = "AMZN-PAY-RSASSA-PSS-V2"
	saltLength = 32
)

// canonicalHeaders are "name:value\n" in the order of the lower-case names, and these names. Empty values are left out.
func canonicalHeaders(headers map[string]string) (lines, names string) {
	lower := map[string]string{}
	for name, value := range headers {
		if value != "" {
			lower[strings.ToLower(name)] = value
		}
	}
	order := slices.Sorted(maps.Keys(lower))
	for _, name := range order {
		lines += name + ":" + lower[name] + "\n"
	}
	return lines, strings.Join(order, ";")
}

// canonicalRequest is the text of a request without a query that is signed.
func canonicalRequest(method, path string, headers map[string]string, body []byte) string {
	lines, names := canonicalHeaders(headers)
	return method + "\n" + path + "\n\n" + lines + "\n" + names + "\n" + hexSum(body)
}

// stringToSign covers a canonical request, or the payload of a button.
func stringToSign(text string) string { return algorithm + "\n" + hexSum([]byte(text)) }

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// sign gives the signature of a text in Base64. It is another one each time.
func sign(key *rsa.PrivateKey, text string) (string, error) {
	sum := sha256.Sum256([]byte(text))
	raw, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: saltLength, Hash: crypto.SHA256})
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

// authorization is the header that carries the signature.
func authorization(id, names, signature string) string {
	return algorithm + " PublicKeyId=" + id + ", SignedHeaders=" + names + ", Signature=" + signature
}

var (
	errKey   = errors.New("amazonpay: no private key")
	pemShape = regexp.MustCompile(`^\s*-----BEGIN (?:RSA )?PRIVATE KEY-----([0-9A-Za-z+/=\s]+)-----END (?:RSA )?PRIVATE KEY-----\s*$`)
)

// leastBits are those of the keys Seller Central makes; shorter ones are not Amazon's.
const leastBits = 2048

// parseKey reads a private key in PEM, PKCS #8 or PKCS #1. A form of one line takes its line ends away, so they do not count.
// Errors: errKey, which holds nothing of the text.
func parseKey(text string) (*rsa.PrivateKey, error) {
	found := pemShape.FindStringSubmatch(text)
	if found == nil {
		return nil, errKey
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(found[1]), ""))
	if err != nil {
		return nil, errKey
	}
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		boxed, wrong := x509.ParsePKCS8PrivateKey(der)
		own, ok := boxed.(*rsa.PrivateKey)
		if wrong != nil || !ok {
			return nil, errKey
		}
		key = own
	}
	if key.N.BitLen() < leastBits {
		return nil, errKey
	}
	return key, nil
}
