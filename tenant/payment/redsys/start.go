package redsys

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"echoppe.dev/tenant/payment"
)

// The types of transactions.
const (
	typePayment   = "0"
	typeHold      = "1" // preautorización: money is promised
	typeConfirm   = "2"
	typeRefund    = "3"
	typeCancel    = "9"
	mostMinor     = 999_999_999_999 // 12 digits
	mostName      = 25
	mostOrderText = 125
)

// Start makes the form that opens the payment. The bank refuses a number it has seen (SIS0051): the same payment is not taken
// twice. Browsers come back to one address, whatever happened: what they bring is signed where the terminal is set so.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 || amount > mostMinor {
		return nil, payment.ErrUnfit
	}
	kind := typePayment
	if a.Config.Text("capture") == captureLater {
		kind = typeHold
	}
	parameters := map[string]string{
		"DS_MERCHANT_AMOUNT":             strconv.FormatInt(amount, 10),
		"DS_MERCHANT_CURRENCY":           r.Payment.Amount.Currency().Number(),
		"DS_MERCHANT_ORDER":              r.Payment.Ref,
		"DS_MERCHANT_MERCHANTCODE":       a.Config.Text("merchant"),
		"DS_MERCHANT_TERMINAL":           number(a.Config.Text("terminal")),
		"DS_MERCHANT_TRANSACTIONTYPE":    kind,
		"DS_MERCHANT_CONSUMERLANGUAGE":   languages[g.brand.Speaks(r.Locale)],
		"DS_MERCHANT_PRODUCTDESCRIPTION": printable(r.OrderNumber, mostOrderText),
		"DS_MERCHANT_MERCHANTNAME":       printable(r.ShopName, mostName),
		"DS_MERCHANT_MERCHANTURL":        r.NotifyURL,
		"DS_MERCHANT_URLOK":              r.ReturnURL,
		"DS_MERCHANT_URLKO":              r.ReturnURL,
	}
	for name, value := range parameters {
		if value == "" {
			delete(parameters, name)
		}
	}
	e, err := seal(a, r.Payment.Ref, parameters)
	if err != nil {
		return nil, err
	}
	return payment.FormPost{
		URL: g.calls.At(Family, g.brand.Hosts(r.Payment.Test, sis)[0], "/sis/realizarPago"),
		Fields: []payment.FormField{
			{Name: fieldVersion, Value: e.Version},
			{Name: fieldParameters, Value: e.Parameters},
			{Name: fieldSignature, Value: e.Signature},
		},
	}, nil
}

// printable is a text of at most so many characters, without those nobody sees.
func printable(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), most)]))
}
