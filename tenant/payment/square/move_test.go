package square

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// captured is a payment that was paid.
func captured() payment.Payment {
	return payment.Payment{Ref: "R1", State: payment.StateCaptured, Amount: eur("49.90"), Captured: eur("49.90"), Refunded: money.Zero(money.EUR), BankRef: "O1", Test: true}
}

// refused is an answer that is an error.
func refused(status, category, code string) string {
	return status + ` {"errors":[{"category":"` + category + `","code":"` + code + `","detail":"no"}]}`
}

// wanted checks an error, and that only what is not known asks to try again.
func wanted(t *testing.T, n payment.Notice, err, want error) bool {
	t.Helper()
	if want == nil && err == nil {
		return true
	}
	unsure := errors.Is(want, payment.ErrBank)
	if !errors.Is(err, want) || unsure != fault.Is(err, fault.Upstream) || want == nil {
		t.Errorf("got %+v, %v, want %v", n, err, want)
	}
	if unsure && (errors.Is(err, payment.ErrDeclined) || errors.Is(err, payment.ErrNotKnown)) {
		t.Errorf("%v could be taken for a no", err)
	}
	return false
}

// TestRefund: PGW-30, money goes back once for a key, and nothing else is said to have gone.
func TestRefund(t *testing.T) {
	const give, look = "POST /refunds", "GET /refunds/P1_r1"
	made := `{"refund":{` + with(aRefund, "by hand", "key") + `}}`
	before := paid(`"status"`, `"refund_ids":["P1_r1"],"status"`)
	refuse := func(code string) map[string]string {
		return map[string]string{orderPath: order(), payPath: paid(), give: refused("400", "REFUND_ERROR", code)}
	}
	answer := func(text string) map[string]string {
		return map[string]string{orderPath: order(), payPath: paid(), give: text}
	}
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string
		asked   string // a part of the last question
		err     error
	}{
		"a part":                          {"20.00", answer(made), `{"idempotency_key":"key","payment_id":"P1","amount_money":{"amount":2000,"currency":"EUR"},"reason":"key"}`, nil},
		"on its way":                      {"20.00", answer(strings.Replace(made, "COMPLETED", "PENDING", 1)), give, nil},
		"the same, days later":            {"20.00", map[string]string{orderPath: order(), payPath: before, look: made}, look, nil},
		"beside another refund":           {"20.00", map[string]string{orderPath: order(), payPath: before, look: strings.Replace(made, `"key"`, `"other"`, 1), give: made}, give, nil},
		"PGW-45 the key was for more":     {"30.00", map[string]string{orderPath: order(), payPath: before, look: made}, "", payment.ErrBank},
		"a refund that cannot be read":    {"20.00", map[string]string{orderPath: order(), payPath: before, look: refused("400", "INVALID_REQUEST_ERROR", "BAD_REQUEST")}, "", payment.ErrBank},
		"failed at once":                  {"20.00", answer(strings.Replace(made, "COMPLETED", "FAILED", 1)), "", payment.ErrDeclined},
		"more than there is":              {"20.00", refuse("REFUND_AMOUNT_INVALID"), "", payment.ErrDeclined},
		"while it is disputed":            {"20.00", refuse("PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE"), "", payment.ErrDeclined},
		"the key used for something else": {"20.00", refuse("IDEMPOTENCY_KEY_REUSED"), "", payment.ErrBank},
		"never paid":                      {"20.00", map[string]string{orderPath: order(`{"id":"P1","type":"CARD"}`, "")}, "", payment.ErrDeclined},
		"nobody knows it":                 {"20.00", map[string]string{orderPath: nobody}, "", payment.ErrDeclined},
		"a token that may not":            {"20.00", answer(refused("403", "AUTHENTICATION_ERROR", "INSUFFICIENT_SCOPES")), "", payment.ErrOffice},
		"a wrong token":                   {"20.00", map[string]string{orderPath: refused("401", "AUTHENTICATION_ERROR", "UNAUTHORIZED")}, "", payment.ErrBank},
		"too many calls":                  {"20.00", answer(refused("429", "RATE_LIMIT_ERROR", "RATE_LIMITED")), "", payment.ErrBank},
		"two at once":                     {"20.00", answer(refused("409", "INVALID_REQUEST_ERROR", "CONFLICT")), "", payment.ErrBank},
		"Square's own failure":            {"20.00", answer(refused("400", "API_ERROR", "TEMPORARY_ERROR")), "", payment.ErrBank},
		"Square fails":                    {"20.00", answer(refused("500", "API_ERROR", "INTERNAL_SERVER_ERROR")), "", payment.ErrBank},
		"a no from somebody else":         {"20.00", answer("400 <html>"), "", payment.ErrBank},
		"no answer one could read":        {"20.00", answer("<html>"), "", payment.ErrBank},
		"an answer about less":            {"20.00", answer(strings.Replace(made, "2000", "1000", 1)), "", payment.ErrBank},
		"about another payment":           {"20.00", answer(strings.Replace(made, `"payment_id":"P1"`, `"payment_id":"P2"`, 1)), "", payment.ErrBank},
		"in another currency":             {"20.00", answer(strings.Replace(made, "EUR", "USD", 1)), "", payment.ErrBank},
		"less than a cent":                {"0.001", nil, "", payment.ErrUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := scripted(t, tt.answers)
			n, err := g.Refund(t.Context(), account(), captured(), eur(tt.amount), "key")
			gave := 0
			for _, question := range *asked {
				if strings.HasPrefix(question, give) {
					gave++
				}
			}
			if gave > 1 {
				t.Errorf("asked %d times to give back", gave)
			}
			if !wanted(t, n, err, tt.err) {
				return
			}
			if n.ID != "P1_r1" || n.Event != payment.Refunded || !n.Amount.Equal(eur(tt.amount)) || n.Ref != "R1" || !n.Test {
				t.Errorf("got %+v", n)
			}
			if last := (*asked)[len(*asked)-1]; !strings.Contains(last, tt.asked) {
				t.Errorf("asked %s", last)
			}
		})
	}
}

// TestMoves: PGW-02, what is approved is taken once and whole, or let go.
func TestMoves(t *testing.T) {
	const take, let = "POST /payments/P1/complete", "POST /payments/P1/cancel"
	held, gone := paid("COMPLETED", "APPROVED"), paid("COMPLETED", "CANCELED")
	for name, tt := range map[string]struct {
		amount, where, before, answer string // without an answer nothing is asked
		id                            string
		err                           error
	}{
		"whole":                {"49.90", take, held, paid(), "P1:paid", nil},
		"taken before":         {"49.90", take, paid(), "", "P1:paid", nil},
		"a part":               {"40.00", take, held, "", "", payment.ErrDeclined},
		"let go meanwhile":     {"49.90", take, gone, "", "", payment.ErrDeclined},
		"refused by Square":    {"49.90", take, held, refused("400", "INVALID_REQUEST_ERROR", "BAD_REQUEST"), "", payment.ErrDeclined},
		"still held":           {"49.90", take, held, held, "", payment.ErrBank},
		"of another amount":    {"49.90", take, held, paid("4990", "4000"), "", payment.ErrBank},
		"of another payment":   {"49.90", take, held, paid(`"P1"`, `"P2"`), "", payment.ErrBank},
		"of a new status":      {"49.90", take, held, paid("COMPLETED", "DREAMING"), "", payment.ErrBank},
		"an odd sum":           {"49.90", take, paid(`"EUR"`, `"EEE"`), "", "", payment.ErrBank},
		"let go":               {"", let, held, gone, "P1:cancelled", nil},
		"let go before":        {"", let, gone, "", "P1:cancelled", nil},
		"taken meanwhile":      {"", let, paid(), "", "", payment.ErrDeclined},
		"not let go":           {"", let, held, paid(), "", payment.ErrBank},
		"let go, and not told": {"", let, held, "503 {}", "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			answers := map[string]string{orderPath: order(), payPath: tt.before}
			if tt.answer != "" {
				answers[tt.where] = tt.answer
			}
			g, asked := scripted(t, answers)
			p := captured()
			p.State, p.Captured = payment.StateAuthorised, money.Zero(money.EUR)
			var n payment.Notice
			var err error
			if tt.where == let {
				n, err = g.Cancel(t.Context(), account(), p, "key")
			} else {
				n, err = g.Capture(t.Context(), account(), p, eur(tt.amount), "key")
			}
			if wanted(t, n, err, tt.err) && n.ID != tt.id {
				t.Errorf("asked %s, got %+v", *asked, n)
			}
			if len(*asked) != len(answers) {
				t.Errorf("asked %s", *asked)
			}
		})
	}
	g, _ := scripted(t, nil)
	unnamed, tokenless := captured(), payment.NewAccount(account().Mode, "square", true, nil, nil)
	unnamed.BankRef = ""
	for name, tt := range map[string]struct {
		a   payment.Account
		p   payment.Payment
		err error
	}{"a payment nobody was sent away with": {account(), unnamed, payment.ErrDeclined}, "an account without a token": {tokenless, captured(), payment.ErrOffice}} {
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

// TestInquire: PGW-22, what became of an order.
func TestInquire(t *testing.T) {
	const second = "GET /payments/P2"
	two := order(`{"id":"P1","type":"CARD"}`, `{"id":"P1"},{"id":"P2"}`)
	none := func(state string) string { return order(`{"id":"P1","type":"CARD"}`, "", `"OPEN"`, `"`+state+`"`) }
	other := with(paid(), `"P1"`, `"P2"`)
	for name, tt := range map[string]struct {
		bankRef string
		answers map[string]string
		event   payment.Event
		id      string
		err     error
	}{
		"paid":                           {"O1", map[string]string{orderPath: order(), payPath: paid()}, payment.Captured, "P1:paid", nil},
		"paid, by what Start knew":       {"K1:O1", map[string]string{orderPath: order(), payPath: paid()}, payment.Captured, "P1:paid", nil},
		"approved":                       {"O1", map[string]string{orderPath: order(), payPath: paid("COMPLETED", "APPROVED")}, payment.Authorised, "P1:authorised", nil},
		"let go":                         {"O1", map[string]string{orderPath: order(), payPath: paid("COMPLETED", "CANCELED")}, payment.Cancelled, "P1:cancelled", nil},
		"one failed, one paid":           {"O1", map[string]string{orderPath: two, payPath: paid("COMPLETED", "FAILED"), second: other}, payment.Captured, "P2:paid", nil},
		"in the other order":             {"O1", map[string]string{orderPath: two, payPath: paid(), second: with(other, "COMPLETED", "FAILED")}, payment.Captured, "P1:paid", nil},
		"nobody paid yet":                {"O1", map[string]string{orderPath: none("DRAFT")}, payment.Waiting, "O1:open", nil},
		"the link was deleted":           {"O1", map[string]string{orderPath: none("CANCELED")}, payment.Cancelled, "O1:cancelled", nil},
		"nobody was sent away":           {"", nil, "", "", payment.ErrNotKnown},
		"a name that is none":            {"K1:../O1", nil, "", "", payment.ErrNotKnown},
		"an order nobody knows":          {"O1", map[string]string{orderPath: nobody}, "", "", payment.ErrNotKnown},
		"of another payment":             {"O1", map[string]string{orderPath: order(`"R1"`, `"R2"`)}, "", "", payment.ErrBank},
		"of another mode of ours":        {"O1", map[string]string{orderPath: order(modeID, "x")}, "", "", payment.ErrBank},
		"at another location":            {"O1", map[string]string{orderPath: order("LTEST", "LLIVE")}, "", "", payment.ErrBank},
		"a payment nobody knows":         {"O1", map[string]string{orderPath: order(), payPath: nobody}, "", "", payment.ErrBank},
		"a payment of another order":     {"O1", map[string]string{orderPath: order(), payPath: paid(`"O1"`, `"O2"`)}, "", "", payment.ErrBank},
		"a payment of an unheard status": {"O1", map[string]string{orderPath: order(), payPath: paid("COMPLETED", "DREAMING")}, "", "", payment.ErrBank},
		"a tender that is none":          {"O1", map[string]string{orderPath: order(`"id":"P1"`, `"id":"../P1"`)}, "", "", payment.ErrBank},
		"a no of Square's":               {"O1", map[string]string{orderPath: refused("400", "INVALID_REQUEST_ERROR", "BAD_REQUEST")}, "", "", payment.ErrBank},
		"a token that may not":           {"O1", map[string]string{orderPath: refused("403", "AUTHENTICATION_ERROR", "FORBIDDEN")}, "", "", payment.ErrOffice},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(t, tt.answers)
			p := captured()
			p.BankRef = tt.bankRef
			n, err := g.Inquire(t.Context(), account(), p)
			if wanted(t, n, err, tt.err) && (n.Event != tt.event || n.ID != tt.id || n.Ref != "R1" || !n.Test) {
				t.Errorf("got %+v", n)
			}
		})
	}
}
