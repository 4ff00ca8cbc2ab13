package paypal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	vendor "github.com/plutov/paypal/v4"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/payment"
)

// pretendNotify is where the pretend bank is told what a merchant declares in PayPal's office. PayPal never sees it.
const pretendNotify = "Pretend-Notify"

// newOrder is the body that creates an order. The library's own call cannot be used: it has no place for what the pretend
// bank must know.
type newOrder struct {
	Intent  string                       `json:"intent"`
	Units   []vendor.PurchaseUnitRequest `json:"purchase_units"`
	Context vendor.ApplicationContext    `json:"application_context"`
	notify  string
}

// Start creates the order, once for our reference, and sends the buyer to agree to it.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	value, err := write(r.Payment.Amount)
	if err != nil || !slices.Contains(currencies, r.Payment.Amount.Currency()) {
		return nil, payment.ErrUnfit
	}
	s, err := g.open(a, r.Payment.Test)
	if err != nil {
		return nil, err
	}
	var o order
	if r.Payment.BankRef != "" {
		// PayPal knows a call again for some hours only, and an order longer. One that has expired is paid by another
		// attempt, so that an attempt is never about two orders.
		o, err = s.order(ctx, r.Payment.BankRef)
	} else {
		err = s.call(ctx, http.MethodPost, "/v2/checkout/orders", requestID("start", r.Payment.Ref), g.newOrder(a, r, value), &o)
	}
	var no *refusal
	switch {
	case errors.As(err, &no) && (no.issue == "CURRENCY_NOT_SUPPORTED" || no.issue == "DECIMALS_NOT_SUPPORTED"):
		return nil, payment.ErrUnfit.Because(err)
	case err != nil && !errors.Is(err, payment.ErrBank):
		return nil, payment.ErrBank.Because(payment.ErrDeclined.Because(err))
	case err != nil:
		return nil, err
	case !idShape.MatchString(o.ID):
		return nil, payment.ErrBank.Because(errors.New("paypal: an order without a number"))
	}
	if o.Status == orderApproved || o.Status == orderCompleted {
		return payment.Redirect{URL: agreed(r.ReturnURL, o), BankRef: o.ID}, nil
	}
	to, err := g.approve(o, r.Payment.Test)
	if err != nil {
		return nil, err
	}
	return payment.Redirect{URL: to, BankRef: o.ID}, nil
}

// agreed is where PayPal has sent the buyer already, when he comes again after he agreed.
func agreed(to string, o order) string {
	glue := "?"
	if strings.Contains(to, "?") {
		glue = "&"
	}
	return to + glue + "token=" + url.QueryEscape(o.ID) + "&PayerID=" + url.QueryEscape(o.Payer.ID)
}

// approve is the address of the page, which must be PayPal's.
func (g *Gateway) approve(o order, test bool) (string, error) {
	for _, l := range o.Links {
		if l.Rel != "approve" && l.Rel != "payer-action" {
			continue
		}
		u, err := url.Parse(l.Href)
		if err != nil || u.Scheme != "https" || u.User != nil || !slices.Contains(g.brand.Hosts(test, page), u.Host) {
			return "", payment.ErrBank.Because(errors.New("paypal: a page that is not PayPal's"))
		}
		return g.calls.At(Family, u.Host, u.EscapedPath()) + "?" + u.RawQuery, nil
	}
	return "", payment.ErrBank.Because(fmt.Errorf("paypal: nothing to agree to, the order is %.20q", o.Status))
}

// newOrder is the order of one attempt. The reference is custom_id; what people know it by is the invoice, which PayPal wants
// to be new for each payment.
func (g *Gateway) newOrder(a payment.Account, r payment.Request, value string) newOrder {
	p := r.Payment
	o := newOrder{Intent: "CAPTURE", notify: r.NotifyURL}
	if a.Config.Text("capture") == captureLater {
		o.Intent = "AUTHORIZE"
	}
	unit := vendor.PurchaseUnitRequest{
		Amount:      &vendor.PurchaseUnitAmount{Currency: p.Amount.Currency().Code(), Value: value},
		CustomID:    p.Ref,
		InvoiceID:   short(r.OrderNumber, 90) + "-" + p.Ref,
		Description: short(r.OrderNumber, 127),
	}
	o.Context = vendor.ApplicationContext{BrandName: short(r.ShopName, 127), Locale: pages[g.brand.Speaks(r.Locale)], UserAction: vendor.UserActionPayNow,
		ShippingPreference: vendor.ShippingPreferenceNoShipping, ReturnURL: r.ReturnURL, CancelURL: r.CancelURL}
	if to := r.Buyer.Delivery; whole(to) {
		o.Context.ShippingPreference = vendor.ShippingPreferenceSetProvidedAddress
		unit.Shipping = &vendor.ShippingDetail{Name: &vendor.Name{FullName: short(to.Name, 300)}, Address: &vendor.ShippingDetailAddressPortable{
			AddressLine1: short(to.Line1, 300), AddressLine2: short(to.Line2, 300), AdminArea1: short(to.Region, 300), AdminArea2: short(to.City, 120),
			PostalCode: short(to.Postcode, 60), CountryCode: to.Country}}
	}
	o.Units = []vendor.PurchaseUnitRequest{unit}
	return o
}

// whole tells of an address PayPal would not turn an order down for.
func whole(a address.Address) bool {
	return a.Name != "" && a.Line1 != "" && a.City != "" && a.Postcode != "" && len(a.Country) == 2
}

// short is a line of at most that many characters, and never more bytes than PayPal counts.
func short(text string, most int) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	for len(text) > most {
		runes := []rune(text)
		text = string(runes[:len(runes)-1])
	}
	return text
}
