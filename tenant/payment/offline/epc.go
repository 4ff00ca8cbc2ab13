package offline

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The limits of the European Payments Council's guideline EPC069-12, "Quick Response Code:
// Guidelines to Enable the Data Capture for the Initiation of a SEPA Credit Transfer", version 2.1.
const (
	maxOwner  = 70
	maxRemit  = 140
	maxEPC    = 331 // bytes of the whole code
	epcMost   = "999999999.99"
	epcLeast  = "0.01"
	epcFields = 12
)

// epc is the content of the QR code that fills in a transfer in a banking app, or "" for a payment
// it cannot carry: it is for euros only.
func epc(config form.Values, r payment.Request) string {
	amount := r.Payment.Amount
	if amount.Currency() != money.EUR || amount.Decimal().LessThan(decimal.RequireFromString(epcLeast)) ||
		amount.Decimal().GreaterThan(decimal.RequireFromString(epcMost)) {
		return ""
	}
	fields := [epcFields]string{
		"BCD", // service tag
		"002", // version, in which the BIC may be left out
		"1",   // UTF-8
		"SCT", // SEPA credit transfer
		compact(config.Text("bic")),
		cut(config.Text("owner"), maxOwner),
		compact(config.Text("iban")),
		"EUR" + amount.String(),
		"", // purpose
		"", // structured reference, instead of the next
		cut(r.OrderNumber, maxRemit),
		"", // a note to the payer
	}
	text := strings.TrimRight(strings.Join(fields[:], "\n"), "\n")
	if len(text) > maxEPC {
		return ""
	}
	return text
}

// cut keeps the first characters of a text of one line.
func cut(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}
