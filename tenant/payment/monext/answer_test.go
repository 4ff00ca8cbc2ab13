package monext

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// restText is a session as REST tells it, with changes.
func restText(changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`{"result":{"title":"ACCEPTED","code":"00000","detail":"Transaction approved"},"transactions":[{"id":"T1","date":"2026-03-05T12:00:00.000+00:00",` +
		`"type":"AUTHORIZATION_AND_CAPTURE","paymentMethodId":"1234567","requestedAmount":123450,"currency":"EUR","paymentType":"ONE_OFF","capture":"AUTOMATIC"}],` +
		`"order":{"reference":"R1","amount":123450,"currency":"EUR"}}`)
}

// soapText is the same as SOAP tells it.
func soapText(changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><getWebPaymentDetailsResponse xmlns="` + impl + `">` +
		`<result><code>00000</code><shortMessage>ACCEPTED</shortMessage><longMessage>Transaction approved</longMessage></result><transaction><id>T1</id></transaction>` +
		`<payment><amount>123450</amount><currency>978</currency><action>101</action></payment><order><ref>R1</ref><amount>123450</amount><currency>978</currency></order>` +
		`</getWebPaymentDetailsResponse></s:Body></s:Envelope>`)
}

func readRESTSession(status int, text string) (payment.Notice, error) {
	a, err := readREST("session", status, []byte(text))
	if err != nil {
		return payment.Notice{}, err
	}
	t := restTransaction{}
	if len(a.Transactions) > 0 {
		t = a.Transactions[0]
	}
	s, err := restSession(a, t)
	if err != nil {
		return payment.Notice{}, err
	}
	return s.notice("TOKEN", true)
}

func readSOAPSession(text string) (payment.Notice, error) {
	a, err := readSOAP("getWebPaymentDetails", []byte(text))
	if err != nil {
		return payment.Notice{}, err
	}
	s, err := soapSession(a)
	if err != nil {
		return payment.Notice{}, err
	}
	return s.notice("TOKEN", true)
}

// TestSession: GWN-13, PGW-04, the two APIs say the same of a session, and only what is surely done is money.
func TestSession(t *testing.T) {
	type change struct{ code, title string }
	for name, tt := range map[string]struct {
		change
		paid   bool // there is a transaction
		event  payment.Event
		id     string
		reason payment.Reason
		seen   bool // by a person
		err    error
	}{
		"paid":                        {change{"00000", "ACCEPTED"}, true, payment.Captured, "T1:paid", "", false, nil},
		"paid, in another way":        {change{"02501", "ACCEPTED"}, true, payment.Captured, "T1:paid", "", false, nil},
		"paid, and fraud suspected":   {change{"04003", "ACCEPTED"}, true, payment.Captured, "T1:paid", "", true, nil},
		"paid, by a code that is new": {change{"09999", "ACCEPTED"}, true, payment.Captured, "T1:paid", "", true, nil},
		"paid, without a transaction": {change{"00000", "ACCEPTED"}, false, "", "", "", false, payment.ErrBank},
		"paid and refused":            {change{"00000", "REFUSED"}, true, "", "", "", false, payment.ErrBank},
		"no money":                    {change{"01116", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonFunds, false, nil},
		"card expired":                {change{"01101", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonCard, false, nil},
		"no 3-D Secure":               {change{"03022", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonSecure, false, nil},
		"between banks":               {change{"01912", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonTechnical, false, nil},
		"refused":                     {change{"01100", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonRefused, false, nil},
		"refused by fraud rules":      {change{"04002", "REFUSED"}, true, payment.Failed, "T1:failed", payment.ReasonRefused, false, nil},
		"given up":                    {change{"02319", "CANCELLED"}, false, payment.Cancelled, "TOKEN:abandoned", payment.ReasonAbandoned, false, nil},
		"given up, told as an error":  {change{"02319", "ERROR"}, false, payment.Cancelled, "TOKEN:abandoned", payment.ReasonAbandoned, false, nil},
		"ran out":                     {change{"02324", "ERROR"}, false, payment.Cancelled, "TOKEN:expired", payment.ReasonExpired, false, nil},
		"goes on":                     {change{"02306", "INPROGRESS"}, false, payment.Waiting, "TOKEN:waiting", "", false, nil},
		"goes on, told as an error":   {change{"02306", "ERROR"}, false, payment.Waiting, "TOKEN:waiting", "", false, nil},
		"looked at":                   {change{"02005", "PENDING_RISK"}, true, payment.Waiting, "T1:waiting", "", false, nil},
		"not accepted but said so":    {change{"02005", "ACCEPTED"}, true, payment.Waiting, "T1:waiting", "", false, nil},
		"broken payment":              {change{"02110", "ERROR"}, true, payment.Failed, "T1:error", payment.ReasonTechnical, false, nil},
		"broken question":             {change{"02101", "ERROR"}, false, "", "", "", false, payment.ErrBank},
		"unknown":                     {change{"02304", "ERROR"}, false, "", "", "", false, payment.ErrNotKnown},
		"nothing":                     {change{"", ""}, true, "", "", "", false, payment.ErrBank},
	} {
		restOne := restText("00000", tt.code, "ACCEPTED", tt.title)
		soapOne := soapText("<code>00000", "<code>"+tt.code, "ACCEPTED", tt.title)
		if !tt.paid {
			from, to := strings.Index(restOne, `"transactions":[`), strings.Index(restOne, `],"order"`)
			restOne = restOne[:from] + `"transactions":[` + restOne[to:]
			soapOne = strings.Replace(soapOne, "<id>T1</id>", "", 1)
		}
		for api, read := range map[string]func() (payment.Notice, error){
			"rest": func() (payment.Notice, error) { return readRESTSession(200, restOne) }, "soap": func() (payment.Notice, error) { return readSOAPSession(soapOne) },
		} {
			t.Run(name+", "+api, func(t *testing.T) {
				n, err := read()
				if tt.err != nil || err != nil {
					if !errors.Is(err, tt.err) {
						t.Errorf("got %+v, %v, want %v", n, err, tt.err)
					}
					return
				}
				if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.Unproven != tt.seen || n.Ref != "R1" || !n.Test || n.Amount.String() != "1234.50" || n.Amount.Currency().Code() != "EUR" {
					t.Errorf("got %+v", n)
				}
				if (n.BankRef == "TOKEN T1") != (tt.event == payment.Captured) {
					t.Errorf("the bank's name is %q", n.BankRef)
				}
			})
		}
	}
}

// TestSession_garbled: PGW-04, answers of another shape say nothing, and are asked for again.
func TestSession_garbled(t *testing.T) {
	deep := soapText("<order>", strings.Repeat("<a>", 30)+strings.Repeat("</a>", 30)+"<order>")
	for name, read := range map[string]func() (payment.Notice, error){
		"REST, no JSON":           func() (payment.Notice, error) { return readRESTSession(200, "<html>") },
		"REST, a wrong key":       func() (payment.Notice, error) { return readRESTSession(401, `{"title":"UNAUTHORIZED"}`) },
		"REST, asked too often":   func() (payment.Notice, error) { return readRESTSession(429, `{}`) },
		"REST, no reference":      func() (payment.Notice, error) { return readRESTSession(200, restText(`"R1"`, `""`)) },
		"REST, an odd reference":  func() (payment.Notice, error) { return readRESTSession(200, restText(`"R1"`, `"R 1"`)) },
		"REST, no currency":       func() (payment.Notice, error) { return readRESTSession(200, restText(`"EUR"`, `"EEE"`)) },
		"REST, less than nothing": func() (payment.Notice, error) { return readRESTSession(200, restText("123450", "-1")) },
		"REST, far too much":      func() (payment.Notice, error) { return readRESTSession(200, restText("123450", "1234567890123")) },
		"REST, a credit": func() (payment.Notice, error) {
			return readRESTSession(200, restText("AUTHORIZATION_AND_CAPTURE", "CREDIT"))
		},
		"REST, an odd transaction": func() (payment.Notice, error) { return readRESTSession(200, restText(`"T1"`, `"T 1"`)) },
		"SOAP, no XML":             func() (payment.Notice, error) { return readSOAPSession("{}") },
		"SOAP, a declaration": func() (payment.Notice, error) {
			return readSOAPSession(soapText(`<?xml version="1.0"?>`, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]>`))
		},
		"SOAP, too deep": func() (payment.Notice, error) { return readSOAPSession(deep) },
		"SOAP, another method": func() (payment.Notice, error) {
			return readSOAPSession(soapText("getWebPaymentDetailsResponse", "doRefundResponse"))
		},
		"SOAP, another name-space":    func() (payment.Notice, error) { return readSOAPSession(soapText(impl, "http://example.com")) },
		"SOAP, two answers":           func() (payment.Notice, error) { return readSOAPSession(soapText("</s:Body>", "<x/></s:Body>")) },
		"SOAP, no amount":             func() (payment.Notice, error) { return readSOAPSession(soapText("123450", "")) },
		"SOAP, a letter for currency": func() (payment.Notice, error) { return readSOAPSession(soapText("978", "EUR")) },
		"SOAP, a credit":              func() (payment.Notice, error) { return readSOAPSession(soapText("101", "422")) },
	} {
		t.Run(name, func(t *testing.T) {
			if n, err := read(); !fault.Is(err, fault.Upstream) {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
}

// TestSession_hold: what was only authorised is no money.
func TestSession_hold(t *testing.T) {
	one, err := readRESTSession(200, restText("AUTHORIZATION_AND_CAPTURE", "AUTHORIZATION", "AUTOMATIC", "MANUAL"))
	two, err2 := readSOAPSession(soapText("<action>101", "<action>100"))
	for _, n := range []payment.Notice{one, two} {
		if err != nil || err2 != nil || n.Event != payment.Authorised || n.ID != "T1:authorised" || n.BankRef != "TOKEN T1" {
			t.Errorf("got %+v, %v, %v", n, err, err2)
		}
	}
}

// meant tells that what is believed names a payment, an event and money.
func meant(t *testing.T, n payment.Notice, err error) {
	t.Helper()
	if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || !n.Amount.IsPositive() || n.Amount.Currency().IsZero() || !n.Test) {
		t.Errorf("believed %+v", n)
	}
	if err != nil && !fault.Is(err, fault.Upstream) && !errors.Is(err, payment.ErrNotKnown) && !errors.Is(err, payment.ErrDeclined) {
		t.Errorf("an error of another kind: %v", err)
	}
}

// FuzzREST feeds what the bank said and did not mean.
func FuzzREST(f *testing.F) {
	f.Add(200, restText())
	f.Add(200, `{"transactions":[{}]}`)
	f.Add(404, ``)
	f.Fuzz(func(t *testing.T, status int, text string) {
		n, err := readRESTSession(status, text)
		meant(t, n, err)
	})
}

// FuzzSOAP feeds what the bank said and did not mean.
func FuzzSOAP(f *testing.F) {
	f.Add(soapText())
	f.Add(soapText("<order>", "<order><!--"))
	f.Add(fmt.Sprintf(`<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><getWebPaymentDetailsResponse xmlns="%s"/></Body></Envelope>`, impl))
	f.Fuzz(func(t *testing.T, text string) {
		n, err := readSOAPSession(text)
		meant(t, n, err)
	})
}
