package amazonpay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/payment"
)

// checkout is the body that creates a session (Checkout Session, "Create", in the form of an additional payment button).
type checkout struct {
	Store   string         `json:"storeId"`
	Web     webDetails     `json:"webCheckoutDetails"`
	Payment paymentDetails `json:"paymentDetails"`
	Own     metadata       `json:"merchantMetadata"`
	Kind    string         `json:"chargePermissionType"`
	To      *addressed     `json:"addressDetails,omitempty"`
}

type webDetails struct {
	Mode   string `json:"checkoutMode,omitempty"`
	Result string `json:"checkoutResultReturnUrl,omitempty"`
	Cancel string `json:"checkoutCancelUrl,omitempty"`
	Page   string `json:"amazonPayRedirectUrl,omitempty"`
}

type paymentDetails struct {
	Intent  string `json:"paymentIntent"`
	Pending bool   `json:"canHandlePendingAuthorization"`
	Amount  price  `json:"chargeAmount"`
	Shown   string `json:"presentmentCurrency,omitempty"`
}

// metadata is what Amazon keeps for the shop: the reference, and in Mark which mode of which shop it belongs to.
type metadata struct {
	Ref   string `json:"merchantReferenceId"`
	Store string `json:"merchantStoreName,omitempty"`
	Note  string `json:"noteToBuyer,omitempty"`
	Mark  string `json:"customInformation"`
}

// addressed is where the parcel goes, which the buyer has told the shop already.
type addressed struct {
	Name     string `json:"name"`
	Line1    string `json:"addressLine1"`
	Line2    string `json:"addressLine2,omitempty"`
	City     string `json:"city"`
	Region   string `json:"stateOrRegion,omitempty"`
	Postcode string `json:"postalCode"`
	Country  string `json:"countryCode"`
	Phone    string `json:"phoneNumber,omitempty"`
}

// Start creates a session, once for our reference, and sends the buyer to agree to it; or it lets Amazon's script do so, where
// the merchant chose the button and the browser runs scripts.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	p := r.Payment
	amount, err := write(p.Amount)
	if err != nil || !slices.Contains(regionOf(a).carried, p.Amount.Currency()) {
		return nil, payment.ErrUnfit
	}
	if objectShape.MatchString(p.BankRef) {
		return payment.Redirect{URL: r.ReturnURL, BankRef: p.BankRef}, nil // he has paid; the shop knows more than his browser
	}
	var s session
	switch c := newCheckout(a, r, amount); {
	case p.BankRef != "":
		s, err = g.session(ctx, a, p.Test, p.BankRef)
	case a.Config.Text("page") == pageButton && !r.Plain:
		return g.button(a, r, c)
	default:
		err = g.call(ctx, a, p.Test, ask{what: "start", method: http.MethodPost, path: "checkoutSessions", key: idempotency("start", p.Ref), body: c, notify: r.NotifyURL}, &s)
	}
	switch {
	case err != nil && !errors.Is(err, payment.ErrBank):
		return nil, payment.ErrBank.Because(err)
	case err != nil:
		return nil, err
	case !sessionShape.MatchString(s.ID):
		return nil, payment.ErrBank.Because(errors.New("amazonpay: a session without a number"))
	case s.Status.State == sessionCompleted:
		return payment.Redirect{URL: back(r.ReturnURL, s.ID), BankRef: s.ID}, nil
	case s.Status.State != sessionOpen:
		return nil, payment.ErrBank.Because(errors.New("amazonpay: nothing to agree to, the session has ended"))
	}
	to, err := g.pageOf(s, p.Test)
	if err != nil {
		return nil, err
	}
	return payment.Redirect{URL: to, BankRef: s.ID}, nil
}

// back is where Amazon has sent the buyer already, when he comes again after he agreed.
func back(to, id string) string {
	glue := "?"
	if strings.Contains(to, "?") {
		glue = "&"
	}
	return to + glue + returnField + "=" + url.QueryEscape(id)
}

// pageOf is the address of the page, which must be Amazon's.
func (g *Gateway) pageOf(s session, test bool) (string, error) {
	u, err := url.Parse(s.Web.Page)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || u.Fragment != "" || !slices.ContainsFunc(g.brand.Hosts(test, page), func(domain string) bool {
		return strings.HasSuffix(u.Host, "."+domain)
	}) {
		return "", payment.ErrBank.Because(fmt.Errorf("amazonpay: session %s has no page of Amazon's", s.ID))
	}
	return g.calls.At(Family, u.Host, u.EscapedPath()) + "?" + u.RawQuery, nil
}

// newCheckout is the session of one attempt.
func newCheckout(a payment.Account, r payment.Request, amount price) checkout {
	c := checkout{Store: a.Config.Text("store"), Kind: "OneTime",
		Web:     webDetails{Mode: "ProcessOrder", Result: r.ReturnURL, Cancel: r.CancelURL},
		Payment: paymentDetails{Intent: "AuthorizeWithCapture", Amount: amount},
		Own:     metadata{Ref: r.Payment.Ref, Store: short(r.ShopName, 50), Note: short(r.OrderNumber, 255), Mark: mark(a)}}
	if a.Config.Text("capture") == captureLater {
		c.Payment.Intent = "Authorize"
	}
	if regionOf(a).name == "eu" {
		c.Payment.Shown = amount.Code
	}
	if to := r.Buyer.Delivery; whole(to) {
		c.To = &addressed{Name: short(to.Name, 50), Line1: short(to.Line1, 180), Line2: short(to.Line2, 60), City: short(to.City, 50), Region: short(to.Region, 50),
			Postcode: short(to.Postcode, 20), Country: to.Country, Phone: short(to.Phone, 20)}
	}
	return c
}

// mark tells the sessions of a mode from those of other shops, and of other software, with the same Amazon account.
func mark(a payment.Account) string { return "mode " + a.Mode.String() }

// whole tells of an address Amazon would not turn a session down for.
func whole(a address.Address) bool {
	return a.Name != "" && a.Line1 != "" && a.City != "" && a.Postcode != "" && len(a.Country) == 2
}

// plain takes out what JSON writes with a backslash (payloadOf).
var plain = strings.NewReplacer(`"`, "'", `\`, "/", "\u2028", " ", "\u2029", " ")

// short is a line of at most that many bytes.
func short(text string, most int) string {
	text = strings.Join(strings.Fields(plain.Replace(strings.ToValidUTF8(text, ""))), " ")
	for len(text) > most {
		runes := []rune(text)
		text = string(runes[:len(runes)-1])
	}
	return text
}
