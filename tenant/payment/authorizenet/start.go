package authorizenet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// pageRequest asks for the token of a page (getHostedPaymentPageRequest). The elements are in the schema's order, as in all requests.
type pageRequest struct {
	Login       login       `json:"merchantAuthentication"`
	Ref         string      `json:"refId"`
	Transaction transaction `json:"transactionRequest"`
	Settings    settings    `json:"hostedPaymentSettings"`
}

// transaction is what is asked for, on a page or of a transaction there is.
type transaction struct {
	Type     string    `json:"transactionType"`
	Amount   string    `json:"amount,omitempty"`
	Currency string    `json:"currencyCode,omitempty"`
	Payment  *paidWith `json:"payment,omitempty"`
	Profile  *profile  `json:"profile,omitempty"`
	Of       string    `json:"refTransId,omitempty"`
	Order    *order    `json:"order,omitempty"`
	Customer *customer `json:"customer,omitempty"`
	Billed   *billed   `json:"billTo,omitempty"`
	Settings *settings `json:"transactionSettings,omitempty"`
	Options  *options  `json:"processingOptions,omitempty"`
	// Agreed is set with Options.Subsequent, where the network's name is known.
	Agreed *subsequent `json:"subsequentAuthInformation,omitempty"`
}

type order struct {
	Invoice     string `json:"invoiceNumber"`
	Description string `json:"description,omitempty"`
}

type customer struct {
	ID    string `json:"id,omitempty"`
	Email string `json:"email"`
}

// billed is the address of the bill, for the address check of the card.
type billed struct {
	First    string `json:"firstName,omitempty"`
	Last     string `json:"lastName,omitempty"`
	Address  string `json:"address,omitempty"`
	City     string `json:"city,omitempty"`
	Postcode string `json:"zip,omitempty"`
	Country  string `json:"country,omitempty"`
}

type settings struct {
	List []setting `json:"setting"`
}

// setting has a value that is a text, which is JSON.
type setting struct {
	Name  string `json:"settingName"`
	Value string `json:"settingValue"`
}

// Start gives the form that leads to the page, or back to the shop when the reference was paid before.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	amount, err := write(a, r.Payment.Amount)
	if err != nil {
		return nil, err
	}
	s, err := g.open(a, r.Payment.Test)
	if err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	s.notify = r.NotifyURL
	before, err := g.Inquire(ctx, a, r.Payment)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
	case err != nil:
		return nil, payment.ErrBank.Because(err)
	case before.Event == payment.Captured, before.Event == payment.Authorised, before.Event == payment.Waiting:
		return payment.Redirect{URL: r.ReturnURL}, nil
	}
	body, err := s.page(r, amount)
	if err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	var answer struct {
		Token string `json:"token"`
	}
	if err := s.ask(ctx, "getHostedPaymentPageRequest", body, true, &answer); err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	if len(answer.Token) > maxToken || !tokenShape.MatchString(answer.Token) {
		return nil, payment.ErrBank.Because(errors.New("authorizenet: a page without a token"))
	}
	return payment.FormPost{URL: g.calls.At(Family, g.brand.Hosts(s.test, page)[0], "/payment/payment"), Fields: []payment.FormField{{Name: "token", Value: answer.Token}}}, nil
}

// maxToken is the most bytes of a token; those that were published have some hundred.
const maxToken = 4096

var tokenShape = regexp.MustCompile(`^[!-~]{8,}$`)

// page is what a page is asked for with.
func (s *session) page(r payment.Request, amount string) (pageRequest, error) {
	x := transaction{Type: "authCaptureTransaction", Amount: amount, Currency: r.Payment.Amount.Currency().Code(),
		Order: &order{r.Payment.Ref, line(r.OrderNumber, 255)}}
	if s.account.Config.Text("capture") == captureLater {
		x.Type = "authOnlyTransaction"
	}
	if email := r.Buyer.Email; strings.Contains(email, "@") && len(email) <= 255 {
		x.Customer = &customer{Email: email}
		if r.Save {
			x.Customer.ID = keepID
		}
		if r.Lasting {
			x.Options = &options{First: true}
		}
	}
	if b := r.Buyer.Billed(); b.Line1 != "" {
		name := strings.Fields(b.Name)
		x.Billed = &billed{Address: line(b.Line1+" "+b.Line2, 60), City: line(b.City, 40), Postcode: line(b.Postcode, 20), Country: line(string(b.Country), 60)}
		if n := len(name); n > 0 {
			x.Billed.First, x.Billed.Last = line(strings.Join(name[:n-1], " "), 50), line(name[n-1], 50)
		}
	}
	body := pageRequest{Login: s.login, Ref: r.Payment.Ref, Transaction: x}
	for _, one := range []struct {
		name  string
		value any
	}{
		{"hostedPaymentReturnOptions", struct {
			Receipt bool   `json:"showReceipt"`
			Return  string `json:"url"`
			Cancel  string `json:"cancelUrl"`
		}{false, r.ReturnURL, r.CancelURL}},
		{"hostedPaymentPaymentOptions", struct {
			Code bool `json:"cardCodeRequired"`
			Card bool `json:"showCreditCard"`
			Bank bool `json:"showBankAccount"`
		}{true, true, false}},
		{"hostedPaymentShippingAddressOptions", shown{}},
		{"hostedPaymentBillingAddressOptions", shown{Show: true}},
		{"hostedPaymentOrderOptions", struct {
			Show bool   `json:"show"`
			Shop string `json:"merchantName"`
		}{true, line(r.ShopName, 100)}},
	} {
		text, err := json.Marshal(one.value)
		if err != nil {
			return pageRequest{}, fmt.Errorf("authorizenet: %s: %w", one.name, err)
		}
		body.Settings.List = append(body.Settings.List, setting{one.name, string(text)})
	}
	return body, nil
}

// shown is a part of the page.
type shown struct {
	Show     bool `json:"show"`
	Required bool `json:"required"`
}

// write is an amount for a call, with two decimals. Errors: ErrUnfit for a currency that is not the account's, or no such amount.
func write(a payment.Account, amount money.Amount) (string, error) {
	if _, err := amount.Minor(); err != nil || !amount.IsPositive() || amount.Currency().Code() != a.Config.Text("currency") {
		return "", payment.ErrUnfit
	}
	return amount.Decimal().StringFixed(amount.Currency().Digits()), nil
}

// line is a text on one line, cut to the most characters the bank takes.
func line(text string, most int) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, " ")), " ")
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most]))
	}
	return text
}
