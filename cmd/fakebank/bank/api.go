package bank

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
)

// ask is what a shop asks (section 6 of the protocol).
type ask struct {
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Key      string `json:"key"`
	Time     int64  `json:"time"`
}

// call answers a shop.
func (b *Bank) call(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		answer(w, http.StatusBadRequest, nil, 0, map[string]string{"error": "garbled"})
		return
	}
	var q ask
	parseErr := json.Unmarshal(body, &q)
	now := b.options.Clock.Now()
	_, key, ok := b.merchant(q.Merchant)
	if !ok || unseal(key, r.Header.Get("Bank-Signature"), body, now) != nil {
		answer(w, http.StatusForbidden, nil, 0, map[string]string{"error": "forged"})
		return
	}
	reply := func(status int, v any) { answer(w, status, key, now.Unix(), v) }
	token, known := b.token(Request{Merchant: q.Merchant, Mode: q.Mode, Ref: q.Ref})
	switch {
	case parseErr != nil:
		reply(http.StatusBadRequest, map[string]string{"error": "garbled"})
		return
	case !known:
		reply(http.StatusNotFound, map[string]string{"error": "unknown"})
		return
	}
	m, err := b.serve(r.PathValue("what"), token, q)
	switch {
	case errors.Is(err, errDeclined):
		reply(http.StatusConflict, map[string]string{"error": "declined"})
	case errors.Is(err, errUnknown):
		reply(http.StatusBadRequest, map[string]string{"error": "garbled"})
	case err != nil:
		b.broken(w, err)
	default:
		reply(http.StatusOK, m)
	}
}

// serve does what was asked, once for each key. Errors: errDeclined; errUnknown for no such call.
func (b *Bank) serve(what, token string, q ask) (Message, error) {
	if what == "status" {
		p, ok := b.find(token)
		if !ok {
			return Message{}, errUnknown
		}
		return b.message(p, p.newest()), nil
	}
	if q.Key == "" {
		return Message{}, errUnknown
	}
	var m Message
	_, err := b.change(token, func(p *Payment) error {
		if i := slices.IndexFunc(p.Calls, func(c Call) bool { return c.Key == what+" "+q.Key }); i >= 0 {
			e, _ := p.find(p.Calls[i].Event)
			m = b.message(p, e)
			return nil
		}
		e, err := b.move(p, what, q)
		if err != nil {
			return err
		}
		p.Calls = append(p.Calls, Call{Key: what + " " + q.Key, Event: e.ID})
		b.announce(p, e)
		m = b.message(p, e)
		return nil
	})
	return m, err
}

// move is what a call does to the money.
func (b *Bank) move(p *Payment, what string, q ask) (Event, error) {
	now, state := b.options.Clock.Now(), p.newest().Kind
	fits := q.Amount > 0 && q.Currency == p.Request.Currency
	switch what {
	case "capture":
		if state != Authorised || !fits || q.Amount > p.Request.Amount {
			return Event{}, errDeclined
		}
		return p.happen(Paid, q.Amount, "", "", now), nil
	case "refund":
		if p.Captured == 0 || !fits || q.Amount > p.Captured-p.Refunded {
			return Event{}, errDeclined
		}
		return p.happen(Refunded, q.Amount, "", "", now), nil
	case "cancel":
		if state != Authorised {
			return Event{}, errDeclined
		}
		return p.happen(Cancelled, p.Request.Amount, "", "", now), nil
	default:
		return Event{}, errUnknown
	}
}

// answer writes JSON, signed when there is a key.
func answer(w http.ResponseWriter, status int, key []byte, t int64, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if key != nil {
		w.Header().Set("Bank-Signature", seal(key, t, body))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
