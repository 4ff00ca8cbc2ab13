package lyra

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant/payment"
)

// What the page does besides taking the money.
const (
	actionPay  = "PAYMENT"
	actionKeep = "REGISTER_PAY"
	// actionSilent takes it without the buyer, from a card that is kept.
	actionSilent = "SILENT"
)

// pageAction is what is asked of the page. The bank keeps no card without a mail address.
func pageAction(r payment.Request) string {
	if r.Save && email(r.Buyer.Email) != "" {
		return actionKeep
	}
	return actionPay
}

// tokenShape is that of the bank's own identifiers: we never send one of ours.
var tokenShape = regexp.MustCompile(`^[0-9A-Za-z]{24,64}$`)

// goneCodes are REST's for a token it does not know, or that was cancelled.
var goneCodes = map[string]bool{"PSP_030": true, "PSP_031": true, "PSP_032": true}

// tellToken adds to a notice of money what the bank calls the card it keeps.
func tellToken(n *payment.Notice, token string) {
	if (n.Event == payment.Captured || n.Event == payment.Authorised) && !n.Unproven && tokenShape.MatchString(token) {
		n.Token = secret.NewText(token)
	}
}

// tellIdentifier is tellToken for a form whose signature was looked at. What a browser brought is not asked: the signature covers
// no names, and the bank says the same itself.
func tellIdentifier(text string, n *payment.Notice) error {
	fields, _, err := split(text)
	if err == nil && fields["vads_page_action"] == actionKeep && fields["vads_identifier_status"] == "CREATED" {
		tellToken(n, fields["vads_identifier"])
	}
	return err
}

// Charge leads to the bank's page, or its fields, with the card that is kept: the buyer types no number, and the bank asks him for
// the code and for 3-D Secure as it sees fit.
func (g *Gateway) Charge(ctx context.Context, a payment.Account, r payment.Request, card payment.Token) (payment.Charged, error) {
	token := card.Name.Reveal()
	if card.Test != r.Payment.Test || !tokenShape.MatchString(token) {
		return payment.Charged{}, payment.ErrNoCard
	}
	if r.Absent {
		return g.silent(ctx, a, r, token)
	}
	next, err := g.start(ctx, a, r, token)
	if errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrNoCard.Because(err)
	}
	return payment.Charged{Next: next}, err
}

// Repeats: a contract with REST may.
func (g *Gateway) Repeats(m payment.Mode) bool {
	return slices.Contains(m.Secrets, payment.FieldFor("password", m.Test))
}

// silent takes the money by REST. There are no keys of calls: transactions of our reference are looked for first.
func (g *Gateway) silent(ctx context.Context, a payment.Account, r payment.Request, token string) (payment.Charged, error) {
	p := r.Payment
	n, err := g.Inquire(ctx, a, p)
	if err == nil {
		return payment.Charged{Notice: n}, nil
	}
	if !errors.Is(err, payment.ErrNotKnown) {
		return payment.Charged{}, payment.ErrBank.Because(err)
	}
	q, err := g.question(a, r)
	if err != nil {
		return payment.Charged{}, err
	}
	q.Action, q.Token = actionSilent, token
	var answer struct {
		Transactions []transaction `json:"transactions"`
	}
	err = g.ask(ctx, a, p.Test, createPayment, q, &answer)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return payment.Charged{}, payment.ErrNoCard.Because(err)
	case err != nil:
		return payment.Charged{}, err
	}
	if n, err = choose(a, answer.Transactions, p.Ref, p.Test); err != nil {
		return payment.Charged{}, payment.ErrBank.Because(fmt.Errorf("lyra %s: %w", createPayment, err))
	}
	return payment.Charged{Notice: n}, nil
}

// Forget cancels the token. A contract without REST has that done in the bank's office.
func (g *Gateway) Forget(ctx context.Context, a payment.Account, card payment.Token) error {
	err := g.ask(ctx, a, card.Test, tokenCancel, question{Token: card.Name.Reveal()}, &done{})
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return nil
	case errors.Is(err, payment.ErrDeclined):
		return payment.ErrBank.Because(err)
	}
	return err
}
