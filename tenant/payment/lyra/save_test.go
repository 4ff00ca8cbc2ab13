package lyra_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestSave_toldByTheBank: PGW-32, the identifier of a card is taken from the bank's own notice and not from what a browser brings,
// and only when the bank says that it was made for this payment.
func TestSave_toldByTheBank(t *testing.T) {
	f := family("systempay", ways{"hmac", "", "", password, otherPassword})
	r := gatewaytest.NewRig(t, f, f.Config)
	bill := r.Bill(t, money.Must(money.Parse("12.00", money.EUR)))
	bill.Saving = payment.Saving{Owner: id.New[payment.Owner](), Agreed: payment.Agree(time.Now(), "fr")}
	_, action := r.Begin(t, r.Mode.ID, bill)
	back := r.Visit(t, action, gatewaytest.Good, bank.Proper)
	told := r.Wait(t, 1)[0]
	if told.Notice.Token.IsZero() || told.Notice.Card.Expiry == "" {
		t.Fatalf("the bank's notice: %+v, %v", told.Notice, told.Err)
	}
	a := r.Account(t, r.Mode.ID)
	n, err := r.Gateway.(payment.Returner).ReadReturn(t.Context(), a, back.Raw)
	if err != nil || n.ID != told.Notice.ID || !n.Token.IsZero() {
		t.Errorf("the browser brought %q: %+v, %v", n.Token, n, err)
	}
	fields, err := url.ParseQuery(string(told.Raw.Body))
	if err != nil || fields.Get("vads_identifier") == "" || fields.Get("vads_page_action") != "REGISTER_PAY" {
		t.Fatalf("%v, %v", fields, err)
	}
	for name, value := range map[string]string{"vads_identifier_status": "UPDATED", "vads_identifier": "of another shape"} {
		raw := told.Raw
		raw.Body = []byte(signed(fields, name, value))
		if n, err := r.Gateway.ReadNotice(t.Context(), a, raw); err != nil || !n.Token.IsZero() {
			t.Errorf("%s %q: %q, %v", name, value, n.Token, err)
		}
	}
}

// signed is a form the bank has signed, with one field changed before.
func signed(fields url.Values, name, value string) string {
	form := url.Values{}
	for each, values := range fields {
		if each != "signature" {
			form[each] = values
		}
	}
	form.Set(name, value)
	text := ""
	for _, each := range slices.Sorted(maps.Keys(form)) {
		if strings.HasPrefix(each, "vads_") {
			text += form.Get(each) + "+"
		}
	}
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = mac.Write([]byte(text + key))
	form.Set("signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return form.Encode()
}
