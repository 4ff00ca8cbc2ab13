package twocheckout

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // old accounts sign with it
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha3"
	"encoding/hex"
	"fmt"
	"hash"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// number is an order's, of 9 digits.
func number(p *bank.Payment) string { return bank.NumberOf(200_000_000+p.Serial, 9) }

// Notice is an IPN.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	currency, err := money.ParseCurrency(s.Currency)
	if err != nil {
		return bank.Letter{}, err
	}
	status, amount := "COMPLETE", money.FromMinor(s.Amount, currency)
	switch s.Message.Event {
	case bank.Refused:
		status = "INVALID"
	case bank.Cancelled, bank.Expired:
		status = "CANCELED"
	case bank.Refunded:
		status, amount = "REFUND", amount.Neg()
	}
	test := "0"
	if s.Mode == "test" {
		test = "1"
	}
	at := time.Unix(s.Time, 0).UTC()
	fields := [][2]string{
		{"SALEDATE", at.Format(time.DateTime)}, {"REFNO", number(s.Payment)}, {"REFNOEXT", s.Ref}, {"SHOPPER_REFERENCE_NUMBER", ""}, {"ORDERSTATUS", status},
		{"PAYMETHOD", "Visa/MasterCard"}, {"PAYMETHOD_CODE", "CCVISAMC"}, {"FIRSTNAME", "Zoë"}, {"COMPANY", ""}, {"CURRENCY", currency.Code()},
		{"IPN_PID[]", "40898000"}, {"IPN_PNAME[]", s.Payment.Request.Fields["prod"]}, {"IPN_QTY[]", "1"}, {"IPN_PRICE[]", amount.String()},
		{"IPN_TOTALGENERAL", amount.String()}, {"MESSAGE_ID", s.ID}, {"TEST_ORDER", test}, {"FRAUD_STATUS", "APPROVED"}, {"CARD_TYPE", "visa"},
		{"CARD_LAST_DIGITS", bank.Last(s.Payment.Tried(), 4)}, {"CARD_EXPIRATION_DATE", "08/31"},
		{"IPN_DATE", at.Format("20060102150405")}, {"VENDOR_CODE", s.Merchant},
	}
	var text string
	pairs := make([]string, len(fields))
	for i, f := range fields {
		text += fmt.Sprintf("%d%s", len(f[1]), f[1])
		pairs[i] = url.QueryEscape(f[0]) + "=" + url.QueryEscape(f[1])
	}
	key := s.Contract.Key
	if s.Forged {
		key = rand.Text()
	}
	pairs = append(pairs, "HASH="+hashed(md5.New, key, text))
	if s.Contract.Fields["hash"] != "md5" {
		pairs = append(pairs, "SIGNATURE_SHA2_256="+hashed(sha256.New, key, text), "SIGNATURE_SHA3_256="+hashed(newSHA3, key, text))
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{Header: h, Body: []byte(strings.Join(pairs, "&"))}, nil
}

func newSHA3() hash.Hash { return sha3.New256() }

func hashed(by func() hash.Hash, key, text string) string {
	h := hmac.New(by, []byte(key))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// The two forms of a receipt.
var (
	newReceipt = regexp.MustCompile(`<sig algo="(sha256|sha3-256)" date="([0-9]{14})">([0-9a-fA-F]{64})</sig>`)
	oldReceipt = regexp.MustCompile(`<EPAYMENT>([0-9]{14})\|([0-9a-fA-F]{32})</EPAYMENT>`)
)

// Heard looks for a receipt of this very IPN.
func (Dialect) Heard(s bank.Saying, _ string, a bank.Answer) bool {
	if a.Status != http.StatusOK {
		return false
	}
	sent, name := time.Unix(s.Time, 0).UTC().Format("20060102150405"), s.Payment.Request.Fields["prod"]
	text := func(date string) string {
		return fmt.Sprintf("8%s%d%s14%s14%s", "40898000", len(name), name, sent, date)
	}
	if s.Contract.Fields["hash"] == "md5" {
		told := oldReceipt.FindStringSubmatch(a.Body)
		return told != nil && strings.EqualFold(told[2], hashed(md5.New, s.Contract.Key, text(told[1])))
	}
	told := newReceipt.FindStringSubmatch(a.Body)
	if told == nil {
		return false
	}
	by := sha256.New
	if told[1] == "sha3-256" {
		by = newSHA3
	}
	return strings.EqualFold(told[3], hashed(by, s.Contract.Key, text(told[2])))
}
