package twocheckout

import (
	"encoding/hex"
	"errors"
	"net/url"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const ownKey = "AABBCCDDEEFF"

func contract(t testing.TB, hash string) (*Gateway, payment.Account) {
	t.Helper()
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.New(time.Date(2005, 3, 3, 12, 34, 34, 0, time.UTC))})),
		payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), Family, true,
			form.Values{"merchant": form.TextValue("MERC1"), "hash": form.TextValue(hash)},
			map[string]secret.Text{"key": secret.NewText(ownKey)})
}

// told are the fields of an IPN, changed as given, where "" leaves one empty.
func told(change map[string]string) [][2]string {
	fields := [][2]string{{"REFNO", "12"}, {"REFNOEXT", "R1"}, {"ORDERSTATUS", "COMPLETE"}, {"CURRENCY", "EUR"}, {"IPN_PID[]", "1"},
		{"IPN_PNAME[]", "Software program"}, {"IPN_TOTALGENERAL", "6.00"}, {"TEST_ORDER", "1"}, {"FRAUD_STATUS", "APPROVED"},
		{"IPN_DATE", "20050303123434"}, {"MESSAGE_ID", "5"}, {"VENDOR_CODE", "MERC1"}}
	for i, f := range fields {
		if value, ok := change[f[0]]; ok {
			fields[i][1] = value
		}
	}
	return fields
}

// under is an IPN under right signatures of these algorithms.
func under(fields [][2]string, algos ...string) payment.RawNotice {
	names := map[string]string{algoSHA3: signatureSHA3, algoSHA2: signatureSHA2, algoMD5: signatureMD5}
	var values []string
	body := ""
	for _, f := range fields {
		values = append(values, f[1])
		body += url.QueryEscape(f[0]) + "=" + url.QueryEscape(f[1]) + "&"
	}
	for _, algo := range algos {
		body += names[algo] + "=" + hex.EncodeToString(mac(algo, ownKey, serialise(values...))) + "&"
	}
	return payment.RawNotice{Body: []byte(body[:len(body)-1])}
}

// TestReadNotice: what of a signed message is believed.
func TestReadNotice(t *testing.T) {
	type fields = map[string]string
	for name, tt := range map[string]struct {
		fields fields
		err    error
		id     string
		event  payment.Event
		amount string
		test   bool
	}{
		"PGW-04 paid in a test":          {nil, nil, "paid:12", payment.Captured, "6.00", true},
		"paid":                           {fields{"TEST_ORDER": "0"}, nil, "paid:12", payment.Captured, "6.00", false},
		"paid, told before it is done":   {fields{"ORDERSTATUS": "PAYMENT_RECEIVED"}, nil, "paid:12", payment.Captured, "6.00", true},
		"not looked at for fraud":        {fields{"FRAUD_STATUS": ""}, nil, "paid:12", payment.Captured, "6.00", true},
		"looked at for fraud":            {fields{"FRAUD_STATUS": "UNDER REVIEW"}, nil, "review:12", payment.Waiting, "6.00", true},
		"PGW-16 fraud":                   {fields{"FRAUD_STATUS": "DENIED"}, nil, "refused:12", payment.Failed, "6.00", true},
		"PGW-16 invalid":                 {fields{"ORDERSTATUS": "INVALID"}, nil, "refused:12", payment.Failed, "6.00", true},
		"authorised, and not taken":      {fields{"ORDERSTATUS": "PAYMENT_AUTHORIZED"}, nil, "waiting:payment_authorized:12", payment.Waiting, "6.00", true},
		"let go":                         {fields{"ORDERSTATUS": "REVERSED", "IPN_TOTALGENERAL": "-6.00"}, nil, "cancelled:12", payment.Cancelled, "6.00", true},
		"cancelled":                      {fields{"ORDERSTATUS": "CANCELED"}, nil, "cancelled:12", payment.Cancelled, "6.00", true},
		"PGW-30 given back in part":      {fields{"ORDERSTATUS": "REFUND", "IPN_TOTALGENERAL": "-2.50"}, nil, "refunded:5:12", payment.Refunded, "2.50", true},
		"given back, by its moment":      {fields{"ORDERSTATUS": "REFUND", "IPN_TOTALGENERAL": "-2.50", "MESSAGE_ID": ""}, nil, "refunded:20050303123434:12", payment.Refunded, "2.50", true},
		"given back, nobody says what":   {fields{"ORDERSTATUS": "REFUND"}, nil, "refunded:5:12", payment.Refunded, "0.00", true},
		"no code of the account":         {fields{"VENDOR_CODE": ""}, nil, "paid:12", payment.Captured, "6.00", true},
		"another account":                {fields{"VENDOR_CODE": "MERC2"}, payment.ErrForeign, "", "", "", false},
		"PGW-04 nobody says test or not": {fields{"TEST_ORDER": ""}, payment.ErrGarbled, "", "", "", false},
		"a state nobody knows":           {fields{"ORDERSTATUS": "NEW"}, payment.ErrGarbled, "", "", "", false},
		"no number":                      {fields{"REFNO": ""}, payment.ErrGarbled, "", "", "", false},
		"no reference":                   {fields{"REFNOEXT": ""}, payment.ErrGarbled, "", "", "", false},
		"no amount":                      {fields{"IPN_TOTALGENERAL": ""}, payment.ErrGarbled, "", "", "", false},
		"less than nothing":              {fields{"IPN_TOTALGENERAL": "-6.00"}, payment.ErrGarbled, "", "", "", false},
		"a currency that does not exist": {fields{"CURRENCY": "QQQ"}, payment.ErrGarbled, "", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			g, a := contract(t, hashSHA)
			n, err := g.ReadNotice(t.Context(), a, under(told(tt.fields), algoSHA2))
			if tt.err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v", n, err)
				}
				return
			}
			if err != nil || n.ID != tt.id || n.Event != tt.event || n.Amount.String() != tt.amount || n.Test != tt.test || n.Ref != "R1" {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
}

// TestReadNotice_receipt: PGW-03, which signatures are taken, and how each is answered: with the receipts of the vectors.
func TestReadNotice_receipt(t *testing.T) {
	const (
		sha2 = `<sig algo="sha256" date="20050303123434">ea6f44c39b3d204b59500998fcb9221c92744d9721a94b45fc6d5cda99980176</sig>`
		sha3 = `<sig algo="sha3-256" date="20050303123434">85180497aaaa4844a278b52b1ce257d2820dbf5857470a5f678fef2266d0d4a8</sig>`
		md5  = "<EPAYMENT>20050303123434|7bf97ed39681027d0c45aa45e3ea98f0</EPAYMENT>"
	)
	for name, tt := range map[string]struct {
		hash, receipt string
		algos         []string
		spoil         string
	}{
		"all of them":              {hashSHA, sha3, []string{algoMD5, algoSHA2, algoSHA3}, ""},
		"SHA-2":                    {hashSHA, sha2, []string{algoSHA2}, ""},
		"SHA-3 of an old account":  {hashMD5, sha3, []string{algoMD5, algoSHA3}, ""},
		"MD5 of an old account":    {hashMD5, md5, []string{algoMD5}, ""},
		"MD5, and nobody said so":  {hashSHA, "", []string{algoMD5}, ""},
		"none":                     {hashMD5, "", nil, ""},
		"SHA-2 wrong, SHA-3 right": {hashSHA, "", []string{algoSHA3}, "&SIGNATURE_SHA2_256=00"},
		"SHA-3 wrong, MD5 right":   {hashMD5, "", []string{algoMD5}, "&SIGNATURE_SHA3_256=00"},
		"SHA-3 empty, MD5 right":   {hashMD5, "", []string{algoMD5}, "&SIGNATURE_SHA3_256="},
		"a percent sign too many":  {hashSHA, "", []string{algoSHA3}, "&%"},
	} {
		g, a := contract(t, tt.hash)
		raw := under(told(nil), tt.algos...)
		raw.Body = append(raw.Body, tt.spoil...)
		n, err := g.ReadNotice(t.Context(), a, raw)
		if n.Receipt != tt.receipt || (tt.receipt == "") != errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: answered %q, %v", name, n.Receipt, err)
		}
	}
}

// FuzzSigned feeds what 2Checkout signed and did not mean: it is understood or refused, and never panics.
func FuzzSigned(f *testing.F) {
	g, a := contract(f, hashSHA)
	f.Add("12", "R", "COMPLETE", "6.00", "EUR", "APPROVED", "1")
	f.Add("12", "R", "REFUND", "-6.00", "EUR", "", "0")
	f.Add("", "", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, number, ref, status, amount, currency, fraud, test string) {
		n, err := g.ReadNotice(t.Context(), a, under(told(map[string]string{"REFNO": number, "REFNOEXT": ref, "ORDERSTATUS": status,
			"IPN_TOTALGENERAL": amount, "CURRENCY": currency, "FRAUD_STATUS": fraud, "TEST_ORDER": test}), algoSHA3))
		if err == nil && (n.Ref != ref || n.ID == "" || n.Amount.IsNegative()) {
			t.Errorf("understood %+v", n)
		}
		g.Acknowledge(n, err)
	})
}
