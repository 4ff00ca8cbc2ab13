package klikandpay

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// Notice is the dynamic return.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	currency, err := money.ParseCurrency(s.Currency)
	if err != nil {
		return bank.Letter{}, err
	}
	secret := s.Contract.Key
	if s.Forged {
		secret = rand.Text()
	}
	variables := [][2]string{
		{"RESPONSE", response(s.Message.Event)}, {"NUMXKP", bank.NumberOf(s.Payment.Serial, 8)}, {"PAIEMENT", "CB"},
		{"MONTANTXKP", money.FromMinor(s.Amount, currency).String()}, {"DEVISEXKP", currency.Code()}, {"IPXKP", "127.0.0.1"}, {"PAYSRXKP", "FR"},
		{"SCOREXKP", "1"}, {"PAYSBXKP", "FR"},
	}
	var b strings.Builder
	b.WriteString(s.Payment.Request.Notify + "?secret=" + secret + "&order=" + s.Payment.Request.Fields["retour"])
	for _, v := range variables {
		b.WriteString("&" + v[0] + "=" + url.QueryEscape(v[1]))
	}
	return bank.Letter{Method: http.MethodGet, URL: b.String()}, nil
}

func response(k bank.Kind) string {
	switch k {
	case bank.Refused:
		return "REFUSED"
	case bank.Cancelled:
		return "CANCELED"
	default:
		return "00"
	}
}

// Heard is what the bank is told by a shop that has heard it.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status == http.StatusOK && a.Body == "OK"
}

// Back is the declared host and RETOURVOK, or RETOURVHS for a buyer who did not pay.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	if s.Event.Kind == bank.Paid {
		return bank.Way{URL: s.Payment.Request.Return}, nil
	}
	return bank.Way{URL: s.Payment.Request.Fields["refused"]}, nil
}
