package redsys

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// ReadNotice reads the notification, a form.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	fields, err := url.ParseQuery(string(raw.Body))
	if err != nil {
		return payment.Notice{}, payment.ErrForged
	}
	return read(a, fields)
}

// ReadReturn reads what the browser brings in the address. A terminal that is not set to send parameters there brings nothing.
func (g *Gateway) ReadReturn(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.RawQuery) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	return read(a, raw.Query)
}

// read believes what the bank signed for this terminal.
func read(a payment.Account, fields url.Values) (payment.Notice, error) {
	e, err := posted(fields)
	if err != nil {
		return payment.Notice{}, err
	}
	v, err := e.open(a)
	if err != nil {
		return payment.Notice{}, err
	}
	return v.notice(a)
}

// notice puts a message about a payment into our words. Errors: ErrGarbled.
func (v values) notice(a payment.Account) (payment.Notice, error) {
	amount, err := amountOf(v["ds_amount"], v["ds_currency"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	code, err := codeOf(v["ds_response"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	kind, ref := v["ds_transactiontype"], v["ds_order"]
	if kind != typePayment && kind != typeHold {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("redsys: a notice about a transaction of type %q", kind))
	}
	n := payment.Notice{ID: fact(ref, kind, code), Ref: ref, Amount: amount, Test: a.Test || published(a), Message: v.message(), Card: v.card()}
	n.Event, n.Reason = outcome(kind, code)
	return n, nil
}

// amountOf is a number of minor units in a currency that is a number.
func amountOf(minor, currency string) (money.Amount, error) {
	c, err := money.ParseNumber(currency)
	if err != nil {
		return money.Amount{}, err
	}
	units, err := strconv.ParseInt(minor, 10, 64)
	if err != nil || units < 0 || units > mostMinor {
		return money.Amount{}, fmt.Errorf("redsys: amount %q", minor)
	}
	return money.FromMinor(units, c), nil
}

// codeOf is Ds_Response with all of its four digits.
func codeOf(response string) (string, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(response), 10, 16)
	if err != nil || n > 9999 {
		return "", errors.New("redsys: no response code")
	}
	return fmt.Sprintf("%04d", n), nil
}

// authorised tells of the codes that all mean yes.
func authorised(code string) bool { return strings.HasPrefix(code, "00") }

// fact names what came of an order: it is paid once, and each refusal is another fact.
func fact(ref, kind, code string) string {
	if authorised(code) {
		code = "0000"
	}
	return ref + ":" + kind + ":" + code
}

// kept are the fields the ledger has of a message, by the names the bank gives them.
var kept = []string{"Ds_Date", "Ds_Hour", "Ds_Order", "Ds_TransactionType", "Ds_Amount", "Ds_Currency", "Ds_Response", "Ds_ErrorCode", "Ds_AuthorisationCode",
	"Ds_SecurePayment", "Ds_Card_Number", "Ds_CardNumber", "Ds_Card_Brand", "Ds_Card_Country", "Ds_ProcessedPayMethod", "Ds_State"}

// cardBrands are the numbers of Ds_Card_Brand.
var cardBrands = map[string]string{"1": "Visa", "2": "Mastercard", "6": "Diners", "7": "Privada", "8": "American Express", "9": "JCB", "22": "UnionPay"}

// card is what may be told of it; a number that is not masked is not even cut, but left out.
func (v values) card() payment.Card {
	c := payment.Card{Brand: cardBrands[strings.TrimSpace(v["ds_card_brand"])], Country: v["ds_card_country"], Auth: strings.TrimSpace(v["ds_authorisationcode"])}
	for _, name := range []string{"ds_card_number", "ds_cardnumber"} {
		if number := v[name]; strings.Contains(number, "*") {
			c.Last = number
		}
	}
	if until := v["ds_expirydate"]; len(until) == 4 { // YYMM
		c.Expiry = payment.ExpiryOf(until[2:], until[:2])
	}
	return c
}

// message leaves out what is not masked of a card: some terminals are set to tell all of it.
func (v values) message() payment.Message {
	m := payment.Message{}
	for _, name := range kept {
		value := strings.TrimSpace(v[strings.ToLower(name)])
		if value == "" || strings.HasSuffix(name, "Number") && !strings.Contains(value, "*") {
			continue
		}
		m[name] = value
	}
	return m
}

// reasons are what the codes of Redsys' table of denials tell a buyer.
var reasons = map[string]payment.Reason{
	"0116": payment.ReasonFunds,
	"0101": payment.ReasonCard, "0102": payment.ReasonCard, "0106": payment.ReasonCard, "0118": payment.ReasonCard, "0125": payment.ReasonCard,
	"0129": payment.ReasonCard, "0173": payment.ReasonCard, "0180": payment.ReasonCard, "0191": payment.ReasonCard, "0202": payment.ReasonCard,
	"9064": payment.ReasonCard, "9078": payment.ReasonCard, "9093": payment.ReasonCard, "9253": payment.ReasonCard,
	"0184": payment.ReasonSecure, "0195": payment.ReasonSecure,
	"0904": payment.ReasonTechnical, "0909": payment.ReasonTechnical, "0912": payment.ReasonTechnical, "0913": payment.ReasonTechnical,
	"0944": payment.ReasonTechnical, "9094": payment.ReasonTechnical, "9912": payment.ReasonTechnical, "9997": payment.ReasonTechnical,
}

// outcome is what a code means. Whatever is not known is not paid.
func outcome(kind, code string) (payment.Event, payment.Reason) {
	switch {
	case authorised(code) && kind == typePayment:
		return payment.Captured, ""
	case authorised(code):
		return payment.Authorised, ""
	case code == "9998", code == "9999": // the buyer types, or his bank asks him who he is
		return payment.Waiting, ""
	case code == "9915":
		return payment.Cancelled, payment.ReasonAbandoned
	case code == "9142":
		return payment.Cancelled, payment.ReasonExpired
	}
	if reason, known := reasons[code]; known {
		return payment.Failed, reason
	}
	return payment.Failed, payment.ReasonRefused
}

// Acknowledge is an empty page, of status 200 when all is well. The bank reads the status at most.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
