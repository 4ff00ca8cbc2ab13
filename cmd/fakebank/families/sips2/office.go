package sips2

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// operation is one of the office's functions.
type operation string

const (
	diagnose operation = "diagnose"
	validate operation = "validate"
	cancel   operation = "cancel"
	refund   operation = "refund"
)

// operations are by their paths.
var operations = map[string]operation{
	"diagnostic/getTransactionData": diagnose,
	"cashManagement/validate":       validate,
	"cashManagement/cancel":         cancel,
	"cashManagement/refund":         refund,
}

// The codes of answers.
const (
	done       = "00"
	impossible = "24"
	unknown    = "25"
	malformed  = "30"
	badSeal    = "34"
	forbidden  = "40"
	tooMuch    = "51"
)

// office answers a call.
func office(t *bank.Teller, w http.ResponseWriter, r *http.Request, op operation) {
	asked := map[string]any{}
	decoder := json.NewDecoder(r.Body)
	decoder.UseNumber()
	if err := decoder.Decode(&asked); err != nil {
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	word := func(name string) string { return flat(asked[name]) }
	m, known := t.Merchant(word("merchantId"))
	algorithm := word("sealAlgorithm")
	if algorithm == "" {
		algorithm = algorithmHMAC
	}
	answer := func(fields map[string]any) {
		fields["seal"] = sealOf(algorithm, m.Key, canonical(fields))
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(fields)
	}
	p, found := t.Find(m.Number, modeOf(r), word("transactionReference"))
	if t.Trouble(w, r, p) {
		return
	}
	prefix := map[bool]string{true: "DR_WS_2.", false: "CR_WS_2."}[op == diagnose]
	switch {
	case !known, word("keyVersion") != versionOf(m), !good(algorithm, m.Key, canonical(asked), word("seal")):
		answer(map[string]any{"responseCode": badSeal, "errorFieldName": "seal"})
	case m.Fields["office"] == "no":
		answer(map[string]any{"responseCode": forbidden})
	case !strings.HasPrefix(word("interfaceVersion"), prefix):
		answer(map[string]any{"responseCode": malformed, "errorFieldName": "interfaceVersion"})
	case !found || len(p.Events) == 0:
		answer(map[string]any{"responseCode": unknown})
	case op == diagnose:
		answer(diagnosis(t, m, p))
	default:
		amount, err := strconv.ParseInt(word("operationAmount"), 10, 64)
		currency, unlisted := money.ParseNumber(word("currencyCode"))
		if err != nil || unlisted != nil {
			answer(map[string]any{"responseCode": malformed, "errorFieldName": "operationAmount"})
			return
		}
		code, p, e := move(t, m, p, op, amount, currency.Code())
		fields := map[string]any{"responseCode": code, "newStatus": status(m, p), "newAmount": left(p)}
		if code == done {
			fields["acquirerResponseCode"], fields["authorisationId"] = "00", authorisation(p)
			fields["operationDateTime"] = e.At.UTC().Format("2006-01-02T15:04:05.000-07:00")
		}
		answer(fields)
	}
}

// status is transactionStatus.
func status(m bank.Merchant, p *bank.Payment) string {
	remitted := m.Fields["remitted"] != "no"
	switch e := p.Newest(); {
	case e.Kind == bank.Authorised:
		return "TO_VALIDATE"
	case e.Kind == bank.Refused:
		return "REFUSED"
	case e.Kind == bank.Cancelled && len(p.Events) > 1 && p.Events[len(p.Events)-2].Kind == bank.Authorised:
		return "CANCELLED"
	case e.Kind == bank.Cancelled, e.Kind == bank.Expired:
		return "ABORTED"
	case p.Captured > p.Refunded && remitted:
		return "CAPTURED"
	case p.Captured > p.Refunded:
		return "TO_CAPTURE"
	case remitted:
		return "CREDITED"
	}
	return "CANCELLED"
}

// left is currentAmount.
func left(p *bank.Payment) int64 {
	if p.Captured > 0 {
		return p.Captured - p.Refunded
	}
	return p.Request.Amount
}

// move does what is asked where the transaction's status allows it.
func move(t *bank.Teller, m bank.Merchant, p *bank.Payment, op operation, amount int64, currency string) (string, *bank.Payment, bank.Event) {
	at := status(m, p)
	var what bank.What
	switch {
	case op == validate && at == "TO_VALIDATE":
		what = bank.Capture
	case op == cancel && at == "TO_VALIDATE" && amount == p.Request.Amount:
		what = bank.CancelHold
	case op == cancel && at == "TO_CAPTURE", op == refund && at == "CAPTURED":
		what = bank.Refund
	default:
		return impossible, p, bank.Event{}
	}
	if amount > left(p) {
		return tooMuch, p, bank.Event{}
	}
	moved, e, err := t.Move(p, what, amount, currency, "")
	switch {
	case errors.Is(err, bank.ErrDeclined):
		return impossible, p, bank.Event{}
	case err != nil:
		return "99", p, bank.Event{}
	}
	return done, moved, e
}

// names are lastOperationName of what was done last.
var names = map[bank.Kind]string{bank.Authorised: "TRANSACTION", bank.Paid: "TRANSACTION", bank.Refused: "TRANSACTION", bank.Expired: "TRANSACTION",
	bank.Cancelled: "CANCEL", bank.Refunded: "CREDIT"}

// diagnosis is what is known of a transaction. responseCode is that of the payment, getTransDataResponseCode that of the question.
func diagnosis(t *bank.Teller, m bank.Merchant, p *bank.Payment) map[string]any {
	e := p.Newest()
	if e.Kind == bank.Refunded { // what the card was asked for is another event
		for _, each := range p.Events {
			if each.Kind == bank.Paid {
				e = each
			}
		}
	}
	s := t.Truth(p, e)
	response, acquirer := codes(s.Message)
	if e.Kind == bank.Cancelled && status(m, p) == "CANCELLED" {
		response, acquirer = "00", "00"
	}
	number := ""
	if currency, err := money.ParseCurrency(s.Currency); err == nil {
		number = currency.Number()
	}
	last := names[p.Newest().Kind]
	if p.Newest().Kind == bank.Paid && p.Newest().Asked {
		last = "VALIDATE"
	}
	fields := map[string]any{"getTransDataResponseCode": done, "responseCode": response, "merchantId": m.Number, "transactionReference": p.Request.Ref,
		"currencyCode": number, "originAmount": p.Request.Amount, "currentAmount": left(p), "transactionStatus": status(m, p), "lastOperationName": last,
		"orderId": p.Request.Order, "transactionDateTime": s.Event.At.UTC().Format(stamp), "paymentPattern": "ONE_SHOT"}
	for name, value := range map[string]string{"acquirerResponseCode": acquirer, "holderAuthentStatus": authentication(s.Message)} {
		if value != "" {
			fields[name] = value
		}
	}
	if response == done {
		fields["authorisationId"], fields["maskedPan"], fields["paymentMeanBrand"] = authorisation(p), "4500############01", "VISA"
	}
	return fields
}
