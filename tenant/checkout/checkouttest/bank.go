package checkouttest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/stripe"
	"echoppe.dev/tenant/payment/testbank"
)

// BankKey signs for the contract DEMO.
const BankKey = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"

// Bank is the pretend bank, and the shop's address for its notices.
type Bank struct {
	stage   *Stage
	bank    *bank.Bank
	gateway *testbank.Gateway
	called  []payment.Gateway // families that call their bank to open a payment
	address string
	notices *httptest.Server
	mu      sync.Mutex
	gate    sync.RWMutex // closed while notices are held up
	heard   []payment.RawNotice
	came    chan struct{}
}

// noticePatience is how long a notice may take before a test gives up.
const noticePatience = 20 * time.Second

func newBank(s *Stage) *Bank {
	b := &Bank{stage: s, came: make(chan struct{}, 1000)}
	pretend, err := bank.New(bank.Options{Dialects: families.All(), Merchants: append(families.Samples(), bank.Merchant{Number: "DEMO", Name: "Demo", Key: BankKey}),
		Clock: clock.System(), Backoff: []time.Duration{}, Late: time.Millisecond, Slow: 2 * callPatience})
	s.must(err)
	b.bank = pretend
	server := httptest.NewServer(pretend)
	b.notices = httptest.NewServer(http.HandlerFunc(b.notify))
	s.t.Cleanup(func() {
		server.Close()
		if err := pretend.Close(); err != nil {
			s.t.Error(err)
		}
		b.notices.Close()
	})
	b.gateway, err = testbank.New(testbank.Options{Endpoint: server.URL + "/testbank", Clock: clock.System()})
	s.must(err)
	b.address = server.URL
	b.called = stripe.All(bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: server.URL, Timeout: callPatience, Pause: time.Millisecond}))
	return b
}

// callPatience is how long a bank may take to open a payment before it counts as away.
const callPatience = 500 * time.Millisecond

// Behave makes what the shop asks of the bank slow or broken, until it is told bank.Proper.
func (b *Bank) Behave(q bank.Quirk) { b.bank.Behave(q) }

// Called is the contract of "stripe", whose payments are opened by a call.
func (b *Bank) Called() url.Values {
	return url.Values{"secret_test": {"sk_test_PRETEND"}, "hook_test": {"whsec_PRETENDTEST"}, "secret_live": {"sk_live_PRETEND"},
		"hook_live": {"whsec_PRETENDLIVE"}, "capture": {"now"}, "page": {"hosted"}}
}

// Knows tells whether the bank has heard of a payment.
func (b *Bank) Knows(ref string) bool {
	_, ok := b.bank.Payment(ref)
	return ok
}

// Press is the buyer at the page of a payment the bank knows.
func (b *Bank) Press(ref, card string) {
	b.stage.t.Helper()
	p, ok := b.bank.Payment(ref)
	if !ok {
		b.stage.t.Fatalf("the bank knows no payment %s", ref)
	}
	b.press(b.address+"/pay/"+p.Token, url.Values{"card": {card}, "quirk": {string(bank.Proper)}})
}

// Confirm is the buyer who confirms a payment at his bank.
func (b *Bank) Confirm(ref string) { b.Press(ref, "confirm") }

// Took is how much the bank has taken for a payment, in minor units.
func (b *Bank) Took(ref string) int64 {
	p, _ := b.bank.Payment(ref)
	return p.Captured
}

// Office does something to a payment at the bank, without the shop having asked: "dispute", "win", "lose", "refund".
func (b *Bank) Office(ref, what string) {
	b.stage.t.Helper()
	p, ok := b.bank.Payment(ref)
	if !ok {
		b.stage.t.Fatalf("the bank knows no payment %s", ref)
	}
	b.stage.must(b.bank.Desk(p.Token, bank.What(what), p.Request.Amount))
}

// Contract is one at the pretend bank.
func (b *Bank) Contract() url.Values {
	return url.Values{"merchant": {"DEMO"}, "key": {BankKey}, "capture": {"now"}}
}

// notify is what the face does with a notice.
func (b *Bank) notify(w http.ResponseWriter, req *http.Request) {
	b.gate.RLock()
	defer b.gate.RUnlock()
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, payment.MaxBody))
	if err != nil {
		http.Error(w, "", http.StatusRequestEntityTooLarge)
		return
	}
	raw := payment.RawNotice{Header: req.Header, Path: req.URL.Path, RawQuery: req.URL.RawQuery, Query: req.URL.Query(), Body: body}
	reply := b.Tell(raw)
	w.Header().Set("Content-Type", reply.ContentType)
	w.WriteHeader(reply.Status)
	_, _ = w.Write(reply.Body)
	b.mu.Lock()
	b.heard = append(b.heard, raw)
	b.mu.Unlock()
	b.came <- struct{}{}
}

// Hold holds notices up on their way, until release: the buyer's browser is faster.
func (b *Bank) Hold() (release func()) {
	b.gate.Lock()
	return b.gate.Unlock
}

// Tell gives the desk a notice, as often as one likes.
func (b *Bank) Tell(raw payment.RawNotice) payment.Reply {
	mode, err := id.Parse[payment.Mode](raw.Path[strings.LastIndexByte(raw.Path, '/')+1:])
	if err != nil {
		return payment.Reply{Status: http.StatusNotFound}
	}
	// The error is for the log; what the bank is told stands in the reply.
	reply, _ := b.stage.Desk.Notify(b.stage.t.Context(), b.stage.Shop, mode, raw)
	return reply
}

// Wait gives the notices heard so far, when there are at least n.
func (b *Bank) Wait(n int) []payment.RawNotice {
	b.stage.t.Helper()
	late := time.NewTimer(noticePatience)
	defer late.Stop()
	for {
		b.mu.Lock()
		heard := append([]payment.RawNotice(nil), b.heard...)
		b.mu.Unlock()
		if len(heard) >= n {
			return heard
		}
		select {
		case <-b.came:
		case <-late.C:
			b.stage.t.Fatalf("%d of %d notices came", len(heard), n)
		}
	}
}

// Amount is what a form for the bank's page asks for, in minor units.
func Amount(action payment.Action) string {
	post, ok := action.(payment.FormPost)
	if !ok {
		return ""
	}
	for _, f := range post.Fields {
		if f.Name == "pb_amount" {
			return f.Value
		}
	}
	return ""
}

// Visit plays the buyer at the bank's page: he presses a card, and the bank behaves as quirk says.
func (b *Bank) Visit(action payment.Action, card, quirk string) *url.URL {
	b.stage.t.Helper()
	post, ok := action.(payment.FormPost)
	if !ok {
		b.stage.t.Fatalf("the buyer is not sent to the bank but told %T", action)
	}
	fields := url.Values{}
	for _, f := range post.Fields {
		fields.Set(f.Name, f.Value)
	}
	page := b.press(post.URL, fields)
	return b.press(page.String(), url.Values{"card": {card}, "quirk": {quirk}})
}

func (b *Bank) press(to string, fields url.Values) *url.URL {
	b.stage.t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.PostForm(to, fields)
	b.stage.must(err)
	defer func() { _ = resp.Body.Close() }()
	_, err = io.Copy(io.Discard, resp.Body)
	b.stage.must(err)
	at, err := resp.Location()
	b.stage.must(err)
	return at
}
