package redsys

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

const testKey = "Mk9m98IfEblmPfrpsawt7BmxObt98Jev"

func testAccount(signature, key string, test bool) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "cyberpac", test,
		form.Values{"merchant": form.TextValue("327234688"), "terminal": form.TextValue("012"), "signature": form.TextValue(signature),
			"calls": form.TextValue("ask"), "capture": form.TextValue("now")},
		map[string]secret.Text{"key": secret.NewText(key)})
}

// wrap signs parameters as the bank does with a key.
func wrap(signature, key, order, text string) envelope {
	s := schemes[signature]
	e := envelope{Version: s.version, Parameters: s.writes.EncodeToString([]byte(text))}
	mac, err := s.mac(key, order, e.Parameters)
	if err != nil {
		panic(err)
	}
	e.Signature = base64.URLEncoding.EncodeToString(mac)
	return e
}

func (e envelope) fields() url.Values {
	return url.Values{fieldVersion: {e.Version}, fieldParameters: {e.Parameters}, fieldSignature: {e.Signature}}
}

const good = `{"Ds_Date":"22%2F10%2F2026","Ds_Hour":"22%3A51","Ds_Card_Number":"454881******0004","Ds_Amount":"123450","Ds_Currency":"978",` +
	`"Ds_Order":"0726R1","Ds_MerchantCode":"327234688","Ds_Terminal":"012","Ds_Response":"0000","Ds_TransactionType":"0","Ds_EMV3DS":{"x":[1]}}`

// with is the good text with some of it changed.
func with(old, to string) string { return strings.Replace(good, old, to, 1) }

// TestRead: what the bank signed, and what of it is believed.
func TestRead(t *testing.T) {
	for name, tt := range map[string]struct {
		text   string
		err    error
		event  payment.Event
		amount string
		reason payment.Reason
	}{
		"PGW-04 paid":              {good, nil, payment.Captured, "1234.50", ""},
		"all codes below 100":      {with("0000", "0099"), nil, payment.Captured, "1234.50", ""},
		"a code as a number":       {with(`"0000"`, `0`), nil, payment.Captured, "1234.50", ""},
		"PGW-02 authorised":        {with(`Type":"0"`, `Type":"1"`), nil, payment.Authorised, "1234.50", ""},
		"names in capitals":        {with("Ds_Amount", "DS_AMOUNT"), nil, payment.Captured, "1234.50", ""},
		"another currency":         {with("978", "392"), nil, payment.Captured, "123450", ""},
		"a terminal without zeros": {with(`"012"`, `"12"`), nil, payment.Captured, "1234.50", ""},
		"PGW-16 not enough money":  {with("0000", "0116"), nil, payment.Failed, "1234.50", payment.ReasonFunds},
		"refused":                  {with("0000", "0190"), nil, payment.Failed, "1234.50", payment.ReasonRefused},
		"a refusal of three":       {with("0000", "190"), nil, payment.Failed, "1234.50", payment.ReasonRefused},
		"an old card":              {with("0000", "0101"), nil, payment.Failed, "1234.50", payment.ReasonCard},
		"the first refusal":        {with("0000", "0100"), nil, payment.Failed, "1234.50", payment.ReasonRefused},
		"not the buyer":            {with("0000", "0184"), nil, payment.Failed, "1234.50", payment.ReasonSecure},
		"the bank is ill":          {with("0000", "9912"), nil, payment.Failed, "1234.50", payment.ReasonTechnical},
		"given up":                 {with("0000", "9915"), nil, payment.Cancelled, "1234.50", payment.ReasonAbandoned},
		"took too long":            {with("0000", "9142"), nil, payment.Cancelled, "1234.50", payment.ReasonExpired},
		"undecided":                {with("0000", "9999"), nil, payment.Waiting, "1234.50", ""},
		"a refund's code":          {with("0000", "0900"), nil, payment.Failed, "1234.50", payment.ReasonRefused},
		"another merchant":         {with("327234688", "327234689"), payment.ErrForeign, "", "", ""},
		"another terminal":         {with(`"012"`, `"013"`), payment.ErrForeign, "", "", ""},
		"no merchant":              {with("Ds_MerchantCode", "Ds_X"), payment.ErrForeign, "", "", ""},
		"about a refund":           {with(`Type":"0"`, `Type":"3"`), payment.ErrGarbled, "", "", ""},
		"no type":                  {with("Ds_TransactionType", "Ds_X"), payment.ErrGarbled, "", "", ""},
		"no code":                  {with("Ds_Response", "Ds_X"), payment.ErrGarbled, "", "", ""},
		"a code of five":           {with("0000", "10000"), payment.ErrGarbled, "", "", ""},
		"less than nothing":        {with("123450", "-123450"), payment.ErrGarbled, "", "", ""},
		"no amount":                {with("Ds_Amount", "Ds_X"), payment.ErrGarbled, "", "", ""},
		"no such currency":         {with("978", "000"), payment.ErrGarbled, "", "", ""},
		"no order":                 {with("Ds_Order", "Ds_X"), payment.ErrForged, "", "", ""},
		"two codes":                {with("Ds_Hour", "DS_RESPONSE"), payment.ErrForged, "", "", ""},
		"no JSON":                  {good[1:], payment.ErrForged, "", "", ""},
	} {
		for signature := range schemes {
			g, a := New(brands[0], nil), testAccount(signature, testKey, false)
			raw := payment.RawNotice{Body: []byte(wrap(signature, testKey, "0726R1", tt.text).fields().Encode())}
			n, err := g.ReadNotice(t.Context(), a, raw)
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("%s, %s: %+v, %v, want %v", name, signature, n, err, tt.err)
				}
				continue
			}
			if n.Event != tt.event || n.Amount.String() != tt.amount || n.Test || n.Reason != tt.reason || n.Ref != "0726R1" || n.Message["Ds_Hour"] != "22:51" {
				t.Errorf("%s, %s: got %+v", name, signature, n)
			}
		}
	}
}

// TestRead_forged: PGW-03, what is not signed as this account signs is nothing.
func TestRead_forged(t *testing.T) {
	g := New(brands[0], nil)
	v1, v2 := wrap(sha256V1, testKey, "0726R1", good), wrap(sha512V2, testKey, "0726R1", good)
	named := v1
	named.Version = v2.Version
	for name, tt := range map[string]struct {
		account payment.Account
		e       envelope
	}{
		"the weaker algorithm":               {testAccount(sha512V2, testKey, false), v1},
		"the weaker one under the new name":  {testAccount(sha512V2, testKey, false), named},
		"the other algorithm":                {testAccount(sha256V1, testKey, false), v2},
		"with the key of another order":      {testAccount(sha512V2, testKey, false), wrap(sha512V2, testKey, "0726R2", good)},
		"an algorithm nobody chose":          {testAccount("", testKey, false), v2},
		"no key":                             {testAccount(sha512V2, "", false), v2},
		"a key that is none, and no message": {testAccount(sha256V1, "short", false), envelope{Version: v1.Version, Parameters: v1.Parameters}},
	} {
		raw := payment.RawNotice{Query: tt.e.fields()}
		if n, err := g.ReadReturn(t.Context(), tt.account, raw); !errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}

// TestRead_published: PGW-03, the key everybody has speaks of tests only, and nothing is sold with it.
func TestRead_published(t *testing.T) {
	a := testAccount(sha512V2, publishedKey, false)
	n, err := read(a, wrap(sha512V2, publishedKey, "0726R1", good).fields())
	if err != nil || !n.Test {
		t.Errorf("%+v, %v", n, err)
	}
	if _, _, err := keyOf(a); err == nil {
		t.Error("sells with the key for tests")
	}
	if _, _, err := keyOf(testAccount(sha512V2, publishedKey, true)); err != nil {
		t.Error(err)
	}
}

// TestMessage: PGW-03, a terminal that tells whole card numbers tells them to nobody.
func TestMessage(t *testing.T) {
	v, err := readParameters(base64.StdEncoding.EncodeToString([]byte(with("454881******0004", "4548810000000003"))))
	if err != nil {
		t.Fatal(err)
	}
	if got, there := v.message()["Ds_Card_Number"]; there {
		t.Errorf("keeps %q", got)
	}
}

// FuzzSigned feeds what the bank signed and did not mean: nothing falls over, and what is believed names a payment, an event
// and a currency.
func FuzzSigned(f *testing.F) {
	a := testAccount(sha512V2, testKey, false)
	f.Add("0726R1", good)
	f.Add("0726R1", `{"Ds_Order":"0726R1","DS_ORDER":"0726R2"}`)
	f.Add("", "null")
	f.Fuzz(func(t *testing.T, order, text string) {
		n, err := read(a, wrap(sha512V2, testKey, order, text).fields())
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}
