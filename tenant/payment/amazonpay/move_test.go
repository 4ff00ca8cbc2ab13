package amazonpay

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// attempt is a payment whose buyer was sent to Amazon; bankRef is the session, or the charge once that is known.
func attempt(bankRef string) payment.Payment {
	return payment.Payment{Ref: "R1", BankRef: bankRef, Test: true, State: payment.StatePending, Amount: eur("1234.50"), Captured: money.Zero(money.EUR), Refunded: money.Zero(money.EUR)}
}

// TestInquire: PGW-22, what the buyer agreed to is completed by whoever comes first, and the same however often.
func TestInquire(t *testing.T) {
	open, done := "200 "+aSession("Open", "", ""), "200 "+aSession("Completed", "", chargeNo)
	taken := "200 " + aCharge("Captured", "")
	for name, tt := range map[string]struct {
		answers map[string]string
		event   payment.Event
		reason  payment.Reason
		err     error
	}{
		"the buyer is busy":                 {map[string]string{getSession: open, complete: no("422", "InvalidCheckoutSessionStatus")}, payment.Waiting, "", nil},
		"agreed":                            {map[string]string{getSession: open, complete: done, getCharge: taken}, payment.Captured, "", nil},
		"agreed, and only promised":         {map[string]string{getSession: open, complete: done, getCharge: "200 " + aCharge("Authorized", "")}, payment.Authorised, "", nil},
		"agreed, on its way":                {map[string]string{getSession: open, complete: "202" + done[3:], getCharge: "200 " + aCharge("CaptureInitiated", "")}, payment.Waiting, "", nil},
		"agreed, and Amazon thinks it over": {map[string]string{getSession: open, complete: "202" + done[3:], getCharge: "200 " + aCharge("AuthorizationInitiated", "")}, payment.Waiting, "", nil},
		// Asked again, the script says the same: nothing is made up.
		"agreed, answered in few words":    {map[string]string{getSession: open, complete: `200 {}`}, payment.Waiting, "", nil},
		"completed by somebody else":       {map[string]string{getSession: done, getCharge: taken}, payment.Captured, "", nil},
		"given up":                         {map[string]string{getSession: "200 " + aSession("Canceled", "BuyerCanceled", "")}, payment.Cancelled, payment.ReasonAbandoned, nil},
		"too late":                         {map[string]string{getSession: "200 " + aSession("Canceled", "Expired", "")}, payment.Cancelled, payment.ReasonExpired, nil},
		"PGW-16 declined on the page":      {map[string]string{getSession: "200 " + aSession("Canceled", "Declined", "")}, payment.Failed, payment.ReasonRefused, nil},
		"PGW-16 declined as it was asked":  {map[string]string{getSession: open, complete: no("422", "HardDeclined")}, payment.Failed, payment.ReasonRefused, nil},
		"strong authentication failed":     {map[string]string{getSession: open, complete: no("422", "MFANotCompleted")}, payment.Failed, payment.ReasonSecure, nil},
		"declined afterwards":              {map[string]string{getSession: done, getCharge: "200 " + aCharge("Declined", "TransactionTimedOut")}, payment.Failed, payment.ReasonTechnical, nil},
		"declined in new words":            {map[string]string{getSession: done, getCharge: "200 " + aCharge("Declined", "Whatever")}, payment.Failed, payment.ReasonRefused, nil},
		"let go":                           {map[string]string{getSession: done, getCharge: "200 " + aCharge("Canceled", "MerchantCanceled")}, payment.Cancelled, payment.ReasonAbandoned, nil},
		"run out":                          {map[string]string{getSession: done, getCharge: "200 " + aCharge("Canceled", "ExpiredUnused")}, payment.Cancelled, payment.ReasonExpired, nil},
		"deleted after 30 days":            {map[string]string{getSession: no("404", "ResourceNotFound")}, "", "", payment.ErrNotKnown},
		"PGW-45 a charge that is not seen": {map[string]string{getSession: done}, "", "", payment.ErrBank},
		"PGW-45 another amount":            {map[string]string{getSession: open, complete: no("409", "AmountMismatch")}, "", "", payment.ErrBank},
		"PGW-45 a request Amazon rejects":  {map[string]string{getSession: open, complete: no("400", "InvalidParameterValue")}, "", "", payment.ErrBank},
		"PGW-45 a failure of Amazon's":     {map[string]string{getSession: open, complete: "500 <html>"}, "", "", payment.ErrBank},
		"PGW-45 a page, not an answer":     {map[string]string{getSession: "200 <html>"}, "", "", payment.ErrBank},
		"PGW-45 a redirect":                {map[string]string{getSession: "302 "}, "", "", payment.ErrBank},
		"PGW-45 a wrong key":               {map[string]string{getSession: no("403", "InvalidRequestSignature")}, "", "", payment.ErrBank},
		"PGW-45 too many calls":            {map[string]string{getSession: no("429", "TooManyRequests")}, "", "", payment.ErrBank},
		"another payment's session":        {map[string]string{getSession: "200 " + aSession("Completed", "", chargeNo, `"R1"`, `"R2"`)}, "", "", payment.ErrBank},
		"another shop's session":           {map[string]string{getSession: "200 " + aSession("Completed", "", chargeNo, "mode 0195", "mode 0196")}, "", "", payment.ErrBank},
		"another session":                  {map[string]string{getSession: "200 " + aSession("Completed", "", chargeNo, sessionNo, "26be7331-7dc2-4722-be22-f7e75582d3ee")}, "", "", payment.ErrBank},
		"one of real money":                {map[string]string{getSession: "200 " + aSession("Completed", "", chargeNo, "Sandbox", "Live")}, "", "", payment.ErrBank},
		"a charge of real money":           {map[string]string{getSession: done, getCharge: "200 " + aCharge("Captured", "", "Sandbox", "Live")}, "", "", payment.ErrBank},
		"another charge":                   {map[string]string{getSession: done, getCharge: "200 " + aCharge("Captured", "", chargeNo, permission+"-C000009")}, "", "", payment.ErrBank},
		"an amount that is none":           {map[string]string{getSession: done, getCharge: "200 " + aCharge("Captured", "", "1234.50", "1e3")}, "", "", payment.ErrBank},
		"half a cent":                      {map[string]string{getSession: done, getCharge: "200 " + aCharge("Captured", "", "1234.50", "1234.505")}, "", "", payment.ErrBank},
		"a state nobody knows":             {map[string]string{getSession: "200 " + aSession("New", "", "")}, "", "", payment.ErrBank},
		"a charge in such a state":         {map[string]string{getSession: done, getCharge: "200 " + aCharge("New", "")}, "", "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Inquire(t.Context(), contract(t), attempt(sessionNo))
			for _, call := range *asked {
				if strings.HasPrefix(call, complete) && call != complete+" "+idempotency("complete", sessionNo)+` {"chargeAmount":{"amount":"1234.50","currencyCode":"EUR"}}` {
					t.Errorf("asked %s, which Amazon would not know again", call)
				}
			}
			if !errors.Is(err, tt.err) || n.Event != tt.event || n.Reason != tt.reason {
				t.Errorf("got %+v, %v", n, err)
			}
			if errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
				t.Errorf("of kind %v", fault.KindOf(err))
			}
		})
	}
	g, asked := script(t, map[string]string{getCharge: taken})
	n, err := g.Inquire(t.Context(), contract(t), attempt(chargeNo)) // as after 30 days
	if err != nil || n.Event != payment.Captured || n.ID != chargeNo+":captured" || n.BankRef != chargeNo || len(*asked) != 1 {
		t.Errorf("by the charge: %+v, %v, asked %v", n, err, *asked)
	}
	g, asked = script(t, nil)
	if _, err := g.Inquire(t.Context(), contract(t), attempt("")); !errors.Is(err, payment.ErrNotKnown) || len(*asked) > 0 {
		t.Errorf("a payment no buyer was sent to: %v, asked %v", err, *asked)
	}
}

// TestRefund: PGW-30, money goes back in parts, each once, and nothing else is said to have gone.
func TestRefund(t *testing.T) {
	const doRefund = "POST /v2/refunds"
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string
		err     error
	}{
		"a part":                      {"20.00", map[string]string{doRefund: "201 " + aRefund("RefundInitiated")}, nil},
		"at once":                     {"20.00", map[string]string{doRefund: "201 " + aRefund("Refunded")}, nil},
		"declined":                    {"20.00", map[string]string{doRefund: "201 " + aRefund("Declined")}, payment.ErrDeclined},
		"another amount went back":    {"20.00", map[string]string{doRefund: "201 " + aRefund("Refunded", "20.00", "21.00")}, payment.ErrBank},
		"of another charge":           {"20.00", map[string]string{doRefund: "201 " + aRefund("Refunded", "C056351", "C056352")}, payment.ErrBank},
		"of real money":               {"20.00", map[string]string{doRefund: "201 " + aRefund("Refunded", "Sandbox", "Live")}, payment.ErrBank},
		"a state nobody knows":        {"20.00", map[string]string{doRefund: "201 " + aRefund("New")}, payment.ErrBank},
		"more than is left":           {"20.00", map[string]string{doRefund: no("422", "TransactionAmountExceeded")}, payment.ErrDeclined},
		"nobody knows the charge":     {"20.00", nil, payment.ErrDeclined},
		"PGW-45 the same under way":   {"20.00", map[string]string{doRefund: no("409", "DuplicateIdempotencyKey")}, payment.ErrBank},
		"PGW-45 no answer to be read": {"20.00", map[string]string{doRefund: "201 <html>"}, payment.ErrBank},
		"PGW-45 a failure":            {"20.00", map[string]string{doRefund: "503 "}, payment.ErrBank},
		"half a cent":                 {"20.005", nil, payment.ErrUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Refund(t.Context(), contract(t), attempt(chargeNo), eur(tt.amount), "key-1")
			if !errors.Is(err, tt.err) {
				t.Fatalf("got %+v, %v", n, err)
			}
			if err != nil {
				return
			}
			want := doRefund + " " + idempotency("refund", "R1", "key-1") + ` {"chargeId":"` + chargeNo + `","refundAmount":{"amount":"20.00","currencyCode":"EUR"}}`
			if n.ID != refundNo+":refunded" || n.Event != payment.Refunded || !n.Amount.Equal(eur("20.00")) || n.BankRef != chargeNo || (*asked)[0] != want {
				t.Errorf("got %+v, asked %v", n, *asked)
			}
		})
	}
	g, _ := script(t, map[string]string{getSession: "200 " + aSession("Open", "", "")})
	if _, err := g.Refund(t.Context(), contract(t), attempt(sessionNo), eur("20.00"), "k"); !errors.Is(err, payment.ErrDeclined) {
		t.Errorf("nothing was captured: %v", err)
	}
}

// TestCapture: PGW-02, a part of what was promised is taken, once.
func TestCapture(t *testing.T) {
	const doCapture = "POST /v2/charges/" + chargeNo + "/capture"
	part := `"captureAmount":{"amount":"40.00"`
	for name, tt := range map[string]struct {
		answer string
		event  payment.Event
		err    error
	}{
		"taken":                     {"200 " + aCharge("Captured", "", `"captureAmount":{"amount":"1234.50"`, part), payment.Captured, nil},
		"on its way":                {"200 " + aCharge("CaptureInitiated", ""), payment.Waiting, nil},
		"all of it":                 {"200 " + aCharge("Captured", ""), "", payment.ErrBank},
		"declined":                  {"200 " + aCharge("Declined", "AmazonRejected"), "", payment.ErrDeclined},
		"refused":                   {no("422", "InvalidChargeStatus"), "", payment.ErrDeclined},
		"another charge":            {"200 " + aCharge("Captured", "", "C056351", "C056352"), "", payment.ErrBank},
		"PGW-45 a failure":          {"500 ", "", payment.ErrBank},
		"PGW-45 an amount of words": {"200 " + aCharge("Captured", "", "1234.50", "much"), "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, map[string]string{doCapture: tt.answer})
			n, err := g.Capture(t.Context(), contract(t), attempt(chargeNo), eur("40.00"), "k1")
			if !errors.Is(err, tt.err) || n.Event != tt.event {
				t.Errorf("got %+v, %v", n, err)
			}
			if want := doCapture + " " + idempotency("capture", "R1", "k1") + ` {"captureAmount":{"amount":"40.00","currencyCode":"EUR"}}`; len(*asked) != 1 || (*asked)[0] != want {
				t.Errorf("asked %v", *asked)
			}
		})
	}
}

// TestCancel: what was let go of before is not asked for again.
func TestCancel(t *testing.T) {
	const doCancel = "DELETE /v2/charges/" + chargeNo + "/cancel"
	gone := "200 " + aCharge("Canceled", "MerchantCanceled")
	for name, tt := range map[string]struct {
		answers map[string]string
		asked   int
		err     error
	}{
		"let go":           {map[string]string{getCharge: "200 " + aCharge("Authorized", ""), doCancel: gone}, 2, nil},
		"before":           {map[string]string{getCharge: gone}, 1, nil},
		"captured":         {map[string]string{getCharge: "200 " + aCharge("Captured", ""), doCancel: no("422", "InvalidChargeStatus")}, 2, payment.ErrDeclined},
		"still promised":   {map[string]string{getCharge: "200 " + aCharge("Authorized", ""), doCancel: "200 " + aCharge("Authorized", "")}, 2, payment.ErrDeclined},
		"no such charge":   {nil, 1, payment.ErrDeclined},
		"PGW-45 a failure": {map[string]string{getCharge: "200 " + aCharge("Authorized", ""), doCancel: "500 "}, 2, payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Cancel(t.Context(), contract(t), attempt(chargeNo), "k1")
			if !errors.Is(err, tt.err) || err == nil && n.Event != payment.Cancelled || len(*asked) != tt.asked {
				t.Errorf("got %+v, %v, asked %v", n, err, *asked)
			}
		})
	}
}
