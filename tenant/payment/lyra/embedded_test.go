package lyra

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
)

// answer is a notice of REST, signed with a password; more replaces fields of the form.
func answer(password, krAnswerText string, more ...string) string {
	v := url.Values{krAnswer: {krAnswerText}, krHashOf: {krHash(password, krAnswerText)}, krHashKey: {"password"}, krHashAlg: {"sha256_hmac"}, krType: {"V4/Payment"}}
	for i := 0; i+1 < len(more); i += 2 {
		v[more[i]] = []string{more[i+1]}
		if more[i+1] == "-" {
			delete(v, more[i])
		}
	}
	return v.Encode()
}

const paidAnswer = `{"shopId":"12345678","orderStatus":"PAID","orderDetails":{"orderId":"R1","mode":"TEST","_type":"V4/OrderDetails"},"transactions":[` +
	`{"shopId":"12345678","uuid":"c97b7e6f3dbc4c239baf283654f34710","amount":250,"currency":"EUR","status":"PAID","detailedStatus":"AUTHORISED","operationType":"DEBIT","errorCode":null}]}`

// TestReadAnswer: notices of REST are believed when the password of their mode signed them (kr-hash).
func TestReadAnswer(t *testing.T) {
	const uuid = "c97b7e6f3dbc4c239baf283654f34710"
	change := func(from, to string) string { return strings.Replace(paidAnswer, from, to, 1) }
	live := change(`"mode":"TEST"`, `"mode":"PRODUCTION"`)
	for name, tt := range map[string]struct {
		text  string
		err   error
		event payment.Event
		id    string
		test  bool
	}{
		"paid":                              {answer(testPass, paidAnswer), nil, payment.Captured, uuid + ":paid", true},
		"paid, really":                      {answer(livePass, live), nil, payment.Captured, uuid + ":paid", false},
		"with escaped slashes":              {answer(testPass, paidAnswer, krAnswer, strings.ReplaceAll(paidAnswer, "/", `\/`)), nil, payment.Captured, uuid + ":paid", true},
		"given back":                        {answer(testPass, change(`"DEBIT"`, `"CREDIT"`)), nil, payment.Refunded, uuid + ":refund", true},
		"refused":                           {answer(testPass, change(`"AUTHORISED"`, `"REFUSED"`)), nil, payment.Failed, uuid + ":failed", true},
		"real, by the password for tests":   {answer(testPass, live), payment.ErrGarbled, "", "", false},
		"by nobody's password":              {answer("x", paidAnswer), payment.ErrForged, "", "", false},
		"by no password":                    {answer("", paidAnswer), payment.ErrForged, "", "", false},
		"by the key of the browser's way":   {answer(testPass, paidAnswer, krHashKey, "sha256_hmac"), payment.ErrForged, "", "", false},
		"another algorithm":                 {answer(testPass, paidAnswer, krHashAlg, "none"), payment.ErrForged, "", "", false},
		"changed":                           {answer(testPass, paidAnswer, krAnswer, change("250", "350")), payment.ErrForged, "", "", false},
		"no signature":                      {answer(testPass, paidAnswer, krHashOf, "-"), payment.ErrForged, "", "", false},
		"given twice":                       {answer(testPass, paidAnswer) + "&kr-answer=%7B%7D", payment.ErrForged, "", "", false},
		"of something else":                 {answer(testPass, paidAnswer, krType, "V4/Token"), payment.ErrGarbled, "", "", false},
		"no JSON":                           {answer(testPass, "x"), payment.ErrGarbled, "", "", false},
		"no transaction":                    {answer(testPass, `{"shopId":"12345678","orderDetails":{"orderId":"R1","mode":"TEST"}}`), payment.ErrGarbled, "", "", false},
		"another shop":                      {answer(testPass, strings.ReplaceAll(paidAnswer, "12345678", "87654321")), payment.ErrForeign, "", "", false},
		"a transaction of another shop":     {answer(testPass, change(`[{"shopId":"12345678"`, `[{"shopId":"87654321"`)), payment.ErrForeign, "", "", false},
		"no such currency":                  {answer(testPass, change("EUR", "EEE")), payment.ErrGarbled, "", "", false},
		"the same field in an odd spelling": {strings.Replace(answer(testPass, paidAnswer), "kr-hash=", "kr-hash=0", 1), payment.ErrForged, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := New(brands[0], nil).ReadNotice(t.Context(), contract(), payment.RawNotice{Body: []byte(tt.text)})
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.Event != tt.event || n.ID != tt.id || n.Test != tt.test || n.Ref != "R1" || n.Amount.String() != "2.50" {
				t.Errorf("got %+v", n)
			}
		})
	}
}

// FuzzAnswer feeds what the bank signed and did not mean.
func FuzzAnswer(f *testing.F) {
	f.Add(paidAnswer)
	f.Add(`{"transactions":[{}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := readAnswer(contract(), answer(testPass, text))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative() || !n.Test) {
			t.Errorf("believed %+v", n)
		}
	})
}

// TestCheckConfig_embedded: PGW-18, fields on the shop's page need the keys of REST of every mode the contract has.
func TestCheckConfig_embedded(t *testing.T) {
	whole := map[string]string{"site": "12345678", "page": pageShop, "key_test": "1122334455667788", "password_test": "testpassword_A", "public_test": "12345678:testpublickey_ABCDEFGH",
		"key_live": "8877665544332211", "password_live": "prodpassword_A", "public_live": "12345678:publickey_ABCDEFGH"}
	for name, tt := range map[string]struct{ field, typed, refused string }{
		"whole":                      {"", "", ""},
		"no password":                {"password_test", "", "password_test"},
		"no public key":              {"public_live", "", "public_live"},
		"the public key of the test": {"public_live", "12345678:testpublickey_ABCDEFGH", "public_live"},
		"a private key":              {"public_test", "testpassword_A", "public_test"},
		"not yet in production":      {"key_live", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := form.Values{}
			for field, text := range whole {
				if field == tt.field {
					text = tt.typed
				}
				v[field] = form.TextValue(text)
			}
			fields := fault.FieldsOf((&Gateway{}).CheckConfig(v))
			if tt.refused == "" && len(fields) > 0 || tt.refused != "" && (len(fields) != 1 || fields[0].Name != tt.refused) {
				t.Errorf("refused %v", fields)
			}
		})
	}
}
