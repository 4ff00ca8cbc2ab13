package lyra

import (
	"crypto/hmac"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// krypton stands in for the script that puts the fields on a shop's page: a frame with the hosted page in it.
//
//go:embed krypton.js
var krypton []byte

// own marks payments opened for fields on the shop's page, whose answers are those of REST.
const own = "fields"

// fields adds what a shop's own page loads.
func fields(mux *http.ServeMux, t *bank.Teller) {
	const js = "/{host}/static/js/krypton-client/V4.0/"
	mux.HandleFunc("GET "+js+"stable/kr-payment-form.min.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		_, _ = w.Write(krypton)
	})
	mux.HandleFunc("GET "+js+"ext/classic-reset.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		_, _ = w.Write([]byte(".kr-embedded iframe{width:100%;height:44rem;border:0}"))
	})
	mux.HandleFunc("GET /{host}/fields", func(w http.ResponseWriter, r *http.Request) { frame(t, w, r) })
}

// frame is the address of the frame: it says which shop's script asks, for which token, and where to go afterwards.
func frame(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p, ok := t.FindToken(q.Get("token"))
	if !ok {
		t.Refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	m, _ := t.Merchant(p.Request.Merchant)
	switch {
	case p.Request.Fields[own] == "", q.Get("key") == "", q.Get("key") != m.Fields[map[string]string{"test": "public", "live": "public_live"}[p.Request.Mode]]:
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	case !t.Browsable(q.Get("return")):
		t.Refuse(w, r, http.StatusBadRequest, "return")
		return
	}
	if err := t.Note(p, "return", q.Get("return")); err != nil {
		t.Broken(w, err)
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// create is Charge/CreatePayment.
func (d *desk) create(q question) {
	if q.Amount == nil || *q.Amount <= 0 || q.OrderID == "" || !d.t.Callable(q.Notify) {
		d.fail("INT_902", "web-service input data validation error")
		return
	}
	request := bank.Request{Merchant: d.merchant.Number, Mode: d.mode, Ref: q.OrderID, Order: q.OrderID, Amount: *q.Amount, Currency: q.Currency, Capture: bank.Now,
		Locale: q.Customer.Billing.Language, Return: "", Notify: q.Notify, Framed: true, Fields: map[string]string{own: "yes", "vads_page_action": q.Action}}
	if q.Token != "" && !knows(d.t, request, q.Token) {
		d.fail("PSP_030", "payment token not found")
		return
	}
	if q.Action == keepAction && q.Customer.Email == "" {
		d.fail("INT_902", "customer.email is missing")
		return
	}
	if q.Options.Card.Manual == "YES" {
		request.Capture = bank.Later
	}
	if q.Action == silentAction {
		d.silent(request, q.Token)
		return
	}
	p, err := d.t.Open(request)
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if err != nil {
		d.fail("INT_902", "the order has another amount")
		return
	}
	d.answer(map[string]any{"formToken": p.Token, "_type": "V4/Charge/PaymentForm"})
}

// told is a V4/Payment about an event, as kr-answer has it.
func told(s bank.Saying) string {
	order := map[string]any{"orderId": s.Ref, "orderTotalAmount": s.Payment.Request.Amount, "orderCurrency": s.Currency, "mode": ctx(s.Mode), "_type": "V4/OrderDetails"}
	answer := map[string]any{"shopId": s.Merchant, "orderCycle": "CLOSED", "orderStatus": "ABANDONED", "serverDate": s.Now.UTC().Format(time.RFC3339),
		"orderDetails": order, "transactions": []any{}, "_type": "V4/Payment"}
	if id := transaction(s.Payment, s.ID, s.Message.Event); id != "" {
		detailed, operation := status(s.Payment, s.Message.Event), "DEBIT"
		code, why := refusal(s.Message.Event == bank.Refused, s.Reason)
		if s.Message.Event == bank.Refunded {
			operation = "CREDIT"
		}
		answer["orderStatus"] = simple(detailed)
		token := any(nil)
		if kept(s.Payment) {
			token = tokenOf(s.Payment)
		}
		answer["transactions"] = []any{map[string]any{
			"paymentMethodToken": token,
			"shopId":             s.Merchant, "uuid": id, "amount": s.Amount, "currency": s.Currency, "paymentMethodType": "CARD", "status": simple(detailed),
			"detailedStatus": detailed, "operationType": operation, "errorCode": code, "detailedErrorCode": why, "orderDetails": order,
			"transactionDetails": map[string]any{"cardDetails": cardOf(s.Payment)}, "_type": "V4/PaymentTransaction",
		}}
	}
	text, err := json.Marshal(answer)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(text)
}

// enclosed is an answer under the key of that name.
func enclosed(s bank.Saying, name, key string) map[string]string {
	if s.Forged {
		key = nobody
	}
	answer := told(s)
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = fmt.Fprint(mac, answer)
	return map[string]string{"kr-answer": answer, "kr-answer-type": "V4/Payment", "kr-hash": hex.EncodeToString(mac.Sum(nil)), "kr-hash-algorithm": "sha256_hmac",
		"kr-hash-key": name}
}

// field is one of a contract's for the mode of a payment.
func field(s bank.Saying, name string) string {
	if s.Mode == "live" {
		name += "_live"
	}
	return s.Contract.Fields[name]
}

// restNotice is the notice of REST.
func restNotice(s bank.Saying) bank.Letter {
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
	return bank.Letter{Header: h, Body: []byte(encode(enclosed(s, "password", field(s, "password"))))}
}

// restBack is what the shop's page posts when the fields are done.
func restBack(s bank.Saying) (bank.Way, error) {
	way := bank.Way{URL: s.Payment.Notes["return"]}
	if way.URL == "" {
		return way, fmt.Errorf("payment %s was never shown", s.Payment.Number)
	}
	for name, value := range enclosed(s, "sha256_hmac", field(s, "return")) {
		way.Fields = append(way.Fields, bank.Field{Name: name, Value: value})
	}
	return way, nil
}
