package sips2

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
)

const testKey = "S9i8qClCnb2CZU3y3Vn0toIOgz3z_aBi79akR30vM9p"

func testAccount(seal, capture string) payment.Account {
	return accountOf("011223344550000", seal, capture, false)
}

func accountOf(merchant, seal, capture string, test bool) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "sogenactif", test,
		form.Values{"merchant": form.TextValue(merchant), "version": form.TextValue("1"), "seal": form.TextValue(seal),
			"calls": form.TextValue("ask"), "capture": form.TextValue(capture)},
		map[string]secret.Text{"key": secret.NewText(testKey)})
}

// sealedForm is a form the bank sealed with the test key.
func sealedForm(algorithm, text, encode string) string {
	switch encode {
	case "base64":
		text = base64.StdEncoding.EncodeToString([]byte(text))
	case "base64url":
		text = base64.URLEncoding.EncodeToString([]byte(text))
	}
	return url.Values{"Data": {text}, "Seal": {seal(algorithm, testKey, text)}, "InterfaceVersion": {"HP_3.4"}, "Encode": {encode}}.Encode()
}

const good = "captureMode=AUTHOR_CAPTURE|currencyCode=978|merchantId=011223344550000|responseCode=00|transactionReference=R1|keyVersion=1|amount=123450|scoreColor=null"

// with is the good text with some of it changed.
func with(old, to string) string { return strings.Replace(good, old, to, 1) }

// TestRead: what the bank sealed, and what of it is believed.
func TestRead(t *testing.T) {
	const test = true
	for name, tt := range map[string]struct {
		text   string
		err    error
		event  payment.Event
		amount string
		test   bool
		reason payment.Reason
	}{
		"PGW-04 paid":                      {good, nil, payment.Captured, "1234.50", false, ""},
		"PGW-02 authorised":                {with("AUTHOR_CAPTURE", "VALIDATION"), nil, payment.Authorised, "1234.50", false, ""},
		"taken at once":                    {with("AUTHOR_CAPTURE", "IMMEDIATE"), nil, payment.Captured, "1234.50", false, ""},
		"no word on the mode":              {with("captureMode=AUTHOR_CAPTURE", "captureMode=null"), nil, payment.Captured, "1234.50", false, ""},
		"another currency":                 {with("978", "392"), nil, payment.Captured, "123450", false, ""},
		"a test that says so":              {good + "|transactionPlatform=SIMU", nil, payment.Captured, "1234.50", test, ""},
		"a sale":                           {good + "|transactionPlatform=PROD", nil, payment.Captured, "1234.50", false, ""},
		"PGW-16 not enough money":          {with("=00", "=05|acquirerResponseCode=51"), nil, payment.Failed, "1234.50", false, payment.ReasonFunds},
		"refused":                          {with("=00", "=05|acquirerResponseCode=05"), nil, payment.Failed, "1234.50", false, payment.ReasonRefused},
		"a stolen card":                    {with("=00", "=05|acquirerResponseCode=43"), nil, payment.Failed, "1234.50", false, payment.ReasonCard},
		"not the buyer":                    {with("=00", "=05|holderAuthentStatus=FAILURE"), nil, payment.Failed, "1234.50", false, payment.ReasonSecure},
		"too many tries":                   {with("=00", "=75"), nil, payment.Failed, "1234.50", false, payment.ReasonCard},
		"given up":                         {with("=00", "=17"), nil, payment.Cancelled, "1234.50", false, payment.ReasonAbandoned},
		"took too long":                    {with("=00", "=97"), nil, payment.Cancelled, "1234.50", false, payment.ReasonExpired},
		"undecided":                        {with("=00", "=60"), nil, payment.Waiting, "1234.50", false, ""},
		"a code nobody knows":              {with("=00", "=ZZ"), nil, payment.Failed, "1234.50", false, payment.ReasonRefused},
		"the bank is ill":                  {with("=00", "=99"), nil, payment.Failed, "1234.50", false, payment.ReasonTechnical},
		"no word on the key's version":     {with("keyVersion=1", "keyVersion=null"), nil, payment.Captured, "1234.50", false, ""},
		"another shop":                     {with("merchantId=0", "merchantId=1"), payment.ErrForeign, "", "", false, ""},
		"no shop":                          {with("merchantId=011223344550000", "merchantId=null"), payment.ErrForeign, "", "", false, ""},
		"another version of the key":       {with("keyVersion=1", "keyVersion=2"), payment.ErrForeign, "", "", false, ""},
		"two codes":                        {"responseCode=05|" + good, payment.ErrGarbled, "", "", false, ""},
		"no code":                          {with("responseCode=00", "responseCode=null"), payment.ErrGarbled, "", "", false, ""},
		"no reference":                     {with("transactionReference=R1", "transactionReference=null"), payment.ErrGarbled, "", "", false, ""},
		"no amount":                        {with("amount=123450", "amount=null"), payment.ErrGarbled, "", "", false, ""},
		"less than nothing":                {with("amount=1", "amount=-1"), payment.ErrGarbled, "", "", false, ""},
		"no such currency":                 {with("978", "000"), payment.ErrGarbled, "", "", false, ""},
		"a value with an equals sign":      {good + "|complementaryInfo=<CARD_INFOS COUNTRY=FRA />", nil, payment.Captured, "1234.50", false, ""},
		"something without an equals sign": {good + "|hm", nil, payment.Captured, "1234.50", false, ""},
	} {
		for _, algorithm := range []string{sealHMAC, sealSHA} {
			for _, encode := range []string{"", "base64", "base64url"} {
				n, err := read(testAccount(algorithm, "now"), []byte(sealedForm(algorithm, tt.text, encode)))
				if tt.err != nil || err != nil {
					if !errors.Is(err, tt.err) {
						t.Errorf("%s, %s %q: got %+v, %v, want %v", name, algorithm, encode, n, err, tt.err)
					}
					continue
				}
				if n.Event != tt.event || n.Amount.String() != tt.amount || n.Test != tt.test || n.Reason != tt.reason || n.Ref != "R1" || n.Message["scoreColor"] != "" {
					t.Errorf("%s, %s %q: got %+v", name, algorithm, encode, n)
				}
			}
		}
	}
}

// TestRead_forged: PGW-03, what is not sealed as this account seals is nothing.
func TestRead_forged(t *testing.T) {
	hmacForm, shaForm := sealedForm(sealHMAC, good, "base64"), sealedForm(sealSHA, good, "base64")
	keyless := payment.NewAccount(testAccount(sealHMAC, "now").Mode, "sogenactif", false, testAccount(sealHMAC, "now").Config, nil)
	for name, tt := range map[string]struct {
		account payment.Account
		body    string
	}{
		"the weaker algorithm":         {testAccount(sealHMAC, "now"), shaForm},
		"the weaker one, and its name": {testAccount(sealHMAC, "now"), shaForm + "&SealAlgorithm=SHA-256"},
		"the other algorithm":          {testAccount(sealSHA, "now"), hmacForm},
		"no key":                       {keyless, url.Values{"Data": {good}, "Seal": {seal(sealHMAC, "", good)}}.Encode()},
		"plain text beside it":         {testAccount(sealHMAC, "now"), hmacForm + "&Data=" + url.QueryEscape(good)},
		"no form":                      {testAccount(sealHMAC, "now"), "%zz"},
	} {
		if n, err := read(tt.account, []byte(tt.body)); !errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}

// TestRead_published: PGW-03, a shop whose key anybody has speaks of tests only.
func TestRead_published(t *testing.T) {
	for _, number := range []string{"002001000000001", "211000021310001", "201040040170001"} {
		a := accountOf(number, sealHMAC, "now", false)
		n, err := read(a, []byte(sealedForm(sealHMAC, with("011223344550000", number), "")))
		if err != nil || !n.Test {
			t.Errorf("%s: %+v, %v", number, n, err)
		}
		if _, err := keyOf(a); err == nil {
			t.Errorf("%s sells", number)
		}
	}
}

// FuzzSealed feeds what the bank sealed and did not mean: nothing falls over, and what is believed names a payment, an
// event and a currency.
func FuzzSealed(f *testing.F) {
	a := testAccount(sealHMAC, "now")
	f.Add(good, "")
	f.Add("amount=1|amount=2", "base64")
	f.Add("=|=|", "base64url")
	f.Fuzz(func(t *testing.T, text, encode string) {
		n, err := read(a, []byte(sealedForm(sealHMAC, text, encode)))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}

// FuzzReply feeds what a host may answer.
func FuzzReply(f *testing.F) {
	f.Add([]byte(`{"responseCode":"00","cardData":{"x":[1,null,true]},"seal":null}`))
	f.Add([]byte(`{"seal":1}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if r, err := readReply(testKey, body); err == nil {
			_ = r.check(diagnose, payment.Payment{}, testAccount(sealHMAC, "now"))
			r.message()
		}
	})
}
