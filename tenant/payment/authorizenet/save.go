package authorizenet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant/payment"
)

// keepID is the customer's number on transactions whose buyer has agreed that his card is kept; details repeat it.
const keepID = "echoppe-keep"

// profile is a card that is kept (customerProfilePaymentType).
type profile struct {
	ID   string `json:"customerProfileId"`
	Card struct {
		ID string `json:"paymentProfileId"`
	} `json:"paymentProfile"`
}

// options tell the card's bank that its number was stored before, or is stored now, for whom (processingOptions).
type options struct {
	First      bool `json:"isFirstRecurringPayment,omitempty"` // the buyer is there, and agrees to payments without him
	Subsequent bool `json:"isSubsequentAuth,omitempty"`        // one of those
	Stored     bool `json:"isStoredCredentials,omitempty"`     // the buyer is there, and chooses a card that was stored
}

// subsequent names the transaction with which the buyer agreed, as the network of the card calls it (subsequentAuthInformation).
type subsequent struct {
	Original string `json:"originalNetworkTransId"`
}

// kept is a customer's profile as it is told.
type kept struct {
	Profile struct {
		ID    string `json:"customerProfileId"`
		Cards []struct {
			ID      string `json:"customerPaymentProfileId"`
			Payment struct {
				Card struct {
					Number string `json:"cardNumber"`
					Expiry string `json:"expirationDate"`
					Type   string `json:"cardType"`
				} `json:"creditCard"`
			} `json:"payment"`
		} `json:"paymentProfiles"`
	} `json:"profile"`
}

// tellCard adds to a notice of money what the bank calls the card its buyer wants to be kept. The profile is made of the
// transaction the first time, and has its number; one whose card was deleted since stays as it is, so that a webhook that comes
// again does not bring the card back. Errors: of kind Upstream.
func (s *session) tellCard(ctx context.Context, d details, n *payment.Notice) error {
	if d.Customer.ID != keepID || n.Unproven || n.Event != payment.Captured && n.Event != payment.Authorised {
		return nil
	}
	k, err := s.profileOf(ctx, d.ID)
	if errors.Is(err, payment.ErrNotKnown) {
		if err = s.makeProfile(ctx, d.ID); err == nil || codeOf(err) == codeTwice {
			k, err = s.profileOf(ctx, d.ID)
		}
	}
	switch {
	case errors.Is(err, payment.ErrOffice), errors.Is(err, payment.ErrNotKnown), codeOf(err) != "":
		return nil // the account has no profiles, or this transaction makes none: the card is not kept
	case err != nil:
		return err
	}
	for _, c := range k.Profile.Cards {
		if !numberShape.MatchString(k.Profile.ID) || !numberShape.MatchString(c.ID) {
			continue
		}
		name := k.Profile.ID + "/" + c.ID
		if networkShape.MatchString(d.Network) {
			name += "/" + d.Network
		}
		n.Token = secret.NewText(name)
		n.Card.Brand, n.Card.Last, n.Card.Expiry = c.Payment.Card.Type, c.Payment.Card.Number, expiry(c.Payment.Card.Expiry)
	}
	return nil
}

// codeTwice is the code of a profile that is there already.
const codeTwice = "E00039"

// profileOf asks for the profile made of a transaction. Errors: ErrNotKnown; ErrOffice, ErrBank.
func (s *session) profileOf(ctx context.Context, number string) (kept, error) {
	body := struct {
		Login  login  `json:"merchantAuthentication"`
		Number string `json:"merchantCustomerId"`
		Unmask bool   `json:"unmaskExpirationDate"`
	}{s.login, number, true}
	var k kept
	err := s.ask(ctx, "getCustomerProfileRequest", body, true, &k)
	return k, err
}

// makeProfile makes a profile of the card of a transaction, with nothing of its buyer but that.
func (s *session) makeProfile(ctx context.Context, number string) error {
	body := struct {
		Login    login  `json:"merchantAuthentication"`
		Number   string `json:"transId"`
		Customer struct {
			Number string `json:"merchantCustomerId"`
		} `json:"customer"`
	}{Login: s.login, Number: number}
	body.Customer.Number = number
	return s.ask(ctx, "createCustomerProfileFromTransactionRequest", body, false, &struct{}{})
}

var monthShape = regexp.MustCompile(`^(20[0-9]{2})-([0-9]{2})$`)

// expiry reads "2029-12".
func expiry(text string) string {
	if m := monthShape.FindStringSubmatch(text); m != nil {
		return payment.ExpiryOf(m[2], m[1])
	}
	return ""
}

// parts are the profile, the card in it, and what the card's network calls the transaction it was kept with, "" where that was not
// told.
func parts(card payment.Token) (of, which, network string) {
	of, rest, _ := strings.Cut(card.Name.Reveal(), "/")
	which, network, _ = strings.Cut(rest, "/")
	return of, which, network
}

// Repeats: any account may.
func (g *Gateway) Repeats(payment.Mode) bool { return true }

// Charge takes the money from a card that is kept. There are no keys of calls: a transaction with our reference is looked for first.
func (g *Gateway) Charge(ctx context.Context, a payment.Account, r payment.Request, card payment.Token) (payment.Charged, error) {
	p := r.Payment
	amount, err := write(a, p.Amount)
	if err != nil {
		return payment.Charged{}, err
	}
	s, err := g.open(a, p.Test)
	if err != nil {
		return payment.Charged{}, payment.ErrBank.Because(err)
	}
	of, which, network := parts(card)
	if card.Test != p.Test || !numberShape.MatchString(of) || !numberShape.MatchString(which) {
		return payment.Charged{}, payment.ErrNoCard
	}
	before, err := g.Inquire(ctx, a, p)
	switch {
	case err == nil:
		return payment.Charged{Notice: before}, nil
	case !errors.Is(err, payment.ErrNotKnown):
		return payment.Charged{}, payment.ErrBank.Because(err)
	}
	s.notify = r.NotifyURL
	x := transaction{Type: "authCaptureTransaction", Amount: amount, Currency: p.Amount.Currency().Code(), Profile: &profile{ID: of},
		Order: &order{p.Ref, line(r.OrderNumber, 255)}, Options: &options{Stored: true}}
	if r.Absent {
		x.Options, x.Settings = &options{Subsequent: true}, &settings{[]setting{{"recurringBilling", "true"}}}
		if network != "" {
			x.Agreed = &subsequent{network}
		}
	}
	x.Profile.Card.ID = which
	if a.Config.Text("capture") == captureLater {
		x.Type = "authOnlyTransaction"
	}
	number, err := s.charge(ctx, x, p.Ref)
	if err != nil {
		return payment.Charged{}, err
	}
	d, err := s.find(ctx, number)
	if err != nil {
		return payment.Charged{}, payment.ErrBank.Because(err)
	}
	n, err := s.notice(d)
	if err == nil && n.Ref != p.Ref {
		err = errors.New("authorizenet: an answer about another payment")
	}
	if err != nil {
		return payment.Charged{}, payment.ErrBank.Because(err)
	}
	return payment.Charged{Notice: n}, nil
}

// charge asks for the transaction, once, and gives its number, whatever came of it. Errors: ErrNoCard; ErrDeclined when none was made;
// ErrBank when nobody knows.
func (s *session) charge(ctx context.Context, x transaction, ref string) (string, error) {
	body := struct {
		Login       login       `json:"merchantAuthentication"`
		Ref         string      `json:"refId"`
		Transaction transaction `json:"transactionRequest"`
	}{s.login, ref, x}
	var answer moved
	err := s.ask(ctx, "createTransactionRequest", body, false, &answer)
	r := answer.Response
	fault := json.Number("-")
	if len(r.Errors) > 0 && wordShape.MatchString(r.Errors[0].Code) {
		fault = json.Number(r.Errors[0].Code)
	}
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return "", payment.ErrNoCard.Because(err)
	case err != nil && codeOf(err) != codeFailed:
		return "", err
	case numberShape.MatchString(r.ID) && fault != duplicate:
		return r.ID, nil
	case r.Code.String() == "3" && fault != duplicate:
		return "", refuse("error " + fault.String())
	}
	return "", payment.ErrBank.Because(fmt.Errorf("authorizenet %s: response %.2q, error %s", x.Type, r.Code, fault))
}

// Forget deletes the card. Its profile stays, empty: it holds nothing but the number of a transaction, see tellCard.
func (g *Gateway) Forget(ctx context.Context, a payment.Account, card payment.Token) error {
	s, err := g.open(a, card.Test)
	if err != nil {
		return err
	}
	of, which, _ := parts(card)
	body := struct {
		Login login  `json:"merchantAuthentication"`
		Of    string `json:"customerProfileId"`
		Card  string `json:"customerPaymentProfileId"`
	}{s.login, of, which}
	err = s.ask(ctx, "deleteCustomerPaymentProfileRequest", body, true, &struct{}{})
	if errors.Is(err, payment.ErrNotKnown) {
		return nil
	}
	return err
}
