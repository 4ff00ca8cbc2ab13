package testbank

import (
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// open is section 3.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	v := r.Form
	m, ok := t.Merchant(v.Get("pb_merchant"))
	key, err := hex.DecodeString(m.Key)
	if !ok || err != nil || !once(v) || !hmac.Equal([]byte(macOf(key, v)), []byte(v.Get("pb_mac"))) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := readRequest(t, v)
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	p, err := t.Open(q)
	switch {
	case errors.Is(err, bank.ErrClash):
		t.Refuse(w, r, http.StatusBadRequest, "clash")
	case err != nil:
		t.Broken(w, err)
	default:
		http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
	}
}

// once tells that no field of the protocol was given twice.
func once(v url.Values) bool {
	for name, values := range v {
		if strings.HasPrefix(name, "pb_") && len(values) != 1 {
			return false
		}
	}
	return true
}

var (
	refShape    = regexp.MustCompile(`^[A-Za-z0-9-]{1,40}$`)
	amountShape = regexp.MustCompile(`^[1-9][0-9]{0,14}$`)
)

// maxShown bounds the texts of a shop that a buyer is shown, in characters.
const maxShown = 60

// readRequest names the first thing that is wrong: the end of a key "refused.<problem>".
func readRequest(t *bank.Teller, v url.Values) (bank.Request, string) {
	q := bank.Request{Merchant: v.Get("pb_merchant"), Mode: v.Get("pb_mode"), Ref: v.Get("pb_ref"), Currency: v.Get("pb_currency"),
		Capture: v.Get("pb_capture"), Order: v.Get("pb_order"), Shop: strings.TrimSpace(v.Get("pb_shop")), Locale: v.Get("pb_locale"), Return: v.Get("pb_return"), Notify: v.Get("pb_notify")}
	seconds, err := strconv.ParseInt(v.Get("pb_time"), 10, 64)
	if err != nil || t.Now().Sub(time.Unix(seconds, 0)).Abs() > openWindow {
		return q, "time"
	}
	if _, err := money.ParseCurrency(q.Currency); err != nil || !amountShape.MatchString(v.Get("pb_amount")) {
		return q, "amount"
	}
	if q.Amount, err = strconv.ParseInt(v.Get("pb_amount"), 10, 64); err != nil {
		return q, "amount"
	}
	switch {
	case v.Get("pb_version") != "1", q.Mode != "test" && q.Mode != "live", q.Capture != bank.Now && q.Capture != bank.Later,
		!refShape.MatchString(q.Ref), tooLong(q.Order), tooLong(q.Shop):
		return q, "fields"
	case !t.Browsable(q.Return):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	q.Locale = string(i18n.Match(q.Locale, i18n.Shipped))
	return q, ""
}

func tooLong(text string) bool { return utf8.RuneCountInString(text) > maxShown }
