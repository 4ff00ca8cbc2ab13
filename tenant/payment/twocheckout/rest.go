package twocheckout

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const (
	root = "/rest/6.0/orders/"
	// found is the most bytes of an answer to a search, which holds orders whole.
	found = 512 << 10
)

// order is one at 2Checkout: those of its members that matter here.
type order struct {
	RefNo             string      `json:"RefNo"`
	ExternalReference string      `json:"ExternalReference"`
	Status            string      `json:"Status"`
	ApproveStatus     string      `json:"ApproveStatus"` // WAITING, OK, FRAUD, INVALIDDATA
	Currency          string      `json:"Currency"`
	GrossPrice        json.Number `json:"GrossPrice"`
	TestOrder         bool        `json:"TestOrder"`
	Details           struct {
		Method struct {
			Last string `json:"LastDigits"`
			Type string `json:"CardType"`
		} `json:"PaymentMethod"`
	} `json:"PaymentDetails"`
}

// Inquire asks for the order, by its number where a notice has told it, else by our reference.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	number := p.BankRef
	if number == "" {
		var err error
		if number, err = g.search(ctx, a, p); err != nil {
			return payment.Notice{}, err
		}
	}
	var o order
	status, err := g.call(ctx, a, p, "order", bankcall.Call{Method: http.MethodGet, Path: root + url.PathEscape(number) + "/", Repeat: true}, &o)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case status == http.StatusNotFound:
		return payment.Notice{}, payment.ErrNotKnown
	case status != http.StatusOK || o.RefNo != number || o.ExternalReference != p.Ref:
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("twocheckout order: answer %d about something else", status))
	}
	return o.notice()
}

// search finds the number of the order that was made with our reference: a paid one before others, since a link can be
// used twice. Errors: ErrNotKnown; of kind Upstream.
func (g *Gateway) search(ctx context.Context, a payment.Account, p payment.Payment) (string, error) {
	q := url.Values{"ExternalRefNo": {p.Ref}, "IncludeTestOrders": {"YES"}, "StartDate": {p.Created.UTC().AddDate(0, 0, -1).Format(time.DateOnly)}, "Limit": {"10"}}
	var list struct{ Items []order }
	status, err := g.call(ctx, a, p, "search", bankcall.Call{Method: http.MethodGet, Path: root, Query: q.Encode(), Repeat: true, Limit: found}, &list)
	if err != nil {
		return "", err
	}
	if status != http.StatusOK {
		return "", payment.ErrBank.Because(fmt.Errorf("twocheckout search: answer %d", status))
	}
	number := ""
	for _, o := range list.Items {
		if o.ExternalReference != p.Ref || o.RefNo == "" {
			continue
		}
		n, err := o.notice()
		if number == "" || err == nil && n.Event == payment.Captured {
			number = o.RefNo
		}
	}
	if number == "" {
		return "", payment.ErrNotKnown
	}
	return number, nil
}

// notice is the order in our words. Of one that was given back since it says nothing new: sums are negative then, and
// what had been paid is not among them. Errors: of kind Upstream.
func (o order) notice() (payment.Notice, error) {
	amount, err := readSum(o.GrossPrice.String(), o.Currency)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	f := fact{number: o.RefNo, ref: o.ExternalReference, status: o.Status, amount: amount, test: o.TestOrder,
		card: payment.Card{Brand: o.Details.Method.Type, Last: o.Details.Method.Last}}
	switch o.ApproveStatus {
	case "FRAUD":
		f.fraud = "DENIED"
	case "INVALIDDATA":
		f.status = "INVALID"
	}
	n := payment.Notice{ID: "given-back:" + o.RefNo + ":" + amount.String(), Ref: o.ExternalReference, Event: payment.Waiting, Amount: amount.Abs(),
		BankRef: o.RefNo, Test: o.TestOrder}
	if f.status != "REFUND" {
		if n, err = f.notice(); err != nil {
			return payment.Notice{}, payment.ErrBank.Because(err)
		}
	}
	n.Message = payment.Message{"refno": o.RefNo, "status": o.Status, "approvestatus": o.ApproveStatus}
	return n, nil
}

// Refund asks 2Checkout to give money back. It approves that and tells by an IPN what was given back: the answer itself
// moves nothing.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	if p.BankRef == "" {
		return payment.Notice{}, payment.ErrOffice
	}
	body, err := json.Marshal(map[string]any{"amount": json.Number(amount.String()), "comment": p.Ref + " " + key, "reason": "Other"})
	if err != nil {
		return payment.Notice{}, payment.ErrUnfit.Because(err)
	}
	var done any
	status, err := g.call(ctx, a, p, "refund", bankcall.Call{Path: root + url.PathEscape(p.BankRef) + "/refund/", Body: body}, &done)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case status >= http.StatusBadRequest || done == false:
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("twocheckout refund: answer %d", status))
	}
	return payment.Notice{ID: "refund-asked:" + key, Ref: p.Ref, Event: payment.Waiting, Amount: amount, BankRef: p.BankRef, Test: p.Test,
		Message: payment.Message{"refno": p.BankRef}}, nil
}

// call asks REST and reads its answer, whose status it gives where it is not one about who asks. Errors: of kind Upstream.
func (g *Gateway) call(ctx context.Context, a payment.Account, p payment.Payment, what string, c bankcall.Call, into any) (int, error) {
	key, err := secretOf(a, "key")
	if err != nil {
		return 0, err
	}
	c.Family, c.What, c.Hosts = Family, what, g.brand.Hosts(p.Test, calls)
	c.Header = http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"},
		"X-Avangate-Authentication": {authentication(a.Config.Text("merchant"), key, g.calls.Clock().Now())}}
	answer, err := g.calls.Do(ctx, c)
	switch {
	case err != nil:
		return 0, err
	case answer.Status == http.StatusUnauthorized || answer.Status == http.StatusForbidden:
		return 0, payment.ErrBank.Because(fmt.Errorf("twocheckout %s: the account is not let in (%d)", what, answer.Status))
	case !answer.OK():
		return answer.Status, nil
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return 0, payment.ErrBank.Because(errors.New("twocheckout " + what + ": the answer cannot be read"))
	}
	return answer.Status, nil
}

// authentication is the header that says who asks (2Checkout, "API authentication").
func authentication(merchant, key string, at time.Time) string {
	date := at.UTC().Format(time.DateTime)
	sum := hex.EncodeToString(mac(algoSHA3, key, serialise(merchant, date)))
	return strings.Join([]string{`code="` + merchant + `"`, `date="` + date + `"`, `hash="` + sum + `"`, `algo="` + algoSHA3 + `"`}, " ")
}
