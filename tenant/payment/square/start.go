package square

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"echoppe.dev/tenant/payment"
)

// pretendNotify is where the pretend bank is told what a merchant declares once in Square's developer dashboard. Square never
// sees it.
const pretendNotify = "Pretend-Notify"

// newLink is the body of CreatePaymentLink (Checkout API): an order of one line, the total, which is priced already, with taxes,
// shipping and rebates in it; Square must not reckon again, nor ask for tips, coupons or addresses.
type newLink struct {
	Key     string   `json:"idempotency_key"`
	About   string   `json:"description"`
	Order   newOrder `json:"order"`
	Options options  `json:"checkout_options"`
	Buyer   *known   `json:"pre_populated_data,omitempty"`
	Note    string   `json:"payment_note"`
}

type newOrder struct {
	Location  string            `json:"location_id"`
	Reference string            `json:"reference_id"` // 40 characters at most
	Items     []item            `json:"line_items"`
	Metadata  map[string]string `json:"metadata"`
}

type item struct {
	Name     string `json:"name"`
	Quantity string `json:"quantity"`
	Price    cash   `json:"base_price_money"`
}

type options struct {
	Redirect string  `json:"redirect_url"`
	Tips     bool    `json:"allow_tipping"`
	Shipping bool    `json:"ask_for_shipping_address"`
	Coupon   bool    `json:"enable_coupon"`
	Loyalty  bool    `json:"enable_loyalty"`
	Methods  methods `json:"accepted_payment_methods"`
}

// methods are those besides cards.
type methods struct {
	Apple  bool `json:"apple_pay"`
	Google bool `json:"google_pay"`
}

type known struct {
	Email string `json:"buyer_email"`
}

// Start makes a payment link and sends the buyer to it. An attempt is about one order: what was opened for it is used again, and
// one that can no longer be paid is paid by another attempt.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	sum, err := cashOf(r.Payment.Amount)
	if err != nil {
		return nil, err
	}
	var action payment.Action
	if r.Payment.BankRef != "" {
		action, err = g.again(ctx, a, r)
	} else {
		action, err = g.open(ctx, a, r, sum)
	}
	switch {
	case err == nil:
		return action, nil
	case codeOf(err) == "CURRENCY_MISMATCH", codeOf(err) == "UNSUPPORTED_CURRENCY", codeOf(err) == "AMOUNT_TOO_LOW", codeOf(err) == "AMOUNT_TOO_HIGH":
		return nil, payment.ErrUnfit.Because(err)
	}
	return nil, payment.ErrBank.Because(err)
}

// open makes the link. The same request has the same key, so that it makes one.
func (g *Gateway) open(ctx context.Context, a payment.Account, r payment.Request, sum cash) (payment.Action, error) {
	body, err := linkFor(a, r, sum)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Link    linkObject `json:"payment_link"`
		Related struct {
			Orders []orderObject `json:"orders"`
		} `json:"related_resources"`
	}
	q := question{what: "payment link", method: http.MethodPost, path: "/v2/online-checkout/payment-links", body: body, notify: r.NotifyURL, repeat: true}
	if err := g.call(ctx, a, r.Payment.Test, q, &answer); err != nil {
		return nil, err
	}
	for _, o := range answer.Related.Orders {
		if o.ID == answer.Link.Order && o.ref(a, r.Payment.Test) == r.Payment.Ref && o.Total == sum {
			return g.redirect(answer.Link)
		}
	}
	return nil, errors.New("square: a link to another order or sum")
}

// again leads to the link that was made, or back to the shop when it has done its work.
func (g *Gateway) again(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	o, err := g.orderFor(ctx, a, r.Payment)
	if err != nil {
		return nil, err
	}
	if len(o.Tenders) > 0 {
		return payment.Redirect{URL: r.ReturnURL, BankRef: r.Payment.BankRef}, nil
	}
	id, _ := namesOf(r.Payment.BankRef)
	if id == "" || o.State == orderCanceled {
		return nil, fmt.Errorf("square: order %s has no page, it is %.30q", o.ID, o.State)
	}
	var answer struct {
		Link linkObject `json:"payment_link"`
	}
	if err := g.call(ctx, a, r.Payment.Test, get("payment link", "/v2/online-checkout/payment-links/"+id), &answer); err != nil {
		return nil, err
	}
	if answer.Link.ID != id || answer.Link.Order != o.ID {
		return nil, errors.New("square: a link of another order")
	}
	return g.redirect(answer.Link)
}

// redirect leads to the page of a link.
func (g *Gateway) redirect(l linkObject) (payment.Action, error) {
	u, err := url.Parse(l.URL)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || !idShape.MatchString(l.ID) || !idShape.MatchString(l.Order) {
		return nil, errors.New("square: a link without a page or a name")
	}
	to := g.calls.At(Family, u.Host, u.EscapedPath())
	if u.RawQuery != "" {
		to += "?" + u.RawQuery
	}
	return payment.Redirect{URL: to, BankRef: l.ID + ":" + l.Order}, nil
}

// linkFor is what a link is made with. Its key is made of all the rest: Square refuses one that comes with other words.
func linkFor(a payment.Account, r payment.Request, sum cash) (newLink, error) {
	p, name := r.Payment, title(r)
	l := newLink{About: name, Note: name, Order: newOrder{Location: locationOf(a, p.Test), Reference: p.Ref,
		Items: []item{{name, "1", sum}}, Metadata: map[string]string{metaRef: p.Ref, metaMode: a.Mode.String()}},
		Options: options{Redirect: r.ReturnURL, Methods: methods{Apple: true, Google: true}}}
	if strings.Contains(r.Buyer.Email, "@") {
		l.Buyer = &known{r.Buyer.Email}
	}
	text, err := json.Marshal(l)
	if err != nil {
		return newLink{}, fmt.Errorf("square: payment link: %w", err)
	}
	digest := sha256.Sum256(text)
	l.Key = p.Ref + "-" + hex.EncodeToString(digest[:8])
	return l, nil
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
