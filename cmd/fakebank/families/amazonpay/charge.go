package amazonpay

import (
	"encoding/json"
	"errors"
	"net/http"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// worth is an amount as the bank writes it: no decimals where the currency has none.
type worth struct {
	Amount string `json:"amount"`
	Code   string `json:"currencyCode"`
}

func written(minor int64, code string) worth {
	currency, err := money.ParseCurrency(code)
	if err != nil {
		return worth{"0", code}
	}
	return worth{money.FromMinor(minor, currency).Decimal().StringFixed(currency.Digits()), code}
}

var errAmount = errors.New("no amount")

// minor reads what a shop wrote.
func (v worth) minor() (int64, error) {
	currency, err := money.ParseCurrency(v.Code)
	if err != nil {
		return 0, errAmount
	}
	a, err := money.Parse(v.Amount, currency)
	if err != nil {
		return 0, errAmount
	}
	n, err := a.Minor()
	if err != nil || n <= 0 {
		return 0, errAmount
	}
	return n, nil
}

// charge is the whole of it.
func charge(p *bank.Payment) map[string]any {
	state, at := "Authorized", p.Newest().At
	switch {
	case p.Captured > 0:
		state = "Captured"
	case p.Newest().Kind == bank.Cancelled:
		state = "Canceled"
	}
	code := p.Request.Currency
	return map[string]any{"chargeId": chargeID(p), "chargePermissionId": permissionID(p), "chargeAmount": written(p.Request.Amount, code),
		"captureAmount": written(p.Captured, code), "refundedAmount": written(p.Refunded, code), "softDescriptor": "AMZ*PRETEND",
		"statusDetails": status(state, map[string]string{"Canceled": "MerchantCanceled"}[state], at), "releaseEnvironment": environment(p.Request.Mode)}
}

// whenCharged answers where there is a charge.
func whenCharged(w http.ResponseWriter, p *bank.Payment) bool {
	if !charged(p) {
		fail(w, http.StatusNotFound, "ResourceNotFound")
	}
	return charged(p)
}

func getCharge(_ *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	for _, e := range p.Events {
		if e.Kind == bank.Refused && declinedID(p, e) == r.PathValue("id") {
			reply(w, http.StatusOK, map[string]any{"chargeId": declinedID(p, e), "chargePermissionId": permissionID(p), "chargeAmount": written(e.Amount, p.Request.Currency),
				"captureAmount": nil, "statusDetails": status("Declined", "SoftDeclined", e.At), "releaseEnvironment": environment(p.Request.Mode)})
			return
		}
	}
	if chargeID(p) != r.PathValue("id") {
		fail(w, http.StatusNotFound, "ResourceNotFound")
		return
	}
	if whenCharged(w, p) {
		reply(w, http.StatusOK, charge(p))
	}
}

// getPermission answers as soon as there was a charge, declined or not.
func getPermission(_ *bank.Teller, w http.ResponseWriter, _ *http.Request, p *bank.Payment) {
	if len(p.Events) > 0 {
		reply(w, http.StatusOK, map[string]any{"chargePermissionId": permissionID(p), "merchantMetadata": metadata(p), "chargePermissionType": "OneTime",
			"statusDetails": map[string]any{"state": "Chargeable", "reasons": nil}, "releaseEnvironment": environment(p.Request.Mode)})
		return
	}
	fail(w, http.StatusNotFound, "ResourceNotFound")
}

// captureCharge takes what was authorised, or a part of it.
func captureCharge(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	var b struct {
		Amount worth `json:"captureAmount"`
	}
	if !whenCharged(w, p) {
		return
	}
	n, ok := sum(r, &b, &b.Amount)
	if !ok {
		fail(w, http.StatusBadRequest, "InvalidParameterValue")
		return
	}
	p, _, err := t.Move(p, bank.Capture, n, b.Amount.Code, r.Header.Get("X-Amz-Pay-Idempotency-Key"))
	switch {
	case errors.Is(err, bank.ErrDeclined):
		fail(w, http.StatusUnprocessableEntity, "InvalidChargeStatus")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusOK, charge(p))
	}
}

// sum reads a body and the amount in it.
func sum(r *http.Request, body any, v *worth) (int64, bool) {
	if json.NewDecoder(r.Body).Decode(body) != nil || r.Method == http.MethodPost && r.Header.Get("X-Amz-Pay-Idempotency-Key") == "" {
		return 0, false
	}
	n, err := v.minor()
	return n, err == nil
}

// cancelCharge lets go of it.
func cancelCharge(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	var b struct {
		Reason string `json:"cancellationReason"`
	}
	if !whenCharged(w, p) {
		return
	}
	if json.NewDecoder(r.Body).Decode(&b) != nil || b.Reason == "" || len(b.Reason) > 255 {
		fail(w, http.StatusBadRequest, "MissingParameterValue")
		return
	}
	p, _, err := t.Move(p, bank.CancelHold, p.Request.Amount, p.Request.Currency, "")
	switch {
	case errors.Is(err, bank.ErrDeclined):
		fail(w, http.StatusUnprocessableEntity, "InvalidChargeStatus")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusOK, charge(p))
	}
}

// createRefund gives back, whole or in part, once for each idempotency key.
func createRefund(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	m, mode, ok := caller(t, r)
	if !ok {
		fail(w, http.StatusForbidden, "InvalidRequestSignature")
		return
	}
	var b struct {
		Charge string `json:"chargeId"`
		Amount worth  `json:"refundAmount"`
	}
	n, ok := sum(r, &b, &b.Amount)
	p, known := meant(t, b.Charge)
	if t.Trouble(w, r, p) {
		return
	}
	if !ok {
		fail(w, http.StatusBadRequest, "InvalidParameterValue")
		return
	}
	if !known || p.Request.Merchant != m.Number || p.Request.Mode != mode || chargeID(p) != b.Charge {
		fail(w, http.StatusNotFound, "ResourceNotFound")
		return
	}
	p, e, err := t.Move(p, bank.Refund, n, b.Amount.Code, r.Header.Get("X-Amz-Pay-Idempotency-Key"))
	switch {
	case errors.Is(err, bank.ErrDeclined):
		fail(w, http.StatusUnprocessableEntity, "TransactionAmountExceeded")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, refund(p, e, "RefundInitiated"))
	}
}

func getRefund(_ *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	for _, e := range p.Events {
		if e.Kind == bank.Refunded && refundID(p, e) == r.PathValue("id") {
			reply(w, http.StatusOK, refund(p, e, "Refunded"))
			return
		}
	}
	fail(w, http.StatusNotFound, "ResourceNotFound")
}

func refund(p *bank.Payment, e bank.Event, state string) map[string]any {
	return map[string]any{"refundId": refundID(p, e), "chargeId": chargeID(p), "refundAmount": written(e.Amount, p.Request.Currency), "softDescriptor": "AMZ*PRETEND",
		"statusDetails": status(state, "", e.At), "creationTimestamp": stamp(e.At), "releaseEnvironment": environment(p.Request.Mode)}
}
