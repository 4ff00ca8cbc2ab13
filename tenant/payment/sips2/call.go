package sips2

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// function is one of the office's.
type function struct {
	name, path, version string
	question            bool // does nothing, and may be asked again
}

var (
	diagnose = function{"status", "/rs-services/v2/diagnostic/getTransactionData", "DR_WS_2.55", true}
	validate = function{"capture", "/rs-services/v2/cashManagement/validate", "CR_WS_2.55", false}
	credit   = function{"refund", "/rs-services/v2/cashManagement/refund", "CR_WS_2.55", false}
	letGo    = function{"cancel", "/rs-services/v2/cashManagement/cancel", "CR_WS_2.55", false}
)

// The codes of an answer that mean something to us.
const (
	done     = "00"
	noTrans  = "25"
	noRight  = "40"
	badSeal  = "34"
	noShop   = "03"
	pending  = "60"
	away     = "90"
	disorder = "99"
)

// reply is an answer.
type reply struct {
	v    values // its texts and numbers
	code string // of the answer itself, and not of the payment it tells of
}

// ask calls the office. Errors: ErrOffice; ErrUnfit; of kind Upstream.
func (g *Gateway) ask(ctx context.Context, a payment.Account, p payment.Payment, f function, amount money.Amount) (reply, error) {
	if a.Config.Text("calls") != callsAsk || p.Test && simulated(a) {
		return reply{}, payment.ErrOffice
	}
	key, err := keyOf(a)
	if err != nil {
		return reply{}, err
	}
	asked := map[string]any{"interfaceVersion": f.version, "merchantId": a.Config.Text("merchant"), "keyVersion": a.Config.Text("version"),
		"transactionReference": p.Ref}
	if !f.question {
		minor, err := amount.Minor()
		if err != nil || minor <= 0 {
			return reply{}, payment.ErrUnfit
		}
		asked["operationAmount"], asked["currencyCode"] = strconv.FormatInt(minor, 10), amount.Currency().Number()
	}
	asked["sealAlgorithm"], asked["seal"] = algorithms[sealHMAC], seal(sealHMAC, key, chain(asked))
	body, err := json.Marshal(asked)
	if err != nil {
		return reply{}, payment.ErrBank.Because(err)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: f.name, Hosts: g.brand.Hosts(p.Test, calls), Path: f.path, Body: body, Repeat: f.question,
		Header: http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}},
	})
	if err != nil {
		return reply{}, err
	}
	if !answer.OK() {
		return reply{}, payment.ErrBank.Because(fmt.Errorf("sips2 %s: answer %d", f.name, answer.Status))
	}
	r, err := readReply(key, answer.Body)
	if err != nil {
		return reply{}, payment.ErrBank.Because(fmt.Errorf("sips2 %s: %w", f.name, err))
	}
	return r, r.check(f, p, a)
}

// readReply reads an answer whose seal is right, or that has none.
func readReply(key string, body []byte) (reply, error) {
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&object); err != nil || object == nil {
		return reply{}, errors.New("not understood")
	}
	if given, there := object["seal"]; there && given != nil {
		if text, ok := given.(string); !ok || !sealed(sealHMAC, key, chain(object), text) {
			return reply{}, errors.New("the seal is wrong")
		}
	}
	r := reply{v: values{}}
	for name, value := range object {
		switch v := value.(type) {
		case string:
			if v != "" {
				r.v[name] = v
			}
		case json.Number:
			r.v[name] = v.String()
		}
	}
	if r.code = r.v["getTransDataResponseCode"]; r.code == "" {
		r.code = r.v["responseCode"]
	}
	return r, nil
}

// check tells what is wrong whatever was asked: the answer is about something else, the bank is not available, the contract may
// not ask.
func (r reply) check(f function, p payment.Payment, a payment.Account) error {
	ref, shop := r.v["transactionReference"], r.v["merchantId"]
	if ref != "" && ref != p.Ref || shop != "" && shop != a.Config.Text("merchant") {
		return payment.ErrBank.Because(fmt.Errorf("sips2 %s: the answer to another question", f.name))
	}
	switch r.code {
	case noRight:
		return payment.ErrOffice.Because(fmt.Errorf("sips2 %s: the contract lacks it", f.name))
	case "", noShop, badSeal, pending, away, disorder:
		return payment.ErrBank.Because(fmt.Errorf("sips2 %s: code %q", f.name, r.code))
	}
	return nil
}

// status asks how a transaction stands. Errors: ErrNotKnown and those of ask.
func (g *Gateway) status(ctx context.Context, a payment.Account, p payment.Payment) (reply, error) {
	r, err := g.ask(ctx, a, p, diagnose, money.Amount{})
	switch {
	case err != nil:
		return reply{}, err
	case r.code == noTrans:
		return reply{}, payment.ErrNotKnown
	case r.code != done:
		return reply{}, payment.ErrBank.Because(fmt.Errorf("sips2 status: code %q", r.code))
	}
	return r, nil
}
