package stripe

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// paid is a payment that was paid.
func paid() payment.Payment {
	return payment.Payment{Ref: "R1", State: payment.StateCaptured, Amount: eur("49.90"), Captured: eur("49.90"), Refunded: money.Zero(money.EUR), BankRef: "pi_1", Test: true}
}

// refusal is an answer that is an error.
func refusal(status, kind, code string) string {
	return status + ` {"error":{"type":"` + kind + `","code":"` + code + `","message":"no"}}`
}

const (
	none   = `{"object":"list","data":[]}`
	theKey = `"metadata":{"echoppe_ref":"R1","echoppe_mode":"` + modeID + `","echoppe_key":"key"}`
)

// wanted checks an error, and that only what is not known asks to try again.
func wanted(t *testing.T, n payment.Notice, err, want error) bool {
	t.Helper()
	if want == nil && err == nil {
		return true
	}
	if !errors.Is(err, want) || errors.Is(want, payment.ErrBank) != fault.Is(err, fault.Upstream) || want == nil {
		t.Errorf("got %+v, %v, want %v", n, err, want)
	}
	return false
}

// TestRefund: PGW-30, money goes back once for a key, and nothing else is said to have gone.
func TestRefund(t *testing.T) {
	const look, give = "GET /refunds", "POST /refunds"
	made := "{" + with(aRefund, `"metadata":{}`, theKey) + "}"
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string
		asked   string // a part of the last question
		err     error
	}{
		"a part":                          {"20.00", map[string]string{look: none, give: made}, "amount=2000&metadata%5Bechoppe_key%5D=key&metadata%5Bechoppe_mode%5D=" + modeID + "&metadata%5Bechoppe_ref%5D=R1&payment_intent=pi_1", nil},
		"the same, days later":            {"20.00", map[string]string{look: `{"data":[` + made + `]}`}, "limit=100&payment_intent=pi_1", nil},
		"beside another refund":           {"20.00", map[string]string{look: `{"data":[{` + with(aRefund, "re_1", "re_0") + `}]}`, give: made}, "amount=2000", nil},
		"on its way":                      {"20.00", map[string]string{look: none, give: strings.Replace(made, "succeeded", "pending", 1)}, "amount=2000", nil},
		"PGW-45 the key was for more":     {"30.00", map[string]string{look: `{"data":[` + made + `]}`}, "", payment.ErrBank},
		"failed at once":                  {"20.00", map[string]string{look: none, give: strings.Replace(made, "succeeded", "failed", 1)}, "", payment.ErrDeclined},
		"given back before":               {"20.00", map[string]string{look: none, give: refusal("400", "invalid_request_error", "charge_already_refunded")}, "", payment.ErrDeclined},
		"nobody knows it":                 {"20.00", map[string]string{look: refusal("404", "invalid_request_error", "resource_missing")}, "", payment.ErrDeclined},
		"a key that may not":              {"20.00", map[string]string{look: refusal("403", "invalid_request_error", "")}, "", payment.ErrOffice},
		"a wrong key":                     {"20.00", map[string]string{look: refusal("401", "invalid_request_error", "")}, "", payment.ErrBank},
		"too many calls":                  {"20.00", map[string]string{look: none, give: refusal("429", "invalid_request_error", "rate_limit")}, "", payment.ErrBank},
		"the key used for something else": {"20.00", map[string]string{look: none, give: refusal("400", "idempotency_error", "")}, "", payment.ErrBank},
		"the key under way":               {"20.00", map[string]string{look: none, give: refusal("400", "api_error", "lock_timeout")}, "", payment.ErrBank},
		"Stripe fails":                    {"20.00", map[string]string{look: none, give: refusal("500", "api_error", "")}, "", payment.ErrBank},
		"no answer one could read":        {"20.00", map[string]string{look: none, give: "<html>"}, "", payment.ErrBank},
		"an answer about less":            {"20.00", map[string]string{look: none, give: strings.Replace(made, "2000", "1000", 1)}, "", payment.ErrBank},
		"an answer about another intent":  {"20.00", map[string]string{look: none, give: strings.Replace(made, "pi_1", "pi_2", 1)}, "", payment.ErrBank},
		"in another currency":             {"20.00", map[string]string{look: none, give: strings.Replace(made, "eur", "usd", 1)}, "", payment.ErrBank},
		"less than a cent":                {"0.001", nil, "", payment.ErrUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := scripted(t, tt.answers)
			n, err := g.Refund(t.Context(), account(), paid(), eur(tt.amount), "key")
			if !wanted(t, n, err, tt.err) {
				return
			}
			if n.ID != "re_1" || n.Event != payment.Refunded || !n.Amount.Equal(eur(tt.amount)) || n.Ref != "R1" || !n.Test {
				t.Errorf("got %+v", n)
			}
			if last := (*asked)[len(*asked)-1]; !strings.Contains(last, tt.asked) {
				t.Errorf("asked %s", last)
			}
		})
	}
}

// TestMoves: PGW-02, what is held is taken once, whole or in part, or let go.
func TestMoves(t *testing.T) {
	const take, let = "POST /payment_intents/pi_1/capture", "POST /payment_intents/pi_1/cancel"
	whole, gone := "{"+anIntent+"}", "{"+with(anIntent, "succeeded", "canceled")+"}"
	part := strings.Replace(whole, `"amount_received":4990`, `"amount_received":4000`, 1)
	over := refusal("400", "invalid_request_error", "payment_intent_unexpected_state")
	for name, tt := range map[string]struct {
		amount, where, answer string
		id                    string
		err                   error
	}{
		"whole":                    {"49.90", take, whole, "pi_1:paid", nil},
		"a part":                   {"40.00", take, part, "pi_1:paid", nil},
		"taken before":             {"49.90", take, over, "", payment.ErrDeclined},
		"of another amount":        {"40.00", take, whole, "", payment.ErrBank},
		"still held":               {"49.90", take, strings.Replace(whole, "succeeded", "requires_capture", 1), "", payment.ErrBank},
		"expired":                  {"49.90", take, refusal("402", "card_error", "expired_card"), "", payment.ErrDeclined},
		"of another payment":       {"49.90", take, strings.Replace(whole, `"R1"`, `"R2"`, 1), "", payment.ErrBank},
		"of the other mode":        {"49.90", take, strings.Replace(whole, `"livemode":false`, `"livemode":true`, 1), "", payment.ErrBank},
		"nobody knows it":          {"49.90", take, refusal("404", "invalid_request_error", "resource_missing"), "", payment.ErrDeclined},
		"let go":                   {"", let, gone, "pi_1:cancelled", nil},
		"let go before":            {"", let, over, "", payment.ErrDeclined},
		"not let go":               {"", let, whole, "", payment.ErrBank},
		"let go in another status": {"", let, strings.Replace(gone, "canceled", "dreaming", 1), "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := scripted(t, map[string]string{tt.where: tt.answer})
			p := paid()
			p.State, p.Captured = payment.StateAuthorised, money.Zero(money.EUR)
			var n payment.Notice
			var err error
			if tt.where == let {
				n, err = g.Cancel(t.Context(), account(), p, "key")
			} else {
				n, err = g.Capture(t.Context(), account(), p, eur(tt.amount), "key")
			}
			if !wanted(t, n, err, tt.err) {
				return
			}
			if n.ID != tt.id || len(*asked) != 1 || tt.where == take && (!n.Amount.Equal(eur(tt.amount)) || n.BankRef != "pi_1") {
				t.Errorf("asked %s, got %+v", *asked, n)
			}
		})
	}
	g, _ := scripted(t, nil)
	unnamed, keyless := paid(), payment.NewAccount(account().Mode, "stripe", true, nil, nil)
	unnamed.BankRef = "cs_test_1"
	for name, tt := range map[string]struct {
		a   payment.Account
		p   payment.Payment
		err error
	}{"a payment that came to no intent": {account(), unnamed, payment.ErrDeclined}, "an account without a key": {keyless, paid(), payment.ErrOffice}} {
		_, taken := g.Capture(t.Context(), tt.a, tt.p, eur("1.00"), "key")
		_, given := g.Refund(t.Context(), tt.a, tt.p, eur("1.00"), "key")
		_, gone := g.Cancel(t.Context(), tt.a, tt.p, "key")
		for _, err := range []error{taken, given, gone} {
			if !errors.Is(err, tt.err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestInquire: PGW-22, what became of a session, of an intent, and of a payment whose name at Stripe is not known.
func TestInquire(t *testing.T) {
	const find, session, one = "GET /payment_intents/search", "GET /checkout/sessions/cs_test_1", "GET /payment_intents/pi_1"
	intent, sold := "{"+anIntent+"}", "{"+with(aSession, `"currency"`, `"livemode":false,"currency"`)+"}"
	list := func(intents ...string) string { return `{"data":[` + strings.Join(intents, ",") + `]}` }
	refused := with(intent, "pi_1", "pi_0", "succeeded", "requires_payment_method", `"currency"`, `"last_payment_error":{"code":"card_declined","charge":"ch_0"},"currency"`)
	for name, tt := range map[string]struct {
		bankRef string
		answers map[string]string
		event   payment.Event
		id      string
		err     error
	}{
		"an intent":                             {"pi_1", map[string]string{one: intent}, payment.Captured, "pi_1:paid", nil},
		"nobody tried yet":                      {"pi_1", map[string]string{one: with(intent, "succeeded", "requires_payment_method"), find: list()}, payment.Waiting, "pi_1:open", nil},
		"a card that was refused":               {"pi_0", map[string]string{"GET /payment_intents/pi_0": refused, find: list(refused)}, payment.Failed, "pi_0:failed:ch_0", nil},
		"an intent nobody knows":                {"pi_1", map[string]string{one: refusal("404", "invalid_request_error", "resource_missing"), find: list()}, "", "", payment.ErrNotKnown},
		"of another payment":                    {"pi_1", map[string]string{one: with(intent, `"R1"`, `"R2"`)}, "", "", payment.ErrBank},
		"of another mode of ours":               {"pi_1", map[string]string{one: with(intent, modeID, "x")}, "", "", payment.ErrBank},
		"of real money":                         {"pi_1", map[string]string{one: with(intent, `"livemode":false`, `"livemode":true`)}, "", "", payment.ErrBank},
		"of an unheard-of status":               {"pi_1", map[string]string{one: with(intent, "succeeded", "dreaming")}, "", "", payment.ErrBank},
		"a no of Stripe's":                      {"pi_1", map[string]string{one: refusal("400", "invalid_request_error", "")}, "", "", payment.ErrBank},
		"a key that may not":                    {"pi_1", map[string]string{one: refusal("403", "invalid_request_error", "")}, "", "", payment.ErrOffice},
		"a session":                             {"cs_test_1", map[string]string{session: sold, one: intent}, payment.Captured, "pi_1:paid", nil},
		"an open session":                       {"cs_test_1", map[string]string{session: with(sold, `"complete"`, `"open"`), find: list(refused)}, payment.Waiting, "cs_test_1:open", nil},
		"an expired session":                    {"cs_test_1", map[string]string{session: with(sold, `"complete"`, `"expired"`), find: refusal("400", "invalid_request_error", "")}, payment.Cancelled, "cs_test_1:expired", nil},
		"paid on another page":                  {"pi_0", map[string]string{"GET /payment_intents/pi_0": with(refused, "last_payment_error", "x"), find: list(refused, intent)}, payment.Captured, "pi_1:paid", nil},
		"an expired session, and another paid":  {"cs_test_1", map[string]string{session: with(sold, `"complete"`, `"expired"`), find: list(intent)}, payment.Captured, "pi_1:paid", nil},
		"a session nobody knows, but an intent": {"cs_test_1", map[string]string{session: refusal("404", "invalid_request_error", "resource_missing"), find: list(refused)}, payment.Failed, "pi_0:failed:ch_0", nil},
		"a session nobody knows, and no search": {"cs_test_1", map[string]string{session: refusal("404", "invalid_request_error", "resource_missing"), find: refusal("400", "invalid_request_error", "")}, "", "", payment.ErrBank},
		"a session of another":                  {"cs_test_1", map[string]string{session: with(sold, `"R1"`, `"R2"`)}, "", "", payment.ErrBank},
		"by reference":                          {"", map[string]string{find: list(intent)}, payment.Captured, "pi_1:paid", nil},
		"refused and then paid":                 {"", map[string]string{find: list(refused, intent)}, payment.Captured, "pi_1:paid", nil},
		"in the other order":                    {"", map[string]string{find: list(intent, refused)}, payment.Captured, "pi_1:paid", nil},
		"found, and somebody else's":            {"", map[string]string{find: list(with(intent, modeID, "x"))}, "", "", payment.ErrNotKnown},
		"not found":                             {"", map[string]string{find: list()}, "", "", payment.ErrNotKnown},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := scripted(t, tt.answers)
			p := paid()
			p.BankRef = tt.bankRef
			n, err := g.Inquire(t.Context(), account(), p)
			if !wanted(t, n, err, tt.err) {
				return
			}
			if n.Event != tt.event || n.ID != tt.id || n.Ref != "R1" || !n.Test {
				t.Errorf("got %+v", n)
			}
			if tt.bankRef == "" && !strings.Contains((*asked)[0], "query=metadata%5B%27echoppe_ref%27%5D%3A%27R1%27") {
				t.Errorf("asked %s", *asked)
			}
		})
	}
}
