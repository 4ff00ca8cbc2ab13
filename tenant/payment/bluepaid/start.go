package bluepaid

import (
	"context"
	"strings"

	"echoppe.dev/tenant/payment"
)

// pretendNotify tells a pretend bank the address that a real one was told once, in its office, without the secret.
const pretendNotify = "declared"

// Start makes the form that opens the payment.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	secret, err := secretOf(a)
	if err != nil {
		return nil, err
	}
	amount := r.Payment.Amount
	if _, err := amount.Minor(); err != nil || !amount.IsPositive() {
		return nil, payment.ErrUnfit
	}
	boutique := a.Config.Text("boutique")
	fields := []payment.FormField{
		{Name: "id_boutique", Value: boutique},
		{Name: "id_client", Value: r.Payment.Ref},
		{Name: "montant", Value: amount.String()},
		{Name: "devise", Value: amount.Currency().Code()},
		{Name: "langue", Value: strings.ToUpper(string(g.brand.Speaks(r.Locale)))},
		{Name: "divers", Value: mac(secret, boutique, r.Payment.Ref)},
		{Name: "email_client", Value: r.Buyer.Email},
		{Name: "url_retour_ok", Value: schemeless(r.ReturnURL)},
		{Name: "url_retour_stop", Value: schemeless(r.CancelURL)},
	}
	if g.calls.Pretended() {
		fields = append(fields, payment.FormField{Name: pretendNotify, Value: r.NotifyURL})
	}
	return payment.FormPost{URL: g.calls.At(Family, g.brand.Hosts(r.Payment.Test, page)[0], "/in.php"), Fields: fields}, nil
}

// schemeless is an address as bluePaid wants it.
func schemeless(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return rest
	}
	return address
}
