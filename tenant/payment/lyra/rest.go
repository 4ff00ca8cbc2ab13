package lyra

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// The services of REST V4.
const (
	orderGet       = "Order/Get"
	transactionGet = "Transaction/Get"
	validate       = "Transaction/Validate"
	update         = "Transaction/Update"
	cancelOrRefund = "Transaction/CancelOrRefund"
	createPayment  = "Charge/CreatePayment"
	tokenCancel    = "Token/Cancel"
)

// question is what is asked; each service uses a part of it.
type question struct {
	OrderID        string      `json:"orderId,omitempty"`
	UUID           string      `json:"uuid,omitempty"`
	Amount         int64       `json:"amount,omitempty"`
	Currency       string      `json:"currency,omitempty"`
	ResolutionMode string      `json:"resolutionMode,omitempty"`
	CardUpdate     *cardUpdate `json:"cardUpdate,omitempty"`
	Comment        string      `json:"comment,omitempty"`
	Token          string      `json:"paymentMethodToken,omitempty"`
}

type cardUpdate struct {
	Amount           int64  `json:"amount"`
	Currency         string `json:"currency"`
	ManualValidation string `json:"manualValidation,omitempty"`
}

// envelope is an answer.
type envelope struct {
	Status string          `json:"status"`
	Mode   string          `json:"mode"`
	Answer json.RawMessage `json:"answer"`
}

// problem is the answer when the status is ERROR.
type problem struct {
	Code     string `json:"errorCode"`
	Message  string `json:"errorMessage"`
	Detailed string `json:"detailedErrorCode"`
}

// done is the answer of services that only say whether it was done. Some versions answer with the transaction, which
// has no such code.
type done struct {
	Code *int `json:"responseCode"`
}

// transaction is one as REST tells it.
type transaction struct {
	Shop      string `json:"shopId"`
	UUID      string `json:"uuid"`
	Amount    int64  `json:"amount"`
	Currency  string `json:"currency"`
	Status    string `json:"status"`
	Detailed  string `json:"detailedStatus"`
	Operation string `json:"operationType"`
	Error     string `json:"errorCode"`
	Reason    string `json:"detailedErrorCode"`
	Token     string `json:"paymentMethodToken"`
	Order     struct {
		ID   string `json:"orderId"`
		Mode string `json:"mode"`
	} `json:"orderDetails"`
	Details struct {
		Card cardDetails `json:"cardDetails"`
	} `json:"transactionDetails"`
}

// ask puts a question. Errors: ErrOffice, ErrNotKnown, ErrDeclined; of kind Upstream.
func (g *Gateway) ask(ctx context.Context, a payment.Account, test bool, service string, q, into any) error {
	password := passwordOf(a, test)
	if password == "" {
		return payment.ErrOffice
	}
	body, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("lyra %s: %w", service, err)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: service, Hosts: g.brand.Hosts(test, rest), Path: "/api-payment/V4/" + service, Body: body,
		Header: http.Header{"Content-Type": {"application/json"},
			"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(a.Config.Text("site")+":"+password))}},
		Repeat: service == orderGet || service == transactionGet,
	})
	if err != nil {
		return err
	}
	bad := func(what any) error { return payment.ErrBank.Because(fmt.Errorf("lyra %s: %v", service, what)) }
	var e envelope
	if !answer.OK() || json.Unmarshal(answer.Body, &e) != nil {
		return bad(answer.Status)
	}
	if e.Status != "SUCCESS" {
		return refused(service, e.Answer)
	}
	if e.Mode != "" && e.Mode != ctxOf(test) {
		return bad("an answer of the other mode")
	}
	if json.Unmarshal(e.Answer, into) != nil {
		return bad("an answer of another kind")
	}
	return nil
}

// refused is what an error means. Only codes about the state of a transaction, and those of the acquirer, are a no; with
// all others it is not known what was done.
func refused(service string, answer json.RawMessage) error {
	var p problem
	_ = json.Unmarshal(answer, &p) // an empty code is none of those below
	cause := fmt.Errorf("lyra %s: %s %s", service, p.Code, p.Message)
	switch {
	case p.Code == "PSP_010", goneCodes[p.Code]:
		return payment.ErrNotKnown.Because(cause)
	case strings.HasPrefix(p.Code, "PSP_1"), strings.HasPrefix(p.Code, "ACQ_"):
		return payment.ErrDeclined.Because(cause)
	}
	return payment.ErrBank.Because(cause)
}

// ours tells that a transaction is of this shop, this payment and this mode.
func (t transaction) ours(a payment.Account, ref string, test bool) bool {
	return t.Shop == a.Config.Text("site") && (t.Order.ID == "" || t.Order.ID == ref) && (t.Order.Mode == "" || t.Order.Mode == ctxOf(test))
}

// notice is a transaction in our words. Errors: ErrGarbled.
func (t transaction) notice(ref string, test bool) (payment.Notice, error) {
	currency, err := money.ParseCurrency(t.Currency)
	if err != nil || t.Amount < 0 {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("lyra: %d %q", t.Amount, t.Currency))
	}
	operation := t.Operation
	if operation == "" {
		operation = debit
	}
	n, err := fact{uuid: t.UUID, status: t.Detailed, operation: operation, ref: ref, code: t.Reason, amount: money.FromMinor(t.Amount, currency), test: test,
		secure: strings.HasPrefix(t.Error, "AUTH_"), technical: strings.HasPrefix(t.Error, "PSP_") || strings.HasPrefix(t.Error, "INT_")}.notice()
	n.Card = t.Details.Card.card()
	if err == nil {
		tellToken(&n, t.Token)
	}
	n.Message = payment.Message{"uuid": t.UUID, "amount": fmt.Sprint(t.Amount), "currency": t.Currency, "status": t.Detailed, "operation": operation,
		"error": t.Error, "reason": t.Reason}
	return n, err
}
