package sips2

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// open is the form of Paypage POST.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	f := r.PostForm
	for _, name := range []string{"Data", "Seal", "InterfaceVersion"} {
		if len(f[name]) != 1 {
			t.Refuse(w, r, http.StatusBadRequest, "fields")
			return
		}
	}
	v, ok := fieldsOf(f.Get("Data"), f.Get("Encode"))
	if !ok || !strings.HasPrefix(f.Get("InterfaceVersion"), "HP_") {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	algorithm := f.Get("SealAlgorithm")
	if algorithm == "" {
		algorithm = algorithmSHA
	}
	m, known := t.Merchant(v["merchantId"])
	if !known || v["keyVersion"] != versionOf(m) || !good(algorithm, m.Key, f.Get("Data"), f.Get("Seal")) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := request(t, v, modeOf(r))
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	q.Fields["algorithm"], q.Fields["interface"] = algorithm, f.Get("InterfaceVersion")
	p, err := t.Open(q)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// fieldsOf reads Data. Each key may stand there once.
func fieldsOf(data, encode string) (map[string]string, bool) {
	var raw []byte
	var err error
	switch encode {
	case "":
		raw = []byte(data)
	case "base64":
		raw, err = base64.StdEncoding.DecodeString(data)
	case "base64url":
		raw, err = base64.URLEncoding.DecodeString(data)
	default:
		return nil, false
	}
	if err != nil || !utf8.Valid(raw) {
		return nil, false
	}
	v := map[string]string{}
	for _, part := range strings.Split(string(raw), "|") {
		key, value, found := strings.Cut(part, "=")
		if _, twice := v[key]; !found || twice {
			return nil, false
		}
		v[key] = value
	}
	return v, true
}

var (
	referenceShape = regexp.MustCompile(`^[A-Za-z0-9]{1,35}$`)
	orderShape     = regexp.MustCompile(`^[A-Za-z0-9_.+@ -]{0,32}$`)
	// restricted is what names and places may consist of.
	restricted   = regexp.MustCompile("^[\\p{L}\\p{M}\\p{N} \"'`_+.,@-]*$")
	countryShape = regexp.MustCompile(`^[A-Z]{3}$`)
)

// texts are the fields of free text and the most characters of each.
var texts = map[string]int{"city": 50, "street": 50, "addressAdditional1": 50, "addressAdditional2": 50, "zipCode": 10, "company": 50, "firstname": 50, "lastname": 50}

// shaped tells whether the fields of persons and places are of their forms.
func shaped(v map[string]string) bool {
	for key, value := range v {
		container, name, inside := strings.Cut(key, ".")
		if !inside {
			continue
		}
		most, text := texts[name]
		switch {
		case value == "", text && (utf8.RuneCountInString(value) > most || !restricted.MatchString(value)):
			return false
		case name == "country" && !countryShape.MatchString(value):
			return false
		case container == "":
			return false
		}
	}
	return true
}

// request names the first thing that is wrong.
func request(t *bank.Teller, v map[string]string, mode string) (bank.Request, string) {
	q := bank.Request{Merchant: v["merchantId"], Mode: mode, Ref: v["transactionReference"], Order: v["orderId"], Capture: bank.Now,
		Locale: v["customerLanguage"], Return: v["normalReturnUrl"], Notify: v["automaticResponseUrl"],
		Fields: map[string]string{"encoding": v["responseEncoding"], "context": v["returnContext"], "day": v["captureDay"], "capture": v["captureMode"]}}
	if q.Fields["capture"] == "" {
		q.Fields["capture"] = "AUTHOR_CAPTURE"
	}
	if q.Fields["capture"] == "VALIDATION" {
		q.Capture = bank.Later
	}
	currency, err := money.ParseNumber(v["currencyCode"])
	if err != nil {
		return q, "amount"
	}
	q.Currency = currency.Code()
	if q.Amount, err = strconv.ParseInt(v["amount"], 10, 64); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	day, err := strconv.Atoi("0" + v["captureDay"])
	switch {
	case err != nil, day > 99, !referenceShape.MatchString(q.Ref), !orderShape.MatchString(q.Order), !shaped(v), len(q.Return) > 512, len(q.Notify) > 512,
		q.Fields["encoding"] != "" && q.Fields["encoding"] != "base64" && q.Fields["encoding"] != "base64url":
		return q, "fields"
	case !t.Browsable(q.Return):
		return q, "return"
	case q.Notify != "" && !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// encoded writes Data as the form asked for it.
func encoded(data, encode string) string {
	switch encode {
	case "base64":
		return base64.StdEncoding.EncodeToString([]byte(data))
	case "base64url":
		return base64.URLEncoding.EncodeToString([]byte(data))
	}
	return data
}

// body is a form as it is posted.
func body(fields []bank.Field) []byte {
	var parts []string
	for _, f := range fields {
		parts = append(parts, f.Name+"="+url.QueryEscape(f.Value))
	}
	return []byte(strings.Join(parts, "&"))
}
