package bluepaid

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// Notice is the confirmation.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	currency, err := money.ParseCurrency(s.Currency)
	if err != nil {
		return bank.Letter{}, err
	}
	secret := s.Contract.Key
	if s.Forged {
		secret = rand.Text()
	}
	asked := s.Payment.Request
	fields := [][2]string{
		{"id_boutique", s.Merchant}, {"id_client", s.Ref}, {"divers", asked.Fields["divers"]}, {"etat", "ok"}, {"id_trans", number(s)},
		{"montant", strings.Replace(money.FromMinor(s.Amount, currency).String(), ".", ",", 1)}, {"devise", currency.Code()}, {"langue", asked.Fields["langue"]},
		{"mode", ""},
	}
	set := func(name, value string) {
		for i := range fields {
			if fields[i][0] == name {
				fields[i][1] = value
			}
		}
	}
	if s.Mode == "test" {
		set("mode", "test")
	}
	switch s.Message.Event {
	case bank.Refused:
		set("etat", "ko")
	case bank.Refunded:
		set("mode", "r")
	}
	pairs := make([]string, len(fields))
	for i, f := range fields {
		pairs[i] = f[0] + "=" + url.QueryEscape(f[1])
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{URL: asked.Notify + "?secret=" + secret, Header: h, Body: []byte(strings.Join(pairs, "&"))}, nil
}

// number is a transaction's: a refund is one of its own, and every try of a card as well.
func number(s bank.Saying) string {
	_, event, _ := strings.Cut(s.ID, "-")
	return bank.NumberOf(s.Payment.Serial, 7) + event
}

// Heard is any answer of a shop that has heard.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status == http.StatusOK && a.Body == "OK"
}

// Back is url_retour_ok, or url_retour_stop for a buyer who did not pay.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	if s.Event.Kind == bank.Paid {
		return bank.Way{URL: s.Payment.Request.Return}, nil
	}
	return bank.Way{URL: s.Payment.Request.Fields["stop"]}, nil
}
