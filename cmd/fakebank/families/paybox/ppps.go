package paybox

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// moves are the types that do something.
var moves = map[string]bank.What{"00002": bank.Capture, "00005": bank.CancelHold, "00014": bank.Refund}

// The codes of answers.
const (
	done      = "00000"
	access    = "00006" // site, rank or seal
	badType   = "00009"
	badAmount = "00011"
	unknown   = "00015" // data referred to are not there
	notFound  = "00018" // of type 00011
	declined  = "00100"
)

// ppps answers a question.
func ppps(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	list, err := pairs(string(body))
	v, once := values(list)
	m, ok := t.Merchant(v["SITE"])
	rank, _ := strconv.Atoi(v["RANG"])
	own, _ := strconv.Atoi(m.Fields["rang"])
	if err != nil || !once || !ok || rank != own || !sealed(list, "HMAC", m.Key) {
		if !t.Trouble(w, r, nil) {
			reply(w, v, access, "PAYBOX : Acc\xe8s refus\xe9 ou site/rang/cl\xe9 invalide", nil)
		}
		return
	}
	p, known := find(t, v, modeOf(r))
	if t.Trouble(w, r, p) {
		return
	}
	if !known {
		code := unknown
		if v["TYPE"] == "00011" {
			code = notFound
		}
		reply(w, v, code, "PAYBOX : Transaction non trouv\xe9e", nil)
		return
	}
	answer(t, w, v, p)
}

// find is the payment a question is about: another merchant's is none.
func find(t *bank.Teller, v map[string]string, mode string) (*bank.Payment, bool) {
	p, ok := t.Find(v["SITE"], mode, v["REFERENCE"])
	if !ok || len(p.Events) == 0 {
		return p, false
	}
	if told := t.Told(p, p.Newest()); told.Merchant != v["SITE"] {
		return p, false // the notices told of somebody else's transaction
	}
	if v["TYPE"] == "00011" {
		return p, true
	}
	serial, err := strconv.ParseInt(v["NUMTRANS"], 10, 64)
	return p, err == nil && strconv.FormatInt(serial, 10) == transaction(p)
}

// answer does what is asked, or tells how the payment stands.
func answer(t *bank.Teller, w http.ResponseWriter, v map[string]string, p *bank.Payment) {
	what, moves := moves[v["TYPE"]]
	switch {
	case v["TYPE"] == "00011", v["TYPE"] == "00017":
		reply(w, v, done, "Demande trait\xe9e avec succ\xe8s", numbers(t, p, v["TYPE"] == "00017"))
		return
	case !moves:
		reply(w, v, badType, "PAYBOX : Type d'op\xe9ration invalide", nil)
		return
	}
	amount, err := strconv.ParseInt(v["MONTANT"], 10, 64)
	currency, unlisted := money.ParseNumber(v["DEVISE"])
	if err != nil || unlisted != nil {
		reply(w, v, badAmount, "PAYBOX : Montant invalide", nil)
		return
	}
	p, e, err := t.Move(p, what, amount, currency.Code(), "")
	switch {
	case errors.Is(err, bank.ErrDeclined):
		reply(w, v, declined, "PAYBOX : Refus", nil)
	case err != nil:
		t.Broken(w, err)
	default:
		fields := numbers(t, p, false)
		if what == bank.Refund { // a transaction of its own
			fields["NUMTRANS"] = pad(fields["NUMTRANS"] + e.ID[strings.LastIndexByte(e.ID, '-')+1:])
		}
		reply(w, v, done, "Demande trait\xe9e avec succ\xe8s", fields)
	}
}

// statuses are the words of a consultation.
var statuses = map[bank.Kind]string{bank.Authorised: "Autoris\xe9", bank.Paid: "Captur\xe9", bank.Refused: "Refus\xe9",
	bank.Cancelled: "Annul\xe9", bank.Expired: "Refus\xe9", bank.Refunded: "Rembours\xe9"}

// numbers are what is known of a payment: those of the call with which the buyer paid.
func numbers(t *bank.Teller, p *bank.Payment, status bool) map[string]string {
	paid := p.Newest()
	for _, e := range p.Events {
		if (e.Kind == bank.Paid || e.Kind == bank.Authorised) && !e.Asked {
			paid = e
		}
	}
	s := t.Truth(p, paid)
	fields := map[string]string{"NUMTRANS": pad(transaction(p)), "NUMAPPEL": pad(call(s))}
	if paid.Kind == bank.Paid || paid.Kind == bank.Authorised {
		fields["AUTORISATION"] = authorisation(p.Request.Mode)
	}
	if status {
		fields["STATUS"], fields["REMISE"] = statuses[p.Newest().Kind], "0"
	}
	return fields
}

func pad(digits string) string { return strings.Repeat("0", max(0, 10-len(digits))) + digits }

// order is how an answer is written.
var order = []string{"NUMTRANS", "NUMAPPEL", "NUMQUESTION", "SITE", "RANG", "AUTORISATION", "CODEREPONSE", "COMMENTAIRE", "REFABONNE", "PORTEUR", "STATUS", "REMISE"}

// reply writes an answer: a query string that is not escaped.
func reply(w http.ResponseWriter, asked map[string]string, code, comment string, more map[string]string) {
	fields := map[string]string{"NUMTRANS": pad(""), "NUMAPPEL": pad(""), "NUMQUESTION": asked["NUMQUESTION"], "SITE": asked["SITE"],
		"RANG": asked["RANG"], "AUTORISATION": "", "REFABONNE": "", "PORTEUR": ""}
	for name, value := range more {
		fields[name] = value
	}
	fields["CODEREPONSE"], fields["COMMENTAIRE"] = code, comment
	var parts []string
	for _, name := range order {
		if value, there := fields[name]; there {
			parts = append(parts, name+"="+value)
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=ISO-8859-1")
	_, _ = io.WriteString(w, strings.Join(parts, "&"))
}
