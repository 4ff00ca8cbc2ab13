package amazonpay

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// TestReadNotice: a notice says where to look; what is found there is believed, and nothing else.
func TestReadNotice(t *testing.T) {
	paid := map[string]string{getCharge: "200 " + aCharge("Captured", ""), getPermission: "200 " + aPermission()}
	with := func(more ...string) map[string]string {
		all := map[string]string{}
		for what, answer := range paid {
			all[what] = answer
		}
		for i := 0; i < len(more); i += 2 {
			all[more[i]] = more[i+1]
		}
		return all
	}
	charged, refunded := about("CHARGE", chargeNo), about("REFUND", refundNo)
	for name, tt := range map[string]struct {
		message string
		answers map[string]string
		err     error
		event   payment.Event
		id      string
	}{
		"captured":                         {charged, paid, nil, payment.Captured, chargeNo + ":captured"},
		"PGW-02 authorised":                {charged, with(getCharge, "200 "+aCharge("Authorized", "")), nil, payment.Authorised, chargeNo + ":authorised"},
		"PGW-16 declined":                  {charged, with(getCharge, "200 "+aCharge("Declined", "SoftDeclined")), nil, payment.Failed, chargeNo + ":declined"},
		"let go":                           {charged, with(getCharge, "200 "+aCharge("Canceled", "")), nil, payment.Cancelled, chargeNo + ":cancelled"},
		"PGW-30 given back":                {refunded, with(getRefund, "200 "+aRefund("Refunded")), nil, payment.Refunded, refundNo + ":refunded"},
		"PGW-30 a refund that failed":      {refunded, with(getRefund, "200 "+aRefund("Declined")), nil, payment.Waiting, refundNo + ":refund-failed"},
		"a permission":                     {about("CHARGE_PERMISSION", permission), nil, errOther, "", ""},
		"something new":                    {about("SOMETHING", chargeNo), nil, errOther, "", ""},
		"another shop's payment":           {charged, with(getPermission, "200 "+aPermission("mode 0195", "mode 0196")), errOther, "", ""},
		"other software's payment":         {charged, with(getPermission, "200 "+aPermission("mode "+ourMode, "")), errOther, "", ""},
		"a reference that is none":         {charged, with(getPermission, "200 "+aPermission(`"R1"`, `"R 1"`)), errOther, "", ""},
		"real money, without a key for it": {about("CHARGE", "P"+chargeNo[1:]), paid, errOther, "", ""},
		"another merchant's":               {strings.Replace(charged, ourMerchant, "A1ZM7MXG16NQQB", 1), paid, payment.ErrForeign, "", ""},
		"nobody's":                         {strings.Replace(charged, ourMerchant, "", 1), paid, payment.ErrForeign, "", ""},
		"a charge nobody knows":            {charged, nil, payment.ErrNotKnown, "", ""},
		"a refund nobody knows":            {refunded, paid, payment.ErrNotKnown, "", ""},
		"a number that is a path":          {about("CHARGE", "S../../refunds"), paid, payment.ErrGarbled, "", ""},
		"about nothing":                    {about("CHARGE", ""), paid, payment.ErrGarbled, "", ""},
		"no JSON":                          {"x", paid, payment.ErrGarbled, "", ""},
		"PGW-45 a charge of no permission": {charged, with(getCharge, "200 "+aCharge("Captured", "", `"chargePermissionId":"`+permission, `"chargePermissionId":"x`)), payment.ErrBank, "", ""},
		"PGW-45 another permission":        {charged, with(getPermission, "200 "+aPermission("5105180", "5105181")), payment.ErrBank, "", ""},
		"PGW-45 Amazon is out of order":    {charged, with(getPermission, "500 <html>"), payment.ErrBank, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := script(t, tt.answers)
			n, err := g.ReadNotice(t.Context(), contract(t), told(t, tt.message))
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				if heard := g.Acknowledge(n, err).Status == http.StatusOK; heard != errors.Is(tt.err, errOther) {
					t.Errorf("answered as heard: %t", heard)
				}
				return
			}
			if n.Event != tt.event || n.ID != tt.id || !n.Test || n.Ref != "R1" || (n.BankRef == chargeNo) == (n.Event == payment.Failed) {
				t.Errorf("got %+v", n)
			}
		})
	}
}

// TestDispute: PGW-15, a chargeback is told with its deadline, and how it ended.
func TestDispute(t *testing.T) {
	how := func(state, resolution, due string) string {
		return `200 {"disputeId":"` + disputeNo + `","chargeId":"` + chargeNo + `","disputeAmount":{"amount":"49.90","currencyCode":"EUR"},"filingReason":"ProductNotReceived","statusDetails":{"state":"` + state +
			`","reasonCode":"MerchantResponseRequired","resolution":"` + resolution + `"},"merchantResponseDeadline":` + due + `,"releaseEnvironment":"Sandbox"}`
	}
	due := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		answer string
		event  payment.Event
		id     string
		due    time.Time
		err    error
	}{
		"opened":               {how("ActionRequired", "", `"20261201T120000Z"`), payment.Disputed, disputeNo + ":opened", due, nil},
		"looked at":            {how("UnderReview", "", `"2026-12-01T12:00:00Z"`), payment.Disputed, disputeNo + ":opened", due, nil},
		"with Unix seconds":    {how("ActionRequired", "", "1796126400"), payment.Disputed, disputeNo + ":opened", due, nil},
		"with no deadline":     {how("ActionRequired", "", "null"), payment.Disputed, disputeNo + ":opened", time.Time{}, nil},
		"with an odd one":      {how("ActionRequired", "", `"soon"`), payment.Disputed, disputeNo + ":opened", time.Time{}, nil},
		"won":                  {how("Resolved", "MerchantWon", "null"), payment.DisputeWon, disputeNo + ":won", time.Time{}, nil},
		"nobody's fault":       {how("Closed", "NoFault", "null"), payment.DisputeWon, disputeNo + ":won", time.Time{}, nil},
		"lost":                 {how("Resolved", "BuyerWon", "null"), payment.DisputeLost, disputeNo + ":lost", time.Time{}, nil},
		"a state nobody knows": {how("New", "", "null"), "", "", time.Time{}, payment.ErrBank},
		"an odd amount":        {strings.Replace(how("Resolved", "", "null"), "49.90", "-1", 1), "", "", time.Time{}, payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := script(t, map[string]string{getCharge: "200 " + aCharge("Captured", ""), getPermission: "200 " + aPermission(), getDispute: tt.answer})
			n, err := g.ReadNotice(t.Context(), contract(t), told(t, about("CHARGEBACK", disputeNo)))
			if !errors.Is(err, tt.err) || n.Event != tt.event || n.ID != tt.id || !n.Dispute.Due.Equal(tt.due) {
				t.Fatalf("%+v, %v", n, err)
			}
			if err == nil && (n.Ref != "R1" || n.Amount.String() != "49.90" || n.Dispute.Reason != "ProductNotReceived") {
				t.Errorf("%+v", n)
			}
		})
	}
}

// TestOpen: SNS's two versions of signatures, and its subject, which is signed where there is one.
func TestOpen(t *testing.T) {
	g, asked := script(t, nil)
	good := map[string]string{"Type": typeNotice, "MessageId": "m1", "TopicArn": topic, "Message": "a\nb", "Timestamp": "t"}
	with := func(name, value string) map[string]string {
		all := map[string]string{name: value}
		for n, v := range good {
			if n != name {
				all[n] = v
			}
		}
		return all
	}
	for name, raw := range map[string]payment.RawNotice{"version 1": sns(t, "1", good), "version 2": sns(t, "2", good), "with a subject": sns(t, "2", with("Subject", "S")),
		"with an empty one": sns(t, "2", with("Subject", ""))} {
		if e, err := g.open(t.Context(), raw.Body); err != nil || e.Message != "a\nb" {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	if certs := len(*asked); certs != 1 {
		t.Errorf("the certificate was fetched %d times", certs)
	}
	for name, raw := range map[string]payment.RawNotice{"version 3": sns(t, "3", good), "a topic elsewhere": sns(t, "2", with("TopicArn", "arn:aws:sns:us-east-1:291180941288:A1")),
		"another type": sns(t, "2", with("Type", "Other")), "under another address": {Body: []byte(strings.Replace(string(sns(t, "2", good).Body), certAt, "https://evil.example/x.pem", 1))},
		"no JSON": {Body: []byte("x")}, "nothing": {}} {
		if e, err := g.open(t.Context(), raw.Body); !errors.Is(err, payment.ErrForged) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	away, _ := script(t, map[string]string{"GET " + certAt[len(snsAt):]: "500 "})
	if _, err := away.open(t.Context(), sns(t, "1", good).Body); !fault.Is(err, fault.Upstream) {
		t.Errorf("SNS is out of order: %v", err)
	}
}

// TestReadCertificate: one that is good now, for an RSA key.
func TestReadCertificate(t *testing.T) {
	at := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	good := certificateOf(t, testKey(t), at)
	if c, err := readCertificate(good, at); err != nil || !c.key.Equal(&testKey(t).PublicKey) || !c.until.Equal(at.Add(keep)) {
		t.Errorf("good: %+v, %v", c, err)
	}
	if c, err := readCertificate(good, at.Add(20*time.Hour)); err != nil || !c.until.Equal(at.Add(24*time.Hour)) {
		t.Errorf("near its end: %+v, %v", c, err)
	}
	for name, tt := range map[string]struct {
		text string
		at   time.Time
	}{"not yet": {string(good), at.Add(-48 * time.Hour)}, "no longer": {string(good), at.Add(48 * time.Hour)}, "none": {"<html>", at},
		"no certificate in it": {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", at}, "another thing": {strings.ReplaceAll(string(good), "CERTIFICATE", "PUBLIC KEY"), at}} {
		if _, err := readCertificate([]byte(tt.text), tt.at); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestSubscribe: a subscription is confirmed at SNS itself, in the region of its topic, and nowhere else.
func TestSubscribe(t *testing.T) {
	address := snsAt + "/?Action=ConfirmSubscription&TopicArn=" + topic + "&Token=t"
	for name, tt := range map[string]struct {
		address, answer string
		called          bool
		status          int
	}{
		"confirmed":             {address, "200 <ok>", true, 200},
		"refused":               {address, "403 <no>", true, 400},
		"PGW-45 out of order":   {address, "500 ", true, 503},
		"in the clear":          {strings.Replace(address, "https", "http", 1), "", false, 400},
		"somewhere else":        {strings.Replace(address, snsAt, "https://evil.example", 1), "", false, 400},
		"inside our network":    {strings.Replace(address, snsAt, "https://169.254.169.254", 1), "", false, 400},
		"another region":        {strings.Replace(address, "eu-west-1.", "us-east-1.", 1), "", false, 400},
		"for another topic":     {strings.Replace(address, topic, topic+"X", 1), "", false, 400},
		"another action":        {strings.Replace(address, "Confirm", "Delete", 1), "", false, 400},
		"by a name before that": {strings.Replace(address, "https://", "https://me@", 1), "", false, 400},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, map[string]string{"GET /": tt.answer})
			n, err := g.ReadNotice(t.Context(), contract(t), sns(t, "2", map[string]string{"Type": typeSubscribe, "MessageId": "m", "Token": "t", "TopicArn": topic, "Message": "m",
				"SubscribeURL": tt.address, "Timestamp": "t"}))
			called := false
			for _, call := range *asked {
				called = called || strings.HasPrefix(call, "GET /  ")
			}
			if err == nil || called != tt.called || g.Acknowledge(n, err).Status != tt.status {
				t.Errorf("%v, answered %d, asked %v", err, g.Acknowledge(n, err).Status, *asked)
			}
		})
	}
	g, _ := script(t, nil)
	n, err := g.ReadNotice(t.Context(), contract(t), sns(t, "1", map[string]string{"Type": typeUnsubscribe, "MessageId": "m", "Token": "t", "TopicArn": topic, "Message": "m", "SubscribeURL": address, "Timestamp": "t"}))
	if !errors.Is(err, errOther) || g.Acknowledge(n, err).Status != http.StatusOK {
		t.Errorf("the end of one: %v", err)
	}
}

// FuzzSigned feeds what SNS signed and Amazon Pay did not mean: nothing falls over, and what is believed names a payment, an
// event and a currency.
func FuzzSigned(f *testing.F) {
	f.Add(about("CHARGE", chargeNo))
	f.Add(about("REFUND", refundNo))
	f.Add(about("CHARGEBACK", disputeNo))
	f.Add(about("CHARGE_PERMISSION", permission))
	f.Add(`{"MerchantID":null,"ObjectId":[]}`)
	f.Add("[]")
	g, _ := script(f, map[string]string{getCharge: "200 " + aCharge("Captured", ""), getPermission: "200 " + aPermission(), getRefund: "200 " + aRefund("Refunded")})
	f.Fuzz(func(t *testing.T, message string) {
		n, err := g.ReadNotice(t.Context(), contract(t), told(t, message))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}
