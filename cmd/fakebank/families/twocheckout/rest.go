package twocheckout

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

var login = regexp.MustCompile(`^code="([0-9A-Za-z]+)" date="([0-9: -]{19})" hash="([0-9a-f]{64})" algo="sha3-256"$`)

// known tells who asks.
func known(t *bank.Teller, r *http.Request) (bank.Merchant, bool) {
	told := login.FindStringSubmatch(r.Header.Get("X-Avangate-Authentication"))
	if told == nil {
		return bank.Merchant{}, false
	}
	m, ok := t.Merchant(told[1])
	at, err := time.Parse("2006-01-02 15:04:05", told[2])
	if !ok || err != nil || t.Now().Sub(at).Abs() > 10*time.Minute {
		return bank.Merchant{}, false
	}
	return m, told[3] == hashed(newSHA3, m.Key, fmt.Sprintf("%d%s19%s", len(told[1]), told[1], told[2]))
}

// enter answers who may not ask, and what cannot be answered now.
func enter(t *bank.Teller, w http.ResponseWriter, r *http.Request, find func(bank.Merchant) (*bank.Payment, bool)) (*bank.Payment, bool) {
	m, ok := known(t, r)
	if !ok {
		if !t.Trouble(w, r, nil) {
			say(w, http.StatusUnauthorized, map[string]string{"error_code": "AUTHENTICATION_ERROR", "message": "Authentication needed for this resource"})
		}
		return nil, false
	}
	p, there := find(m)
	if t.Trouble(w, r, p) {
		return nil, false
	}
	if !there || len(p.Events) == 0 {
		p = nil // an order is made when the buyer pays, not before
	}
	return p, true
}

// search lists orders by the shop's reference.
func search(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p, ok := enter(t, w, r, func(m bank.Merchant) (*bank.Payment, bool) {
		if p, there := t.Find(m.Number, "live", q.Get("ExternalRefNo")); there {
			return p, true
		}
		p, there := t.Find(m.Number, "test", q.Get("ExternalRefNo"))
		return p, there && q.Get("IncludeTestOrders") != "NO"
	})
	if !ok {
		return
	}
	items := []any{}
	since, err := time.Parse(time.DateOnly, q.Get("StartDate"))
	if p != nil && err == nil && !p.Opened.Before(since) {
		items = append(items, written(p))
	}
	say(w, http.StatusOK, map[string]any{"Items": items, "Pagination": map[string]int{"Page": 1, "Limit": 10, "Count": len(items)}})
}

// numbered is the order of the path.
func numbered(t *bank.Teller, r *http.Request) func(bank.Merchant) (*bank.Payment, bool) {
	return func(m bank.Merchant) (*bank.Payment, bool) {
		n, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
		if err != nil {
			return nil, false
		}
		p, ok := t.FindSerial(n - 200_000_000)
		return p, ok && p.Request.Merchant == m.Number
	}
}

// get is one order.
func get(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	p, ok := enter(t, w, r, numbered(t, r))
	switch {
	case !ok:
	case p == nil:
		missing(w)
	default:
		say(w, http.StatusOK, written(p))
	}
}

// refund gives money back.
func refund(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	p, ok := enter(t, w, r, numbered(t, r))
	if !ok {
		return
	}
	if p == nil {
		missing(w)
		return
	}
	var q struct {
		Amount          json.Number
		Comment, Reason string
	}
	amount, err := int64(0), json.NewDecoder(r.Body).Decode(&q)
	if err == nil {
		amount, err = minor(q.Amount.String(), p.Request.Currency)
	}
	if err != nil || q.Reason == "" {
		say(w, http.StatusBadRequest, map[string]string{"error_code": "INVALID_DATA", "message": "Invalid refund"})
		return
	}
	switch _, _, err = t.Move(p, bank.Refund, amount, p.Request.Currency, ""); {
	case errors.Is(err, bank.ErrDeclined):
		say(w, http.StatusBadRequest, map[string]string{"error_code": "REFUND_NOT_POSSIBLE", "message": "Refund amount is too large"})
	case err != nil:
		t.Broken(w, err)
	default:
		say(w, http.StatusCreated, true)
	}
}

func minor(text, code string) (int64, error) {
	currency, err := money.ParseCurrency(code)
	if err != nil {
		return 0, err
	}
	a, err := money.Parse(text, currency)
	if err != nil {
		return 0, err
	}
	return a.Minor()
}

// written is an order as REST shows it: small letters in currencies, numbers in sums.
func written(p *bank.Payment) map[string]any {
	status, approved, sign := "PENDING", "OK", int64(1)
	switch e := p.Newest(); e.Kind {
	case bank.Paid:
		status = "COMPLETE"
	case bank.Refunded:
		status, sign = "REFUND", -1
	case bank.Refused:
		status, approved = "INVALID", "INVALIDDATA"
	case bank.Cancelled, bank.Expired:
		status = "CANCELED"
	}
	currency, err := money.ParseCurrency(p.Request.Currency)
	if err != nil {
		return nil
	}
	return map[string]any{"RefNo": number(p), "ExternalReference": p.Request.Ref, "Status": status, "ApproveStatus": approved,
		"Currency": strings.ToLower(currency.Code()), "GrossPrice": json.Number(money.FromMinor(sign*p.Request.Amount, currency).String()),
		"TestOrder": p.Request.Mode == "test"}
}

func missing(w http.ResponseWriter) {
	say(w, http.StatusNotFound, map[string]string{"error_code": "ORDER_NOT_FOUND", "message": "Order not found"})
}

func say(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what) // whoever asked has gone
}
