package stripe

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	api "github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/form"

	"echoppe.dev/tenant/payment"
)

// What is ours in the metadata of everything we open. Stripe repeats it in every event.
const (
	metaRef  = "echoppe_ref"  // the payment's reference
	metaMode = "echoppe_mode" // the mode it was begun with: an account may serve several shops
	metaKey  = "echoppe_key"  // of refunds: the key of the call
	metaSave = "echoppe_save" // of intents whose buyer has agreed that his card is kept
)

// pretendNotify is where the pretend bank is told what a merchant declares once in Stripe's dashboard. Stripe never sees it.
const pretendNotify = "Pretend-Notify"

// Start opens a Checkout Session, and sends the buyer to it, or where the merchant wants it a PaymentIntent for fields on the
// shop's page. What is open already for this payment is used again.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	amount, err := count(r.Payment.Amount)
	if err != nil {
		return nil, err
	}
	var action payment.Action
	if a.Config.Text("page") == pageEmbedded && !r.Plain {
		action, err = g.embed(ctx, a, r, amount)
	} else {
		action, err = g.host(ctx, a, r, amount)
	}
	switch {
	case err == nil:
		return action, nil
	case codeOf(err) == api.ErrorCodeAmountTooSmall, codeOf(err) == api.ErrorCodeAmountTooLarge:
		return nil, payment.ErrUnfit.Because(err)
	case errors.Is(err, payment.ErrOffice), errors.Is(err, payment.ErrDeclined), errors.Is(err, payment.ErrNotKnown):
		return nil, payment.ErrBank.Because(err)
	}
	return nil, err
}

// host opens a session, or finds the one that is open.
func (g *Gateway) host(ctx context.Context, a payment.Account, r payment.Request, amount int64) (payment.Action, error) {
	p, before := r.Payment, ""
	if strings.HasPrefix(p.BankRef, sessionPrefix) {
		s, err := g.session(ctx, a, p)
		switch {
		case err != nil && !errors.Is(err, payment.ErrNotKnown):
			return nil, err
		case err == nil && s.Status == "open":
			return g.redirect(s)
		case err == nil && s.Status == "complete":
			return payment.Redirect{URL: r.ReturnURL, BankRef: p.BankRef}, nil
		}
		before = p.BankRef // expired: another one in its place
	}
	params := g.sessionParams(a, r, amount)
	g.prepare(params, p.Ref, before, r.NotifyURL)
	var s session
	if err := g.call(ctx, a, p.Test, http.MethodPost, "/v1/checkout/sessions", params, &s); err != nil {
		return nil, err
	}
	if !s.ours(a, p) {
		return nil, payment.ErrBank.Because(errors.New("stripe: a session of another payment"))
	}
	return g.redirect(s)
}

// redirect leads to an open session.
func (g *Gateway) redirect(s session) (payment.Action, error) {
	if !strings.HasPrefix(s.URL, "https://") && !g.calls.Pretended() {
		return nil, payment.ErrBank.Because(fmt.Errorf("stripe: session %s has no page", s.ID))
	}
	return payment.Redirect{URL: s.URL, BankRef: s.ID}, nil
}

// sessionParams is what a session is opened with: one line with the order's total, which is priced already, taxes, shipping
// and rebates in it; Stripe must not reckon again.
func (g *Gateway) sessionParams(a payment.Account, r payment.Request, amount int64) *api.CheckoutSessionParams {
	p := r.Payment
	params := &api.CheckoutSessionParams{
		Mode: api.String("payment"), ClientReferenceID: api.String(p.Ref), Metadata: metadata(a, p),
		SuccessURL: api.String(r.ReturnURL), CancelURL: api.String(r.CancelURL), Locale: api.String(string(g.brand.Speaks(r.Locale))),
		ExpiresAt: api.Int64(g.until(p).Unix()),
		LineItems: []*api.CheckoutSessionLineItemParams{{Quantity: api.Int64(1), PriceData: &api.CheckoutSessionLineItemPriceDataParams{
			Currency: api.String(currencyOf(p)), UnitAmount: api.Int64(amount),
			ProductData: &api.CheckoutSessionLineItemPriceDataProductDataParams{Name: api.String(title(r))}}}},
		PaymentIntentData: &api.CheckoutSessionPaymentIntentDataParams{
			CaptureMethod: api.String(captureMethod(a)), Metadata: intentTags(a, r), Description: api.String(title(r))},
	}
	if r.Save {
		params.CustomerCreation = api.String(string(api.CheckoutSessionCustomerCreationAlways))
		params.PaymentMethodOptions = &api.CheckoutSessionPaymentMethodOptionsParams{Card: &api.CheckoutSessionPaymentMethodOptionsCardParams{SetupFutureUsage: api.String(usage(r))}}
	}
	if strings.Contains(r.Buyer.Email, "@") {
		params.CustomerEmail = api.String(r.Buyer.Email)
	}
	return params
}

// prepare gives a call that opens something its key: the same request has the same one, so that a buyer who steps back comes
// to what was opened for him. Stripe refuses a key that comes with other parameters; a buyer who has changed the language
// gets something new, and so does one whose session has run out (before).
func (g *Gateway) prepare(params api.ParamsContainer, ref, before, notify string) {
	values := &form.Values{}
	form.AppendTo(values, params)
	sum := sha256.Sum256([]byte(before + "\n" + values.Encode()))
	common := params.GetParams()
	common.IdempotencyKey = api.String(ref + "-" + hex.EncodeToString(sum[:8]))
	if g.calls.Pretended() {
		common.Headers = http.Header{pretendNotify: {notify}}
	}
}

func metadata(a payment.Account, p payment.Payment) map[string]string {
	return map[string]string{metaRef: p.Ref, metaMode: a.Mode.String()}
}

// soonest is what must be left of a session that is opened: Stripe wants half an hour, and clocks differ.
const soonest = 31 * time.Minute

// until is when the page closes: an hour after the payment was begun, so that the same request asks for the same, and hours
// later for one that is only opened then.
func (g *Gateway) until(p payment.Payment) time.Time {
	now := g.calls.Clock().Now()
	end := now.Add(patience)
	if !p.Created.IsZero() {
		end = p.Created.Add(patience)
	}
	for end.Sub(now) < soonest {
		end = end.Add(patience)
	}
	return end
}

func currencyOf(p payment.Payment) string { return strings.ToLower(p.Amount.Currency().Code()) }

// captureMethod is when the money is taken.
func captureMethod(a payment.Account) string {
	if a.Config.Text("capture") == captureLater {
		return "manual"
	}
	return "automatic"
}

// title is what the buyer reads beside the sum, and the merchant in the dashboard.
func title(r payment.Request) string {
	text := strings.Join(strings.Fields(r.ShopName+" "+r.OrderNumber), " ")
	if text == "" {
		text = r.Payment.Ref
	}
	if runes := []rune(text); len(runes) > 120 {
		text = string(runes[:120])
	}
	return text
}
