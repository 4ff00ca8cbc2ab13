package monetico

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// Notice is the call to the declared address.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	fields := map[string]string{
		"TPE": s.Merchant, "date": time.Unix(s.Time, 0).UTC().Format("02/01/2006_a_15:04:05"), "montant": written(s.Amount, s.Currency),
		"reference": s.Ref, "texte-libre": s.Payment.Request.Fields["libre"], "cvx": "oui", "vld": "1230", "brand": "CB", "cbmasquee": "123456******" + bank.Last(s.Payment.Tried(), 4), "originecb": "FRA",
		"bincb": "000003", "hpancb": "6FF1313F3B6FE9B053B21CBDEE516603CB8CF01E", "ipclient": "127.0.0.1", "originetr": "FRA", "modepaiement": "CB",
		"code-retour": "paiement",
	}
	switch {
	case s.Message.Event == bank.Refused:
		fields["code-retour"], fields["motifrefus"] = "Annulation", "Refus"
		if s.Reason == "authentication" {
			fields["motifrefus"] = "3DSecure"
		}
	default:
		fields["numauto"] = authorisation(s.Payment)
		if s.Mode == "test" {
			fields["code-retour"] = "payetest"
		}
	}
	mac, err := seal(fields, s.Contract.Key, s.Forged)
	if err != nil {
		return bank.Letter{}, err
	}
	body := url.Values{"MAC": {mac}}
	for name, value := range fields {
		body.Set(name, value)
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{Header: h, Body: []byte(body.Encode())}, nil
}

// authorisation is the number of the buyer's bank.
func authorisation(p *bank.Payment) string { return strconv.FormatInt(100_000+p.Serial%900_000, 10) }

// Heard is what a bank that has been heard is told.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status == http.StatusOK && a.Body == "version=2\ncdr=0\n"
}

// Back is url_retour_ok, or url_retour_err for a buyer who did not pay. Nothing is added to them.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	switch s.Event.Kind {
	case bank.Paid, bank.Authorised:
		return bank.Way{URL: s.Payment.Request.Return}, nil
	default:
		return bank.Way{URL: s.Payment.Request.Fields["err"]}, nil
	}
}
