package twocheckout

import (
	"context"
	"strconv"
	"strings"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// pretendNotify tells a pretend bank the address that a real one was told once, in its control panel.
const pretendNotify = "declared"

// Start makes the buy link.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	word, err := secretOf(a, "word")
	if err != nil {
		return nil, err
	}
	if _, err := r.Payment.Amount.Minor(); err != nil || !r.Payment.Amount.IsPositive() {
		return nil, payment.ErrUnfit
	}
	fields := append([]payment.FormField{
		{Name: "merchant", Value: a.Config.Text("merchant")},
		{Name: "dynamic", Value: "1"},
		{Name: "prod", Value: product(r)},
		{Name: "price", Value: r.Payment.Amount.String()},
		{Name: "qty", Value: "1"},
		{Name: "type", Value: "PRODUCT"},
		{Name: "tangible", Value: "0"},
		{Name: "currency", Value: r.Payment.Amount.Currency().Code()},
		{Name: "order-ext-ref", Value: r.Payment.Ref},
		{Name: "return-url", Value: r.ReturnURL},
		{Name: "return-type", Value: "redirect"},
		{Name: "expiration", Value: strconv.FormatInt(g.calls.Clock().Now().Add(patience).Unix(), 10)},
		{Name: "language", Value: string(g.brand.Speaks(r.Locale))},
	}, buyer(r.Buyer)...)
	if r.Payment.Test {
		fields = append(fields, payment.FormField{Name: "test", Value: "1"})
	}
	fields = append(fields, payment.FormField{Name: "signature", Value: linkSignature(word, fields)})
	if g.calls.Pretended() {
		fields = append(fields, payment.FormField{Name: pretendNotify, Value: r.NotifyURL})
	}
	link := g.calls.At(Family, g.brand.Hosts(r.Payment.Test, page)[0], "/checkout/buy")
	return payment.Redirect{URL: link + "?" + string(bankcall.Form(fields))}, nil
}

// product is what the buyer reads on the page. A semicolon would begin another one.
func product(r payment.Request) string {
	return line(strings.ReplaceAll(r.ShopName+" "+r.OrderNumber, ";", ","), 100)
}

// buyer is who pays; what is not known is left out.
func buyer(b payment.Buyer) []payment.FormField {
	bill := b.Billed()
	var known []payment.FormField
	for _, f := range []payment.FormField{
		{Name: "name", Value: line(bill.Name, 100)},
		{Name: "email", Value: line(b.Email, 150)},
		{Name: "country", Value: bill.Country},
		{Name: "address", Value: line(bill.Line1+" "+bill.Line2, 200)},
		{Name: "zip", Value: line(bill.Postcode, 20)},
		{Name: "city", Value: line(bill.City, 100)},
		{Name: "phone", Value: line(bill.Phone, 30)},
	} {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

// line is a text on one line, of at most that many characters.
func line(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}
