package paypal

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
)

// sent is an IPN as it comes: a good one with changes, "-" for a field that is missing. The name is in windows-1252.
func sent(changes ...string) string {
	order := []string{"mc_gross", "payer_id", "payment_date", "payment_status", "charset", "first_name", "custom", "receiver_email", "receiver_id", "txn_id", "mc_currency",
		"pending_reason", "reason_code", "test_ipn"}
	v := map[string]string{"mc_gross": "1234.50", "payer_id": "QYR5Z8XDVJNXQ", "payment_date": "20%3A12%3A59+Jan+13%2C+2026+PST", "payment_status": "Completed",
		"charset": "windows-1252", "first_name": "Zo%E9+%80", "custom": "R1", "receiver_email": "one%40shop.example", "receiver_id": ourNumber, "txn_id": captureNo,
		"mc_currency": "EUR", "test_ipn": "1"}
	for i := 0; i+1 < len(changes); i += 2 {
		v[changes[i]] = changes[i+1]
	}
	var pairs []string
	for _, name := range order {
		if value, ok := v[name]; ok && value != "-" {
			pairs = append(pairs, name+"="+value)
		}
	}
	return strings.Join(pairs, "&")
}

func classicRaw(body string) payment.RawNotice {
	return payment.RawNotice{Header: map[string][]string{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: []byte(body)}
}

const postBack = "POST /cgi-bin/webscr"

// TestReadIPN: PAY-05, what PayPal says it has sent, for whom, and what of it is believed.
func TestReadIPN(t *testing.T) {
	const verified = "200 VERIFIED"
	for name, tt := range map[string]struct {
		body   string
		answer string
		err    error
		event  payment.Event
		id     string
		reason payment.Reason
		live   bool
	}{
		"PGW-04 completed":               {sent(), verified, nil, payment.Captured, captureNo + ":captured", "", false},
		"completed, really":              {sent("test_ipn", "-"), verified, nil, payment.Captured, captureNo + ":captured", "", true},
		"in no charset":                  {sent("charset", "-"), verified, nil, payment.Captured, captureNo + ":captured", "", false},
		"in UTF-8":                       {sent("charset", "UTF-8", "first_name", "Zo%C3%A9"), verified, nil, payment.Captured, captureNo + ":captured", "", false},
		"on its way":                     {sent("payment_status", "Pending", "pending_reason", "echeck"), verified, nil, payment.Waiting, captureNo + ":pending", "", false},
		"PGW-02 authorised":              {sent("payment_status", "Pending", "pending_reason", "authorization", "txn_id", authNo), verified, nil, payment.Authorised, authNo + ":authorised", "", false},
		"let go":                         {sent("payment_status", "Voided", "txn_id", authNo), verified, nil, payment.Cancelled, authNo + ":voided", payment.ReasonAbandoned, false},
		"run out":                        {sent("payment_status", "Expired", "txn_id", authNo), verified, nil, payment.Cancelled, authNo + ":expired", payment.ReasonExpired, false},
		"PGW-30 refunded":                {sent("payment_status", "Refunded", "mc_gross", "-1234.50", "txn_id", refundNo), verified, nil, payment.Refunded, refundNo + ":refunded", "", false},
		"reversed":                       {sent("payment_status", "Reversed", "mc_gross", "-1234.50", "txn_id", refundNo), verified, nil, payment.Refunded, refundNo + ":refunded", "", false},
		"no longer reversed":             {sent("payment_status", "Canceled_Reversal", "txn_id", refundNo), verified, nil, payment.Waiting, refundNo + ":reversal-cancelled", "", false},
		"PGW-16 denied":                  {sent("payment_status", "Denied"), verified, nil, payment.Failed, captureNo + ":declined", payment.ReasonRefused, false},
		"refunded, with money that came": {sent("payment_status", "Refunded"), verified, payment.ErrGarbled, "", "", "", false},
		"completed, with less than none": {sent("mc_gross", "-1234.50"), verified, payment.ErrGarbled, "", "", "", false},
		"a word nobody knows":            {sent("payment_status", "New"), verified, payment.ErrGarbled, "", "", "", false},
		"no reference":                   {sent("custom", "-"), verified, payment.ErrGarbled, "", "", "", false},
		"no number":                      {sent("txn_id", "-"), verified, payment.ErrGarbled, "", "", "", false},
		"no such currency":               {sent("mc_currency", "EEE"), verified, payment.ErrGarbled, "", "", "", false},
		"to another merchant":            {sent("receiver_id", "4XTRA9QWERTY7"), verified, payment.ErrForeign, "", "", "", false},
		"to nobody":                      {sent("receiver_id", "-"), verified, payment.ErrForeign, "", "", "", false},
		"PayPal has not sent it":         {sent(), "200 INVALID", payment.ErrForged, "", "", "", false},
		"PayPal says something else":     {sent(), "200 VERIFIED!", payment.ErrForged, "", "", "", false},
		"PayPal says nothing":            {sent(), "200 ", payment.ErrForged, "", "", "", false},
		"PGW-45 PayPal is out of order":  {sent(), "500 ", payment.ErrBank, "", "", "", false},
		"PGW-45 PayPal is elsewhere":     {sent(), "302 ", payment.ErrBank, "", "", "", false},
		"a field twice":                  {sent() + "&custom=R2", verified, payment.ErrForged, "", "", "", false},
		"a charset nobody knows":         {sent("charset", "klingon"), verified, payment.ErrForged, "", "", "", false},
		"not a form":                     {"%zz", verified, payment.ErrForged, "", "", "", false},
		"too many fields":                {sent() + strings.Repeat("&x", maxFields), verified, payment.ErrForged, "", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, map[string]string{postBack: tt.answer})
			n, err := g.ReadNotice(t.Context(), contract(), classicRaw(tt.body))
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.Test == tt.live || n.Amount.String() != "1234.50" || n.Ref != "R1" {
				t.Errorf("got %+v", n)
			}
			if want := postBack + "  cmd=_notify-validate&" + tt.body; len(*asked) != 1 || (*asked)[0] != want {
				t.Errorf("asked %q, want the body as it came: %q", *asked, want)
			}
		})
	}
}

// TestReadIPN_receiver: the ID counts where it is known, else the address; who gave neither has no IPN.
func TestReadIPN_receiver(t *testing.T) {
	for name, tt := range map[string]struct {
		merchant, email string
		err             error
		asked           int
	}{
		"by ID":                        {ourNumber, "", nil, 1},
		"by ID, another address":       {ourNumber, "two@shop.example", nil, 1},
		"by address":                   {"", "One@Shop.example", nil, 1},
		"another address":              {"", "two@shop.example", payment.ErrForeign, 1},
		"another ID, the same address": {"4XTRA9QWERTY7", "one@shop.example", payment.ErrForeign, 1},
		"no IPN":                       {"", "", payment.ErrForged, 0},
	} {
		g, asked := script(t, map[string]string{postBack: "200 VERIFIED"})
		a := payment.NewAccount(contract().Mode, "paypal", true, form.Values{"merchant": form.TextValue(tt.merchant), "email": form.TextValue(tt.email)}, nil)
		if n, err := g.ReadNotice(t.Context(), a, classicRaw(sent())); !errors.Is(err, tt.err) || len(*asked) != tt.asked {
			t.Errorf("%s: %+v, %v, asked %d times", name, n, err, len(*asked))
		}
	}
}

// TestFields: the form is read in the charset it says it is in.
func TestFields(t *testing.T) {
	v, err := fields([]byte(sent()))
	if err != nil || v["first_name"] != "Zoé €" || v["payment_date"] != "20:12:59 Jan 13, 2026 PST" {
		t.Errorf("%q, %v", v, err)
	}
	if v, err = fields([]byte("charset=Shift_JIS&first_name=%83%65%83%58%83%67")); err != nil || v["first_name"] != "テスト" {
		t.Errorf("%q, %v", v, err)
	}
	name, err := charmap.Windows1252.NewEncoder().String("œuf")
	if err != nil {
		t.Fatal(err)
	}
	if v, err = fields([]byte("first_name=" + url.QueryEscape(name))); err != nil || v["first_name"] != "œuf" {
		t.Errorf("%q, %v", v, err)
	}
}

// FuzzIPN feeds what PayPal has sent and did not mean.
func FuzzIPN(f *testing.F) {
	f.Add(sent())
	f.Add(sent("payment_status", "Refunded", "mc_gross", "-1"))
	f.Add("charset=&receiver_id=" + ourNumber)
	g, _ := script(f, map[string]string{postBack: "200 VERIFIED"})
	f.Fuzz(func(t *testing.T, body string) {
		n, err := g.ReadNotice(t.Context(), contract(), classicRaw(body))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}
