package redsys

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"echoppe.dev/cmd/fakebank/bank"
)

// operation is what a type of transaction does to a payment, the code that says so, and the error when it cannot be.
type operation struct {
	what       bank.What
	done       string
	impossible string
}

var operations = map[string]operation{
	"2": {bank.Capture, "0900", "SIS0062"},
	"3": {bank.Refund, "0900", "SIS0057"},
	"9": {bank.CancelHold, "0400", "SIS0222"},
}

// rest answers trataPeticionREST.
func rest(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	answer := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	refuse := func(code string) { answer(map[string]string{"errorCode": code}) }
	var q request
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		refuse("SIS0007")
		return
	}
	v, m, problem := q.read(t)
	p, found := t.Find(m.Number, modeOf(r), v["DS_MERCHANT_ORDER"])
	if t.Trouble(w, r, p) {
		return
	}
	kind := v["DS_MERCHANT_TRANSACTIONTYPE"]
	o, known := operations[kind]
	code, units, ok := sum(v)
	switch {
	case problem != "":
		refuse(problem)
		return
	case !known:
		refuse("SIS0023")
		return
	case !ok:
		refuse("SIS0019")
		return
	case !found:
		refuse("SIS0054")
		return
	}
	switch _, _, err := t.Move(p, o.what, units, code, ""); {
	case errors.Is(err, bank.ErrDeclined):
		refuse(o.impossible)
		return
	case err != nil:
		refuse("SIS0002")
		return
	}
	said := map[string]string{}
	for _, f := range signed(map[string]string{
		"Ds_Amount": strconv.FormatInt(units, 10), "Ds_Currency": numberOf(code), "Ds_Order": p.Request.Ref, "Ds_MerchantCode": m.Number,
		"Ds_Terminal": terminalOf(m), "Ds_Response": o.done, "Ds_AuthorisationCode": authorisation(p), "Ds_TransactionType": kind,
		"Ds_SecurePayment": "0", "Ds_Language": "1", "Ds_MerchantData": "", "Ds_Card_Country": "724",
	}, q.Version, m.Key, p.Request.Ref) {
		said[f.Name] = f.Value
	}
	answer(said)
}
