package lyra

import (
	"errors"
	"net/url"
	"testing"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
)

const (
	testKey, liveKey   = "1122334455667788", "8877665544332211"
	testPass, livePass = "testpassword_A", "prodpassword_A"
)

func contract() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "systempay", true,
		form.Values{"site": form.TextValue("12345678"), "hash": form.TextValue(hashHMAC)},
		map[string]secret.Text{"key_test": secret.NewText(testKey), "key_live": secret.NewText(liveKey), "password_test": secret.NewText(testPass),
			"password_live": secret.NewText(livePass)})
}

// text is a message of the bank: a good one with changes, "-" for a field that is missing.
func text(key string, changes ...string) string {
	v := map[string]string{"vads_site_id": "12345678", "vads_ctx_mode": "TEST", "vads_order_id": "R1", "vads_amount": "123450", "vads_currency": "978",
		"vads_trans_status": "AUTHORISED", "vads_trans_uuid": "192ee2d72bfc4ab3a9b1230a4eb301cf", "vads_operation_type": "DEBIT", "vads_result": "00"}
	for i := 0; i+1 < len(changes); i += 2 {
		v["vads_"+changes[i]] = changes[i+1]
		if changes[i+1] == "-" {
			delete(v, "vads_"+changes[i])
		}
	}
	form := url.Values{"signature": {signature(hashHMAC, key, v)}}
	for name, value := range v {
		form.Set(name, value)
	}
	return form.Encode()
}

// TestReadForm: what the bank signed, and what of it is believed.
func TestReadForm(t *testing.T) {
	const uuid = "192ee2d72bfc4ab3a9b1230a4eb301cf"
	for name, tt := range map[string]struct {
		text   string
		err    error
		event  payment.Event
		id     string
		reason payment.Reason
		seen   bool // by a person first
	}{
		"PGW-04 paid":                       {text(testKey), nil, payment.Captured, uuid + ":paid", "", false},
		"paid, told again in the night":     {text(testKey, "trans_status", "CAPTURED", "url_check_src", "BATCH"), nil, payment.Captured, uuid + ":paid", "", false},
		"behind our own fields":             {"a=1&b=%zz&" + text(testKey), nil, payment.Captured, uuid + ":paid", "", false},
		"PGW-02 to be validated":            {text(testKey, "trans_status", "AUTHORISED_TO_VALIDATE"), nil, payment.Authorised, uuid + ":authorised", "", false},
		"a part of it":                      {text(testKey, "trans_status", "PARTIALLY_AUTHORISED"), nil, payment.Captured, uuid + ":paid", "", true},
		"only looked at":                    {text(testKey, "trans_status", "ACCEPTED"), nil, payment.Captured, uuid + ":paid", "", true},
		"not decided":                       {text(testKey, "trans_status", "UNDER_VERIFICATION"), nil, payment.Waiting, uuid + ":under_verification", "", false},
		"a word nobody knows":               {text(testKey, "trans_status", "NEW_WORD"), nil, payment.Waiting, uuid + ":new_word", "", false},
		"PGW-16 not enough":                 {text(testKey, "trans_status", "REFUSED", "auth_result", "51", "result", "05"), nil, payment.Failed, uuid + ":failed", payment.ReasonFunds, false},
		"not the buyer":                     {text(testKey, "trans_status", "REFUSED", "threeds_status", "N", "result", "05"), nil, payment.Failed, uuid + ":failed", payment.ReasonSecure, false},
		"a failure":                         {text(testKey, "trans_status", "REFUSED", "result", "96"), nil, payment.Failed, uuid + ":failed", payment.ReasonTechnical, false},
		"given up":                          {text(testKey, "trans_status", "ABANDONED", "trans_uuid", "", "operation_type", "-"), nil, payment.Cancelled, "order:R1:abandoned", payment.ReasonAbandoned, false},
		"let go of in the office":           {text(testKey, "trans_status", "CANCELLED", "url_check_src", "MERCH_BO", "validation_mode", "1"), nil, payment.Cancelled, uuid + ":cancelled", payment.ReasonAbandoned, false},
		"the same of what was paid":         {text(testKey, "trans_status", "CANCELLED", "url_check_src", "MERCH_BO", "validation_mode", "0"), nil, payment.Refunded, uuid + ":cancelled", "", false},
		"PGW-30 a credit":                   {text(testKey, "operation_type", "CREDIT", "trans_status", "CAPTURED"), nil, payment.Refunded, uuid + ":refund", "", false},
		"a credit that was refused":         {text(testKey, "operation_type", "CREDIT", "trans_status", "REFUSED"), nil, payment.Waiting, uuid + ":refund-refused", "", false},
		"no card was charged":               {text(testKey, "operation_type", "VERIFICATION"), payment.ErrGarbled, "", "", "", false},
		"money of no operation":             {text(testKey, "operation_type", "-"), payment.ErrGarbled, "", "", "", false},
		"money of no transaction":           {text(testKey, "trans_uuid", ""), payment.ErrGarbled, "", "", "", false},
		"no status":                         {text(testKey, "trans_status", "-"), payment.ErrGarbled, "", "", "", false},
		"no reference":                      {text(testKey, "order_id", "-"), payment.ErrGarbled, "", "", "", false},
		"two values in one":                 {text(testKey, "order_id", "R1+R2"), payment.ErrGarbled, "", "", "", false},
		"less than nothing":                 {text(testKey, "amount", "-1"), payment.ErrGarbled, "", "", "", false},
		"no such currency":                  {text(testKey, "currency", "000"), payment.ErrGarbled, "", "", "", false},
		"a name of another kind":            {text(testKey, "a b", "1"), payment.ErrGarbled, "", "", "", false},
		"a field twice":                     {text(testKey) + "&vads_amount=123450", payment.ErrGarbled, "", "", "", false},
		"another shop, with its key":        {text(testKey, "site_id", "87654321"), payment.ErrForeign, "", "", "", false},
		"real, by the key for tests":        {text(testKey, "ctx_mode", "PRODUCTION"), payment.ErrForged, "", "", "", false},
		"a test, by the key for production": {text(liveKey), payment.ErrForged, "", "", "", false},
		"no mode":                           {text(testKey, "ctx_mode", "-"), payment.ErrForged, "", "", "", false},
		"no signature":                      {"vads_ctx_mode=TEST", payment.ErrForged, "", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := readForm(contract(), tt.text)
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.Unproven != tt.seen || n.Amount.String() != "1234.50" || !n.Test || n.Ref != "R1" {
				t.Errorf("got %+v", n)
			}
		})
	}
	if n, err := readForm(contract(), text(liveKey, "ctx_mode", "PRODUCTION")); err != nil || n.Test {
		t.Errorf("real money: %+v, %v", n, err)
	}
}

// TestReadForm_algorithm: the one the contract has is tried and no other.
func TestReadForm_algorithm(t *testing.T) {
	v := map[string]string{"vads_ctx_mode": "TEST", "vads_site_id": "12345678"}
	old := url.Values{"vads_ctx_mode": {"TEST"}, "vads_site_id": {"12345678"}, "signature": {signature(hashSHA1, testKey, v)}}.Encode()
	if _, err := readForm(contract(), old); !errors.Is(err, payment.ErrForged) {
		t.Errorf("signed with SHA-1 under a contract with HMAC: %v", err)
	}
}

// FuzzSigned feeds what the bank signed and did not mean: nothing falls over, and what is believed names a payment, an event
// and a currency.
func FuzzSigned(f *testing.F) {
	f.Add("vads_trans_status=AUTHORISED&vads_operation_type=DEBIT&vads_amount=1")
	f.Add("vads_currency=999&vads_order_id=")
	f.Add("vads_%zz=1;2")
	f.Fuzz(func(t *testing.T, more string) {
		base := "vads_ctx_mode=TEST&vads_site_id=12345678&vads_order_id=R1&vads_currency=978&vads_trans_uuid=192ee2d72bfc4ab3a9b1230a4eb301cf&" + more
		fields, _, _ := split(base + "&signature=x")
		n, err := readForm(contract(), base+"&signature="+url.QueryEscape(signature(hashHMAC, testKey, fields)))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}
