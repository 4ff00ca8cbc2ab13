package fianet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/fraud"
	bank "echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Brand is a service that speaks the dialect.
type Brand struct {
	Name string
	Host string // without a scheme that of HTTPS
	Live string // path of the engine
	Test string
}

// Certissim is the service of FIA-NET, which has been shut down.
func Certissim() Brand {
	return Brand{Name: "FIA-NET", Host: "secure.fia-net.com", Live: "/fscreener/engine/", Test: "/pprod/engine/"}
}

// Scorer asks a brand for the shops that have a contract with it.
type Scorer struct {
	brand Brand
	calls *bankcall.Client
	keys  *secret.Ring
}

// New makes a scorer.
func New(b Brand, calls *bankcall.Client, keys *secret.Ring) *Scorer { return &Scorer{b, calls, keys} }

// Name is what merchants call it.
func (s *Scorer) Name() string { return s.brand.Name }

func sealContext(shop string) string { return secret.Context(shop, "fraud", "fianet") }

// Seal seals the password of a contract for its shop.
func (s *Scorer) Seal(shop, password string) (string, error) {
	return s.keys.Seal(password, sealContext(shop))
}

// For is the screener of a shop; false where its contract is switched off.
func (s *Scorer) For(shop string, c fraud.Contract) (fraud.Outside, bool) {
	return fraud.Outside{Name: s.brand.Name, Screener: asking{s, shop, c}}, c.On
}

// asking is one shop's contract.
type asking struct {
	*Scorer
	shop     string
	contract fraud.Contract
}

// errUnread: the answer holds no judgement.
var errUnread = errors.New("the answer has no eval")

// Screen sends the order and takes the judgement: of the first answer, or asked for after it.
// Errors: payment.ErrBank; those of the sealed password; errUnread.
func (a asking) Screen(ctx context.Context, c fraud.Case) (fraud.Result, error) {
	if c.Amount.Currency() != money.EUR {
		return fraud.Result{}, fmt.Errorf("%s judges orders in euro", a.brand.Name)
	}
	password, err := a.keys.Open(a.contract.Password, sealContext(a.shop))
	if err != nil {
		return fraud.Result{}, fmt.Errorf("open password of %s: %w", a.brand.Name, err)
	}
	doc, err := document(a.contract.Site, c)
	if err != nil {
		return fraud.Result{}, fmt.Errorf("describe order %s: %w", c.Number, err)
	}
	score, judged, err := a.post(ctx, "singet.cgi", []bank.FormField{{Name: "siteid", Value: a.contract.Site}, {Name: "controlcallback", Value: string(doc)}})
	if err == nil && !judged {
		score, judged, err = a.post(ctx, "get_validation.cgi", []bank.FormField{{Name: "SiteID", Value: a.contract.Site}, {Name: "Pwd", Value: password},
			{Name: "RefID", Value: c.Number}, {Name: "Mode", Value: "mini"}, {Name: "RepFT", Value: "0"}})
	}
	if err == nil && !judged {
		err = errUnread
	}
	if err != nil {
		return fraud.Result{}, fmt.Errorf("score order %s: %w", c.Number, err)
	}
	points := best - score
	return fraud.Result{Score: points, Reasons: []fraud.Reason{{Code: fraud.Scorer, Points: points,
		Args: map[string]string{"name": a.brand.Name, "score": strconv.Itoa(score)}}}}, nil
}

// best is the score of an order nobody doubts.
const best = 100

// post asks, and tells whether the answer judges.
func (a asking) post(ctx context.Context, what string, fields []bank.FormField) (score int, judged bool, err error) {
	path := a.brand.Live
	if a.contract.Test {
		path = a.brand.Test
	}
	answer, err := a.calls.Do(ctx, bankcall.Call{Family: "fianet", What: what, Hosts: []string{a.brand.Host}, Path: path + what, Repeat: true,
		Header: map[string][]string{"Content-Type": {bankcall.FormType}}, Body: bankcall.Form(fields)})
	if err != nil {
		return 0, false, err
	}
	if !answer.OK() {
		return 0, false, fmt.Errorf("%s: answer %d", what, answer.Status)
	}
	n, ok := readEval(answer.Body)
	return n, ok && n != notJudged, nil
}

// asIs reads answers that call themselves Latin: judgements are digits.
func asIs(_ string, r io.Reader) (io.Reader, error) { return r, nil }

var _ fraud.Screener = asking{}
