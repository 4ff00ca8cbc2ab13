package klikandpay

import (
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// open is the form that opens a payment.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request, mode string) {
	if err := r.ParseForm(); err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	m, ok := t.Merchant(r.PostForm.Get("ID"))
	if !ok {
		t.Refuse(w, r, http.StatusForbidden, "fields")
		return
	}
	q, problem := readForm(t, r, m, mode)
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	p, err := t.Open(q)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

var montant = regexp.MustCompile(`^[0-9]+\.[0-9]{2}$`)

// readForm names the first thing that is wrong. A payment is known by what RETOUR has before a full stop.
func readForm(t *bank.Teller, r *http.Request, m bank.Merchant, mode string) (bank.Request, string) {
	v := r.PostForm
	ref, _, _ := strings.Cut(v.Get("RETOUR"), ".")
	q := bank.Request{Merchant: m.Number, Mode: mode, Ref: ref, Currency: m.Fields["currency"], Order: v.Get("DETAIL"), Capture: bank.Now,
		Locale: strings.ToLower(v.Get("L")), Return: v.Get("declared_shop") + v.Get("RETOURVOK"), Notify: v.Get("declared"),
		Fields: map[string]string{"refused": v.Get("declared_shop") + v.Get("RETOURVHS"), "retour": v.Get("RETOUR")}}
	for _, name := range []string{"NOM", "ADRESSE", "CODEPOSTAL", "VILLE", "PAYS", "EMAIL", "RETOUR"} {
		if len(v[name]) != 1 || v.Get(name) == "" {
			return q, "fields"
		}
	}
	currency, err := money.ParseCurrency(q.Currency)
	if err != nil || !montant.MatchString(v.Get("MONTANT")) {
		return q, "amount"
	}
	amount, err := money.Parse(v.Get("MONTANT"), currency)
	if err != nil {
		return q, "amount"
	}
	if q.Amount, err = amount.Minor(); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case !t.Browsable(q.Return), !t.Browsable(q.Fields["refused"]):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}
