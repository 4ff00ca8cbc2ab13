package redsys

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// operation is something the bank is asked to do.
type operation struct {
	name, kind string
	done       string // the code that says so
}

var (
	confirm = operation{"capture", typeConfirm, "0900"}
	refund  = operation{"refund", typeRefund, "0900"}
	letGo   = operation{"cancel", typeCancel, "0400"}
)

// Capture takes what was promised, or a part of it.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	v, err := g.move(ctx, a, p, confirm, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: captureID(p.Ref), Ref: p.Ref, Event: payment.Captured, Amount: amount, Test: p.Test, Message: v.message()}, nil
}

// Refund gives money back. Each refund is named by our key, since the bank has no name for it.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	v, err := g.move(ctx, a, p, refund, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: "refund:" + p.Ref + ":" + key, Ref: p.Ref, Event: payment.Refunded, Amount: amount, Test: p.Test, Message: v.message()}, nil
}

// Cancel lets go of what was promised.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	v, err := g.move(ctx, a, p, letGo, p.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: cancelID(p.Ref), Ref: p.Ref, Event: payment.Cancelled, Reason: payment.ReasonAbandoned, Amount: p.Amount,
		Test: p.Test, Message: v.message()}, nil
}

func captureID(ref string) string { return "capture:" + ref }

func cancelID(ref string) string { return "cancel:" + ref }

// move asks for something to be done (trataPeticionREST). Errors: ErrDeclined, ErrOffice, ErrUnfit; of kind Upstream.
func (g *Gateway) move(ctx context.Context, a payment.Account, p payment.Payment, o operation, amount money.Amount) (values, error) {
	if a.Config.Text("calls") != callsAsk {
		return nil, payment.ErrOffice
	}
	minor, err := amount.Minor()
	if err != nil || minor <= 0 || minor > mostMinor {
		return nil, payment.ErrUnfit
	}
	e, err := seal(a, p.Ref, map[string]string{
		"DS_MERCHANT_AMOUNT":          strconv.FormatInt(minor, 10),
		"DS_MERCHANT_CURRENCY":        amount.Currency().Number(),
		"DS_MERCHANT_ORDER":           p.Ref,
		"DS_MERCHANT_MERCHANTCODE":    a.Config.Text("merchant"),
		"DS_MERCHANT_TERMINAL":        number(a.Config.Text("terminal")),
		"DS_MERCHANT_TRANSACTIONTYPE": o.kind,
	})
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(e)
	if err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: o.name, Hosts: g.brand.Hosts(p.Test, sis), Path: "/sis/rest/trataPeticionREST", Body: body,
		Header: http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}},
	})
	if err != nil {
		return nil, err
	}
	return readAnswer(a, p, o, amount, answer.Body)
}

// internal are errors after which nobody knows what the bank did. All others are of what was asked, and nothing was done.
var internal = []string{"SIS0001", "SIS0002", "SIS0003", "SIS0004", "SIS0005", "SIS0006", "SIS0012", "SIS0013", "SIS0034", "SIS0035"}

// unsettled are codes of an operation whose end is not known: a failure between banks, or another one that is at work.
var unsettled = []string{"0909", "0912", "0944", "9912", "9997", "9998", "9999"}

// readAnswer reads what the bank says to a call: an envelope, or the code of an error.
func readAnswer(a payment.Account, p payment.Payment, o operation, amount money.Amount, body []byte) (values, error) {
	unclear := func(what string) error { return payment.ErrBank.Because(fmt.Errorf("redsys %s: %s", o.name, what)) }
	var said struct {
		envelope
		Error string `json:"errorCode"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return nil, unclear("not understood")
	}
	switch {
	case slices.Contains(internal, said.Error):
		return nil, unclear("error " + said.Error)
	case said.Error != "":
		return nil, payment.ErrDeclined.Because(fmt.Errorf("redsys %s: error %q", o.name, said.Error))
	}
	v, err := said.open(a)
	if err != nil {
		return nil, unclear("the signature is wrong")
	}
	if v["ds_order"] != p.Ref || v["ds_transactiontype"] != o.kind {
		return nil, unclear("the answer to another question")
	}
	code, err := codeOf(v["ds_response"])
	switch {
	case err != nil, slices.Contains(unsettled, code):
		return nil, unclear("code " + code)
	case code != o.done && !authorised(code):
		return nil, payment.ErrDeclined.Because(fmt.Errorf("redsys %s: code %s", o.name, code))
	}
	if moved, err := amountOf(v["ds_amount"], v["ds_currency"]); err != nil || !moved.Equal(amount) {
		return nil, unclear("another amount")
	}
	return v, nil
}
