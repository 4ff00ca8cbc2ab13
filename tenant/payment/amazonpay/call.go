package amazonpay

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// pretendNotify is where the pretend bank is told what a merchant declares in Seller Central. Amazon never sees it.
const pretendNotify = "Pretend-Notify"

// ask is one call of the API.
type ask struct {
	what   string // for the log
	method string // GET if ""
	path   string // after the version: "charges/…"
	key    string // names the call, so that it is done once; "" for a question
	body   any    // nil for none
	notify string // for the pretend bank
}

// call asks, signed with the key of the mode, and reads the answer into into, which may be nil. Errors: a *refusal, or
// payment.ErrBank when nobody knows what came of it.
func (g *Gateway) call(ctx context.Context, a payment.Account, test bool, q ask, into any) error {
	id := a.Config.Text(payment.FieldFor("key", test))
	key, err := parseKey(a.Secret(payment.FieldFor("private", test)).Reveal())
	at := regionOf(a)
	hosts := g.brand.Hosts(test, at.name)
	if err != nil || id == "" || len(hosts) == 0 {
		return payment.ErrBank.Because(fmt.Errorf("amazonpay: mode %s has no key for test=%t", a.Mode, test))
	}
	var body []byte
	if q.body != nil {
		if body, err = json.Marshal(q.body); err != nil {
			return payment.ErrBank.Because(errors.New("amazonpay: no request"))
		}
	}
	if q.method == "" {
		q.method = http.MethodGet
	}
	path := base(id, test) + q.path
	signed := map[string]string{"accept": "application/json", "content-type": "application/json", "x-amz-pay-region": at.name, "x-amz-pay-host": hosts[0],
		"x-amz-pay-date": g.calls.Clock().Now().UTC().Format("20060102T150405Z"), "x-amz-pay-idempotency-key": q.key}
	signature, err := sign(key, stringToSign(canonicalRequest(q.method, path, signed, body)))
	if err != nil {
		return payment.ErrBank.Because(errors.New("amazonpay: not signed"))
	}
	h := http.Header{}
	for name, value := range signed {
		if value != "" {
			h.Set(name, value)
		}
	}
	_, names := canonicalHeaders(signed)
	h.Set("Authorization", authorization(id, names, signature))
	if g.calls.Pretended() && q.notify != "" {
		h.Set(pretendNotify, q.notify)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: q.what, Hosts: hosts[:1], Method: q.method, Path: path, Header: h, Body: body,
		Repeat: q.method == http.MethodGet})
	if err != nil {
		return err
	}
	return judge(q.what, answer, into)
}

// base is the path of the API. A key that names its environment has no other.
func base(id string, test bool) string {
	switch {
	case strings.HasPrefix(id, sandboxPrefix), strings.HasPrefix(id, livePrefix):
		return "/v2/"
	case test:
		return "/sandbox/v2/"
	}
	return "/live/v2/"
}

// unsettled are statuses that say nothing of what was asked: our key or clock, or a call that is under way.
var unsettled = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests}

// judge tells an answer from a refusal, and both from what says nothing.
func judge(what string, answer bankcall.Answer, into any) error {
	if answer.OK() {
		if into == nil {
			return nil
		}
		if err := json.Unmarshal(answer.Body, into); err != nil {
			return payment.ErrBank.Because(fmt.Errorf("amazonpay %s: an answer that cannot be read", what))
		}
		return nil
	}
	var said struct {
		Reason string `json:"reasonCode"`
	}
	_ = json.Unmarshal(answer.Body, &said) // without a reason it is one that is not known
	no := &refusal{what: what, status: answer.Status, reason: "Unnamed"}
	if wordShape.MatchString(said.Reason) {
		no.reason = said.Reason
	}
	if answer.Status < 400 || slices.Contains(unsettled, answer.Status) {
		return payment.ErrBank.Because(no)
	}
	return no
}

// refusal is what Amazon says no with.
type refusal struct {
	what   string
	status int
	reason string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("amazonpay %s: answer %d %s", r.what, r.status, r.reason)
}

var wordShape = regexp.MustCompile(`^[0-9A-Za-z_]{1,80}$`)

// idempotency names a call of at most 32 characters: the same for the same, whatever it is made of.
func idempotency(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(sum, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
