package stripe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// desk answers one call.
type desk struct {
	t        *bank.Teller
	w        http.ResponseWriter
	r        *http.Request
	merchant bank.Merchant
	mode     string
	form     url.Values
}

// known tells whose key it is, and of which mode, and reads what was asked.
func (d *desk) known() bool {
	key, bearer := strings.CutPrefix(d.r.Header.Get("Authorization"), "Bearer ")
	for mode, name := range map[string]string{"test": "secret", "live": "secret_live"} {
		if m, ok := d.t.MerchantWith(name, key); ok && bearer {
			d.merchant, d.mode = m, mode
		}
	}
	if d.mode == "" {
		if !d.t.Trouble(d.w, d.r, nil) {
			d.fail(http.StatusUnauthorized, "invalid_request_error", "", "Invalid API Key provided")
		}
		return false
	}
	if d.r.Header.Get("Stripe-Version") != "2023-10-16" {
		d.fail(http.StatusBadRequest, "invalid_request_error", "", "this pretend Stripe knows version 2023-10-16 only")
		return false
	}
	if err := d.r.ParseForm(); err != nil {
		d.fail(http.StatusBadRequest, "invalid_request_error", "", err.Error())
		return false
	}
	if d.form = d.r.Form; d.r.Method == http.MethodPost {
		d.form = d.r.PostForm
	}
	return true
}

// index is the number of an element of a list in the name of a parameter.
var index = regexp.MustCompile(`\[[0-9]+\]`)

// free is metadata, which may have any name.
var free = regexp.MustCompile(`^(metadata|payment_intent_data\[metadata\])\[.+\]$`)

// only refuses parameters nobody knows, and those given twice.
func (d *desk) only(names ...string) bool {
	allowed := map[string]bool{}
	for _, name := range names {
		allowed[name] = true
	}
	for name, values := range d.form {
		shape := index.ReplaceAllString(name, "[]")
		shape = free.ReplaceAllString(shape, "$1")
		if !allowed[shape] || len(values) != 1 {
			d.fail(http.StatusBadRequest, "invalid_request_error", "parameter_unknown", "Received unknown parameter: "+name)
			return false
		}
	}
	return true
}

// number is a parameter that counts something, at least 1.
func (d *desk) number(name string) (int64, bool) {
	n, err := strconv.ParseInt(d.form.Get(name), 10, 64)
	if err != nil || n < 1 {
		d.fail(http.StatusBadRequest, "invalid_request_error", "parameter_invalid_integer", "Invalid integer: "+name)
		return 0, false
	}
	return n, true
}

// digest is what was asked, by which a key used for something else is known.
func (d *desk) digest() string {
	sum := sha256.Sum256([]byte(d.form.Encode()))
	return hex.EncodeToString(sum[:])
}

func (d *desk) live() bool { return d.mode == "live" }

// ours tells that a payment is the account's, and of the mode of the key.
func (d *desk) ours(p *bank.Payment, ok bool) bool {
	return ok && p.Request.Merchant == d.merchant.Number && p.Request.Mode == d.mode
}

func (d *desk) answer(what any) {
	d.w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(d.w).Encode(what)
}

func (d *desk) fail(status int, kind, code, message string) {
	problem := map[string]any{"type": kind, "message": message}
	if code != "" {
		problem["code"] = code
	}
	d.w.Header().Set("Content-Type", "application/json")
	d.w.WriteHeader(status)
	_ = json.NewEncoder(d.w).Encode(map[string]any{"error": problem})
}

// failed tells that a card was refused, with the intent that says why.
func (d *desk) failed(p *bank.Payment) {
	i := d.intent(p)
	problem := object{"payment_intent": i}
	if last, ok := i["last_payment_error"].(object); ok {
		for name, value := range last {
			problem[name] = value
		}
	}
	d.w.Header().Set("Content-Type", "application/json")
	d.w.WriteHeader(http.StatusPaymentRequired)
	_ = json.NewEncoder(d.w).Encode(object{"error": problem})
}

func (d *desk) missing(what string) {
	d.fail(http.StatusNotFound, "invalid_request_error", "resource_missing", "No such "+what)
}

// moved tells what came of a move.
func (d *desk) moved(err error, code string) bool {
	switch {
	case errors.Is(err, bank.ErrDeclined):
		d.fail(http.StatusBadRequest, "invalid_request_error", code, "not possible in this state, or for this amount")
	case err != nil:
		d.t.Broken(d.w, err)
	}
	return err == nil
}
