package paypal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	vendor "github.com/plutov/paypal/v4"

	"echoppe.dev/tenant/payment"
)

// session is one conversation with the REST API, for one account in one mode. The library's client is made anew for each,
// since it changes its own settings without a lock.
type session struct {
	gateway *Gateway
	account payment.Account
	test    bool
	client  *vendor.Client
	line    *line
}

// open makes a session; its token is fetched by the first call that needs one.
func (g *Gateway) open(a payment.Account, test bool) (*session, error) {
	s := &session{gateway: g, account: a, test: test}
	client, secret := a.Config.Text(payment.FieldFor("client", test)), a.Secret(payment.FieldFor("secret", test)).Reveal()
	if client == "" || secret == "" {
		return nil, payment.ErrBank.Because(fmt.Errorf("paypal: mode %s has no app for test=%t", a.Mode, test))
	}
	var err error
	if s.client, err = vendor.NewClient(client, secret, g.calls.At(Family, g.brand.Hosts(test, rest)[0], "")); err != nil {
		return nil, payment.ErrBank.Because(errors.New("paypal: no client"))
	}
	own := g.calls.HTTP()
	s.line = &line{next: own.Transport}
	own.Transport = s.line
	s.client.SetHTTPClient(own)
	s.client.SetReturnRepresentation()
	return s, nil
}

// call asks for something. id is the PayPal-Request-Id, by which PayPal knows a call that comes again; "" for a question.
// into may be nil. Errors: a *refusal, or payment.ErrBank when nobody knows what came of it.
func (s *session) call(ctx context.Context, method, path, id string, body, into any) error {
	err := s.try(ctx, method, path, id, body, into)
	var no *refusal
	if errors.As(err, &no) && no.status == http.StatusUnauthorized { // nothing was done; the token may have been withdrawn
		s.gateway.tokens.drop(s)
		err = s.try(ctx, method, path, id, body, into)
	}
	if errors.As(err, &no) && (no.status == http.StatusUnauthorized || no.status == http.StatusTooManyRequests || no.status == http.StatusConflict) {
		return payment.ErrBank.Because(no)
	}
	return err
}

func (s *session) try(ctx context.Context, method, path, id string, body, into any) error {
	token, err := s.gateway.tokens.find(ctx, s)
	if err != nil {
		return err
	}
	s.client.SetAccessToken(token)
	req, err := s.client.NewRequest(ctx, method, s.client.APIBase+path, body)
	if err != nil {
		return payment.ErrBank.Because(errors.New("paypal: no request"))
	}
	if id != "" {
		req.Header.Set("PayPal-Request-Id", id)
	}
	if o, ok := body.(newOrder); ok && s.gateway.calls.Pretended() {
		req.Header.Set(pretendNotify, o.notify)
	}
	return s.judge(method+" "+path, s.client.SendWithAuth(req, into))
}

// judge tells a refusal from an answer that says nothing. The library reads a page of errors as broken JSON, so the status
// is looked at first.
func (s *session) judge(what string, err error) error {
	var said *vendor.ErrorResponse
	switch {
	case err == nil:
		return nil
	case s.line.status >= 400 && s.line.status < 500 && errors.As(err, &said):
		return refused(s.line.status, said)
	case s.line.status != 0:
		return payment.ErrBank.Because(fmt.Errorf("paypal %s: answer %d", what, s.line.status))
	}
	return payment.ErrBank.Because(fmt.Errorf("paypal %s: no answer", what))
}

// requestID names a call: the same for the same, whatever it is made of.
func requestID(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(sum, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// refusal is what PayPal says no with.
type refusal struct {
	status int
	issue  string // the first of its details, or its name
	debug  string // what PayPal's support asks for
}

func (r *refusal) Error() string {
	return fmt.Sprintf("paypal: answer %d %s (debug %s)", r.status, r.issue, r.debug)
}

var wordShape = regexp.MustCompile(`^[0-9A-Za-z_]{1,80}$`)

func refused(status int, said *vendor.ErrorResponse) *refusal {
	r := &refusal{status: status, issue: "UNNAMED", debug: "-"}
	if wordShape.MatchString(said.Name) {
		r.issue = said.Name
	}
	if len(said.Details) > 0 && wordShape.MatchString(said.Details[0].Issue) {
		r.issue = said.Details[0].Issue
	}
	if wordShape.MatchString(said.DebugID) {
		r.debug = said.DebugID
	}
	return r
}

// line carries the calls of a session, cuts answers off and remembers the last status, 0 when none came.
type line struct {
	next   http.RoundTripper
	status int
}

// maxAnswer is the most bytes of an answer that are read: the whole of an order is some kilobytes.
const maxAnswer = 1 << 20

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.status = 0
	resp, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	l.status = resp.StatusCode
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}
