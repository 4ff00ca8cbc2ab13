package authorizenet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// login is the first element of every call.
type login struct {
	Name string `json:"name"`
	Key  string `json:"transactionKey"`
}

// session is a conversation for one account in one mode.
type session struct {
	gateway *Gateway
	account payment.Account
	test    bool
	login   login
	notify  string // for the pretend bank alone
}

// pretendNotify is where the pretend bank is told what a merchant declares in Authorize.Net's office, which never sees it.
const pretendNotify = "Pretend-Notify"

// maxAnswer is the most bytes of an answer: a page of a list has a thousand transactions.
const maxAnswer = 1 << 20

// open begins a session. Errors: ErrOffice when the merchant gave no login for that mode.
func (g *Gateway) open(a payment.Account, test bool) (*session, error) {
	l := login{Name: a.Config.Text(payment.FieldFor("login", test)), Key: reveal(a, "key", test)}
	if l.Name == "" || l.Key == "" {
		return nil, payment.ErrOffice.Because(fmt.Errorf("authorizenet: mode %s has no login, test %t", a.Mode, test))
	}
	return &session{gateway: g, account: a, test: test, login: l}, nil
}

// The codes of answers that have a meaning of their own (Authorize.Net, "Response and error codes").
const (
	codeLogin   = "E00007" // the login or the key is wrong
	codeRight   = "E00010" // the login may not do this
	codeReports = "E00011" // the account may not ask for details
	codeFailed  = "E00027" // the transaction was not successful
	codeAbsent  = "E00040" // no such record
)

// refusal is what is said no with. Its text is left out: it may repeat what was sent.
type refusal struct{ what, code string }

func (r *refusal) Error() string { return fmt.Sprintf("authorizenet %s: %s", r.what, r.code) }

// ask sends a call and reads its answer. repeat tells that it may be said twice. Errors: ErrNotKnown; ErrOffice when the login may not;
// ErrBank for all else, with a *refusal when there is an answer.
func (s *session) ask(ctx context.Context, what string, body any, repeat bool, into any) error {
	text, err := json.Marshal(map[string]any{what: body})
	if err != nil {
		return payment.ErrBank.Because(fmt.Errorf("authorizenet %s: %w", what, err))
	}
	c := bankcall.Call{Family: Family, What: what, Hosts: s.gateway.brand.Hosts(s.test, api), Path: "/xml/v1/request.api", Body: text, Repeat: repeat,
		Header: http.Header{"Content-Type": {"application/json"}}, Limit: maxAnswer}
	if s.notify != "" && s.gateway.calls.Pretended() {
		c.Header.Set(pretendNotify, s.notify)
	}
	answer, err := s.gateway.calls.Do(ctx, c)
	if err != nil {
		return err
	}
	if !answer.OK() {
		return payment.ErrBank.Because(fmt.Errorf("authorizenet %s: answer %d", what, answer.Status))
	}
	return judge(what, answer.Body, into)
}

var codeShape = regexp.MustCompile(`^[EI][0-9]{5}$`)

// judge reads an answer, without the byte order mark it begins with, and what it says of the call.
func judge(what string, text []byte, into any) error {
	var said struct {
		Messages struct {
			Result string `json:"resultCode"`
			List   []struct {
				Code string `json:"code"`
			} `json:"message"`
		} `json:"messages"`
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if json.Unmarshal(text, &said) != nil || json.Unmarshal(text, into) != nil {
		return payment.ErrBank.Because(fmt.Errorf("authorizenet %s: an answer that cannot be read", what))
	}
	if said.Messages.Result == "Ok" {
		return nil
	}
	r := &refusal{what: what, code: "-"}
	if list := said.Messages.List; len(list) > 0 && codeShape.MatchString(list[0].Code) {
		r.code = list[0].Code
	}
	switch r.code {
	case codeAbsent:
		return payment.ErrNotKnown.Because(r)
	case codeLogin, codeRight, codeReports:
		return payment.ErrOffice.Because(r)
	}
	return payment.ErrBank.Because(r)
}

// codeOf is the code of a refusal, or "".
func codeOf(err error) string {
	var r *refusal
	if errors.As(err, &r) {
		return r.code
	}
	return ""
}
