package paypal

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// createOrder opens a payment, once for each PayPal-Request-Id.
func createOrder(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	m, ok := caller(t, r)
	if !ok {
		fail(w, http.StatusUnauthorized, "AUTHENTICATION_FAILURE", "")
		return
	}
	if t.Trouble(w, r, nil) {
		return
	}
	q, issue := readOrder(t, r, m)
	if issue != "" {
		impossible(w, issue)
		return
	}
	p, err := t.Open(q)
	switch {
	case errors.Is(err, bank.ErrClash), err == nil && p.Request.Fields["request"] != q.Fields["request"]:
		impossible(w, "DUPLICATE_INVOICE_ID")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, order(t, p))
	}
}

// readOrder names the first thing that is wrong.
func readOrder(t *bank.Teller, r *http.Request, m bank.Merchant) (bank.Request, string) {
	var o struct {
		Intent string `json:"intent"`
		Units  []struct {
			Amount      worth  `json:"amount"`
			Custom      string `json:"custom_id"`
			Invoice     string `json:"invoice_id"`
			Description string `json:"description"`
			Shipping    struct {
				Address struct {
					Country string `json:"country_code"`
				} `json:"address"`
			} `json:"shipping"`
		} `json:"purchase_units"`
		Context struct {
			Brand    string `json:"brand_name"`
			Locale   string `json:"locale"`
			Shipping string `json:"shipping_preference"`
			Action   string `json:"user_action"`
			Return   string `json:"return_url"`
			Cancel   string `json:"cancel_url"`
		} `json:"application_context"`
	}
	if json.NewDecoder(r.Body).Decode(&o) != nil || len(o.Units) != 1 || r.Header.Get("PayPal-Request-Id") == "" {
		return bank.Request{}, "MISSING_REQUIRED_PARAMETER"
	}
	u := o.Units[0]
	q := bank.Request{Merchant: m.Number, Mode: modeOf(r), Ref: u.Custom, Order: u.Description, Shop: o.Context.Brand, Capture: bank.Now, OnCall: true,
		Locale: strings.ToLower(o.Context.Locale[:min(2, len(o.Context.Locale))]), Return: o.Context.Return, Notify: r.Header.Get("Pretend-Notify"), Currency: u.Amount.Currency,
		Fields: map[string]string{"cancel": o.Context.Cancel, "request": r.Header.Get("PayPal-Request-Id"), "invoice": u.Invoice}}
	switch o.Intent {
	case "CAPTURE":
	case "AUTHORIZE":
		q.Capture = bank.Later
	default:
		return q, "INVALID_PARAMETER_VALUE"
	}
	var err error
	if q.Amount, err = u.Amount.minor(); err != nil {
		return q, "DECIMALS_NOT_SUPPORTED"
	}
	switch {
	case q.Ref == "" || len(q.Ref) > 127 || len(u.Invoice) > 127 || len(u.Description) > 127 || len(o.Context.Brand) > 127:
		return q, "INVALID_STRING_LENGTH"
	case o.Context.Shipping == "SET_PROVIDED_ADDRESS" && len(u.Shipping.Address.Country) != 2:
		return q, "MISSING_SHIPPING_ADDRESS"
	case o.Context.Action != "PAY_NOW", !t.Browsable(q.Return), !t.Browsable(o.Context.Cancel), !t.Callable(q.Notify):
		return q, "INVALID_PARAMETER_VALUE"
	}
	return q, ""
}

// checkout is the door of the hosted page.
func checkout(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("token")
	p, ok := serial(t, id)
	if !ok || orderID(p) != id || p.Request.Mode != modeOf(r) {
		t.Refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

func getOrder(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	if r.PathValue("id") != orderID(p) {
		fail(w, http.StatusNotFound, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
		return
	}
	reply(w, http.StatusOK, order(t, p))
}

// completeOrder captures or authorises what the buyer agreed to.
func completeOrder(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	want := map[string]string{bank.Now: "capture", bank.Later: "authorize"}[p.Request.Capture]
	if r.PathValue("id") != orderID(p) || r.PathValue("what") != want {
		impossible(w, "ACTION_DOES_NOT_MATCH_INTENT")
		return
	}
	before := p.Newest().Kind
	p, _, err := t.Move(p, bank.Complete, 0, "", r.Header.Get("PayPal-Request-Id"))
	switch {
	case errors.Is(err, bank.ErrDeclined) && (before == bank.Open || before == bank.Refused):
		impossible(w, "ORDER_NOT_APPROVED")
	case errors.Is(err, bank.ErrDeclined) && want == "capture":
		impossible(w, "ORDER_ALREADY_CAPTURED")
	case errors.Is(err, bank.ErrDeclined):
		impossible(w, "ORDER_ALREADY_AUTHORIZED")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, order(t, p))
	}
}

// status is that of an order.
func status(p *bank.Payment) string {
	switch p.Newest().Kind {
	case bank.Open, bank.Refused:
		return "CREATED"
	case bank.Approved:
		return "APPROVED"
	case bank.Cancelled, bank.Expired:
		if !held(p) {
			return "CREATED" // the buyer may come back as long as the order lives
		}
	}
	return "COMPLETED"
}

// held tells that there was an authorisation.
func held(p *bank.Payment) bool {
	for _, e := range p.Events {
		if e.Kind == bank.Authorised {
			return true
		}
	}
	return false
}

// order is the whole of it, as with Prefer: return=representation.
func order(t *bank.Teller, p *bank.Payment) map[string]any {
	var captures, authorizations []any
	for _, e := range p.Events {
		s := t.Truth(p, e)
		switch e.Kind {
		case bank.Paid, bank.Refused:
			captures = append(captures, capture(s))
		case bank.Authorised:
			authorizations = append(authorizations, authorization(s))
		}
	}
	intent, www, api := "CAPTURE", "www.paypal.com", "api-m.paypal.com"
	if p.Request.Capture == bank.Later {
		intent = "AUTHORIZE"
	}
	if p.Request.Mode == "test" {
		www, api = "www.sandbox.paypal.com", "api-m.sandbox.paypal.com"
	}
	id := orderID(p)
	unit := unit(t.Truth(p, p.Newest()))
	unit["amount"] = written(p.Request.Amount, p.Request.Currency)
	unit["payments"] = map[string]any{"captures": captures, "authorizations": authorizations}
	o := map[string]any{"id": id, "intent": intent, "status": status(p), "purchase_units": []any{unit}, "links": []any{
		map[string]any{"href": "https://" + api + "/v2/checkout/orders/" + id, "rel": "self", "method": "GET"},
		map[string]any{"href": "https://" + www + "/checkoutnow?token=" + id, "rel": "approve", "method": "GET"}}}
	if status(p) != "CREATED" {
		o["payer"] = map[string]any{"payer_id": payerID}
		o["payment_source"] = map[string]any{"card": map[string]any{"last_digits": bank.Last(p.Tried(), 4), "brand": "VISA", "type": "CREDIT", "expiry": "2031-08",
			"bin_details": map[string]any{"issuing_bank": "Banque de démo", "bin_country_code": "FR"}}}
	}
	return o
}

// unit is the one purchase unit of an order.
func unit(s bank.Saying) map[string]any {
	return map[string]any{"reference_id": "default", "amount": written(s.Amount, s.Currency), "custom_id": s.Ref, "invoice_id": s.Payment.Request.Fields["invoice"],
		"payee": map[string]any{"merchant_id": s.Merchant, "email_address": s.Contract.Fields["email"]}}
}
