package monetico

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// open is the form that opens a payment.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request, mode string) {
	v, told, once := read(r)
	if !once {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	notify := v["declared"]
	delete(v, "declared")
	m, ok := t.Merchant(v["TPE"])
	if !ok || m.Fields["societe"] != v["societe"] || !right(v, m.Key, told) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := readForm(t, v, m, mode, notify)
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

var reference = regexp.MustCompile(`^[0-9A-Za-z]{1,12}$`)

// readForm names the first thing that is wrong.
func readForm(t *bank.Teller, v map[string]string, m bank.Merchant, mode, notify string) (bank.Request, string) {
	q := bank.Request{Merchant: m.Number, Mode: mode, Ref: v["reference"], Order: v["texte-libre"], Capture: bank.Now, Locale: strings.ToLower(v["lgue"]),
		Return: v["url_retour_ok"], Notify: notify, Fields: map[string]string{"err": v["url_retour_err"], "libre": v["texte-libre"], "day": ""}}
	if m.Fields["capture"] == "later" {
		q.Capture = bank.Later
	}
	at, err := time.Parse("02/01/2006:15:04:05", v["date"])
	if err != nil || v["version"] != "3.0" || v["mail"] == "" || !reference.MatchString(q.Ref) || !contextual(v["contexte_commande"]) {
		return q, "fields"
	}
	q.Fields["day"] = at.Format("02/01/2006")
	if q.Amount, q.Currency, err = minor(v["montant"]); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case !t.Browsable(q.Return), !t.Browsable(q.Fields["err"]):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// contextual tells whether the order's context is there with an address of the bill.
func contextual(text string) bool {
	raw, err := base64.StdEncoding.DecodeString(text)
	var context struct {
		Billing struct{ AddressLine1, City, PostalCode, Country string }
	}
	return err == nil && json.Unmarshal(raw, &context) == nil && context.Billing.City != "" && len(context.Billing.Country) == 2
}

// minor reads an amount such as 24.80EUR.
func minor(text string) (int64, string, error) {
	if len(text) < 4 {
		return 0, "", errAmount
	}
	currency, err := money.ParseCurrency(text[len(text)-3:])
	if err != nil {
		return 0, "", err
	}
	a, err := money.Parse(text[:len(text)-3], currency)
	if err != nil {
		return 0, "", err
	}
	n, err := a.Minor()
	return n, currency.Code(), err
}

// written is the other way round.
func written(amount int64, code string) string {
	currency, err := money.ParseCurrency(code)
	if err != nil {
		return "0" + code
	}
	return money.FromMinor(amount, currency).String() + code
}
