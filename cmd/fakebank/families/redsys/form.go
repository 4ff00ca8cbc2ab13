package redsys

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// parameters are Ds_MerchantParameters, by their names in capitals.
type parameters map[string]string

// request is what a shop sends, in a form or as JSON.
type request struct {
	Version    string `json:"Ds_SignatureVersion"`
	Parameters string `json:"Ds_MerchantParameters"`
	Signature  string `json:"Ds_Signature"`
}

// read decodes the parameters and checks who signed them. The problem is an error of the bank's, "" for none.
func (q request) read(t *bank.Teller) (v parameters, m bank.Merchant, problem string) {
	encoding := base64.StdEncoding
	if q.Version == algorithmV2 {
		encoding = base64.RawURLEncoding
	}
	raw, err := encoding.DecodeString(q.Parameters)
	if err != nil {
		return nil, m, "SIS0430"
	}
	v = parameters{}
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, m, "SIS0007"
	}
	m, known := t.Merchant(v["DS_MERCHANT_MERCHANTCODE"])
	switch {
	case !known, v["DS_MERCHANT_TERMINAL"] != terminalOf(m):
		return v, m, "SIS0026"
	case !good(q.Version, m.Key, v["DS_MERCHANT_ORDER"], q.Parameters, q.Signature):
		return v, m, "SIS0042"
	}
	return v, m, ""
}

// open is the form of realizarPago.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	f := request{r.PostForm.Get("Ds_SignatureVersion"), r.PostForm.Get("Ds_MerchantParameters"), r.PostForm.Get("Ds_Signature")}
	v, m, problem := f.read(t)
	switch problem {
	case "":
	case "SIS0042", "SIS0026":
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	default:
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	q, problem := payment(t, v, modeOf(r))
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	q.Fields["version"], q.Fields["terminal"] = f.Version, terminalOf(m)
	p, err := t.Open(q)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

var (
	orderShape    = regexp.MustCompile(`^[0-9]{4}[A-Za-z0-9]{0,8}$`)
	languageShape = regexp.MustCompile(`^0?(0[0-9]|1[0-3])$`)
)

// tongues are the languages of the pages we have, by the bank's numbers.
var tongues = map[string]string{"001": "es", "002": "en", "004": "fr", "005": "de"}

// payment names the first thing that is wrong.
func payment(t *bank.Teller, v parameters, mode string) (bank.Request, string) {
	q := bank.Request{Merchant: v["DS_MERCHANT_MERCHANTCODE"], Mode: mode, Ref: v["DS_MERCHANT_ORDER"], Order: v["DS_MERCHANT_PRODUCTDESCRIPTION"],
		Shop: v["DS_MERCHANT_MERCHANTNAME"], Capture: bank.Now, Locale: tongues[v["DS_MERCHANT_CONSUMERLANGUAGE"]],
		Return: v["DS_MERCHANT_URLOK"], Notify: v["DS_MERCHANT_MERCHANTURL"],
		Fields: map[string]string{"type": v["DS_MERCHANT_TRANSACTIONTYPE"], "ko": v["DS_MERCHANT_URLKO"], "language": v["DS_MERCHANT_CONSUMERLANGUAGE"]}}
	switch q.Fields["type"] {
	case "0":
	case "1":
		q.Capture = bank.Later
	default:
		return q, "fields"
	}
	var known bool
	if q.Currency, q.Amount, known = sum(v); !known {
		return q, "amount"
	}
	switch {
	case !orderShape.MatchString(q.Ref), len(q.Order) > 250, len([]rune(q.Shop)) > 25, len(q.Return) > 250, len(q.Notify) > 250,
		q.Fields["language"] != "" && !languageShape.MatchString(q.Fields["language"]):
		return q, "fields"
	case !t.Browsable(q.Return), !t.Browsable(q.Fields["ko"]):
		return q, "return"
	case q.Notify != "" && !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// sum is what a request is about: a currency and its minor units, more than none.
func sum(v parameters) (code string, units int64, ok bool) {
	currency, err := money.ParseNumber(v["DS_MERCHANT_CURRENCY"])
	if err != nil {
		return "", 0, false
	}
	units, err = strconv.ParseInt(v["DS_MERCHANT_AMOUNT"], 10, 64)
	return currency.Code(), units, err == nil && units > 0 && !strings.HasPrefix(v["DS_MERCHANT_AMOUNT"], "+")
}
