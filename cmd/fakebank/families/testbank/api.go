package testbank

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"echoppe.dev/cmd/fakebank/bank"
)

// ask is what a shop asks (section 6).
type ask struct {
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Key      string `json:"key"`
	Time     int64  `json:"time"`
}

// calls are what may be asked besides the status.
var calls = map[string]bank.What{"capture": bank.Capture, "refund": bank.Refund, "cancel": bank.CancelHold}

// call answers a shop.
func call(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		answer(w, http.StatusBadRequest, nil, 0, problem("garbled"))
		return
	}
	var q ask
	parseErr := json.Unmarshal(body, &q)
	m, ok := t.Merchant(q.Merchant)
	key, err := hex.DecodeString(m.Key)
	if !ok || err != nil || unseal(key, r.Header.Get(header), body, t.Now()) != nil {
		answer(w, http.StatusForbidden, nil, 0, problem("forged"))
		return
	}
	p, known := t.Find(q.Merchant, q.Mode, q.Ref)
	if t.Trouble(w, r, p) {
		return
	}
	reply := func(status int, v any) { answer(w, status, key, t.Now().Unix(), v) }
	switch {
	case parseErr != nil:
		reply(http.StatusBadRequest, problem("garbled"))
		return
	case !known:
		reply(http.StatusNotFound, problem("unknown"))
		return
	}
	told, err := serve(t, p, r.PathValue("what"), q)
	switch {
	case errors.Is(err, bank.ErrDeclined):
		reply(http.StatusConflict, problem("declined"))
	case errors.Is(err, bank.ErrUnknown):
		reply(http.StatusBadRequest, problem("garbled"))
	case err != nil:
		t.Broken(w, err)
	default:
		reply(http.StatusOK, told)
	}
}

func problem(what string) any { return map[string]string{"error": what} }

// serve does what was asked, once for each key.
func serve(t *bank.Teller, p *bank.Payment, what string, q ask) (Message, error) {
	if what == "status" {
		return inWords(t.Truth(p, p.Newest()).Message), nil
	}
	move, ok := calls[what]
	if !ok || q.Key == "" {
		return Message{}, bank.ErrUnknown
	}
	p, e, err := t.Move(p, move, q.Amount, q.Currency, q.Key)
	if err != nil {
		return Message{}, err
	}
	return inWords(t.Truth(p, e).Message), nil
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
		w.Header().Set(header, seal(key, t, body))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
