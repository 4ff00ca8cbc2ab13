package redsys

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// question is the query Monitor: all operations of an order. Its elements must stand in this order, and nothing in it needs escaping: digits
// of the configuration, and letters and digits of our reference.
const question = `<Version Ds_Version="0.0"><Message><Monitor><Ds_MerchantCode>%s</Ds_MerchantCode><Ds_Terminal>%s</Ds_Terminal>` +
	`<Ds_Order>%s</Ds_Order></Monitor></Message></Version>`

// soap is the envelope of the query service (SerClsWSConsulta).
const soap = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:web="http://webservices.apl02.redsys.es">` +
	`<soapenv:Header/><soapenv:Body><web:consultaOperaciones><cadenaXML><![CDATA[<Messages>%s<Signature>%s</Signature>` +
	`<SignatureVersion>%s</SignatureVersion></Messages>]]></cadenaXML></web:consultaOperaciones></soapenv:Body></soapenv:Envelope>`

// noOperation is the error of a query that found nothing.
const noOperation = "XML0024"

// operations asks for those of a payment's order. Errors: ErrNotKnown, ErrOffice; of kind Upstream.
func (g *Gateway) operations(ctx context.Context, a payment.Account, p payment.Payment) ([]values, error) {
	if a.Config.Text("calls") != callsAsk {
		return nil, payment.ErrOffice
	}
	_, key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	old := schemes[sha256V1] // the query service knows no other
	asked := fmt.Sprintf(question, a.Config.Text("merchant"), number(a.Config.Text("terminal")), p.Ref)
	signature, err := old.sign(key, p.Ref, asked)
	if err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: "status", Hosts: g.brand.Hosts(p.Test, sis), Path: "/apl02/services/SerClsWSConsulta", Repeat: true,
		Body:   fmt.Appendf(nil, soap, asked, signature, old.version),
		Header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "Soapaction": {"consultaOperaciones"}},
	})
	if err != nil {
		return nil, err
	}
	if !answer.OK() {
		return nil, payment.ErrBank.Because(fmt.Errorf("redsys status: answer %d", answer.Status))
	}
	list, err := readOperations(answer.Body)
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		if v["ds_order"] != p.Ref || v["ds_merchantcode"] != a.Config.Text("merchant") || number(v["ds_terminal"]) != number(a.Config.Text("terminal")) {
			return nil, payment.ErrBank.Because(errors.New("redsys status: the answer to another question"))
		}
	}
	return list, nil
}

// fields are the elements of an operation, whatever they are called.
type fields struct {
	List []struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	} `xml:",any"`
}

// readOperations reads an answer: XML as the text of an element of XML. Errors: ErrNotKnown; of kind Upstream.
func readOperations(body []byte) ([]values, error) {
	var outer struct {
		Text string `xml:"Body>consultaOperacionesResponse>consultaOperacionesReturn"`
	}
	var inner struct {
		Operations []fields `xml:"Version>Message>Response"`
		Error      string   `xml:"Version>Message>ErrorMsg>Ds_ErrorCode"`
	}
	if err := errors.Join(readXML(body, &outer), readXML([]byte(strings.TrimSpace(outer.Text)), &inner)); err != nil {
		return nil, payment.ErrBank.Because(errors.New("redsys status: not understood"))
	}
	switch {
	case inner.Error == noOperation:
		return nil, payment.ErrNotKnown
	case inner.Error != "" || len(inner.Operations) == 0:
		return nil, payment.ErrBank.Because(fmt.Errorf("redsys status: error %q", inner.Error))
	}
	var list []values
	for _, each := range inner.Operations {
		v := values{}
		for _, f := range each.List {
			v[strings.ToLower(f.XMLName.Local)] = strings.TrimSpace(f.Text)
		}
		list = append(list, v)
	}
	return list, nil
}

// readXML reads a document in UTF-8 or in Latin-1, in which older services of the bank answer.
func readXML(text []byte, into any) error {
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "iso-8859-1") {
			return charmap.ISO8859_1.NewDecoder().Reader(r), nil
		}
		return nil, errors.New("a charset nobody uses")
	}
	return decoder.Decode(into)
}
