package lyra

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const debitUUID = "192ee2d72bfc4ab3a9b1230a4eb301cf"

// one is a transaction, with changes.
func one(changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`{"shopId":"12345678","uuid":"` + debitUUID + `","amount":4990,"currency":"EUR","status":"PAID","detailedStatus":"CAPTURED",` +
		`"operationType":"DEBIT","orderDetails":{"orderId":"R1","mode":"TEST"}}`)
}

func good(answer string) string {
	return `{"status":"SUCCESS","mode":"TEST","answer":` + answer + `}`
}

func bad(code string) string {
	return `{"status":"ERROR","mode":"TEST","answer":{"errorCode":"` + code + `","errorMessage":"no"}}`
}

var givenBack = good(one(debitUUID, "aaaabbbbccccddddeeeeffff00001111", "4990", "2000", "DEBIT", "CREDIT"))

const didIt = `{"responseCode":0}`

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// TestRefund: PGW-30, money goes back in the way the state of the transaction wants, and nothing else is said to have gone.
func TestRefund(t *testing.T) {
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string // by service; "" for a service that must not be asked
		asked   string            // a part of the last question
		id      string
		err     error
	}{
		"a part of what was taken": {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: givenBack}, `"amount":2000,"currency":"EUR","resolutionMode":"REFUND_ONLY"`, "aaaabbbbccccddddeeeeffff00001111:refund", nil},
		"a part of what was not": {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "AUTHORISED")), update: good(didIt)},
			`"cardUpdate":{"amount":2990,"currency":"EUR"}`, debitUUID + ":lowered-2990", nil},
		"the same, asked before":               {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "AUTHORISED", "4990", "2990"))}, "uuid", debitUUID + ":lowered-2990", nil},
		"all of what was not":                  {"49.90", map[string]string{transactionGet: good(one("CAPTURED", "AUTHORISED")), cancelOrRefund: good(one("CAPTURED", "CANCELLED"))}, `"resolutionMode":"CANCELLATION_ONLY"`, debitUUID + ":cancelled", nil},
		"let go of before":                     {"49.90", map[string]string{transactionGet: good(one("CAPTURED", "CANCELLED"))}, "uuid", debitUUID + ":cancelled", nil},
		"PGW-45 the bank knows another amount": {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "AUTHORISED", "4990", "3990"))}, "", "", payment.ErrDeclined},
		"a part of what was let go of":         {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "CANCELLED"))}, "", "", payment.ErrDeclined},
		"more than there is":                   {"50.00", map[string]string{transactionGet: good(one())}, "", "", payment.ErrDeclined},
		"not decided yet":                      {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "UNDER_VERIFICATION"))}, "", "", payment.ErrDeclined},
		"the bank says no":                     {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: bad("PSP_104")}, "", "", payment.ErrDeclined},
		"the credit is refused":                {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: strings.Replace(givenBack, "CAPTURED", "REFUSED", 1)}, "", "", payment.ErrDeclined},
		"the update is refused":                {"20.00", map[string]string{transactionGet: good(one("CAPTURED", "AUTHORISED")), update: good(`{"responseCode":12}`)}, "", "", payment.ErrDeclined},
		"nobody knows it":                      {"20.00", map[string]string{transactionGet: bad("PSP_010")}, "", "", payment.ErrDeclined},
		"a wrong password":                     {"20.00", map[string]string{transactionGet: bad("INT_905")}, "", "", payment.ErrBank},
		"a failure of the bank's":              {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: bad("PSP_999")}, "", "", payment.ErrBank},
		"no answer one could read":             {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: "<html>"}, "", "", payment.ErrBank},
		"another amount went back":             {"20.00", map[string]string{transactionGet: good(one()), cancelOrRefund: strings.Replace(givenBack, "2000", "4990", 1)}, "", "", payment.ErrBank},
		"an answer about another payment":      {"20.00", map[string]string{transactionGet: good(one(`"R1"`, `"R2"`))}, "", "", payment.ErrBank},
		"an answer about another shop":         {"20.00", map[string]string{transactionGet: good(one("12345678", "87654321"))}, "", "", payment.ErrBank},
		"an answer of the other mode":          {"20.00", map[string]string{transactionGet: strings.Replace(good(one()), `"mode":"TEST"`, `"mode":"PRODUCTION"`, 1)}, "", "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			n, err := g.Refund(t.Context(), contract(), paid(), eur(tt.amount), "key")
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.ID != tt.id || n.Event != payment.Refunded || !n.Amount.Equal(eur(tt.amount)) || n.Ref != "R1" || !n.Test {
				t.Errorf("got %+v", n)
			}
			if last := (*asked)[len(*asked)-1]; !strings.Contains(last, tt.asked) {
				t.Errorf("asked %s", last)
			}
		})
	}
}

// TestCapture: PGW-02, what waits is taken once, whole or in part.
func TestCapture(t *testing.T) {
	for name, tt := range map[string]struct {
		amount  string
		answers map[string]string
		asked   string
		err     error
	}{
		"whole":             {"49.90", map[string]string{transactionGet: good(one("CAPTURED", toValidate)), validate: good(one())}, validate, nil},
		"a part":            {"40.00", map[string]string{transactionGet: good(one("CAPTURED", toValidate)), update: good(didIt)}, `"cardUpdate":{"amount":4000,"currency":"EUR","manualValidation":"NO"}`, nil},
		"taken before":      {"49.90", map[string]string{transactionGet: good(one("CAPTURED", authorised))}, transactionGet, nil},
		"of another amount": {"40.00", map[string]string{transactionGet: good(one("CAPTURED", authorised))}, "", payment.ErrDeclined},
		"more than waits":   {"50.00", map[string]string{transactionGet: good(one("CAPTURED", toValidate))}, "", payment.ErrDeclined},
		"expired":           {"49.90", map[string]string{transactionGet: good(one("CAPTURED", "EXPIRED"))}, "", payment.ErrDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := script(t, tt.answers)
			p := paid()
			p.State, p.Captured = payment.StateAuthorised, money.Zero(money.EUR)
			n, err := g.Capture(t.Context(), contract(), p, eur(tt.amount), "key")
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.ID != debitUUID+":paid" || n.Event != payment.Captured || !n.Amount.Equal(eur(tt.amount)) || n.BankRef != debitUUID {
				t.Errorf("got %+v", n)
			}
			if last := (*asked)[len(*asked)-1]; !strings.Contains(last, tt.asked) {
				t.Errorf("asked %s", last)
			}
		})
	}
}

// TestInquire: PGW-22, of several tries the one with money counts, and an answer that cannot be ours is none.
func TestInquire(t *testing.T) {
	list := func(transactions ...string) string {
		return good(`{"orderId":"R1","transactions":[` + strings.Join(transactions, ",") + `]}`)
	}
	refused := one(debitUUID, "aaaabbbbccccddddeeeeffff00001111", "CAPTURED", "REFUSED")
	for name, tt := range map[string]struct {
		answer string
		event  payment.Event
		err    error
	}{
		"refused and then paid": {list(refused, one()), payment.Captured, nil},
		"in the other order":    {list(one(), refused), payment.Captured, nil},
		"and given back":        {list(one("DEBIT", "CREDIT", debitUUID, "aaaabbbbccccddddeeeeffff00001111"), one()), payment.Captured, nil},
		"refused":               {list(refused), payment.Failed, nil},
		"nothing":               {list(), "", payment.ErrNotKnown},
		"nobody knows it":       {bad("PSP_010"), "", payment.ErrNotKnown},
		"too many":              {bad("PSP_015"), "", payment.ErrBank},
		"a state of the bank's": {bad("PSP_100"), "", payment.ErrBank},
		"of another payment":    {list(one(`"R1"`, `"R2"`)), "", payment.ErrBank},
		"no number":             {list(one(debitUUID, "?")), "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := script(t, map[string]string{orderGet: tt.answer})
			n, err := g.Inquire(t.Context(), contract(), paid())
			if !errors.Is(err, tt.err) || n.Event != tt.event {
				t.Errorf("got %+v, %v", n, err)
			}
			if errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
				t.Errorf("of kind %v", fault.KindOf(err))
			}
		})
	}
}

// paid is a payment that was paid.
func paid() payment.Payment {
	return payment.Payment{Ref: "R1", State: payment.StateCaptured, Amount: eur("49.90"), Captured: eur("49.90"), Refunded: money.Zero(money.EUR), BankRef: debitUUID, Test: true}
}

// script is a gateway whose bank answers as told, and what it was asked. What is not in the script must not be asked.
func script(t *testing.T, answers map[string]string) (*Gateway, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		service := strings.TrimPrefix(r.URL.Path, "/lyra/api.systempay.fr/api-payment/V4/")
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, service+" "+string(body))
		site, password, _ := r.BasicAuth()
		answer, told := answers[service]
		if !told || site != "12345678" || password != testPass || slices.Contains(asked[:len(asked)-1], asked[len(asked)-1]) {
			t.Errorf("asked %s by %s", asked, site)
		}
		_, _ = fmt.Fprint(w, answer)
	}))
	t.Cleanup(server.Close)
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: server.URL, Timeout: time.Second, Pause: time.Millisecond})), &asked
}
