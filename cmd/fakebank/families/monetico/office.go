package monetico

import (
	"errors"
	"fmt"
	"net/http"

	"echoppe.dev/cmd/fakebank/bank"
)

var errAmount = errors.New("no amount")

// order is what a program of the bank is asked to do.
type order struct {
	what   bank.What
	amount int64
}

// ask does what a shop asks of the money, and answers by lines.
func ask(t *bank.Teller, w http.ResponseWriter, r *http.Request, mode string, read func(map[string]string, *bank.Payment) (order, error)) {
	v, told, once := readBody(r)
	m, ok := t.Merchant(v["TPE"])
	if !once || !ok || m.Fields["societe"] != v["societe"] || !right(v, m.Key, told) {
		if !t.Trouble(w, r, nil) {
			answer(w, v["reference"], "-1", "signature non valide", "")
		}
		return
	}
	p, known := t.Find(v["TPE"], mode, v["reference"])
	if t.Trouble(w, r, p) {
		return
	}
	if !known || v["version"] != "3.0" || v["date_commande"] != p.Request.Fields["day"] || v["montant"] != written(p.Request.Amount, p.Request.Currency) {
		answer(w, v["reference"], "-2", "commande inconnue", "")
		return
	}
	o, err := read(v, p)
	if err != nil {
		answer(w, v["reference"], "-3", "montant errone", "")
		return
	}
	switch _, _, err = t.Move(p, o.what, o.amount, p.Request.Currency, ""); {
	case errors.Is(err, bank.ErrDeclined):
		answer(w, v["reference"], "0", "paiement refuse", "")
	case err != nil:
		t.Broken(w, err)
	default:
		answer(w, v["reference"], "1", "paiement accepte", authorisation(p))
	}
}

func readBody(r *http.Request) (map[string]string, string, bool) {
	v, told, ok := read(r)
	if v == nil {
		v = map[string]string{}
	}
	return v, told, ok
}

// capture reads amounts that have to add up to the order's; stoprecurrence with nothing to take lets go of it.
func capture(v map[string]string, p *bank.Payment) (order, error) {
	take, in, err := minor(v["montant_a_capturer"])
	taken, _, second := minor(v["montant_deja_capture"])
	rest, _, third := minor(v["montant_restant"])
	if err := errors.Join(err, second, third); err != nil || in != p.Request.Currency || take+taken+rest != p.Request.Amount || taken != p.Captured {
		return order{}, errAmount
	}
	if v["stoprecurrence"] == "oui" && take == 0 {
		return order{bank.CancelHold, p.Request.Amount}, nil
	}
	return order{bank.Capture, take}, nil
}

// recredit reads what goes back, and what could.
func recredit(v map[string]string, p *bank.Payment) (order, error) {
	back, in, err := minor(v["montant_recredit"])
	possible, _, second := minor(v["montant_possible"])
	if err := errors.Join(err, second); err != nil || in != p.Request.Currency || possible != p.Captured-p.Refunded ||
		v["num_autorisation"] != authorisation(p) || v["date_remise"] == "" {
		return order{}, errAmount
	}
	return order{bank.Refund, back}, nil
}

func answer(w http.ResponseWriter, reference, cdr, text, authorised string) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = fmt.Fprintf(w, "version=1.0\nreference=%s\ncdr=%s\nlib=%s\naut=%s\n", reference, cdr, text, authorised)
}
