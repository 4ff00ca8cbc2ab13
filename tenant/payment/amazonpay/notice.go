package amazonpay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// returnField is what Amazon adds to the address the buyer comes back to.
const returnField = "amazonCheckoutSessionId"

// errOther is the reason for not recording a message that is rightly signed and says nothing of a payment of this mode. SNS is
// told that it was heard, and does not repeat it.
var errOther = errors.New("amazonpay: nothing of ours")

func other(what string) error {
	return payment.ErrGarbled.Because(fmt.Errorf("%w: %s", errOther, what))
}

// ReadNotice reads a message of SNS. A subscription is confirmed; a notice says which object to ask Amazon for.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	e, err := g.open(ctx, raw.Body)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case e.Type == typeSubscribe:
		return payment.Notice{}, g.subscribe(ctx, e)
	case e.Type == typeUnsubscribe:
		return payment.Notice{}, other("the end of a subscription")
	}
	return g.look(ctx, a, e.Message)
}

// subscribe tells SNS that its notices are wanted. The error is never nil: there is nothing to record. Errors: errOther when it
// was done, ErrGarbled, ErrBank.
func (g *Gateway) subscribe(ctx context.Context, e envelope) error {
	u, region, ok := snsAddress(e.SubscribeURL)
	if !ok || !strings.HasPrefix(e.Topic, "arn:aws:sns:"+region+":") || u.Query().Get("Action") != "ConfirmSubscription" || u.Query().Get("TopicArn") != e.Topic {
		return payment.ErrGarbled.Because(errors.New("amazonpay: a subscription somewhere else"))
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: "subscription", Hosts: []string{u.Host}, Method: http.MethodGet, Path: "/", Query: u.RawQuery, Repeat: true})
	switch {
	case err != nil:
		return err
	case !answer.OK():
		return payment.ErrGarbled.Because(fmt.Errorf("amazonpay: subscription: answer %d", answer.Status))
	}
	return other("a subscription, which is confirmed")
}

// message is what Amazon Pay says by SNS ("Set up Instant Payment Notifications").
type message struct {
	Merchant string `json:"MerchantID"`
	Kind     string `json:"ObjectType"`
	Object   string `json:"ObjectId"`
}

// look asks for what a notice is about, and believes only the answer. Errors: ErrForeign, ErrGarbled, errOther, ErrNotKnown, ErrBank.
func (g *Gateway) look(ctx context.Context, a payment.Account, text string) (payment.Notice, error) {
	var m message
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("amazonpay: a notice that cannot be read"))
	}
	test := strings.HasPrefix(m.Object, "S")
	switch {
	case m.Merchant == "" || m.Merchant != a.Config.Text("merchant"):
		return payment.Notice{}, payment.ErrForeign
	case m.Kind == "CHARGE_PERMISSION":
		return payment.Notice{}, other("a permission, whose charges are told of")
	case !objectShape.MatchString(m.Object):
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("amazonpay: a notice about nothing"))
	case a.Config.Text(payment.FieldFor("key", test)) == "":
		return payment.Notice{}, other("the environment the shop has no key for")
	}
	switch m.Kind {
	case "CHARGE":
		c, ref, err := g.charged(ctx, a, test, m.Object)
		if err != nil {
			return payment.Notice{}, err
		}
		return c.notice(ref, test)
	case "REFUND":
		var r refund
		if err := known(g.call(ctx, a, test, ask{what: "refund", path: "refunds/" + m.Object}, &r)); err != nil {
			return payment.Notice{}, err
		}
		_, ref, err := g.charged(ctx, a, test, r.Charge)
		if err != nil {
			return payment.Notice{}, err
		}
		return r.notice(ref, test)
	case "CHARGEBACK":
		var d dispute
		if err := known(g.call(ctx, a, test, ask{what: "dispute", path: "disputes/" + m.Object}, &d)); err != nil {
			return payment.Notice{}, err
		}
		_, ref, err := g.charged(ctx, a, test, d.Charge)
		if err != nil {
			return payment.Notice{}, err
		}
		return d.notice(ref, test)
	}
	return payment.Notice{}, other("something else")
}

// charged asks for a charge and whose it is.
func (g *Gateway) charged(ctx context.Context, a payment.Account, test bool, id string) (charge, string, error) {
	c, err := g.charge(ctx, a, test, id)
	if err != nil {
		return charge{}, "", err
	}
	ref, err := g.owner(ctx, a, test, c.Permission)
	return c, ref, err
}

// ReadReturn completes the session the buyer comes back with. Nothing in the address is signed: it says only which session to
// ask Amazon for, by a number nobody guesses.
func (g *Gateway) ReadReturn(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	ids := raw.Query[returnField]
	if len(ids) != 1 || !sessionShape.MatchString(ids[0]) {
		return payment.Notice{}, payment.ErrForged
	}
	s, err := g.session(ctx, a, a.Test, ids[0])
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return payment.Notice{}, payment.ErrForged.Because(err)
	case err != nil:
		return payment.Notice{}, err
	}
	return g.settle(ctx, a, s, a.Test)
}

// Acknowledge is an empty answer: any status of 200 to 299 is well, and after those of 500 on SNS repeats.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil, errors.Is(err, errOther):
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
