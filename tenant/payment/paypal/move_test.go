package paypal

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// attempt is a payment that was captured.
func attempt() payment.Payment {
	return payment.Payment{Ref: "R1", BankRef: orderNo, Test: true, State: payment.StateCaptured, Amount: eur("1234.50"), Captured: eur("1234.50"), Refunded: money.Zero(money.EUR)}
}

// no is a refusal.
func no(status, issue string) string {
	return status + ` {"name":"UNPROCESSABLE_ENTITY","message":"no","debug_id":"d1","details":[{"issue":"` + issue + `"}]}`
}

// TestInquire: PGW-22, what the buyer agreed to is captured by whoever comes first, and a capture that was made is success.
func TestInquire(t *testing.T) {
	open := "200 " + anOrder("APPROVED", "")
	paid := "200 " + anOrder("COMPLETED", captured("COMPLETED"))
	const doAuthorize = "POST /v2/checkout/orders/" + orderNo + "/authorize"
	for name, tt := range map[string]struct {
		answers map[string]string
		event   payment.Event
		reason  payment.Reason
		err     error
	}{
		"the buyer is busy":           {map[string]string{getOrder: "200 " + anOrder("CREATED", "")}, payment.Waiting, "", nil},
		"he has to do something more": {map[string]string{getOrder: "200 " + anOrder("PAYER_ACTION_REQUIRED", "")}, payment.Waiting, "", nil},
		"agreed":                      {map[string]string{getOrder: open, doCapture: "201" + paid[3:]}, payment.Captured, "", nil},
		// Asked again, the script says the same: nothing was captured here, and nothing is made up.
		"agreed, answered in few words":       {map[string]string{getOrder: open, doCapture: `201 {"id":"` + orderNo + `","status":"COMPLETED"}`}, payment.Waiting, "", nil},
		"agreed, and only promised":           {map[string]string{getOrder: "200 " + anOrder("APPROVED", "", "CAPTURE", "AUTHORIZE"), doAuthorize: "201 " + anOrder("COMPLETED", authorised("CREATED"))}, payment.Authorised, "", nil},
		"agreed, on its way":                  {map[string]string{getOrder: open, doCapture: "201 " + anOrder("COMPLETED", captured("PENDING"))}, payment.Waiting, "", nil},
		"ORDER_ALREADY_CAPTURED is asked for": {map[string]string{getOrder: open, doCapture: no("422", "ORDER_ALREADY_CAPTURED")}, payment.Waiting, "", nil},
		"captured":                            {map[string]string{getOrder: paid}, payment.Captured, "", nil},
		"captured, and given back since":      {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("REFUNDED"))}, payment.Captured, "", nil},
		"declined, and then captured":         {map[string]string{getOrder: "200 " + anOrder("COMPLETED", `"captures":[`+anItem("11111111111111111", "DECLINED")+","+anItem(captureNo, "COMPLETED")+"]")}, payment.Captured, "", nil},
		"let go":                              {map[string]string{getOrder: "200 " + anOrder("VOIDED", "")}, payment.Cancelled, payment.ReasonAbandoned, nil},
		"PGW-16 INSTRUMENT_DECLINED":          {map[string]string{getOrder: open, doCapture: no("422", "INSTRUMENT_DECLINED")}, payment.Failed, payment.ReasonRefused, nil},
		"a limit of the buyer's":              {map[string]string{getOrder: open, doCapture: no("422", "TRANSACTION_LIMIT_EXCEEDED")}, payment.Failed, payment.ReasonFunds, nil},
		"his card has expired":                {map[string]string{getOrder: open, doCapture: no("422", "CARD_EXPIRED")}, payment.Failed, payment.ReasonCard, nil},
		"he has to agree again":               {map[string]string{getOrder: open, doCapture: no("422", "PAYER_ACTION_REQUIRED")}, payment.Waiting, "", nil},
		"expired":                             {map[string]string{getOrder: no("404", "INVALID_RESOURCE_ID")}, "", "", payment.ErrNotKnown},
		"PGW-45 an issue nobody knows":        {map[string]string{getOrder: open, doCapture: no("422", "NEW_ISSUE")}, "", "", payment.ErrBank},
		"PGW-45 the same call is under way":   {map[string]string{getOrder: open, doCapture: no("409", "PREVIOUS_REQUEST_IN_PROGRESS")}, "", "", payment.ErrBank},
		"PGW-45 a failure of PayPal's":        {map[string]string{getOrder: open, doCapture: "500 <html>"}, "", "", payment.ErrBank},
		"PGW-45 a page instead of an answer":  {map[string]string{getOrder: "200 <html>"}, "", "", payment.ErrBank},
		"PGW-45 a wrong secret":               {map[string]string{"POST /v1/oauth2/token": `401 {"error":"invalid_client"}`}, "", "", payment.ErrBank},
		"PGW-45 too many calls":               {map[string]string{getOrder: no("429", "RATE_LIMIT_REACHED")}, "", "", payment.ErrBank},
		"an answer about another payment":     {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"), `"R1"`, `"R2"`)}, "", "", payment.ErrBank},
		"an answer about another order":       {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"), orderNo, "2W5313654M9708630")}, "", "", payment.ErrBank},
		"an amount that is none":              {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"), "1234.50", "1e3")}, "", "", payment.ErrBank},
		"an answer without an end":            {map[string]string{getOrder: "200 " + strings.Repeat(" ", maxAnswer) + anOrder("CREATED", "")}, "", "", payment.ErrBank},
		"a status nobody knows":               {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("NEW"))}, "", "", payment.ErrBank},
		"completed without a payment":         {map[string]string{getOrder: "200 " + anOrder("COMPLETED", "")}, "", "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Inquire(t.Context(), contract(), attempt())
			for _, call := range *asked {
				if strings.HasPrefix(call, doCapture) && call != doCapture+" "+requestID("capture", orderNo)+" {}" {
					t.Errorf("asked %s, which PayPal would not know again", call)
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
	g, asked := script(t, nil)
	p := attempt()
	p.BankRef = ""
	if _, err := g.Inquire(t.Context(), contract(), p); !errors.Is(err, payment.ErrNotKnown) || len(*asked) > 0 {
		t.Errorf("a payment no buyer was sent to: %v, asked %v", err, *asked)
	}
}

// TestCall_token: a token is fetched once, and again when it was withdrawn.
func TestCall_token(t *testing.T) {
	g, asked := script(t, map[string]string{getOrder: "200 " + anOrder("CREATED", "")})
	for range 3 {
		if _, err := g.Inquire(t.Context(), contract(), attempt()); err != nil {
			t.Fatal(err)
		}
	}
	if tokens := count(*asked, "/v1/oauth2/token"); tokens != 1 {
		t.Errorf("%d tokens for three calls", tokens)
	}
	g, asked = script(t, map[string]string{getOrder: no("401", "TOKEN_EXPIRED")})
	if _, err := g.Inquire(t.Context(), contract(), attempt()); !errors.Is(err, payment.ErrBank) {
		t.Errorf("withdrawn: %v", err)
	}
	if count(*asked, "/v1/oauth2/token") != 2 || count(*asked, getOrder) != 2 {
		t.Errorf("asked %v", *asked)
	}
}

func count(list []string, part string) (n int) {
	for _, s := range list {
		if strings.Contains(s, part) {
			n++
		}
	}
	return n
}

// TestRefund: PGW-30, money goes back in parts, each once, and nothing else is said to have gone.
func TestRefund(t *testing.T) {
	const doRefund = "POST /v2/payments/captures/" + captureNo + "/refund"
	paid := "200 " + anOrder("COMPLETED", captured("PARTIALLY_REFUNDED"))
	back := func(status, value string) string {
		return `201 {"id":"` + refundNo + `","status":"` + status + `","amount":{"currency_code":"EUR","value":"` + value + `"}}`
	}
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string
		err     error
	}{
		"a part":                       {"20.00", map[string]string{getOrder: paid, doRefund: back("COMPLETED", "20.00")}, nil},
		"by an eCheck":                 {"20.00", map[string]string{getOrder: paid, doRefund: back("PENDING", "20.00")}, nil},
		"another amount went back":     {"20.00", map[string]string{getOrder: paid, doRefund: back("COMPLETED", "21.00")}, payment.ErrBank},
		"it failed":                    {"20.00", map[string]string{getOrder: paid, doRefund: back("FAILED", "20.00")}, payment.ErrDeclined},
		"a status nobody knows":        {"20.00", map[string]string{getOrder: paid, doRefund: back("NEW", "20.00")}, payment.ErrBank},
		"more than is left":            {"20.00", map[string]string{getOrder: paid, doRefund: no("422", "REFUND_AMOUNT_EXCEEDED")}, payment.ErrDeclined},
		"this app may not":             {"20.00", map[string]string{getOrder: paid, doRefund: no("403", "PERMISSION_DENIED")}, payment.ErrOffice},
		"nothing was captured":         {"20.00", map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("PENDING"))}, payment.ErrDeclined},
		"nobody knows it":              {"20.00", nil, payment.ErrDeclined},
		"PGW-45 no answer to be read":  {"20.00", map[string]string{getOrder: paid, doRefund: "201 <html>"}, payment.ErrBank},
		"PGW-45 a failure of PayPal's": {"20.00", map[string]string{getOrder: paid, doRefund: "503 "}, payment.ErrBank},
		"PGW-45 refused without words": {"20.00", map[string]string{getOrder: paid, doRefund: "422 "}, payment.ErrDeclined},
		"half a cent":                  {"20.005", nil, payment.ErrUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Refund(t.Context(), contract(), attempt(), eur(tt.amount), "key-1")
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.ID != refundNo+":refunded" || n.Event != payment.Refunded || !n.Amount.Equal(eur(tt.amount)) || n.Ref != "R1" || !n.Test {
				t.Errorf("got %+v", n)
			}
			last := (*asked)[len(*asked)-1]
			if !strings.Contains(last, requestID("refund", "R1", "key-1")+` {"amount":{"currency_code":"EUR","value":"20.00"}}`) {
				t.Errorf("asked %s", last)
			}
		})
	}
}

// TestCapture: PGW-02, what was authorised is taken once, whole or in part, or let go.
func TestCapture(t *testing.T) {
	const take, void = "POST /v2/payments/authorizations/" + authNo + "/capture", "POST /v2/payments/authorizations/" + authNo + "/void"
	held := "200 " + anOrder("COMPLETED", authorised("CREATED"))
	taken := "201 " + strings.Replace(anItem(captureNo, "COMPLETED"), "1234.50", "1000.00", 1)
	p := attempt()
	p.State, p.Captured = payment.StateAuthorised, money.Zero(money.EUR)
	for name, tt := range map[string]struct {
		answers map[string]string
		event   payment.Event
		err     error
	}{
		"a part":                 {map[string]string{getOrder: held, take: taken}, payment.Captured, nil},
		"on its way":             {map[string]string{getOrder: held, take: strings.Replace(taken, "COMPLETED", "PENDING", 1)}, payment.Waiting, nil},
		"declined":               {map[string]string{getOrder: held, take: strings.Replace(taken, "COMPLETED", "DECLINED", 1)}, "", payment.ErrDeclined},
		"taken before":           {map[string]string{getOrder: held, take: no("422", "AUTHORIZATION_ALREADY_CAPTURED")}, "", payment.ErrDeclined},
		"of another payment":     {map[string]string{getOrder: held, take: strings.Replace(taken, `"R1"`, `"R2"`, 1)}, "", payment.ErrBank},
		"nothing was authorised": {map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"))}, "", payment.ErrDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Capture(t.Context(), contract(), p, eur("1000.00"), "key-1")
			if !errors.Is(err, tt.err) || n.Event != tt.event || err == nil && (!n.Amount.Equal(eur("1000.00")) || !strings.HasPrefix(n.ID, captureNo+":")) {
				t.Errorf("got %+v, %v", n, err)
			}
			if last := (*asked)[len(*asked)-1]; err == nil && !strings.Contains(last, `{"amount":{"currency_code":"EUR","value":"1000.00"},"final_capture":true}`) {
				t.Errorf("asked %s", last)
			}
		})
	}
	for name, tt := range map[string]struct {
		answers map[string]string
		err     error
	}{
		"let go":            {map[string]string{getOrder: held, void: "204 "}, nil},
		"let go before":     {map[string]string{getOrder: held, void: no("422", "PREVIOUSLY_VOIDED")}, nil},
		"let go, and known": {map[string]string{getOrder: "200 " + anOrder("COMPLETED", authorised("VOIDED"))}, nil},
		"taken meanwhile":   {map[string]string{getOrder: held, void: no("422", "AUTHORIZATION_ALREADY_CAPTURED")}, payment.ErrDeclined},
		"PGW-45 no answer":  {map[string]string{getOrder: held, void: "502 "}, payment.ErrBank},
	} {
		g, _ := script(t, tt.answers)
		n, err := g.Cancel(t.Context(), contract(), p, "key-1")
		if !errors.Is(err, tt.err) || err == nil && (n.ID != authNo+":voided" || n.Event != payment.Cancelled || n.Ref != "R1") {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}

// TestReadReturn: an address proves nothing; PayPal is asked for the order in it, and who agreed brings it.
func TestReadReturn(t *testing.T) {
	const payer = "QYR5Z8XDVJNXQ"
	paid := "200 " + anOrder("COMPLETED", captured("COMPLETED"))
	for name, tt := range map[string]struct {
		query   string
		answers map[string]string
		err     error
	}{
		"PGW-04 paid":          {"lang=fr&token=" + orderNo + "&PayerID=" + payer, map[string]string{getOrder: paid}, nil},
		"paid just now":        {"token=" + orderNo + "&PayerID=" + payer, map[string]string{getOrder: "200 " + anOrder("APPROVED", ""), doCapture: "201" + paid[3:]}, nil},
		"by somebody else":     {"token=" + orderNo + "&PayerID=AAAAAAAAAAAAA", map[string]string{getOrder: paid}, payment.ErrForged},
		"by nobody":            {"token=" + orderNo, map[string]string{getOrder: paid}, payment.ErrForged},
		"of no order":          {"PayerID=" + payer, nil, payment.ErrForged},
		"of an order unknown":  {"token=" + orderNo + "&PayerID=" + payer, nil, payment.ErrForged},
		"of two orders":        {"token=" + orderNo + "&token=x&PayerID=" + payer, map[string]string{getOrder: paid}, payment.ErrForged},
		"of a path":            {"token=..%2f..%2fv1&PayerID=" + payer, nil, payment.ErrForged},
		"of another's order":   {"token=" + orderNo + "&PayerID=" + payer, map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"), ourNumber, "4XTRA9QWERTY7")}, payment.ErrForeign},
		"PGW-45 PayPal is out": {"token=" + orderNo + "&PayerID=" + payer, map[string]string{getOrder: "500 "}, payment.ErrBank},
	} {
		g, _ := script(t, tt.answers)
		v, err := url.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		n, err := g.ReadReturn(t.Context(), contract(), payment.RawNotice{RawQuery: tt.query, Query: v})
		if !errors.Is(err, tt.err) || err == nil && (n.ID != captureNo+":captured" || n.Ref != "R1") {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}
