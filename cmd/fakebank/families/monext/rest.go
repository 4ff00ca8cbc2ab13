package monext

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// desk answers one call of REST.
type desk struct {
	t        *bank.Teller
	w        http.ResponseWriter
	r        *http.Request
	merchant bank.Merchant
	mode     string
}

// restDesk looks at the key, and lets answer.
func restDesk(t *bank.Teller, w http.ResponseWriter, r *http.Request, answer func(*desk)) {
	d := &desk{t: t, w: w, r: r, mode: modes[r.PathValue("host")]}
	name := map[string]string{"test": "api_key", "live": "api_key_live"}[d.mode]
	key, basic := strings.CutPrefix(r.Header.Get("Authorization"), "Basic ")
	m, ok := t.MerchantWith(name, key)
	if d.merchant = m; !ok || !basic || name == "" {
		if !t.Trouble(w, r, nil) {
			d.fail(http.StatusUnauthorized, outcome{"02101", "UNAUTHORIZED", "Wrong key"})
		}
		return
	}
	answer(d)
}

// opening is what a session is opened with, as far as it is read here.
type opening struct {
	PointOfSale   string `json:"pointOfSaleReference"`
	PaymentMethod struct {
		IDs []string `json:"paymentMethodIDs"`
	} `json:"paymentMethod"`
	Payment struct {
		Type    string `json:"paymentType"`
		Capture string `json:"capture"`
	} `json:"payment"`
	Order struct {
		Reference string `json:"reference"`
		Amount    int64  `json:"amount"`
		Currency  string `json:"currency"`
		Origin    string `json:"origin"`
	} `json:"order"`
	Return   string `json:"returnURL"`
	Notify   string `json:"notificationURL"`
	Language string `json:"languageCode"`
}

func openSession(d *desk) {
	var o opening
	if json.NewDecoder(d.r.Body).Decode(&o) != nil {
		d.fail(http.StatusBadRequest, invalid)
		return
	}
	own := strings.Split(d.merchant.Fields["contracts"], ",")
	known := len(o.PaymentMethod.IDs) > 0 && !slices.ContainsFunc(o.PaymentMethod.IDs, func(id string) bool { return !slices.Contains(own, id) })
	manual := o.Payment.Capture == "MANUAL"
	if !known || o.PointOfSale != d.merchant.Fields["pos"] || o.Payment.Type != "ONE_OFF" || o.Order.Origin != "E_COM" ||
		!manual && o.Payment.Capture != "AUTOMATIC" || len(o.Language) != 2 || o.Language != strings.ToUpper(o.Language) {
		d.fail(http.StatusBadRequest, invalid)
		return
	}
	p, err := enter(d.t, bank.Request{Merchant: d.merchant.Number, Mode: d.mode, Ref: o.Order.Reference, Order: o.Order.Reference, Amount: o.Order.Amount,
		Currency: o.Order.Currency, Capture: when(manual), Locale: strings.ToLower(o.Language), Return: o.Return, Notify: o.Notify})
	switch {
	case d.t.Trouble(d.w, d.r, p):
	case err != nil:
		d.fail(http.StatusBadRequest, invalid)
	default:
		d.reply(http.StatusCreated, map[string]any{"result": said(accepted), "sessionId": token(p), "redirectURL": pageOf(d.t, d.r, p)})
	}
}

// when is the engine's word for manual capture.
func when(manual bool) string {
	if manual {
		return bank.Later
	}
	return bank.Now
}

// enter opens a payment, whichever API asked.
func enter(t *bank.Teller, q bank.Request) (*bank.Payment, error) {
	if q.Ref == "" || len(q.Ref) > 50 || q.Amount <= 0 || len(q.Currency) != 3 || !t.Browsable(q.Return) || !t.Callable(q.Notify) {
		return nil, errors.New("a field is wrong")
	}
	return t.Open(q)
}

func getSession(d *desk) {
	p, ok := find(d.t, d.r.PathValue("id"))
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if !ok || p.Request.Merchant != d.merchant.Number {
		d.fail(http.StatusNotFound, unknown)
		return
	}
	told := d.t.Told(p, end(p))
	if told.Mode != d.mode {
		d.fail(http.StatusNotFound, unknown)
		return
	}
	answer := map[string]any{"result": said(outcomeOf(told.Message)), "order": orderOf(p), "transactions": []any{}, "privateData": map[string]string{}}
	if transaction(p, told.Event) != "" {
		answer["transactions"] = []any{transactionOf(p, told.Message, told.Event)}
	}
	d.reply(http.StatusOK, answer)
}

func getTransaction(d *desk) {
	p, ok := findTransaction(d.t, d.merchant, d.mode, d.r.PathValue("id"))
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if !ok {
		d.fail(http.StatusNotFound, absent)
		return
	}
	truth := d.t.Truth(p, end(p))
	linked := []any{}
	for _, e := range p.Events {
		if e.Kind != bank.Refused {
			linked = append(linked, map[string]any{"id": transaction(p, e), "type": kind(p, e), "date": stamp(e.At), "amount": e.Amount, "status": "OK",
				"originTransactionId": transaction(p, truth.Event)})
		}
	}
	d.reply(http.StatusOK, map[string]any{"result": said(outcomeOf(truth.Message)), "order": orderOf(p), "transaction": transactionOf(p, truth.Message, truth.Event),
		"associatedTransactions": linked})
}

func moveTransaction(d *desk) {
	var asked struct {
		Amount int64 `json:"amount"`
	}
	what, ok := map[string]bank.What{"captures": bank.Capture, "cancels": bank.CancelHold, "refunds": bank.Refund}[d.r.PathValue("what")]
	if json.NewDecoder(d.r.Body).Decode(&asked) != nil || !ok {
		d.fail(http.StatusBadRequest, invalid)
		return
	}
	p, ok := findTransaction(d.t, d.merchant, d.mode, d.r.PathValue("id"))
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if !ok {
		d.fail(http.StatusNotFound, absent)
		return
	}
	// Errors come with 201 too.
	e, came := moved(d.t, p, what, asked.Amount, p.Request.Currency)
	answer := map[string]any{"result": said(came)}
	if came == accepted {
		answer["transaction"] = map[string]any{"id": transaction(p, e), "date": stamp(e.At), "type": strings.ToUpper(strings.TrimSuffix(d.r.PathValue("what"), "s"))}
	}
	d.reply(http.StatusCreated, answer)
}

func orderOf(p *bank.Payment) map[string]any {
	return map[string]any{"reference": p.Request.Ref, "amount": p.Request.Amount, "currency": p.Request.Currency, "date": stamp(p.Opened), "origin": "E_COM"}
}

func transactionOf(p *bank.Payment, m bank.Message, e bank.Event) map[string]any {
	how := "AUTOMATIC"
	if p.Request.Capture == bank.Later {
		how = "MANUAL"
	}
	return map[string]any{"id": transaction(p, e), "date": stamp(e.At), "type": kind(p, e), "requestedAmount": m.Amount, "currency": m.Currency,
		"paymentType": "ONE_OFF", "capture": how, "paymentMethodId": "1234567", "paymentInstrumentData": map[string]any{"maskedNumber": "497010XXXXXX" + bank.Last(p.Tried(), 4)}}
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000+00:00") }

func said(o outcome) map[string]any {
	return map[string]any{"title": o.title, "code": o.code, "detail": o.detail}
}

func (d *desk) fail(status int, o outcome) { d.reply(status, said(o)) }

func (d *desk) reply(status int, what any) {
	d.w.Header().Set("Content-Type", "application/json")
	d.w.WriteHeader(status)
	_ = json.NewEncoder(d.w).Encode(what)
}
