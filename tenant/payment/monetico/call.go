package monetico

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// day is how the bank writes one.
const day = "02/01/2006"

// bankRef packs what a refund has to name: the authorisation, and the day of the payment at the bank.
func bankRef(authorisation string, at time.Time) string {
	return authorisation + "-" + at.Format("20060102")
}

// unpack is the other way round.
func unpack(ref string) (authorisation, remitted string) {
	authorisation, digits, _ := strings.Cut(ref, "-")
	if at, err := time.Parse("20060102", digits); err == nil {
		remitted = at.Format(day)
	}
	return authorisation, remitted
}

// Capture takes what was authorised, or a part of it; what is left of it cannot be taken any more.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	zero := money.Zero(amount.Currency())
	r, err := g.move(ctx, a, p, "capture", "capture_paiement", []payment.FormField{
		{Name: "montant_a_capturer", Value: sum(amount)},
		{Name: "montant_deja_capture", Value: sum(zero)},
		{Name: "montant_restant", Value: sum(p.Amount.Sub(amount))},
	})
	return r.notice(p, "captured:"+p.Ref, payment.Captured, amount), err
}

// Cancel lets go of an authorisation.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	zero := money.Zero(p.Amount.Currency())
	r, err := g.move(ctx, a, p, "cancel", "capture_paiement", []payment.FormField{
		{Name: "montant_a_capturer", Value: sum(zero)},
		{Name: "montant_deja_capture", Value: sum(zero)},
		{Name: "montant_restant", Value: sum(p.Amount)},
		{Name: "stoprecurrence", Value: "oui"},
	})
	n := r.notice(p, "cancelled:"+p.Ref, payment.Cancelled, p.Amount)
	n.Reason = payment.ReasonAbandoned
	return n, err
}

// Refund gives money back.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	authorisation, remitted := unpack(p.BankRef)
	r, err := g.move(ctx, a, p, "refund", "recredit_paiement", []payment.FormField{
		{Name: "date_remise", Value: remitted},
		{Name: "num_autorisation", Value: authorisation},
		{Name: "montant_recredit", Value: sum(amount)},
		{Name: "montant_possible", Value: sum(p.Refundable())},
	})
	return r.notice(p, "refunded:"+key, payment.Refunded, amount), err
}

// reply is an answer by its names.
type reply map[string]string

// move asks for something to be done. Errors: ErrDeclined; of kind Upstream.
func (g *Gateway) move(ctx context.Context, a payment.Account, p payment.Payment, what, program string, more []payment.FormField) (reply, error) {
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	fields := append([]payment.FormField{
		{Name: "TPE", Value: a.Config.Text("tpe")},
		{Name: "version", Value: version},
		{Name: "date", Value: g.calls.Clock().Now().In(paris()).Format("02/01/2006:15:04:05")},
		{Name: "date_commande", Value: placed(p).Format(day)},
		{Name: "montant", Value: sum(p.Amount)},
		{Name: "reference", Value: p.Ref},
		{Name: "lgue", Value: "FR"},
		{Name: "societe", Value: a.Config.Text("societe")},
		{Name: "texte-libre", Value: ""},
	}, more...)
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Family, What: what, Hosts: g.brand.Hosts(p.Test, calls), Path: path(p.Test, program),
		Header: http.Header{"Content-Type": {bankcall.FormType}}, Body: bankcall.Form(signed(key, fields)),
	})
	if err != nil {
		return nil, err
	}
	r := readReply(answer.Body)
	switch {
	case !answer.OK() || r["cdr"] == "" || r["reference"] != p.Ref:
		return nil, payment.ErrBank.Because(fmt.Errorf("monetico %s: answer %d about something else", what, answer.Status))
	case r["cdr"] != "1":
		return nil, payment.ErrDeclined.Because(fmt.Errorf("monetico %s: cdr %s", what, r["cdr"]))
	}
	return r, nil
}

// readReply reads lines of names and values.
func readReply(body []byte) reply {
	r := reply{}
	for line := range strings.Lines(string(body)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			if _, twice := r[name]; !twice {
				r[name] = value
			}
		}
	}
	return r
}

// notice is an answer in our words.
func (r reply) notice(p payment.Payment, id string, e payment.Event, amount money.Amount) payment.Notice {
	if r == nil {
		return payment.Notice{}
	}
	message := payment.Message{}
	for _, name := range []string{"cdr", "lib", "aut", "montant_estime", "montant_debite", "date_autorisation", "date_debit"} {
		if value := r[name]; value != "" {
			message[name] = value
		}
	}
	return payment.Notice{ID: id, Ref: p.Ref, Event: e, Amount: amount, BankRef: p.BankRef, Test: p.Test, Message: message}
}
