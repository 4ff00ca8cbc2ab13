package klikandpay

import (
	"context"
	"net/url"
	"strings"

	"echoppe.dev/tenant/payment"
)

// decimals are those of an amount: the page knows no other.
const decimals = 2

// What a pretend bank is told with the form, and the real one was told once, in its office: the address of notices
// without the secret, and the shop's scheme and host.
const (
	pretendNotify = "declared"
	pretendShop   = "declared_shop"
)

// Start makes the form that opens the payment.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	secret, err := secretOf(a)
	if err != nil {
		return nil, err
	}
	amount := r.Payment.Amount
	if _, err := amount.Minor(); err != nil || !amount.IsPositive() || amount.Currency().Code() != a.Config.Text("currency") || amount.Currency().Digits() != decimals {
		return nil, payment.ErrUnfit
	}
	shop, back, err := split(r.ReturnURL)
	if err != nil {
		return nil, payment.ErrUnfit.Because(err)
	}
	account := a.Config.Text("account")
	fields := append([]payment.FormField{
		{Name: "ID", Value: account},
		{Name: "MONTANT", Value: amount.String()},
		{Name: "L", Value: string(g.brand.Speaks(r.Locale))},
		{Name: "RETOUR", Value: token(secret, account, r.Payment.Ref, r.Payment.Test)},
		{Name: "RETOURVOK", Value: back},
		{Name: "RETOURVHS", Value: back},
		{Name: "DETAIL", Value: line(r.OrderNumber, 60)},
	}, buyer(r.Buyer)...)
	if g.calls.Pretended() {
		fields = append(fields, payment.FormField{Name: pretendNotify, Value: r.NotifyURL}, payment.FormField{Name: pretendShop, Value: shop})
	}
	return payment.FormPost{URL: g.calls.At(Family, g.brand.Hosts(r.Payment.Test, page)[0], path(r.Payment.Test)), Fields: fields}, nil
}

// path is the address of the page; tests have their own.
func path(test bool) string {
	if test {
		return "/paiementtest/check.pl"
	}
	return "/paiement/check.pl"
}

// split parts an address after its host: what stands before is declared in the office, what follows is sent.
func split(address string) (shop, rest string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", "", err
	}
	shop = u.Scheme + "://" + u.Host
	return shop, strings.TrimPrefix(address, shop), nil
}

// buyer is who pays; what is not known is left out.
func buyer(b payment.Buyer) []payment.FormField {
	bill := b.Billed()
	first, last := names(bill.Name)
	var known []payment.FormField
	for _, f := range []payment.FormField{
		{Name: "NOM", Value: line(last, 60)},
		{Name: "PRENOM", Value: line(first, 60)},
		{Name: "SOCIETE", Value: line(bill.Company, 60)},
		{Name: "ADRESSE", Value: line(bill.Line1+" "+bill.Line2, 200)},
		{Name: "CODEPOSTAL", Value: line(bill.Postcode, 20)},
		{Name: "VILLE", Value: line(bill.City, 60)},
		{Name: "PAYS", Value: bill.Country},
		{Name: "TEL", Value: line(bill.Phone, 30)},
		{Name: "EMAIL", Value: line(b.Email, 150)},
	} {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

// names parts a name before its last word.
func names(name string) (first, last string) {
	name = strings.TrimSpace(name)
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// line is a text on one line, of at most that many characters.
func line(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}
