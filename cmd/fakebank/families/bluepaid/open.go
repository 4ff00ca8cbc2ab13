package bluepaid

import (
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// open is the form that opens a payment.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	m, ok := t.Merchant(r.PostForm.Get("id_boutique"))
	if !ok {
		t.Refuse(w, r, http.StatusForbidden, "fields")
		return
	}
	q, problem := readForm(t, r, m)
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

var montant = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// readForm names the first thing that is wrong.
func readForm(t *bank.Teller, r *http.Request, m bank.Merchant) (bank.Request, string) {
	v := r.PostForm
	q := bank.Request{Merchant: m.Number, Mode: "test", Ref: v.Get("id_client"), Currency: v.Get("devise"), Capture: bank.Now, Locale: strings.ToLower(v.Get("langue")),
		Return: "http://" + v.Get("url_retour_ok"), Notify: v.Get("declared"),
		Fields: map[string]string{"stop": "http://" + v.Get("url_retour_stop"), "divers": v.Get("divers"), "langue": v.Get("langue")}}
	if m.Fields["mode"] == "live" {
		q.Mode = "live"
	}
	if q.Ref == "" || v.Get("email_client") == "" || strings.Contains(v.Get("url_retour_ok")+v.Get("url_retour_stop"), "://") {
		return q, "fields"
	}
	currency, err := money.ParseCurrency(q.Currency)
	if err != nil || !montant.MatchString(v.Get("montant")) {
		return q, "amount"
	}
	amount, err := money.Parse(v.Get("montant"), currency)
	if err != nil {
		return q, "amount"
	}
	if q.Amount, err = amount.Minor(); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case !t.Browsable(q.Return), !t.Browsable(q.Fields["stop"]):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}
