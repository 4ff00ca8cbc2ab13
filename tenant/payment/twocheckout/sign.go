package twocheckout

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // old accounts sign with it
	"crypto/sha256"
	"crypto/sha3"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/tenant/payment"
)

// The algorithms by the names 2Checkout gives them in receipts and headers.
const (
	algoSHA2 = "sha256"
	algoSHA3 = "sha3-256"
	algoMD5  = "md5"
)

// serialise puts the length of each value in bytes before it; of an empty one only the 0 remains (2Checkout, "IPN",
// calculation of the hash).
func serialise(values ...string) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(strconv.Itoa(len(v)))
		b.WriteString(v)
	}
	return b.String()
}

// sums are the hashes of the algorithms.
var sums = map[string]func() hash.Hash{algoSHA2: sha256.New, algoSHA3: func() hash.Hash { return sha3.New256() }, algoMD5: md5.New}

// mac is that of a text by one of the algorithms.
func mac(algo, key, text string) []byte {
	h := hmac.New(sums[algo], []byte(key))
	h.Write([]byte(text))
	return h.Sum(nil)
}

// right compares a MAC that was told in hexadecimal, in constant time.
func right(algo, key, text, told string) bool {
	raw, err := hex.DecodeString(told)
	return err == nil && hmac.Equal(raw, mac(algo, key, text))
}

// secretOf is a secret of the account. A missing one is the account's fault: nothing is signed under it.
func secretOf(a payment.Account, name string) (string, error) {
	secret := a.Secret(name).Reveal()
	if secret == "" {
		return "", payment.ErrBank.Because(fmt.Errorf("twocheckout: mode %s has no %s", a.Mode, name))
	}
	return secret, nil
}

// signed are the parameters of a buy link its signature covers, in the order of their names.
var signed = []string{"currency", "customer-ext-ref", "customer-ref", "description", "duration", "expiration", "item-ext-ref", "lock", "opt",
	"order-ext-ref", "price", "prod", "qty", "recurrence", "renewal-price", "return-type", "return-url", "tangible", "type"}

// linkSignature is that of a buy link, in hexadecimal (2Checkout, "ConvertPlus buy-links signature").
func linkSignature(word string, fields []payment.FormField) string {
	var covered []payment.FormField
	for _, f := range fields {
		if _, ok := slices.BinarySearch(signed, f.Name); ok {
			covered = append(covered, f)
		}
	}
	slices.SortFunc(covered, func(a, b payment.FormField) int { return strings.Compare(a.Name, b.Name) })
	values := make([]string, len(covered))
	for i, f := range covered {
		values[i] = f.Value
	}
	return hex.EncodeToString(mac(algoSHA2, word, serialise(values...)))
}

// receipt is what 2Checkout wants to hear of an IPN: the new form, or that of old accounts. date is the moment of the
// answer, as stamp writes it.
func receipt(algo, key, product, name, sent, date string) string {
	sum := hex.EncodeToString(mac(algo, key, serialise(product, name, sent, date)))
	if algo == algoMD5 {
		return "<EPAYMENT>" + date + "|" + sum + "</EPAYMENT>"
	}
	return `<sig algo="` + algo + `" date="` + date + `">` + sum + "</sig>"
}
