package paybox

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// The operations.
const (
	opCapture = "00002"
	opCancel  = "00005"
	opSearch  = "00011"
	opRefund  = "00014"
	opConsult = "00017"
)

// confirmLimit is how long a notice waits for our question: the bank hangs up after 20 s.
const confirmLimit = 12 * time.Second

// bankRef packs the bank's two numbers of a payment.
func bankRef(call, trans string) string { return bare(call) + "-" + bare(trans) }

// bare is a number without the zeros calls are filled up with.
func bare(digits string) string {
	if text := strings.TrimLeft(digits, "0"); text != "" {
		return text
	}
	return "0"
}

// question is what is asked of PPPS.
type question struct {
	op, key     string // the key of a call, "" for a question
	ref         string
	call, trans string
	amount      money.Amount
	test        bool
}

// about is a question about a payment.
func about(p payment.Payment, op string, amount money.Amount, key string) question {
	call, trans, _ := strings.Cut(p.BankRef, "-")
	return question{op: op, key: key, ref: p.Ref, call: call, trans: trans, amount: amount, test: p.Test}
}

// reply is an answer by its names, without escapes.
type reply map[string]string

// ask puts a question. Errors: ErrOffice; ErrUnfit; of kind Upstream.
func (g *Gateway) ask(ctx context.Context, a payment.Account, what string, q question) (reply, error) {
	if !asks(a) {
		return nil, payment.ErrOffice
	}
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	minor, err := q.amount.Minor()
	if err != nil || minor <= 0 {
		return nil, payment.ErrUnfit
	}
	number := numberOf(q.key)
	fields := []payment.FormField{
		{Name: "VERSION", Value: "00104"},
		{Name: "TYPE", Value: q.op},
		{Name: "SITE", Value: a.Config.Text("site")},
		{Name: "RANG", Value: fmt.Sprintf("%03s", a.Config.Text("rang"))},
		{Name: "IDENTIFIANT", Value: a.Config.Text("identifiant")},
		{Name: "NUMQUESTION", Value: number},
		{Name: "MONTANT", Value: fmt.Sprintf("%010d", minor)},
		{Name: "DEVISE", Value: q.amount.Currency().Number()},
		{Name: "REFERENCE", Value: q.ref},
		{Name: "NUMAPPEL", Value: fmt.Sprintf("%010s", q.call)},
		{Name: "NUMTRANS", Value: fmt.Sprintf("%010s", q.trans)},
		{Name: "DATEQ", Value: g.calls.Clock().Now().Format("02012006150405")},
		{Name: "ACTIVITE", Value: "024"},
		{Name: "HASH", Value: "SHA512"},
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: what, Hosts: g.brand.Hosts(q.test, calls), Path: "/PPPS.php",
		Header: http.Header{"Content-Type": {bankcall.FormType}},
		Body:   bankcall.Form(append(fields, payment.FormField{Name: "HMAC", Value: seal(key, fields)})),
		Repeat: q.op == opConsult || q.op == opSearch,
	})
	if err != nil {
		return nil, err
	}
	r := readReply(answer.Body)
	if !answer.OK() || r["SITE"] != a.Config.Text("site") || r["NUMQUESTION"] != number {
		return nil, payment.ErrBank.Because(fmt.Errorf("paybox %s: answer %d to another question", what, answer.Status))
	}
	switch r["CODEREPONSE"] {
	case "", "00001", "00003", "00097", "00098", "00099":
		return nil, payment.ErrBank.Because(fmt.Errorf("paybox %s: not available, %q", what, r["CODEREPONSE"]))
	case "00006":
		return nil, payment.ErrBank.Because(fmt.Errorf("paybox %s: the bank refuses the contract's numbers or key", what))
	}
	return r, nil
}

// numberOf is the number of a question, which is to be new each day: of a call by its key, else any.
func numberOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	if key == "" {
		_, _ = rand.Read(sum[:]) // it does not fail
	}
	return fmt.Sprintf("%010d", binary.BigEndian.Uint32(sum[:])>>1)
}

// readReply reads an answer: names and values as they are, in ISO-8859-1.
func readReply(body []byte) reply {
	text := make([]rune, len(body))
	for i, b := range body {
		text[i] = rune(b)
	}
	r := reply{}
	for part := range strings.SplitSeq(string(text), "&") {
		if name, value, ok := strings.Cut(part, "="); ok {
			if _, twice := r[name]; !twice {
				r[name] = strings.TrimSpace(value)
			}
		}
	}
	return r
}

// The codes of an answer to a question about what is not there.
const (
	noData  = "00015"
	noTrans = "00018"
)

// statuses are the words of a consultation, for what became of a payment.
var statuses = map[string]payment.Event{
	"Autorisé": payment.Authorised, "Capturé": payment.Captured, "Remboursé": payment.Refunded, "Annulé": payment.Cancelled,
	"Refusé": payment.Failed,
}

// consult asks how a transaction stands. Errors: ErrNotKnown and those of ask.
func (g *Gateway) consult(ctx context.Context, a payment.Account, q question) (reply, payment.Event, error) {
	r, err := g.ask(ctx, a, "status", q)
	if err != nil {
		return nil, "", err
	}
	switch code := r["CODEREPONSE"]; code {
	case ok:
	case noData, noTrans:
		return nil, "", payment.ErrNotKnown
	default:
		return nil, "", payment.ErrBank.Because(fmt.Errorf("paybox status: %q", code))
	}
	event, known := statuses[r["STATUS"]]
	if !known && q.op == opConsult {
		return nil, "", payment.ErrBank.Because(fmt.Errorf("paybox status: %q", r["STATUS"]))
	}
	return r, event, nil
}

// confirm tells whether what a notice says was paid is a transaction of this contract. Errors: ErrForeign; of kind
// Upstream.
func (g *Gateway) confirm(ctx context.Context, a payment.Account, m message, n payment.Notice) error {
	ctx, cancel := context.WithTimeout(ctx, confirmLimit)
	defer cancel()
	amount := n.Amount
	if !amount.IsPositive() {
		return nil // nothing to believe; Record puts it before a person
	}
	_, event, err := g.consult(ctx, a, question{op: opConsult, ref: m.ref, call: m.call, trans: m.trans, amount: amount, test: m.test})
	switch {
	case errors.Is(err, payment.ErrNotKnown), err == nil && event == payment.Failed:
		return payment.ErrForeign
	default:
		return err
	}
}

// Inquire asks how a payment stands. Where no notice has come the bank looks for it by our reference first.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	q := about(p, opConsult, p.Amount, "")
	if p.BankRef == "" {
		q.op = opSearch
		r, _, err := g.consult(ctx, a, q)
		if err != nil {
			return payment.Notice{}, err
		}
		if q.call, q.trans = bare(r["NUMAPPEL"]), bare(r["NUMTRANS"]); q.trans == "0" {
			return payment.Notice{}, payment.ErrNotKnown
		}
		q.op = opConsult
	}
	r, event, err := g.consult(ctx, a, q)
	if err != nil {
		return payment.Notice{}, err
	}
	n := payment.Notice{ID: "call:" + q.call + "-" + q.trans, Ref: p.Ref, Event: event, Amount: p.Amount, BankRef: bankRef(q.call, q.trans),
		Test: r["AUTORISATION"] == testAuth, Message: r.message()}
	switch event {
	case payment.Captured:
		if a.Config.Text("capture") == captureLater {
			n.ID = "capture:" + q.trans
		}
	case payment.Refunded: // it was paid, and went back while we did not know of it: somebody should see that
		n.Event, n.Unproven = payment.Captured, true
	case payment.Cancelled:
		n.ID, n.Reason = "cancel:"+q.trans, payment.ReasonAbandoned
	case payment.Failed:
		n.BankRef, n.Test, n.Reason = "", p.Test, payment.ReasonRefused
	}
	return n, nil
}

// message is an answer for the ledger.
func (r reply) message() payment.Message {
	m := payment.Message{}
	for name, value := range r {
		if name != "PORTEUR" && value != "" {
			m[strings.ToLower(name)] = value
		}
	}
	return m
}
