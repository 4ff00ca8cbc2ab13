package lyra

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // shops of old sign with it
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

const prefix = "vads_"

// sign is the signature over fields, in the way of the contract.
func sign(m bank.Merchant, key string, fields map[string]string) string {
	var names []string
	for name := range fields {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	text := ""
	for _, name := range names {
		text += fields[name] + "+"
	}
	text += key
	if m.Fields["hash"] == "SHA-1" {
		sum := sha1.Sum([]byte(text)) //nolint:gosec // see above
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// open is the form that opens a payment.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if r.ParseForm() != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	v := map[string]string{}
	for name, values := range r.PostForm {
		if len(values) != 1 {
			t.Refuse(w, r, http.StatusBadRequest, "fields")
			return
		}
		v[name] = values[0]
	}
	m, ok := t.Merchant(v["vads_site_id"])
	key := keyOf(m, modes[v["vads_ctx_mode"]])
	if !ok || key == "" || !hmac.Equal([]byte(sign(m, key, v)), []byte(v["signature"])) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := readForm(t, v)
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	p, err := t.Open(q)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	if p.Request.Fields["vads_trans_id"] != v["vads_trans_id"] && p.Captured > 0 {
		// The real one would take the money again: another number is another payment of the same order.
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// fixed are the fields that have one value here.
var fixed = map[string]string{"vads_action_mode": "INTERACTIVE", "vads_version": "V2", "vads_payment_config": "SINGLE"}

// shapes are those of the data dictionary, of what may be sent.
var shapes = map[string]*regexp.Regexp{
	"vads_trans_id": regexp.MustCompile(`^[0-9A-Za-z]{6}$`), "vads_trans_date": regexp.MustCompile(`^[0-9]{14}$`), "vads_amount": regexp.MustCompile(`^[0-9]{1,12}$`),
	"vads_order_id": regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`), "vads_cust_country": regexp.MustCompile(`^([A-Z]{2})?$`), "vads_ship_to_country": regexp.MustCompile(`^([A-Z]{2})?$`),
	"vads_page_action": regexp.MustCompile(`^(PAYMENT|REGISTER_PAY)$`), "vads_identifier": regexp.MustCompile(`^([0-9a-f]{32})?$`),
	"vads_validation_mode": regexp.MustCompile(`^[01]?$`), "vads_capture_delay": regexp.MustCompile(`^[0-9]{0,3}$`), "vads_return_mode": regexp.MustCompile(`^(GET|POST|NONE)?$`),
}

// readForm names the first thing that is wrong.
func readForm(t *bank.Teller, v map[string]string) (bank.Request, string) {
	q := bank.Request{Merchant: v["vads_site_id"], Mode: modes[v["vads_ctx_mode"]], Ref: v["vads_order_id"], Order: v["vads_order_info"],
		Shop: v["vads_shop_name"], Capture: bank.Now, Locale: v["vads_language"], Return: v["vads_url_return"], Notify: v["vads_url_check"], Fields: map[string]string{}}
	for name, value := range v {
		if strings.HasPrefix(name, prefix) {
			q.Fields[name] = value
		}
		if strings.ContainsAny(value, "<>") {
			return q, "fields"
		}
	}
	for name, want := range fixed {
		if v[name] != want {
			return q, "fields"
		}
	}
	for name, shape := range shapes {
		if !shape.MatchString(v[name]) {
			return q, "fields"
		}
	}
	if at, err := time.Parse("20060102150405", v["vads_trans_date"]); err != nil || t.Now().Sub(at).Abs() > 24*time.Hour {
		return q, "time"
	}
	if v["vads_validation_mode"] == "1" {
		q.Capture = bank.Later
	}
	currency, err := money.ParseNumber(v["vads_currency"])
	if err != nil {
		return q, "amount"
	}
	q.Currency = currency.Code()
	if q.Amount, err = strconv.ParseInt(v["vads_amount"], 10, 64); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case v["vads_page_action"] == keepAction && v["vads_cust_email"] == "", v["vads_identifier"] != "" && !knows(t, q, v["vads_identifier"]):
		return q, "fields"
	case !t.Browsable(q.Return), v["vads_url_cancel"] != "" && !t.Browsable(v["vads_url_cancel"]):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// encode writes fields as a form, in the order of their names.
func encode(fields map[string]string) string {
	v := url.Values{}
	for name, value := range fields {
		v.Set(name, value)
	}
	return v.Encode()
}
