package paybox

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the bank signs with it
	"encoding/base64"
	"errors"
	"net/url"
	"testing"

	"echoppe.dev/tenant/payment"
)

// signer is a bank of our own.
func signer(t testing.TB) (*rsa.PublicKey, func(text string) string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024) //nolint:gosec // as long as the bank's
	if err != nil {
		t.Fatal(err)
	}
	return &key.PublicKey, func(text string) string {
		sum := sha1.Sum([]byte(text)) //nolint:gosec // the bank signs with it
		raw, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA1, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		return "&Sign=" + url.QueryEscape(base64.StdEncoding.EncodeToString(raw))
	}
}

const good = "Mt978=123450&Ref=R1&Auto=654321&Erreur=00000&Appel=11&Trans=22&Carte=CB&Fin=44"

// TestUnseal: what the bank signed, and what of it is believed.
func TestUnseal(t *testing.T) {
	key, sign := signer(t)
	for name, tt := range map[string]struct {
		text   string
		err    error
		event  payment.Event
		amount string
		test   bool
		reason payment.Reason
	}{
		"PGW-04 paid":                          {good + sign(good), nil, payment.Captured, "1234.50", false, ""},
		"behind our own fields, signed alone":  {"a=1&b=%C3%A9&" + good + sign(good), nil, payment.Captured, "1234.50", false, ""},
		"behind our own fields, all signed":    {"a=1&b=%C3%A9&" + good + sign("a=1&b=%C3%A9&"+good), nil, payment.Captured, "1234.50", false, ""},
		"PGW-02 authorised, a test":            {again(sign, "Mt392=500&RefTA=R1&Auto=XXXXXX&Erreur=00000&Appel=11&Trans=22"), nil, payment.Authorised, "500", true, ""},
		"a test that says it is none":          {again(sign, "Mt978=1&RefT=R1&Auto=654321&Erreur=00000&Appel=11&Trans=22"), nil, payment.Captured, "0.01", false, ""},
		"a real one that is a test":            {again(sign, "Mt978=1&Ref=R1&Auto=XXXXXX&Erreur=00000&Appel=11&Trans=22"), nil, payment.Captured, "0.01", true, ""},
		"PGW-16 refused":                       {again(sign, "Mt978=1&RefT=R1&Erreur=00151&Appel=11&Trans=0"), nil, payment.Failed, "0.01", true, payment.ReasonFunds},
		"another refusal":                      {again(sign, "Mt978=1&Ref=R1&Erreur=00105&Appel=11&Trans=0"), nil, payment.Failed, "0.01", false, payment.ReasonRefused},
		"given up":                             {again(sign, "Mt978=1&Ref=R1&Erreur=00001&Appel=11&Trans=0"), nil, payment.Cancelled, "0.01", false, payment.ReasonAbandoned},
		"still busy":                           {again(sign, "Mt978=1&Ref=R1&Erreur=99999&Appel=11&Trans=0"), nil, payment.Waiting, "0.01", false, ""},
		"a success without an authorisation":   {again(sign, "Mt978=1&Ref=R1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"a success without a transaction":      {again(sign, "Mt978=1&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=0"), payment.ErrGarbled, "", "", false, ""},
		"two references":                       {again(sign, "Mt978=1&Ref=R1&RefT=R2&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"two amounts":                          {again(sign, "Mt978=1&Mt840=1&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"an amount twice":                      {again(sign, "Mt978=1&Mt978=1&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"no such currency":                     {again(sign, "Mt000=1&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"no amount":                            {again(sign, "Mt978=x&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"less than nothing":                    {again(sign, "Mt978=-1&Ref=R1&Auto=1&Erreur=00000&Appel=11&Trans=22"), payment.ErrGarbled, "", "", false, ""},
		"no number":                            {again(sign, "Mt978=1&Ref=R1&Auto=1&Erreur=00000"), payment.ErrGarbled, "", "", false, ""},
		"something put in front, not signed":   {"Mt978=1&" + good + sign(good), payment.ErrForged, "", "", false, ""},
		"the signature of something else":      {good + sign("Mt978=1"), payment.ErrForged, "", "", false, ""},
		"no signature":                         {good, payment.ErrForged, "", "", false, ""},
		"an empty one":                         {good + "&Sign=", payment.ErrForged, "", "", false, ""},
		"something behind the signature":       {good + sign(good) + "&Erreur=00000", payment.ErrForged, "", "", false, ""},
		"the signature's last bits are others": {good + sign(good) + "A", payment.ErrForged, "", "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := unseal(key, tt.text)
			var n payment.Notice
			if err == nil {
				n, err = m.notice()
			}
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.Event != tt.event || n.Amount.String() != tt.amount || n.Test != tt.test || n.Reason != tt.reason || n.Ref != "R1" {
				t.Errorf("got %+v", n)
			}
		})
	}
}

// again is a text with its signature.
func again(sign func(string) string, text string) string { return text + sign(text) }

// FuzzSigned feeds what the bank signed and did not mean: nothing falls over, and what is believed names a payment, an
// event and a currency.
func FuzzSigned(f *testing.F) {
	key, sign := signer(f)
	f.Add(good)
	f.Add("Mt=1&Ref=")
	f.Add("%zz=1")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := unseal(key, text+sign(text))
		if err != nil {
			return
		}
		n, err := m.notice()
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}

// FuzzReply feeds what a host may answer.
func FuzzReply(f *testing.F) {
	f.Add([]byte("NUMTRANS=1&CODEREPONSE=00000&COMMENTAIRE=trait\xe9e&PORTEUR=1111222233334444"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if m := readReply(body).message(); m["porteur"] != "" {
			t.Error("a card is kept")
		}
	})
}
