package klikandpay

import (
	"errors"
	"net/url"
	"testing"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const ownSecret = "abcdefghij0123456789"

func contract(t testing.TB, review string) (*Gateway, payment.Account) {
	t.Helper()
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System()})),
		payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), Family, true,
			form.Values{"account": form.TextValue("1234567"), "currency": form.TextValue("EUR"), "review": form.TextValue(review)},
			map[string]secret.Text{"secret": secret.NewText(ownSecret)})
}

// told is a call to the declared address: what was ticked, changed as given, where "" leaves a variable out.
func told(change map[string]string) payment.RawNotice {
	v := url.Values{secretName: {ownSecret}, orderName: {token(ownSecret, "1234567", "R1", true)},
		"RESPONSE": {"00"}, "NUMXKP": {"12"}, "MONTANTXKP": {"6.00"}, "DEVISEXKP": {"EUR"}}
	for name, value := range change {
		if v.Set(name, value); value == "" {
			v.Del(name)
		}
	}
	return payment.RawNotice{RawQuery: v.Encode(), Query: v}
}

// TestReadNotice: what of a message under the secret is believed.
func TestReadNotice(t *testing.T) {
	type fields = map[string]string
	for name, tt := range map[string]struct {
		fields fields
		err    error
		id     string
		event  payment.Event
		test   bool
		reason payment.Reason
	}{
		"paid":                           {nil, nil, "paid:12", payment.Captured, true, ""},
		"PGW-04 opened in live mode":     {fields{"order": token(ownSecret, "1234567", "R1", false)}, nil, "paid:12", payment.Captured, false, ""},
		"no number ticked":               {fields{"NUMXKP": ""}, nil, "paid:R1", payment.Captured, true, ""},
		"PGW-16 refused":                 {fields{"RESPONSE": "REFUSED"}, nil, "refused:12", payment.Failed, true, payment.ReasonRefused},
		"refused, and no amount":         {fields{"RESPONSE": "REFUSED", "MONTANTXKP": ""}, nil, "refused:12", payment.Failed, true, payment.ReasonRefused},
		"given up":                       {fields{"RESPONSE": "CANCELED"}, nil, "cancelled:12", payment.Cancelled, true, payment.ReasonAbandoned},
		"a transfer is on its way":       {fields{"RESPONSE": "AWAITING"}, nil, "waiting:12", payment.Waiting, true, ""},
		"a cheque is on its way":         {fields{"RESPONSE": "AWAITINGCHEQUE"}, nil, "waiting:12", payment.Waiting, true, ""},
		"another account's order":        {fields{"order": token(ownSecret, "7654321", "R1", true)}, payment.ErrForged, "", "", false, ""},
		"another secret":                 {fields{"secret": ownSecret + "1"}, payment.ErrForged, "", "", false, ""},
		"no amount":                      {fields{"MONTANTXKP": ""}, payment.ErrGarbled, "", "", false, ""},
		"a negative one":                 {fields{"MONTANTXKP": "-6.00"}, payment.ErrGarbled, "", "", false, ""},
		"a comma":                        {fields{"MONTANTXKP": "6,00"}, payment.ErrGarbled, "", "", false, ""},
		"no currency":                    {fields{"DEVISEXKP": ""}, payment.ErrGarbled, "", "", false, ""},
		"a currency that does not exist": {fields{"DEVISEXKP": "QQQ"}, payment.ErrGarbled, "", "", false, ""},
		"no word of the bank":            {fields{"RESPONSE": "01"}, payment.ErrGarbled, "", "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for review, unproven := range map[string]bool{reviewAll: true, reviewNone: false, "": true} {
				g, a := contract(t, review)
				n, err := g.ReadNotice(t.Context(), a, told(tt.fields))
				if tt.err != nil {
					if !errors.Is(err, tt.err) {
						t.Errorf("got %+v, %v", n, err)
					}
					continue
				}
				if err != nil || n.ID != tt.id || n.Event != tt.event || n.Test != tt.test || n.Reason != tt.reason || n.Ref != "R1" || n.Unproven != unproven {
					t.Errorf("got %+v, %v", n, err)
				}
			}
		})
	}
}

// FuzzSigned feeds what came to the declared address and was not meant: it is understood or refused, and never panics.
func FuzzSigned(f *testing.F) {
	g, a := contract(f, reviewNone)
	f.Add("00", "12", "6.00", "EUR")
	f.Add("REFUSED", "", "", "")
	f.Add("", "", "", "")
	f.Fuzz(func(t *testing.T, response, number, amount, currency string) {
		n, err := g.ReadNotice(t.Context(), a, told(map[string]string{"RESPONSE": response, "NUMXKP": number, "MONTANTXKP": amount, "DEVISEXKP": currency}))
		if err == nil && (n.Ref != "R1" || n.ID == "" || n.Amount.IsNegative()) {
			t.Errorf("understood %+v", n)
		}
		g.Acknowledge(n, err)
	})
}
