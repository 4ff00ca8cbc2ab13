package paypal

import (
	"encoding/json"
	"errors"
	"regexp"
	"time"

	"echoppe.dev/tenant/payment"
)

// dispute is one of Customer Disputes v1, as its webhooks carry it.
type dispute struct {
	ID     string `json:"dispute_id"`
	Reason string `json:"reason"`
	Status string `json:"status"`
	Amount struct {
		Code  string `json:"currency_code"`
		Value string `json:"value"`
	} `json:"dispute_amount"`
	Due     time.Time `json:"seller_response_due_date"`
	Outcome struct {
		Code string `json:"outcome_code"`
	} `json:"dispute_outcome"`
	Transactions []struct {
		Custom string `json:"custom"`
		Seller payee  `json:"seller"`
	} `json:"disputed_transactions"`
}

var disputeShape = regexp.MustCompile(`^[0-9A-Z-]{1,64}$`)

// lost are the outcomes by which the buyer has his money. The others leave it with the merchant: so does RESOLVED_WITH_PAYOUT, by which
// PayPal pays both.
var lost = map[string]bool{"RESOLVED_BUYER_FAVOUR": true, "ACCEPTED": true}

// disputeEvent is a buyer who asks PayPal for his money back, or what PayPal decided (PGW-15). One about several payments, or about
// none of ours, is put in nobody's place. Errors: ErrForeign, ErrGarbled.
func disputeEvent(a payment.Account, e event, test bool) (payment.Notice, error) {
	var d dispute
	if err := json.Unmarshal(e.Resource, &d); err != nil || len(d.Transactions) != 1 || !disputeShape.MatchString(d.ID) || !refShape.MatchString(d.Transactions[0].Custom) {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: no dispute, or one about several payments"))
	}
	if !theirs(a, d.Transactions[0].Seller) {
		return payment.Notice{}, payment.ErrForeign
	}
	amount, err := read(d.Amount.Value, d.Amount.Code)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	n := payment.Notice{ID: d.ID + ":opened", Ref: d.Transactions[0].Custom, Event: payment.Disputed, Amount: amount, Test: test, Dispute: payment.Claim{Due: d.Due},
		Message: payment.Message{"id": d.ID, "event": e.Type, "amount": d.Amount.Value, "currency": d.Amount.Code}}
	for name, word := range map[string]string{"reason": d.Reason, "status": d.Status, "outcome": d.Outcome.Code} {
		if wordShape.MatchString(word) {
			n.Message[name] = word
		}
	}
	n.Dispute.Reason = n.Message["reason"]
	if d.Status == "RESOLVED" {
		n.ID, n.Event = d.ID+":won", payment.DisputeWon
		if lost[d.Outcome.Code] {
			n.ID, n.Event = d.ID+":lost", payment.DisputeLost
		}
	}
	return n, nil
}
