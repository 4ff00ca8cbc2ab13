package monetico

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// version is that of the protocol.
const version = "3.0"

// pretendNotify tells the pretend bank what a real one was told once, in its office. It is no part of the protocol and
// of the MAC.
const pretendNotify = "declared"

// Start makes the form that opens the payment.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	if _, err := r.Payment.Amount.Minor(); err != nil || !r.Payment.Amount.IsPositive() {
		return nil, payment.ErrUnfit
	}
	context, err := orderContext(r.Buyer)
	if err != nil {
		return nil, payment.ErrUnfit
	}
	fields := signed(key, []payment.FormField{
		{Name: "TPE", Value: a.Config.Text("tpe")},
		{Name: "version", Value: version},
		{Name: "date", Value: placed(r.Payment).Format("02/01/2006:15:04:05")},
		{Name: "montant", Value: sum(r.Payment.Amount)},
		{Name: "reference", Value: r.Payment.Ref},
		{Name: "texte-libre", Value: plain(r.OrderNumber)},
		{Name: "lgue", Value: strings.ToUpper(string(g.brand.Speaks(r.Locale)))},
		{Name: "societe", Value: a.Config.Text("societe")},
		{Name: "mail", Value: r.Buyer.Email},
		{Name: "contexte_commande", Value: context},
		{Name: "url_retour_ok", Value: r.ReturnURL},
		{Name: "url_retour_err", Value: r.ReturnURL},
	})
	if g.calls.Pretended() {
		fields = append(fields, payment.FormField{Name: pretendNotify, Value: r.NotifyURL})
	}
	return payment.FormPost{URL: g.calls.At(Family, g.brand.Hosts(r.Payment.Test, page)[0], path(r.Payment.Test, "paiement")), Fields: fields}, nil
}

// path is the address of a program of the bank; tests have their own.
func path(test bool, program string) string {
	if test {
		return "/test/" + program + ".cgi"
	}
	return "/" + program + ".cgi"
}

// sum is an amount as the bank writes it: 24.80EUR.
func sum(a money.Amount) string { return a.String() + a.Currency().Code() }

// placed is when the payment began, by the bank's clock.
func placed(p payment.Payment) time.Time { return p.Created.In(paris()) }

var paris = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return time.UTC // a machine without zones: the day is off by an hour at most
	}
	return zone
})

// plain leaves letters and digits, so that no charset can change the MAC.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' {
			return r
		}
		return -1
	}, text)
}

// party is an address as the bank wants it.
type party struct {
	FirstName    string `json:"firstName,omitempty"`
	LastName     string `json:"lastName,omitempty"`
	AddressLine1 string `json:"addressLine1"`
	AddressLine2 string `json:"addressLine2,omitempty"`
	City         string `json:"city"`
	PostalCode   string `json:"postalCode"`
	Country      string `json:"country"`
}

// orderContext is what 3-D Secure 2 wants to know: base64 of JSON.
func orderContext(b payment.Buyer) (string, error) {
	content := struct {
		Billing  party  `json:"billing"`
		Shipping *party `json:"shipping,omitempty"`
	}{Billing: partyOf(b.Billed())}
	if !b.Delivery.IsZero() {
		to := partyOf(b.Delivery)
		content.Shipping = &to
	}
	text, err := json.Marshal(content)
	return base64.StdEncoding.EncodeToString(text), err
}

func partyOf(a address.Address) party {
	const most = 50
	first, last := "", a.Name
	if i := strings.LastIndexByte(a.Name, ' '); i > 0 {
		first, last = a.Name[:i], a.Name[i+1:]
	}
	return party{FirstName: cut(first, 45), LastName: cut(last, 45), AddressLine1: cut(a.Line1, most), AddressLine2: cut(a.Line2, most),
		City: cut(a.City, most), PostalCode: cut(a.Postcode, 10), Country: a.Country}
}

func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}
