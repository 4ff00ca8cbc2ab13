package lyra

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// question is what is asked by REST; each service uses a part of it.
type question struct {
	OrderID        string `json:"orderId"`
	UUID           string `json:"uuid"`
	Amount         *int64 `json:"amount"`
	Currency       string `json:"currency"`
	ResolutionMode string `json:"resolutionMode"`
	CardUpdate     *struct {
		Amount           int64  `json:"amount"`
		Currency         string `json:"currency"`
		ManualValidation string `json:"manualValidation"`
	} `json:"cardUpdate"`
	Notify   string `json:"ipnTargetUrl"`
	Action   string `json:"formAction"`
	Token    string `json:"paymentMethodToken"`
	Customer struct {
		Email   string `json:"email"`
		Billing struct {
			Language string `json:"language"`
		} `json:"billingDetails"`
	} `json:"customer"`
	Options struct {
		Card struct {
			Manual string `json:"manualValidation"`
		} `json:"cardOptions"`
	} `json:"transactionOptions"`
}

// desk answers one call.
type desk struct {
	t        *bank.Teller
	w        http.ResponseWriter
	r        *http.Request
	service  string
	merchant bank.Merchant
	mode     string
}

// rest answers REST V4.
func rest(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	d := desk{t: t, w: w, r: r, service: r.PathValue("object") + "/" + r.PathValue("service")}
	var q question
	if json.NewDecoder(r.Body).Decode(&q) != nil {
		d.fail("INT_902", "web-service input data validation error")
		return
	}
	if !d.known() {
		if !t.Trouble(w, r, nil) {
			d.fail("INT_905", "invalid shopId or password")
		}
		return
	}
	if d.service == "Charge/CreatePayment" {
		d.create(q)
		return
	}
	if d.service == "Token/Cancel" {
		d.cancelToken(q)
		return
	}
	p, ok := d.find(q)
	if t.Trouble(w, r, p) {
		return
	}
	if !ok {
		d.fail("PSP_010", "transaction not found")
		return
	}
	switch d.service {
	case "Order/Get":
		d.answer(map[string]any{"orderId": q.OrderID, "transactions": d.all(p), "_type": "V4/OrderTransactions"})
	case "Transaction/Get":
		d.get(p, q)
	case "Transaction/Validate":
		d.validate(p)
	case "Transaction/Update":
		d.update(p, q)
	case "Transaction/CancelOrRefund":
		d.cancelOrRefund(p, q)
	default:
		d.fail("INT_901", "unknown web-service")
	}
}

// known tells whose password it is, and of which mode.
func (d *desk) known() bool {
	number, password, _ := d.r.BasicAuth()
	m, ok := d.t.Merchant(number)
	d.merchant = m
	for mode, name := range map[string]string{"test": "password", "live": "password_live"} {
		if own := m.Fields[name]; ok && own != "" && subtle.ConstantTimeCompare([]byte(own), []byte(password)) == 1 {
			d.mode = mode
			return true
		}
	}
	return false
}

// find is the payment a question is about: one the buyer has done nothing with makes no transaction.
func (d *desk) find(q question) (*bank.Payment, bool) {
	if d.service == "Order/Get" {
		p, ok := d.t.Find(d.merchant.Number, d.mode, q.OrderID)
		return p, ok && len(d.all(p)) > 0
	}
	if len(q.UUID) != 32 {
		return nil, false
	}
	serial, err := strconv.ParseInt(q.UUID[:8], 16, 64)
	if err != nil {
		return nil, false
	}
	p, ok := d.t.FindSerial(serial)
	if !ok || p.Request.Merchant != d.merchant.Number || p.Request.Mode != d.mode {
		return nil, false
	}
	for _, one := range d.all(p) {
		if one["uuid"] == q.UUID {
			return p, true
		}
	}
	return p, false
}

// night tells that this bank has not yet taken what was authorised.
func (d *desk) night() bool { return d.merchant.Fields["remit"] == "night" }

// state is the detailed status of the debit.
func (d *desk) state(p *bank.Payment) string {
	switch {
	case !held(p):
		return ""
	case p.Captured > 0 && !d.night():
		return "CAPTURED"
	case p.Captured > p.Refunded:
		return "AUTHORISED"
	case p.Newest().Kind == bank.Authorised:
		return "AUTHORISED_TO_VALIDATE"
	}
	return "CANCELLED"
}

// simple is the status that goes with a detailed one.
func simple(detailed string) string {
	switch detailed {
	case "CAPTURED", "AUTHORISED":
		return "PAID"
	case "AUTHORISED_TO_VALIDATE":
		return "RUNNING"
	}
	return "UNPAID"
}

// all are the transactions of a payment.
func (d *desk) all(p *bank.Payment) []map[string]any {
	var list []map[string]any
	if p == nil {
		return list
	}
	for _, e := range p.Events {
		switch e.Kind {
		case bank.Refused:
			list = append(list, d.transaction(p, uuid(p, e.ID), "DEBIT", "REFUSED", e.Reason, e.Amount, e.At))
		case bank.Refunded:
			if !d.night() || !e.Asked {
				list = append(list, d.credit(p, e))
			}
		}
	}
	if state := d.state(p); state != "" {
		list = append(list, d.debit(p, state))
	}
	return list
}

// debit is the buyer's payment as it stands.
func (d *desk) debit(p *bank.Payment, state string) map[string]any {
	amount := p.Request.Amount
	switch {
	case p.Captured > p.Refunded && d.night():
		amount = p.Captured - p.Refunded
	case p.Captured > 0:
		amount = p.Captured
	}
	return d.transaction(p, uuid(p, "debit"), "DEBIT", state, "", amount, p.Opened)
}

func (d *desk) credit(p *bank.Payment, e bank.Event) map[string]any {
	return d.transaction(p, uuid(p, e.ID), "CREDIT", "CAPTURED", "", e.Amount, e.At)
}

func (d *desk) transaction(p *bank.Payment, id, operation, detailed, reason string, amount int64, at time.Time) map[string]any {
	code, why := refusal(detailed == "REFUSED", reason)
	return map[string]any{
		"shopId": p.Request.Merchant, "uuid": id, "amount": amount, "currency": p.Request.Currency, "paymentMethodType": "CARD", "status": simple(detailed),
		"detailedStatus": detailed, "operationType": operation, "creationDate": at.UTC().Format(time.RFC3339), "errorCode": code, "detailedErrorCode": why,
		"orderDetails": map[string]any{"orderId": p.Request.Ref, "orderTotalAmount": p.Request.Amount, "orderCurrency": p.Request.Currency,
			"mode": ctx(p.Request.Mode), "_type": "V4/OrderDetails"},
		"transactionDetails": map[string]any{"cardDetails": cardOf(p), "_type": "V4/TransactionDetails"},
		"_type":              "V4/PaymentTransaction",
	}
}

// refusal are errorCode and detailedErrorCode: who said no, and with what code. That the buyer did not prove himself is said by no bank.
func refusal(refused bool, reason string) (code, why any) {
	switch {
	case !refused:
		return nil, nil
	case reason == "authentication":
		return "AUTH_149", nil
	}
	return "ACQ_001", results[reason]
}

// cardOf is what is told of the buyer's card.
func cardOf(p *bank.Payment) map[string]any {
	return map[string]any{"effectiveBrand": "CB", "pan": "497010XXXXXX" + bank.Last(p.Tried(), 4), "expiryMonth": 8, "expiryYear": 2031, "country": "FR",
		"issuerName": "Banque de démo et de l'innovation", "authorizationResponse": map[string]any{"authorizationNumber": "3fe85c", "authorizationResult": "0"}, "_type": "V4/CardDetails"}
}

// answer says that all is well, fail that something is not; both with status 200.
func (d *desk) answer(what any) { d.reply("SUCCESS", what) }

func (d *desk) fail(code, message string) {
	d.reply("ERROR", map[string]any{"errorCode": code, "errorMessage": message, "detailedErrorCode": nil, "detailedErrorMessage": nil, "_type": "V4/WebService/WebServiceError"})
}

func (d *desk) reply(status string, what any) {
	d.w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(d.w).Encode(map[string]any{"webService": d.service, "version": "V4", "applicationVersion": "5.0.0", "status": status, "answer": what,
		"ticket": nil, "serverDate": d.t.Now().UTC().Format(time.RFC3339), "applicationProvider": "LYRA", "metadata": nil, "mode": ctx(d.mode), "_type": "V4/WebService/Response"})
}

// moved tells what came of a move.
func (d *desk) moved(err error) bool {
	switch {
	case errors.Is(err, bank.ErrDeclined):
		d.fail("PSP_100", "operation not possible on this transaction")
	case err != nil:
		d.t.Broken(d.w, err)
	}
	return err == nil
}
