package monext

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// done is a transaction and what was done with it, as kinds and amounts in turn.
func done(list ...any) string {
	var linked []string
	for i := 0; i+1 < len(list); i += 2 {
		linked = append(linked, fmt.Sprintf(`{"id":"D%d","type":"%s","amount":%d,"status":"OK","originTransactionId":"T1"}`, i/2+1, list[i], list[i+1]))
	}
	return `{"result":{"title":"ACCEPTED","code":"00000"},"transaction":{"id":"T1","type":"AUTHORIZATION"},"associatedTransactions":[` + strings.Join(linked, ",") + `]}`
}

func moved(code, title string) string {
	return `{"result":{"title":"` + title + `","code":"` + code + `","detail":"no"},"transaction":{"id":"N1"}}`
}

var yes = moved("00000", "ACCEPTED")

// office answers a look at the transaction with one text and a call that moves money with another, which it counts.
func office(t *testing.T, look, move string, status int) (*Gateway, payment.Account, *int) {
	t.Helper()
	calls := new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			_, _ = io.WriteString(w, look)
			return
		}
		*calls++
		w.WriteHeader(status)
		_, _ = io.WriteString(w, move)
	}))
	t.Cleanup(server.Close)
	a := payment.NewAccount(id.New[payment.Mode](), "payline", true, form.Values{"api": form.TextValue(apiREST), "contracts": form.TextValue("1")},
		map[string]secret.Text{"key_test": secret.NewText("a2V5")})
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: server.URL, Timeout: time.Second, Pause: time.Millisecond})), a, calls
}

// paid is a payment the book says that much of.
func paid(captured, refunded string) payment.Payment {
	return payment.Payment{Ref: "R1", BankRef: "TOKEN T1", Test: true, Amount: eur("49.90"), Captured: eur(captured), Refunded: eur(refunded)}
}

// TestRefund: PGW-30, money goes back once, whatever became of the answer to an earlier call.
func TestRefund(t *testing.T) {
	for name, tt := range map[string]struct {
		p            payment.Payment
		look, answer string
		status       int
		id           string
		calls        int
		err          error
	}{
		"a part":                          {paid("49.90", "0"), done("AUTHORIZATION_AND_CAPTURE", 4990), yes, 201, "N1:refund", 1, nil},
		"another part":                    {paid("49.90", "10.00"), done("REFUND", 1000), yes, 201, "N1:refund", 1, nil},
		"done before, and not heard":      {paid("49.90", "10.00"), done("REFUND", 1000, "REFUND", 2000), yes, 201, "D2:refund", 0, nil},
		"the office gave back some":       {paid("49.90", "0"), done("REFUND", 500), yes, 201, "", 0, payment.ErrDeclined},
		"the office gave back, in parts":  {paid("49.90", "0"), done("REFUND", 1500, "REFUND", 500), yes, 201, "", 0, payment.ErrDeclined},
		"let go of":                       {paid("49.90", "0"), done("RESET", 4990), yes, 201, "", 0, payment.ErrDeclined},
		"more than is left":               {paid("49.90", "40.00"), done("REFUND", 4000), yes, 201, "", 0, payment.ErrDeclined},
		"the bank says no, with 201":      {paid("49.90", "0"), done(), moved("02303", "ERROR"), 201, "", 1, payment.ErrDeclined},
		"the bank says no, with 400":      {paid("49.90", "0"), done(), `{"title":"REFUSED","code":"01100","detail":"no"}`, 400, "", 1, payment.ErrDeclined},
		"unknown":                         {paid("49.90", "0"), done(), `{}`, 404, "", 1, payment.ErrDeclined},
		"the bank does not know itself":   {paid("49.90", "0"), done(), moved("02101", "ERROR"), 201, "", 1, payment.ErrBank},
		"the bank has another key":        {paid("49.90", "0"), done(), `{}`, 401, "", 1, payment.ErrBank},
		"done, and no number":             {paid("49.90", "0"), done(), `{"result":{"title":"ACCEPTED","code":"00000"}}`, 201, "", 1, payment.ErrBank},
		"accepted by a code that is none": {paid("49.90", "0"), done(), moved("02106", "ACCEPTED"), 201, "", 1, payment.ErrBank},
		"another transaction":             {paid("49.90", "0"), strings.Replace(done(), `"T1"`, `"T2"`, 1), yes, 201, "", 0, payment.ErrBank},
		"no transaction": {payment.Payment{Ref: "R1", BankRef: "TOKEN", Test: true, Amount: eur("49.90"), Captured: eur("49.90"), Refunded: eur("0")},
			done(), yes, 201, "", 0, payment.ErrDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			g, a, calls := office(t, tt.look, tt.answer, tt.status)
			n, err := g.Refund(t.Context(), a, tt.p, eur("20.00"), "key")
			if !errors.Is(err, tt.err) || *calls != tt.calls || n.ID != tt.id || err == nil && (n.Event != payment.Refunded || !n.Amount.Equal(eur("20.00")) || n.Ref != "R1") {
				t.Errorf("got %+v, %v after %d calls", n, err, *calls)
			}
		})
	}
}

// TestHold: PGW-02, what was authorised is taken or let go of once.
func TestHold(t *testing.T) {
	for name, tt := range map[string]struct {
		p                payment.Payment
		look             string
		taken, let       error
		takeCall, letGo  int
		captured, closed string
	}{
		"held":           {paid("0", "0"), done("AUTHORIZATION", 4990), nil, nil, 1, 1, "T1:paid", "T1:cancelled"},
		"taken before":   {paid("0", "0"), done("CAPTURE", 4000), nil, payment.ErrDeclined, 0, 0, "T1:paid", ""},
		"less was taken": {paid("0", "0"), done("CAPTURE", 3000), payment.ErrDeclined, payment.ErrDeclined, 0, 0, "", ""},
		"let go before":  {paid("0", "0"), done("RESET", 4990), payment.ErrDeclined, nil, 0, 0, "", "T1:cancelled"},
		"in the book":    {paid("40.00", "0"), done("CAPTURE", 4000), payment.ErrDeclined, payment.ErrDeclined, 0, 0, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, a, calls := office(t, tt.look, yes, 201)
			n, err := g.Capture(t.Context(), a, tt.p, eur("40.00"), "key")
			if !errors.Is(err, tt.taken) || *calls != tt.takeCall || n.ID != tt.captured || err == nil && (n.BankRef != "TOKEN T1" || !n.Amount.Equal(eur("40.00"))) {
				t.Errorf("take: %+v, %v after %d calls", n, err, *calls)
			}
			*calls = 0
			if n, err = g.Cancel(t.Context(), a, tt.p, "key"); !errors.Is(err, tt.let) || *calls != tt.letGo || n.ID != tt.closed {
				t.Errorf("let go: %+v, %v after %d calls", n, err, *calls)
			}
		})
	}
}

// TestPick: GWN-13, of several cards a buyer has tried in one session the one that was accepted counts.
func TestPick(t *testing.T) {
	two := strings.Replace(restText(), `"transactions":[`, `"transactions":[{"id":"T0","type":"AUTHORIZATION_AND_CAPTURE","requestedAmount":1,"currency":"EUR"},`, 1)
	for _, accepted := range []string{"T0", "T1", ""} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.Contains(r.URL.Path, "/sessions/"):
				_, _ = io.WriteString(w, two)
			case accepted != "" && strings.HasSuffix(r.URL.Path, "/"+accepted):
				_, _ = io.WriteString(w, yes)
			default:
				_, _ = io.WriteString(w, moved("01100", "REFUSED"))
			}
		}))
		t.Cleanup(server.Close)
		d := &restDesk{calls: bankcall.New(bankcall.Options{Clock: clock.System(), Pause: time.Millisecond}), hosts: []string{server.URL}}
		s, err := d.session(t.Context(), "TOKEN123")
		if s.transaction != accepted || accepted == "" && !fault.Is(err, fault.Upstream) {
			t.Errorf("%s: %+v, %v", accepted, s, err)
		}
	}
}
