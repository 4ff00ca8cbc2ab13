package amazonpay

import (
	"context"
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/tenant/payment"
)

// session is what the shop looks at of a checkout session (Checkout Session, "object").
type session struct {
	ID          string         `json:"checkoutSessionId"`
	Web         webDetails     `json:"webCheckoutDetails"`
	Payment     paymentDetails `json:"paymentDetails"`
	Own         metadata       `json:"merchantMetadata"`
	Status      status         `json:"statusDetails"`
	Charge      string         `json:"chargeId"`
	Environment string         `json:"releaseEnvironment"`
}

// status is how anything of Amazon's stands.
type status struct {
	State  string `json:"state"`
	Reason string `json:"reasonCode"`
}

// The states of a session.
const (
	sessionOpen      = "Open"
	sessionCompleted = "Completed"
	sessionCanceled  = "Canceled"
)

// The shapes of Amazon's numbers. Those of charges, permissions, refunds and disputes begin with S in the sandbox and with P
// where money is real.
var (
	sessionShape    = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	permissionShape = regexp.MustCompile(`^[SP][0-9A-Z]{2}-[0-9]{7}-[0-9]{7}$`)
	objectShape     = regexp.MustCompile(`^[SP][0-9A-Z]{2}-[0-9]{7}-[0-9]{7}-[A-Z][0-9]{6}$`)
	refShape        = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
)

// ours tells whether something was opened by this mode.
func (m metadata) ours(a payment.Account) bool {
	return m.Mark == mark(a) && refShape.MatchString(m.Ref)
}

// inMode tells whether something belongs to the sandbox, or to real money.
func inMode(environment string, test bool) bool {
	return environment == map[bool]string{true: "Sandbox", false: "Live"}[test]
}

// session asks for a session and makes sure that it is one of ours. Errors: ErrNotKnown, ErrForeign, ErrBank.
func (g *Gateway) session(ctx context.Context, a payment.Account, test bool, id string) (session, error) {
	var s session
	if !sessionShape.MatchString(id) {
		return s, payment.ErrNotKnown
	}
	err := g.call(ctx, a, test, ask{what: "session", path: "checkoutSessions/" + id}, &s)
	switch err = known(err); {
	case err != nil:
		return session{}, err
	case s.ID != id || !inMode(s.Environment, test):
		return session{}, payment.ErrBank.Because(errors.New("amazonpay: another session"))
	case !s.Own.ours(a):
		return session{}, payment.ErrForeign
	}
	return s, nil
}

// known is what an error says of a question: that there is no such thing, or nothing.
func known(err error) error {
	var no *refusal
	switch {
	case err == nil, errors.Is(err, payment.ErrBank):
		return err
	case errors.As(err, &no) && no.status == http.StatusNotFound:
		return payment.ErrNotKnown.Because(no)
	}
	return payment.ErrBank.Because(err)
}

// settle brings a session forward: what the buyer agreed to is completed, and what became of it is told. However often and
// from wherever it is called, the same happens once. Errors: ErrBank.
func (g *Gateway) settle(ctx context.Context, a payment.Account, s session, test bool) (payment.Notice, error) {
	if s.Status.State != sessionOpen {
		return g.standing(ctx, a, s, test)
	}
	body := struct {
		Amount price `json:"chargeAmount"`
	}{s.Payment.Amount}
	var after session
	err := g.call(ctx, a, test, ask{what: "complete", method: http.MethodPost, path: "checkoutSessions/" + s.ID + "/complete", key: idempotency("complete", s.ID), body: body}, &after)
	var no *refusal
	switch {
	case errors.As(err, &no) && no.status == http.StatusUnprocessableEntity:
		return g.uncompleted(ctx, a, s, no, test)
	case err != nil && !errors.Is(err, payment.ErrBank):
		return payment.Notice{}, payment.ErrBank.Because(err)
	case err != nil:
		return payment.Notice{}, err
	case after.ID != s.ID || !objectShape.MatchString(after.Charge):
		return g.again(ctx, a, s, test)
	}
	after.Own, after.Payment = s.Own, s.Payment // which the answer may leave out
	return g.standing(ctx, a, after, test)
}

// uncompleted is what a refusal to complete means. A buyer who has not agreed yet, and a session that somebody else has
// completed meanwhile, are refused in the same words.
func (g *Gateway) uncompleted(ctx context.Context, a payment.Account, s session, no *refusal, test bool) (payment.Notice, error) {
	if reason, declined := declines[no.reason]; declined {
		n, err := sessionNotice(s, payment.Failed, "declined", test)
		n.Reason, n.Message["reason"] = reason, no.reason
		return n, err
	}
	return g.again(ctx, a, s, test)
}

// again looks at a session once more, and completes nothing.
func (g *Gateway) again(ctx context.Context, a payment.Account, s session, test bool) (payment.Notice, error) {
	now, err := g.session(ctx, a, test, s.ID)
	if err != nil {
		return payment.Notice{}, asking(err)
	}
	return g.standing(ctx, a, now, test)
}

// asking is an error while a message is being understood: that something is gone which was there means nothing.
func asking(err error) error {
	if errors.Is(err, payment.ErrBank) {
		return err
	}
	return payment.ErrBank.Because(err)
}

// standing is a session as it is now, in our words. Errors: ErrBank.
func (g *Gateway) standing(ctx context.Context, a payment.Account, s session, test bool) (payment.Notice, error) {
	switch s.Status.State {
	case sessionOpen:
		return sessionNotice(s, payment.Waiting, "waiting", test)
	case sessionCompleted:
		c, err := g.charge(ctx, a, test, s.Charge)
		if err != nil {
			return payment.Notice{}, asking(err)
		}
		return c.notice(s.Own.Ref, test)
	case sessionCanceled:
		switch s.Status.Reason {
		case "Declined", "AmazonCanceled", "AmazonRejected":
			n, err := sessionNotice(s, payment.Failed, "declined", test)
			n.Reason = payment.ReasonRefused
			return n, err
		case "Expired":
			n, err := sessionNotice(s, payment.Cancelled, "expired", test)
			n.Reason = payment.ReasonExpired
			return n, err
		}
		n, err := sessionNotice(s, payment.Cancelled, "cancelled", test)
		n.Reason = payment.ReasonAbandoned
		return n, err
	}
	return payment.Notice{}, payment.ErrBank.Because(errState)
}

// errState is of a state nobody has told of. Errors with it ask the bank to repeat, so that nothing is lost.
var errState = errors.New("amazonpay: not understood")

// sessionNotice is about a session without a charge. Errors: ErrBank.
func sessionNotice(s session, e payment.Event, what string, test bool) (payment.Notice, error) {
	amount, err := s.Payment.Amount.read()
	if err != nil {
		return payment.Notice{Message: payment.Message{}}, payment.ErrBank.Because(err)
	}
	return payment.Notice{ID: s.ID + ":" + what, Ref: s.Own.Ref, Event: e, Amount: amount, Test: test,
		Message: noted(payment.Message{"session": s.ID, "event": string(e), "amount": s.Payment.Amount.Amount, "currency": s.Payment.Amount.Code}, "reason", s.Status.Reason)}, nil
}
