package paypal

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"echoppe.dev/cmd/fakebank/bank"
)

// serial is the payment an ID belongs to.
func serial(t *bank.Teller, id string) (*bank.Payment, bool) {
	if len(id) != 17 {
		return nil, false
	}
	n, err := strconv.ParseInt(id[:8], 16, 64)
	if err != nil {
		return nil, false
	}
	return t.FindSerial(n)
}

// asked is the body of a capture or a refund.
func asked(r *http.Request, all int64, code string) (int64, string, bool) {
	var q struct {
		Amount *worth `json:"amount"`
	}
	if json.NewDecoder(r.Body).Decode(&q) != nil {
		return 0, "", false
	}
	if q.Amount == nil {
		return all, code, true
	}
	n, err := q.Amount.minor()
	return n, q.Amount.Currency, err == nil
}

// captureAuthorization takes what was promised, or a part of it.
func captureAuthorization(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	amount, code, ok := asked(r, p.Request.Amount, p.Request.Currency)
	if !ok || r.PathValue("id") != authorizationID(p) {
		impossible(w, "INVALID_PARAMETER_VALUE")
		return
	}
	taken := p.Captured > 0
	p, e, err := t.Move(p, bank.Capture, amount, code, r.Header.Get("PayPal-Request-Id"))
	switch {
	case errors.Is(err, bank.ErrDeclined) && taken:
		impossible(w, "AUTHORIZATION_ALREADY_CAPTURED")
	case errors.Is(err, bank.ErrDeclined):
		impossible(w, "MAX_CAPTURE_AMOUNT_EXCEEDED")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, capture(t.Truth(p, e)))
	}
}

// voidAuthorization lets go of it, and answers with nothing.
func voidAuthorization(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	if r.PathValue("id") != authorizationID(p) {
		impossible(w, "INVALID_PARAMETER_VALUE")
		return
	}
	before := p.Newest().Kind
	_, _, err := t.Move(p, bank.CancelHold, p.Request.Amount, p.Request.Currency, "")
	switch {
	case errors.Is(err, bank.ErrDeclined) && before == bank.Cancelled:
		impossible(w, "PREVIOUSLY_VOIDED")
	case errors.Is(err, bank.ErrDeclined):
		impossible(w, "AUTHORIZATION_ALREADY_CAPTURED")
	case err != nil:
		t.Broken(w, err)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// refundCapture gives back, whole or in part.
func refundCapture(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	known := false
	for _, e := range p.Events {
		known = known || e.Kind == bank.Paid && named(p, e.ID) == r.PathValue("id")
	}
	amount, code, ok := asked(r, p.Captured-p.Refunded, p.Request.Currency)
	if !known || !ok {
		impossible(w, "INVALID_PARAMETER_VALUE")
		return
	}
	p, e, err := t.Move(p, bank.Refund, amount, code, r.Header.Get("PayPal-Request-Id"))
	switch {
	case errors.Is(err, bank.ErrDeclined):
		impossible(w, "REFUND_AMOUNT_EXCEEDED")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, refund(t.Truth(p, e)))
	}
}
