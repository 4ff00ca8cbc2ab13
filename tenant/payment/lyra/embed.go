package lyra

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
)

// krypton is the bank's, below its static host.
const krypton = "/static/js/krypton-client/V4.0/stable/kr-payment-form.min.js"

// charge is what Charge/CreatePayment is told.
type charge struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	OrderID  string `json:"orderId"`
	Action   string `json:"formAction"`
	Notify   string `json:"ipnTargetUrl"`
	Token    string `json:"paymentMethodToken,omitempty"`
	Customer struct {
		Email   string  `json:"email,omitempty"`
		Billing billing `json:"billingDetails"`
	} `json:"customer"`
	Options struct {
		Card struct {
			Delay  int    `json:"captureDelay"`
			Manual string `json:"manualValidation"`
		} `json:"cardOptions"`
	} `json:"transactionOptions"`
}

type billing struct {
	First    string `json:"firstName,omitempty"`
	Last     string `json:"lastName,omitempty"`
	Address  string `json:"address,omitempty"`
	Zip      string `json:"zipCode,omitempty"`
	City     string `json:"city,omitempty"`
	Country  string `json:"country,omitempty"`
	Language string `json:"language,omitempty"`
}

// embed opens a payment for fields on the shop's page: the bank gives a token that is good for a quarter of an hour. Asked
// again it gives another one; a buyer who pays with both pays two transactions of one order, which the book tells apart.
func (g *Gateway) embed(ctx context.Context, a payment.Account, r payment.Request, token string) (payment.Action, error) {
	test := r.Payment.Test
	q, err := g.question(a, r)
	if err != nil {
		return nil, err
	}
	public := publicOf(a, test)
	if public == "" || passwordOf(a, test) == "" {
		return nil, payment.ErrBank.Because(fmt.Errorf("lyra: mode %s has no keys of REST for %s", a.Mode, ctxOf(test)))
	}
	q.Action, q.Token = pageAction(r), token
	var answer struct {
		Token string `json:"formToken"`
	}
	if err := g.ask(ctx, a, test, createPayment, q, &answer); err != nil {
		return nil, err
	}
	if answer.Token == "" {
		return nil, payment.ErrBank.Because(fmt.Errorf("lyra %s: no token", createPayment))
	}
	from, calls := g.calls.At(Family, g.brand.Hosts(test, static)[0], ""), g.calls.At(Family, g.brand.Hosts(test, rest)[0], "")
	all := origins(from, calls, g.calls.At(Family, g.brand.Hosts(test, page)[0], ""))
	return payment.Embedded{
		Driver: Family, Script: g.calls.At(Family, g.brand.Hosts(test, static)[0], krypton),
		Data: []payment.FormField{{Name: "public-key", Value: public}, {Name: "token", Value: answer.Token}, {Name: "return", Value: r.ReturnURL},
			{Name: "language", Value: string(g.brand.Speaks(r.Locale))}, {Name: "style", Value: from + "/static/js/krypton-client/V4.0/ext/classic-reset.css"}},
		Origins: payment.Origins{Script: all, Frame: all, Connect: all, Image: all, Style: all, Font: all},
	}, nil
}

// question is what Charge/CreatePayment is told of a payment and its buyer. Errors: ErrUnfit.
func (g *Gateway) question(a payment.Account, r payment.Request) (charge, error) {
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 {
		return charge{}, payment.ErrUnfit
	}
	q := charge{Amount: amount, Currency: r.Payment.Amount.Currency().Code(), OrderID: r.Payment.Ref, Notify: r.NotifyURL}
	q.Options.Card.Manual = "NO"
	if a.Config.Text("capture") == captureLater {
		q.Options.Card.Manual = "YES"
	}
	bill := r.Buyer.Billed()
	first, last := names(bill.Name)
	q.Customer.Email = email(r.Buyer.Email)
	q.Customer.Billing = billing{First: plain(first, 63), Last: plain(last, 63), Address: plain(bill.Line1+" "+bill.Line2, 250), Zip: plain(bill.Postcode, 60),
		City: plain(bill.City, 120), Country: country(bill.Country), Language: string(g.brand.Speaks(r.Locale))}
	return q, nil
}

// origins are scheme, host and port of addresses, each once.
func origins(addresses ...string) []string {
	var list []string
	seen := map[string]bool{}
	for _, address := range addresses {
		scheme, rest, _ := strings.Cut(address, "://")
		host, _, _ := strings.Cut(rest, "/")
		if origin := scheme + "://" + host; !seen[origin] {
			seen[origin] = true
			list = append(list, origin)
		}
	}
	return list
}

// Keys tells what the bank is called with.
func (g *Gateway) Keys(_ form.Values, test bool) []string {
	return []string{payment.FieldFor("key", test)}
}

func publicOf(a payment.Account, test bool) string {
	return a.Config.Text(payment.FieldFor("public", test))
}

// returnKey signs what the browser brings back from fields on the shop's page.
func returnKey(a payment.Account, test bool) secret.Text {
	return a.Secret(payment.FieldFor("return", test))
}

var publicShape = regexp.MustCompile(`^[0-9]{8}:(test)?publickey_[0-9A-Za-z]{8,}$`)

// checkEmbedded looks for what fields on the shop's page need.
func checkEmbedded(c *form.Checker, v form.Values) {
	for _, test := range []bool{true, false} {
		if v.Text(payment.FieldFor("key", test)) == "" {
			continue // a contract for the other mode only
		}
		public := v.Text(payment.FieldFor("public", test))
		if !publicShape.MatchString(public) || strings.Contains(public, ":testpublickey_") != test {
			c.Refuse(payment.FieldFor("public", test), "payment.lyra.public_bad", nil)
		}
		if v.Text(payment.FieldFor("password", test)) == "" {
			c.Refuse(payment.FieldFor("password", test), "payment.lyra.password_needed", nil)
		}
	}
}
