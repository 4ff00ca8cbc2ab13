package square

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// version is the day whose API is spoken. Square keeps old ones.
const version = "2025-03-19"

// question is one call.
type question struct {
	what, method, path string
	body               any
	notify             string // for the pretend bank alone
	repeat             bool   // has a key of idempotency, or only asks
}

// get only asks.
func get(what, path string) question {
	return question{what: what, method: http.MethodGet, path: path, repeat: true}
}

// post does something that may move money, and is said once.
func post(what, path string, body any) question {
	return question{what: what, method: http.MethodPost, path: path, body: body}
}

// call asks Square with the account's own token, and reads the answer into a pointer. Errors: ErrOffice without a token of that
// mode, or when the token may not do this; ErrNotKnown; ErrDeclined when Square says no; ErrBank when it is not known what was
// done.
func (g *Gateway) call(ctx context.Context, a payment.Account, test bool, q question, into any) error {
	token := reveal(a, "token", test)
	if token == "" {
		return payment.ErrOffice
	}
	c := bankcall.Call{Family: Family, What: q.what, Hosts: g.brand.Hosts(test, server), Method: q.method, Path: q.path, Repeat: q.repeat,
		Header: http.Header{"Authorization": {"Bearer " + token}, "Square-Version": {version}, "Accept": {"application/json"}}}
	if q.body != nil {
		text, err := json.Marshal(q.body)
		if err != nil {
			return payment.ErrBank.Because(fmt.Errorf("square %s: %w", q.what, err))
		}
		c.Body = text
		c.Header.Set("Content-Type", "application/json")
	}
	if g.calls.Pretended() && q.notify != "" {
		c.Header.Set(pretendNotify, q.notify)
	}
	answer, err := g.calls.Do(ctx, c)
	if err != nil {
		return err
	}
	if !answer.OK() {
		return problem(q.what, answer)
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return payment.ErrBank.Because(fmt.Errorf("square %s: an answer that cannot be read", q.what))
	}
	return nil
}

// refusal is what Square says no with. Its detail is left out: it repeats what was sent.
type refusal struct {
	what           string
	status         int
	category, code string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("square %s: answer %d, %s %s", r.what, r.status, r.category, r.code)
}

var wordShape = regexp.MustCompile(`^[0-9A-Z_]{1,80}$`)

// problem is what an answer that is an error means (Square, "Handling errors"). Only what is said of this very request is a no.
func problem(what string, answer bankcall.Answer) error {
	var said struct {
		Errors []struct {
			Category string `json:"category"`
			Code     string `json:"code"`
		} `json:"errors"`
	}
	r := &refusal{what: what, status: answer.Status, category: "-", code: "-"}
	if err := json.Unmarshal(answer.Body, &said); err == nil && len(said.Errors) > 0 {
		if first := said.Errors[0]; wordShape.MatchString(first.Category) && wordShape.MatchString(first.Code) {
			r.category, r.code = first.Category, first.Code
		}
	}
	switch {
	case r.status == http.StatusNotFound:
		return payment.ErrNotKnown.Because(r)
	case r.status == http.StatusForbidden:
		return payment.ErrOffice.Because(r)
	case r.code == "IDEMPOTENCY_KEY_REUSED", r.code == "-", r.category == "API_ERROR":
		return payment.ErrBank.Because(r)
	case r.status == http.StatusBadRequest, r.status == http.StatusPaymentRequired, r.status == http.StatusUnprocessableEntity:
		return payment.ErrDeclined.Because(r)
	}
	return payment.ErrBank.Because(r)
}

// codeOf is Square's code of a refusal, or "".
func codeOf(err error) string {
	var r *refusal
	if errors.As(err, &r) {
		return r.code
	}
	return ""
}

// answered makes of a no to a question what it is: no answer. Nothing of the no remains that could be taken for one to a request.
func answered(err error) error {
	var r *refusal
	if errors.Is(err, payment.ErrDeclined) && errors.As(err, &r) {
		return payment.ErrBank.Because(r)
	}
	return err
}
