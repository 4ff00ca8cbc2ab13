package authorizenet

import (
	"encoding/json"

	"echoppe.dev/cmd/fakebank/bank"
)

// asked is a transaction that is asked for.
type asked struct {
	Transaction struct {
		Type     string `json:"transactionType"`
		Amount   string `json:"amount"`
		Currency string `json:"currencyCode"`
		Of       string `json:"refTransId"`
		Profile  struct {
			ID   string `json:"customerProfileId"`
			Card struct {
				ID string `json:"paymentProfileId"`
			} `json:"paymentProfile"`
		} `json:"profile"`
		Order struct {
			Invoice     string `json:"invoiceNumber"`
			Description string `json:"description"`
		} `json:"order"`
		Options struct {
			First      bool `json:"isFirstRecurringPayment"`
			Subsequent bool `json:"isSubsequentAuth"`
		} `json:"processingOptions"`
		Agreed struct {
			Original string `json:"originalNetworkTransId"`
		} `json:"subsequentAuthInformation"`
		Payment struct {
			Card struct {
				Number string `json:"cardNumber"`
				Expiry string `json:"expirationDate"`
			} `json:"creditCard"`
		} `json:"payment"`
	} `json:"transactionRequest"`
}

// The codes of what cannot be done to a transaction.
const (
	badMove   = "16" // the transaction cannot be found, or is in no state for that
	badRefund = "54" // the referenced transaction does not meet the criteria for issuing a credit
	badSum    = "55" // the sum of credits would exceed the debit
)

// move captures, voids or refunds.
func (d *desk) move() {
	var q asked
	if json.Unmarshal(d.body, &q) != nil {
		d.fail(codeFormat)
		return
	}
	x := q.Transaction
	if x.Profile.ID != "" {
		d.charge(q)
		return
	}
	p, first, ok := d.find(x.Of)
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if !ok || p.Request.Mode != d.mode {
		d.refuse(badMove)
		return
	}
	amount, counted := minor(x.Amount)
	state := status(d.merchant, p, newest(p, first))
	switch {
	case x.Type == "priorAuthCaptureTransaction" && state == "authorizedPendingCapture" && counted:
		d.done(p, bank.Capture, amount, badMove)
	case x.Type == "voidTransaction" && state == "authorizedPendingCapture":
		d.done(p, bank.CancelHold, p.Request.Amount, badMove)
	case x.Type == "voidTransaction" && state == "capturedPendingSettlement":
		if err := d.t.Note(p, voided, "yes"); err != nil {
			d.t.Broken(d.w, err)
			return
		}
		d.done(p, bank.Refund, p.Captured, badMove)
	case x.Type == "refundTransaction" && (state != "settledSuccessfully" || x.Payment.Card.Number != bank.Last(p.Tried(), 4) || x.Payment.Card.Expiry != "XXXX" || !counted):
		d.refuse(badRefund)
	case x.Type == "refundTransaction":
		d.done(p, bank.Refund, amount, badSum)
	default:
		d.refuse(badMove)
	}
}

// done does it, and tells the number of what was done.
func (d *desk) done(p *bank.Payment, what bank.What, amount int64, no string) {
	p, e, err := d.t.Move(p, what, amount, p.Request.Currency, "")
	if err != nil {
		d.refuse(no)
		return
	}
	d.reply(map[string]any{"transactionResponse": map[string]any{"responseCode": "1", "authCode": "", "transId": number(p, e), "refTransID": "", "accountNumber": last(p),
		"messages": []any{map[string]any{"code": "1", "description": "This transaction has been approved."}}}}, codeOK)
}

// refuse says no.
func (d *desk) refuse(code string) {
	d.reply(map[string]any{"transactionResponse": map[string]any{"responseCode": "3", "transId": "0", "errors": []any{map[string]any{"errorCode": code, "errorText": "Pretended."}}}}, codeDone)
}
