package redsys

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

const moved = `{"Ds_Amount":"2000","Ds_Currency":"978","Ds_Order":"0726R1","Ds_MerchantCode":"327234688","Ds_Terminal":"12","Ds_Response":"0900",` +
	`"Ds_TransactionType":"3","Ds_AuthorisationCode":"123456"}`

func attempt() payment.Payment {
	return payment.Payment{Ref: "0726R1", Amount: money.FromMinor(4990, money.EUR)}
}

// TestReadAnswer: PGW-30, only a clear yes is one, only a clear no is one, and all else is not known.
func TestReadAnswer(t *testing.T) {
	a := testAccount(sha512V2, testKey, false)
	signed := func(text string) string {
		body, err := json.Marshal(wrap(sha512V2, testKey, "0726R1", text))
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	with := func(old, to string) string { return signed(strings.Replace(moved, old, to, 1)) }
	for name, tt := range map[string]struct {
		body string
		want error
	}{
		"done":                        {signed(moved), nil},
		"done, by the other code":     {with("0900", "0000"), nil},
		"a cancellation's code":       {with("0900", "0400"), payment.ErrDeclined},
		"refused":                     {with("0900", "0190"), payment.ErrDeclined},
		"more than was paid":          {`{"errorCode":"SIS0057"}`, payment.ErrDeclined},
		"the bank stumbled":           {`{"errorCode":"SIS0002"}`, payment.ErrBank},
		"a failure between banks":     {with("0900", "9912"), payment.ErrBank},
		"no code":                     {with("Ds_Response", "Ds_X"), payment.ErrBank},
		"about another order":         {with("0726R1", "0726R2"), payment.ErrBank},
		"about something else":        {with(`Type":"3"`, `Type":"2"`), payment.ErrBank},
		"about another amount":        {with("2000", "2001"), payment.ErrBank},
		"about another currency":      {with("978", "840"), payment.ErrBank},
		"of another merchant":         {with("327234688", "327234689"), payment.ErrBank},
		"unsigned":                    {strings.Replace(signed(moved), "Ds_Signature\":\"", "Ds_Signature\":\"A", 1), payment.ErrBank},
		"nothing":                     {`{}`, payment.ErrBank},
		"a page of somebody's server": {`<html>`, payment.ErrBank},
	} {
		_, err := readAnswer(a, attempt(), refund, money.FromMinor(2000, money.EUR), []byte(tt.body))
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

// told is an answer of the query service about operations, each "type state code amount".
func told(operations ...string) []byte {
	var text string
	for _, each := range operations {
		var kind, state, code, amount string
		_, _ = fmt.Sscan(each, &kind, &state, &code, &amount)
		text += "<Response Ds_Version=\"0.0\"><Ds_MerchantCode>327234688</Ds_MerchantCode><Ds_Order>0726R1</Ds_Order><Ds_TransactionType>" + kind +
			"</Ds_TransactionType><Ds_Amount>" + amount + "</Ds_Amount><Ds_Currency>978</Ds_Currency><Ds_State>" + state + "</Ds_State>"
		if code != "-" {
			text += "<Ds_Response>" + code + "</Ds_Response>"
		}
		text += "</Response>"
	}
	return enclosed(`<Version Ds_Version="0.0"><Message>` + text + `</Message></Version>`)
}

func enclosed(version string) []byte {
	inner := strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;").Replace("<Messages>" + version + "</Messages>")
	return []byte(`<?xml version="1.0" encoding="ISO-8859-1"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>` +
		`<p259:consultaOperacionesResponse xmlns:p259="http://webservices.apl02.redsys.es"><consultaOperacionesReturn>` + inner +
		`</consultaOperacionesReturn></p259:consultaOperacionesResponse></soapenv:Body></soapenv:Envelope>`)
}

// TestTell: PGW-22, of all that happened to an order, what counts.
func TestTell(t *testing.T) {
	for name, tt := range map[string]struct {
		operations []string
		id         string
		event      payment.Event
		amount     string
		unproven   bool
	}{
		"paid":                         {[]string{"0 F 0 4990"}, "0726R1:0:0000", payment.Captured, "49.90", false},
		"refused, then paid":           {[]string{"0 F 190 4990", "0 F 0 4990"}, "0726R1:0:0000", payment.Captured, "49.90", false},
		"paid, told in another order":  {[]string{"0 F 0 4990", "0 F 190 4990"}, "0726R1:0:0000", payment.Captured, "49.90", false},
		"refused twice":                {[]string{"0 F 190 4990", "0 F 116 4990"}, "0726R1:0:0116", payment.Failed, "49.90", false},
		"refused, trying again":        {[]string{"0 F 190 4990", "0 S - 4990"}, "0726R1:0:9998", payment.Waiting, "49.90", false},
		"not yet at its end":           {[]string{"0 A 0 4990"}, "0726R1:0:9998", payment.Waiting, "49.90", false},
		"promised":                     {[]string{"1 F 0 4990"}, "0726R1:1:0000", payment.Authorised, "49.90", false},
		"promised, a part taken":       {[]string{"1 F 0 4990", "2 F 900 2000"}, "capture:0726R1", payment.Captured, "20.00", false},
		"promised, and not let go":     {[]string{"1 F 0 4990", "9 F 190 4990"}, "0726R1:1:0000", payment.Authorised, "49.90", false},
		"let go":                       {[]string{"1 F 0 4990", "9 F 400 4990"}, "cancel:0726R1", payment.Cancelled, "49.90", false},
		"paid, a part went back":       {[]string{"0 F 0 4990", "3 F 900 1000"}, "0726R1:0:0000", payment.Captured, "49.90", true},
		"paid, nothing could go back":  {[]string{"0 F 0 4990", "3 F 950 1000"}, "0726R1:0:0000", payment.Captured, "49.90", false},
		"something nobody knows, paid": {[]string{"34 F 0 1", "0 F 0 4990"}, "0726R1:0:0000", payment.Captured, "49.90", false},
	} {
		list, err := readOperations(told(tt.operations...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n, err := tell(list, attempt())
		if err != nil || n.ID != tt.id || n.Event != tt.event || n.Amount.String() != tt.amount || n.Unproven != tt.unproven {
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
}

// TestReadOperations: only an order the bank has never heard of is not known.
func TestReadOperations(t *testing.T) {
	failure := func(code string) []byte {
		return enclosed(`<Version Ds_Version="0.0"><Message><ErrorMsg><Ds_ErrorCode>` + code + `</Ds_ErrorCode></ErrorMsg></Message></Version>`)
	}
	for name, tt := range map[string]struct {
		body []byte
		want error
	}{
		"nothing found":    {failure("XML0024"), payment.ErrNotKnown},
		"another error":    {failure("XML0023"), payment.ErrBank},
		"no operation":     {told(), payment.ErrBank},
		"no answer inside": {enclosed("")[:90], payment.ErrBank},
		"nothing":          {nil, payment.ErrBank},
		"a page":           {[]byte("<html></html>"), payment.ErrBank},
	} {
		if list, err := readOperations(tt.body); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

// FuzzReadOperations feeds what a host may answer.
func FuzzReadOperations(f *testing.F) {
	f.Add(told("1 F 0 4990", "2 F 900 2000"))
	f.Add([]byte("<a>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := readOperations(body)
		if err != nil {
			return
		}
		if n, err := tell(list, attempt()); err == nil && (n.Event == "" || n.Amount.Currency().IsZero()) || err != nil && fault.KindOf(err) == fault.Internal {
			t.Errorf("told %+v, %v", n, err)
		}
	})
}
