package monext

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// restDesk is the REST API of Monext Retail (api-docs.retail.monext.com: sessioncreate, sessionget, transactionget,
// transactioncapture, transactionrefund, transactionreset).
type restDesk struct {
	calls   *bankcall.Client
	hosts   []string
	account payment.Account
	key     string // ready for the header
}

// restResult is what came of a question. Errors have it at the top, and mostly a status of 400 or more.
type restResult struct {
	Title  string `json:"title"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (r restResult) result() result { return result{r.Code, r.Title, line(r.Detail, 200)} }

type restTransaction struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Capture    string `json:"capture"`
	Currency   string `json:"currency"`
	Requested  int64  `json:"requestedAmount"`
	Authorised int64  `json:"authorizedAmount"`
	Method     string `json:"paymentMethodId"`
	Instrument struct {
		Masked string `json:"maskedNumber"`
	} `json:"paymentInstrumentData"`
}

type restAnswer struct {
	restResult
	Result       restResult        `json:"result"`
	Session      string            `json:"sessionId"`
	Page         string            `json:"redirectURL"`
	Transaction  restTransaction   `json:"transaction"`
	Transactions []restTransaction `json:"transactions"`
	Order        struct {
		Reference string `json:"reference"`
		Amount    int64  `json:"amount"`
		Currency  string `json:"currency"`
	} `json:"order"`
	Associated []struct {
		ID     string `json:"id"`
		Type   string `json:"type"`
		Amount int64  `json:"amount"`
		Status string `json:"status"`
	} `json:"associatedTransactions"`
}

// ask puts a question. Errors: ErrNotKnown for 404; ErrDeclined and of kind Upstream as the bank's code means it.
func (d *restDesk) ask(ctx context.Context, what, method, path string, question any, repeat bool) (restAnswer, error) {
	body := []byte(nil)
	if question != nil {
		var err error
		if body, err = json.Marshal(question); err != nil {
			return restAnswer{}, fmt.Errorf("monext %s: %w", what, err)
		}
	}
	answer, err := d.calls.Do(ctx, bankcall.Call{Family: Family, What: what, Hosts: d.hosts, Method: method, Path: "/v1/checkout/" + path, Body: body, Repeat: repeat,
		Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}, "Authorization": {"Basic " + d.key}}})
	if err != nil {
		return restAnswer{}, err
	}
	return readREST(what, answer.Status, answer.Body)
}

// readREST understands an answer. Errors as for ask.
func readREST(what string, status int, body []byte) (restAnswer, error) {
	var a restAnswer
	err := json.Unmarshal(body, &a)
	switch {
	case status == http.StatusNotFound, err == nil && (a.Code == codeUnknown || a.Result.Code == codeUnknown):
		return restAnswer{}, payment.ErrNotKnown
	case err != nil, status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusTooManyRequests:
		return restAnswer{}, bad(what, status)
	case status < 200 || status >= 300:
		return restAnswer{}, a.result().refused(what)
	}
	return a, nil
}

func (d *restDesk) open(ctx context.Context, r payment.Request, amount int64, language string) (string, string, error) {
	a, err := d.ask(ctx, "session create", http.MethodPost, "sessions", d.opening(r, amount, language), true)
	if err != nil {
		return "", "", err
	}
	if !a.Result.result().accepted() {
		return "", "", a.Result.result().refused("session create")
	}
	return a.Session, a.Page, nil
}

func (d *restDesk) session(ctx context.Context, token string) (session, error) {
	a, err := d.ask(ctx, "session", http.MethodGet, "sessions/"+token, nil, true)
	if err != nil {
		return session{}, unmistaken("session", err)
	}
	t, err := d.pick(ctx, a)
	if err != nil {
		return session{}, err
	}
	return restSession(a, t)
}

// maxTries is how many transactions of one session are looked at.
const maxTries = 10

// pick is the transaction a session ended with: the one that was accepted, of several a buyer has tried.
func (d *restDesk) pick(ctx context.Context, a restAnswer) (restTransaction, error) {
	switch list := a.Transactions; {
	case len(list) == 0:
		return restTransaction{}, nil
	case len(list) == 1 || a.Result.Title != "ACCEPTED":
		return list[len(list)-1], nil
	}
	for _, t := range a.Transactions[:min(len(a.Transactions), maxTries)] {
		if !transactionShape.MatchString(t.ID) {
			continue
		}
		one, err := d.ask(ctx, "transaction", http.MethodGet, "transactions/"+t.ID, nil, true)
		if err != nil {
			return restTransaction{}, unmistaken("transaction", err)
		}
		if one.Result.Title == "ACCEPTED" {
			return t, nil
		}
	}
	return restTransaction{}, bad("session", "accepted, and none of its transactions is")
}

// unmistaken keeps what went wrong with a question from being taken for the bank's no.
func unmistaken(what string, err error) error {
	if missing(err) {
		return err
	}
	return bad(what, err)
}

// restSession understands a session with the transaction it ended with. Errors: of kind Upstream.
func restSession(a restAnswer, t restTransaction) (session, error) {
	s := session{code: a.Result.Code, title: a.Result.Title, ref: a.Order.Reference, transaction: t.ID, card: payment.Card{Last: masked(t.Instrument.Masked)}}
	if t.ID == "" {
		currency, err := money.ParseCurrency(a.Order.Currency)
		s.amount, err = amountOf(a.Order.Amount, currency, err)
		return s, err
	}
	switch kind := strings.ReplaceAll(t.Type, " ", "_"); {
	case kind == "AUTHORIZATION", kind == "" && t.Capture == "MANUAL":
		s.hold = true
	case kind == "AUTHORIZATION_AND_CAPTURE", kind == "" && t.Capture == "AUTOMATIC":
	default:
		return session{}, bad("session", "a transaction of another kind: "+line(t.Type, 50))
	}
	units := t.Requested
	if t.Authorised > 0 {
		units = t.Authorised
	}
	currency, err := money.ParseCurrency(t.Currency)
	s.amount, err = amountOf(units, currency, err)
	return s, err
}

func (d *restDesk) history(ctx context.Context, transaction string) (history, error) {
	a, err := d.ask(ctx, "transaction", http.MethodGet, "transactions/"+transaction, nil, true)
	if err != nil {
		return history{}, unmistaken("transaction", err)
	}
	if !slices.Contains([]string{"ACCEPTED", ""}, a.Result.Title) || a.Transaction.ID != transaction {
		return history{}, bad("transaction", a.Result.result())
	}
	h := history{contract: a.Transaction.Method}
	for _, one := range a.Associated {
		if one.Status == "OK" {
			h.done = append(h.done, operation{one.ID, strings.ReplaceAll(one.Type, " ", "_"), one.Amount})
		}
	}
	return h, nil
}

// restPart is how much of a transaction.
type restPart struct {
	Amount  int64  `json:"amount"`
	Comment string `json:"comment,omitempty"`
}

func (d *restDesk) move(ctx context.Context, what move, transaction string, of part) (string, error) {
	a, err := d.ask(ctx, what.path, http.MethodPost, "transactions/"+transaction+"/"+what.path, restPart{of.Amount, of.Key}, false)
	switch {
	case missing(err):
		return "", payment.ErrDeclined.Because(err)
	case err != nil:
		return "", err
	case !a.Result.result().accepted():
		return "", a.Result.result().refused(what.path) // errors come with 201 too
	case !transactionShape.MatchString(a.Transaction.ID):
		return "", bad(what.path, "done, and no number of it")
	}
	return a.Transaction.ID, nil
}

type restAddress struct {
	Country   string `json:"country,omitempty"`
	FirstName string `json:"firstName,omitempty"`
	LastName  string `json:"lastName,omitempty"`
	Mobile    string `json:"mobile,omitempty"`
	Street    string `json:"street,omitempty"`
	More      string `json:"complement,omitempty"`
	City      string `json:"city,omitempty"`
	Zip       string `json:"zip,omitempty"`
}

func restAddressOf(a address.Address) *restAddress {
	if a == (address.Address{}) {
		return nil
	}
	first, last := names(a.Name)
	return &restAddress{Country: line(a.Country, 2), FirstName: first, LastName: last, Mobile: line(a.Phone, 20), Street: line(a.Line1, 100), More: line(a.Line2, 100),
		City: line(a.City, 40), Zip: line(a.Postcode, 12)}
}
