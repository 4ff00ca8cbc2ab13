package monetico

import (
	"encoding/hex"
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

const ownKey = "12345678901234567890123456789012345678P0"

func contract(t testing.TB, capture string) (*Gateway, payment.Account) {
	t.Helper()
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System()})),
		payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "cybermut", true,
			form.Values{"tpe": form.TextValue("1234567"), "capture": form.TextValue(capture)}, map[string]secret.Text{"key": secret.NewText(ownKey)})
}

// underMAC is a notice under the right MAC.
func underMAC(t testing.TB, fields map[string]string) payment.RawNotice {
	t.Helper()
	key, err := usable(ownKey)
	if err != nil {
		t.Fatal(err)
	}
	v := url.Values{}
	var list []payment.FormField
	for name, value := range fields {
		v.Set(name, value)
		list = append(list, payment.FormField{Name: name, Value: value})
	}
	v.Set(macName, hex.EncodeToString(mac(key, list)))
	return payment.RawNotice{Body: []byte(v.Encode())}
}

func told(change map[string]string) map[string]string {
	fields := map[string]string{"TPE": "1234567", "date": "13/07/2026_a_10:05:00", "montant": "6.00EUR", "reference": "MDT0001", "code-retour": "payetest", "numauto": "12"}
	for name, value := range change {
		fields[name] = value
	}
	return fields
}

// TestReadNotice: what of a signed message is believed.
func TestReadNotice(t *testing.T) {
	for name, tt := range map[string]struct {
		fields  map[string]string
		capture string
		err     error
		event   payment.Event
		test    bool
		reason  payment.Reason
	}{
		"PGW-04 paid in a test":          {told(nil), "now", nil, payment.Captured, true, ""},
		"paid":                           {told(map[string]string{"code-retour": "paiement"}), "now", nil, payment.Captured, false, ""},
		"PGW-02 authorised":              {told(nil), "later", nil, payment.Authorised, true, ""},
		"PGW-16 refused":                 {told(map[string]string{"code-retour": "Annulation", "motifrefus": "Refus"}), "now", nil, payment.Failed, true, payment.ReasonRefused},
		"not who he says":                {told(map[string]string{"code-retour": "Annulation", "motifrefus": "3DSecure"}), "now", nil, payment.Failed, true, payment.ReasonSecure},
		"a card that is not taken":       {told(map[string]string{"code-retour": "Annulation", "motifrefus": "Interdit"}), "now", nil, payment.Failed, true, payment.ReasonCard},
		"another terminal":               {told(map[string]string{"TPE": "7654321"}), "now", payment.ErrForeign, "", false, ""},
		"instalments nobody asked for":   {told(map[string]string{"code-retour": "paiement_pf2"}), "now", payment.ErrGarbled, "", false, ""},
		"no amount":                      {told(map[string]string{"montant": "EUR"}), "now", payment.ErrGarbled, "", false, ""},
		"a negative one":                 {told(map[string]string{"montant": "-6.00EUR"}), "now", payment.ErrGarbled, "", false, ""},
		"a currency that does not exist": {told(map[string]string{"montant": "6.00QQQ"}), "now", payment.ErrGarbled, "", false, ""},
		"no moment":                      {told(map[string]string{"date": "yesterday"}), "now", payment.ErrGarbled, "", false, ""},
		"no reference":                   {told(map[string]string{"reference": ""}), "now", payment.ErrGarbled, "", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, a := contract(t, tt.capture)
			n, err := g.ReadNotice(t.Context(), a, underMAC(t, tt.fields))
			if tt.err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v", n, err)
				}
				return
			}
			if err != nil || n.Event != tt.event || n.Test != tt.test || n.Reason != tt.reason || n.Ref != "MDT0001" || n.Amount.String() != "6.00" {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
}

// FuzzSigned feeds what the bank signed and did not mean: it is understood or refused, and never panics.
func FuzzSigned(f *testing.F) {
	g, a := contract(f, "now")
	f.Add("13/07/2026_a_10:05:00", "6.00EUR", "R", "paiement", "12")
	f.Add("", "", "", "", "")
	f.Fuzz(func(t *testing.T, date, amount, ref, code, auto string) {
		n, err := g.ReadNotice(t.Context(), a, underMAC(t, told(map[string]string{"date": date, "montant": amount, "reference": ref, "code-retour": code, "numauto": auto})))
		if err == nil && (n.Ref != ref || n.Amount.IsNegative()) {
			t.Errorf("understood %+v", n)
		}
		g.Acknowledge(n, err)
	})
}
