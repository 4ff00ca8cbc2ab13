package amazonpay

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"echoppe.dev/tenant/payment"
)

// dispute is what the shop looks at of a chargeback (Dispute, "object").
type dispute struct {
	ID     string `json:"disputeId"`
	Charge string `json:"chargeId"`
	Amount price  `json:"disputeAmount"`
	Reason string `json:"filingReason"`
	Status struct {
		State      string `json:"state"`
		Reason     string `json:"reasonCode"`
		Resolution string `json:"resolution"`
	} `json:"statusDetails"`
	Due         json.RawMessage `json:"merchantResponseDeadline"`
	Environment string          `json:"releaseEnvironment"`
}

// notice is a chargeback in our words (PGW-15). Only one that the buyer has won costs the merchant. Errors: ErrBank.
func (d dispute) notice(ref string, test bool) (payment.Notice, error) {
	amount, err := d.Amount.read()
	if err != nil || !objectShape.MatchString(d.ID) || !objectShape.MatchString(d.Charge) || !inMode(d.Environment, test) {
		return payment.Notice{}, payment.ErrBank.Because(errors.New("amazonpay: no dispute"))
	}
	m := payment.Message{"id": d.ID, "charge": d.Charge, "amount": d.Amount.Amount, "currency": d.Amount.Code}
	for name, word := range map[string]string{"reason": d.Reason, "state": d.Status.State, "why": d.Status.Reason, "resolution": d.Status.Resolution} {
		m = noted(m, name, word)
	}
	n := payment.Notice{ID: d.ID + ":opened", Ref: ref, Event: payment.Disputed, Amount: amount, BankRef: d.Charge, Test: test,
		Dispute: payment.Claim{Reason: m["reason"], Due: deadline(d.Due)}, Message: m}
	switch d.Status.State {
	case "ActionRequired", "UnderReview":
	case "Resolved", "Closed":
		n.ID, n.Event = d.ID+":won", payment.DisputeWon
		if d.Status.Resolution == "BuyerWon" {
			n.ID, n.Event = d.ID+":lost", payment.DisputeLost
		}
	default:
		return payment.Notice{}, payment.ErrBank.Because(errState)
	}
	m["event"] = string(n.Event)
	return n, nil
}

// deadline reads a time in either form of ISO 8601 Amazon writes, or in Unix seconds, which it is sent in. What it does not
// say is the zero time.
func deadline(raw json.RawMessage) time.Time {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		seconds, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || seconds <= 0 || seconds > 1<<34 {
			return time.Time{}
		}
		return time.Unix(seconds, 0).UTC()
	}
	for _, form := range []string{"20060102T150405Z", time.RFC3339Nano} {
		if at, err := time.Parse(form, text); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
