package twocheckout

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strconv"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// open is a buy link.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	m, ok := t.Merchant(v.Get("merchant"))
	if !ok || !signedBy(m.Fields["word"], v) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := readLink(t, v, m)
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

// unsigned are the parameters no signature covers; all others are taken for signed.
var unsigned = map[string]bool{"merchant": true, "dynamic": true, "language": true, "name": true, "email": true, "country": true, "address": true, "zip": true,
	"city": true, "phone": true, "test": true, "signature": true, "declared": true}

// signedBy builds the text anew: each value behind its length in bytes, by the names in their order.
func signedBy(word string, v url.Values) bool {
	var names []string
	for name, values := range v {
		if len(values) != 1 {
			return false
		}
		if !unsigned[name] {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	h := hmac.New(sha256.New, []byte(word))
	for _, name := range names {
		_, _ = fmt.Fprintf(h, "%d%s", len(v.Get(name)), v.Get(name))
	}
	return hmac.Equal([]byte(hex.EncodeToString(h.Sum(nil))), []byte(v.Get("signature")))
}

var price = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// readLink names the first thing that is wrong.
func readLink(t *bank.Teller, v url.Values, m bank.Merchant) (bank.Request, string) {
	q := bank.Request{Merchant: m.Number, Mode: "live", Ref: v.Get("order-ext-ref"), Currency: v.Get("currency"), Order: v.Get("prod"), Capture: bank.Now,
		Locale: v.Get("language"), Return: v.Get("return-url"), Notify: v.Get("declared"), Fields: map[string]string{"prod": v.Get("prod")}}
	if v.Get("test") == "1" {
		q.Mode = "test"
	}
	for name, want := range map[string]string{"dynamic": "1", "qty": "1", "type": "PRODUCT", "tangible": "0", "return-type": "redirect"} {
		if v.Get(name) != want {
			return q, "fields"
		}
	}
	if q.Ref == "" || q.Order == "" {
		return q, "fields"
	}
	if until, err := strconv.ParseInt(v.Get("expiration"), 10, 64); err != nil || until < t.Now().Unix() {
		return q, "time"
	}
	currency, err := money.ParseCurrency(q.Currency)
	if err != nil || !price.MatchString(v.Get("price")) {
		return q, "amount"
	}
	amount, err := money.Parse(v.Get("price"), currency)
	if err != nil {
		return q, "amount"
	}
	if q.Amount, err = amount.Minor(); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case !t.Browsable(q.Return):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// Back is return-url with the order's number.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to := s.Payment.Request.Return
	if u, err := url.Parse(to); err != nil || u.RawQuery == "" {
		return bank.Way{URL: to + "?refno=" + number(s.Payment)}, err
	}
	return bank.Way{URL: to + "&refno=" + number(s.Payment)}, nil
}
