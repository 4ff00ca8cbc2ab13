package redsys

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// versionShape finds what a query's signature covers.
var versionShape = regexp.MustCompile(`(?s)<Version .*</Version>`)

// longest bounds a query.
const longest = 16 << 10

// query answers the query service. Only Monitor, which gives all operations of an order, is played.
func query(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	var envelope struct {
		Text string `xml:"Body>consultaOperaciones>cadenaXML"`
	}
	var asked struct {
		Merchant  string `xml:"Version>Message>Monitor>Ds_MerchantCode"`
		Terminal  string `xml:"Version>Message>Monitor>Ds_Terminal"`
		Order     string `xml:"Version>Message>Monitor>Ds_Order"`
		Signature string `xml:"Signature"`
		Algorithm string `xml:"SignatureVersion"`
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	if err != nil || xml.Unmarshal(body, &envelope) != nil || xml.Unmarshal([]byte(envelope.Text), &asked) != nil {
		reply(w, failure("XML0001"), "", "")
		return
	}
	m, known := t.Merchant(asked.Merchant)
	p, found := t.Find(m.Number, modeOf(r), asked.Order)
	if t.Trouble(w, r, p) {
		return
	}
	switch {
	case !known, asked.Algorithm != algorithmV1, !good(algorithmV1, m.Key, asked.Order, versionShape.FindString(envelope.Text), asked.Signature):
		reply(w, failure("XML0023"), "", "")
	case !found, asked.Terminal != terminalOf(m):
		reply(w, failure("XML0024"), m.Key, asked.Order)
	default:
		reply(w, history(t, p, m), m.Key, asked.Order)
	}
}

// failure is a message about an error.
func failure(code string) string {
	return "<ErrorMsg><Ds_ErrorCode>" + code + "</Ds_ErrorCode></ErrorMsg>"
}

// history are the operations of an order, in the order in which they were made.
func history(t *bank.Teller, p *bank.Payment, m bank.Merchant) string {
	events := p.Events
	if len(events) == 0 {
		events = []bank.Event{p.Newest()}
	}
	var text strings.Builder
	held := false
	for _, e := range events {
		s := t.Truth(p, e)
		kind, response, state := p.Request.Fields["type"], code(s.Message), "F"
		switch {
		case e.Kind == bank.Open:
			state = "S"
		case e.Kind == bank.Paid && held:
			kind, response = "2", "0900"
		case e.Kind == bank.Cancelled && held:
			kind, response = "9", "0400"
		case e.Kind == bank.Refunded:
			kind = "3"
		}
		held = held || e.Kind == bank.Authorised
		fmt.Fprintf(&text, `<Response Ds_Version="0.0"><Ds_MerchantCode>%s</Ds_MerchantCode><Ds_Terminal>%s</Ds_Terminal><Ds_Order>%s</Ds_Order>`+
			`<Ds_TransactionType>%s</Ds_TransactionType><Ds_Date>%s</Ds_Date><Ds_Hour>%s</Ds_Hour><Ds_Amount>%d</Ds_Amount><Ds_Currency>%s</Ds_Currency>`+
			`<Ds_SecurePayment>1</Ds_SecurePayment><Ds_State>%s</Ds_State>`,
			m.Number, terminalOf(m), p.Request.Ref, kind, e.At.UTC().Format("2006-01-02"), e.At.UTC().Format("15:04:05"), e.Amount, numberOf(p.Request.Currency), state)
		if response != "" {
			fmt.Fprintf(&text, "<Ds_Response>%s</Ds_Response>", strings.TrimLeft(response[:3], "0")+response[3:])
		}
		text.WriteString("</Response>")
	}
	return text.String()
}

// reply writes a message into an element of text; it is signed where it is known for whom.
func reply(w http.ResponseWriter, message, key, order string) {
	version := `<Version Ds_Version="0.0"><Message>` + message + `</Message></Version>`
	text := "<Messages>" + version
	if key != "" {
		text += "<Signature>" + signatureOf(algorithmV1, key, order, version) + "</Signature>"
	}
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text+"</Messages>"))
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = fmt.Fprintf(w, `<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">`+
		`<soapenv:Body><p259:consultaOperacionesResponse xmlns:p259="http://webservices.apl02.redsys.es"><consultaOperacionesReturn>%s`+
		`</consultaOperacionesReturn></p259:consultaOperacionesResponse></soapenv:Body></soapenv:Envelope>`, escaped.String())
}
