package lyra

import (
	"context"
	"errors"
	"regexp"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant/payment"
)

// What the page does besides taking the money.
const (
	actionPay  = "PAYMENT"
	actionKeep = "REGISTER_PAY"
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
	next, err := g.start(ctx, a, r, token)
	if errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrNoCard.Because(err)
	}
	return payment.Charged{Next: next}, err
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
