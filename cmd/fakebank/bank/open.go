package bank

import (
	"crypto/hmac"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// openPayment is section 3 of the protocol.
func (b *Bank) openPayment(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		b.refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	v := r.Form
	_, key, ok := b.merchant(v.Get("pb_merchant"))
	if !ok || !once(v) || !hmac.Equal([]byte(macOf(key, v)), []byte(v.Get("pb_mac"))) {
		b.refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	req, problem := b.readRequest(v)
	if problem != "" {
		b.refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	p, err := b.open(req)
	switch {
	case errors.Is(err, errClash):
		b.refuse(w, r, http.StatusBadRequest, "clash")
	case err != nil:
		b.broken(w, err)
	default:
		http.Redirect(w, r, b.options.Base+"/pay/"+p.Token, http.StatusSeeOther)
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
func (b *Bank) readRequest(v url.Values) (Request, string) {
	q := Request{Merchant: v.Get("pb_merchant"), Mode: v.Get("pb_mode"), Ref: v.Get("pb_ref"), Currency: v.Get("pb_currency"),
		Capture: v.Get("pb_capture"), Order: v.Get("pb_order"), Shop: strings.TrimSpace(v.Get("pb_shop")), Locale: v.Get("pb_locale"), Return: v.Get("pb_return"), Notify: v.Get("pb_notify")}
	seconds, err := strconv.ParseInt(v.Get("pb_time"), 10, 64)
	if err != nil || b.options.Clock.Now().Sub(time.Unix(seconds, 0)).Abs() > openWindow {
		return Request{}, "time"
	}
	if _, err := money.ParseCurrency(q.Currency); err != nil || !amountShape.MatchString(v.Get("pb_amount")) {
		return Request{}, "amount"
	}
	if q.Amount, err = strconv.ParseInt(v.Get("pb_amount"), 10, 64); err != nil {
		return Request{}, "amount"
	}
	switch {
	case v.Get("pb_version") != "1", q.Mode != "test" && q.Mode != "live", q.Capture != "now" && q.Capture != "later",
		!refShape.MatchString(q.Ref), tooLong(q.Order), tooLong(q.Shop):
		return Request{}, "fields"
	case !browsable(q.Return):
		return Request{}, "return"
	case !b.allowed(q.Notify):
		return Request{}, "notify"
	}
	q.Locale = string(i18n.Match(q.Locale, i18n.Shipped))
	return q, ""
}

func tooLong(text string) bool { return utf8.RuneCountInString(text) > maxShown }
