package bluepaid

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

func contract(t testing.TB, test bool, review string) (*Gateway, payment.Account) {
	t.Helper()
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System()})),
		payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), Family, test,
			form.Values{"boutique": form.TextValue("1001"), "review": form.TextValue(review)},
			map[string]secret.Text{"secret": secret.NewText(ownSecret)})
}

// told is a post to the declared address, changed as given, where "" leaves a field out.
func told(change map[string]string) payment.RawNotice {
	v := url.Values{"id_boutique": {"1001"}, "id_client": {"R1"}, "divers": {mac(ownSecret, "1001", "R1")},
		"etat": {"ok"}, "id_trans": {"12"}, "montant": {"6,00"}, "devise": {"EUR"}}
	for name, value := range change {
		if v.Set(name, value); value == "" {
			v.Del(name)
		}
	}
	return payment.RawNotice{RawQuery: secretName + "=" + ownSecret, Body: []byte(v.Encode())}
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
		"paid":                           {nil, nil, "paid:12", payment.Captured, false, ""},
		"a full stop":                    {fields{"montant": "6.00"}, nil, "paid:12", payment.Captured, false, ""},
		"PGW-04 paid in a test":          {fields{"mode": "test"}, nil, "paid:12", payment.Captured, true, ""},
		"PGW-04 a test, said otherwise":  {fields{"etat": "test"}, nil, "paid:12", payment.Captured, true, ""},
		"PGW-16 refused":                 {fields{"etat": "KO", "mode": "test"}, nil, "refused:12", payment.Failed, true, payment.ReasonRefused},
		"it takes time":                  {fields{"etat": "attente"}, nil, "waiting:12", payment.Waiting, false, ""},
		"PGW-30 given back":              {fields{"mode": "r"}, nil, "refunded:12", payment.Refunded, true, ""},
		"not given back":                 {fields{"mode": "r", "etat": "ko"}, nil, "refund-refused:12", payment.Waiting, true, ""},
		"no subscription":                {fields{"num_abo": "0"}, nil, "paid:12", payment.Captured, false, ""},
		"a subscription":                 {fields{"num_abo": "7"}, payment.ErrGarbled, "", "", false, ""},
		"another account":                {fields{"id_boutique": "2002"}, payment.ErrForeign, "", "", false, ""},
		"another account's payment":      {fields{"divers": mac(ownSecret, "2002", "R1")}, payment.ErrForged, "", "", false, ""},
		"no reference":                   {fields{"id_client": "", "divers": mac(ownSecret, "1001", "")}, payment.ErrForged, "", "", false, ""},
		"no transaction":                 {fields{"id_trans": ""}, payment.ErrGarbled, "", "", false, ""},
		"no amount":                      {fields{"montant": ""}, payment.ErrGarbled, "", "", false, ""},
		"a negative one":                 {fields{"montant": "-6.00"}, payment.ErrGarbled, "", "", false, ""},
		"thousands":                      {fields{"montant": "1,006,00"}, payment.ErrGarbled, "", "", false, ""},
		"a currency that does not exist": {fields{"devise": "QQQ"}, payment.ErrGarbled, "", "", false, ""},
		"no word of the bank":            {fields{"etat": "oui"}, payment.ErrGarbled, "", "", false, ""},
		"no mode of the bank":            {fields{"mode": "x"}, payment.ErrGarbled, "", "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for review, unproven := range map[string]bool{reviewAll: true, reviewNone: false, "": true} {
				g, a := contract(t, true, review)
				n, err := g.ReadNotice(t.Context(), a, told(tt.fields))
				if tt.err != nil {
					if !errors.Is(err, tt.err) {
						t.Errorf("got %+v, %v", n, err)
					}
					continue
				}
				if err != nil || n.ID != tt.id || n.Event != tt.event || n.Test != tt.test || n.Reason != tt.reason || n.Ref != "R1" ||
					n.Amount.String() != "6.00" || n.Unproven != unproven {
					t.Errorf("got %+v, %v", n, err)
				}
			}
		})
	}
}

// FuzzSigned feeds what came to the declared address and was not meant: it is understood or refused, and never panics.
func FuzzSigned(f *testing.F) {
	g, a := contract(f, false, reviewNone)
	f.Add("ok", "12", "6,00", "EUR", "")
	f.Add("ko", "1", "6.00", "EUR", "r")
	f.Add("", "", "", "", "")
	f.Fuzz(func(t *testing.T, state, number, amount, currency, mode string) {
		n, err := g.ReadNotice(t.Context(), a, told(map[string]string{"etat": state, "id_trans": number, "montant": amount, "devise": currency, "mode": mode}))
		if err == nil && (n.Ref != "R1" || n.ID == "" || n.Amount.IsNegative()) {
			t.Errorf("understood %+v", n)
		}
		g.Acknowledge(n, err)
	})
}
