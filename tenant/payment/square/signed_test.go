package square

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const (
	testToken, liveToken = "EAAAsandbox", "EAAAlive"
	testHook, liveHook   = "SignSandbox", "SignLive"
	modeID               = "0195f3a0-0000-7000-8000-000000000001"
	address              = "https://platform.example/name.shop/pay/notify/" + modeID
	ourTags              = `"metadata":{"echoppe_ref":"R1","echoppe_mode":"` + modeID + `"}`
)

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

func account() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode](modeID), "square", true, form.Values{"location_test": form.TextValue("LTEST"), "location_live": form.TextValue("LLIVE")},
		map[string]secret.Text{"token_test": secret.NewText(testToken), "token_live": secret.NewText(liveToken), "hook_test": secret.NewText(testHook), "hook_live": secret.NewText(liveHook)})
}

// scripted is a gateway whose Square answers as told, by method and path, and what it was asked. What is not in the script must not
// be asked. An answer of three digits and a blank begins with its status.
func scripted(t testing.TB, answers map[string]string) (*Gateway, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		where := r.Method + " " + r.URL.Path[strings.Index(r.URL.Path, "/v2/")+3:]
		asked = append(asked, where+" "+string(body))
		answer, told := answers[where]
		if !told || r.Header.Get("Authorization") != "Bearer "+testToken || r.Header.Get("Square-Version") != version {
			t.Errorf("asked %s", asked)
		}
		if status, err := strconv.Atoi(answer[:min(3, len(answer))]); err == nil {
			w.WriteHeader(status)
			answer = answer[4:]
		}
		_, _ = fmt.Fprint(w, answer)
	}))
	t.Cleanup(server.Close)
	return New(brand, bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: server.URL, Timeout: time.Second, Pause: time.Millisecond})), &asked
}

// signed is an event as Square sends it.
func signed(key, body string) payment.RawNotice {
	return payment.RawNotice{Header: map[string][]string{signatureHeader: {signature(key, address, []byte(body))}}, URL: address, Body: []byte(body)}
}

// of is an event about an object.
func of(kind, what, object string) string {
	return `{"merchant_id":"M1","type":"` + kind + `","event_id":"e-1","created_at":"2026-03-05T12:00:00Z","data":{"type":"` + what + `","id":"x","object":{"` + what + `":{` + object + `}}}}`
}

const (
	anOrder   = `"id":"O1","location_id":"LTEST","reference_id":"R1","state":"OPEN","total_money":{"amount":4990,"currency":"EUR"},"tenders":[{"id":"P1","type":"CARD"}],` + ourTags
	aPayment  = `"id":"P1","order_id":"O1","location_id":"LTEST","status":"COMPLETED","amount_money":{"amount":4990,"currency":"EUR"},"total_money":{"amount":4990,"currency":"EUR"}`
	aRefund   = `"id":"P1_r1","payment_id":"P1","order_id":"O2","status":"COMPLETED","amount_money":{"amount":2000,"currency":"EUR"},"reason":"by hand"`
	aDispute  = `"id":"D1","amount_money":{"amount":4990,"currency":"EUR"},"reason":"NOT_RECEIVED","state":"EVIDENCE_REQUIRED","due_at":"2026-03-19T00:00:00.000Z","disputed_payment":{"payment_id":"P1"}`
	orderPath = "GET /orders/O1"
	payPath   = "GET /payments/P1"
)

func with(object string, changes ...string) string {
	return strings.NewReplacer(changes...).Replace(object)
}

// order and paid are answers.
func order(changes ...string) string { return `{"order":{` + with(anOrder, changes...) + `}}` }
func paid(changes ...string) string  { return `{"payment":{` + with(aPayment, changes...) + `}}` }

const nobody = `404 {"errors":[{"category":"INVALID_REQUEST_ERROR","code":"NOT_FOUND"}]}`

// TestReadNotice: PGN-01, PGW-04: what events mean.
func TestReadNotice(t *testing.T) {
	known := map[string]string{orderPath: order(), payPath: paid()}
	refused := func(code string) string {
		return of("payment.updated", "payment", with(aPayment, "COMPLETED", "FAILED")+`,"card_details":{"status":"FAILED","errors":[{"code":"`+code+`"}]}`)
	}
	about := func(changes ...string) string {
		return of("payment.updated", "payment", with(aPayment, changes...))
	}
	dispute := func(state string) string {
		return of("dispute.state.updated", "dispute", with(aDispute, "EVIDENCE_REQUIRED", state))
	}
	for name, tt := range map[string]struct {
		body    string
		answers map[string]string
		err     error
		event   payment.Event
		id      string
		reason  payment.Reason
		minor   string
		bankRef string
	}{
		"paid":                       {about(), known, nil, payment.Captured, "P1:paid", "", "4990", "O1"},
		"paid, just made":            {of("payment.created", "payment", aPayment), known, nil, payment.Captured, "P1:paid", "", "4990", "O1"},
		"with a tip":                 {about(`"total_money":{"amount":4990`, `"total_money":{"amount":5490`), known, nil, payment.Captured, "P1:paid", "", "5490", "O1"},
		"approved":                   {about("COMPLETED", "APPROVED"), known, nil, payment.Authorised, "P1:authorised", "", "4990", "O1"},
		"pending":                    {about("COMPLETED", "PENDING"), known, nil, payment.Waiting, "P1:pending", "", "4990", "O1"},
		"let go":                     {about("COMPLETED", "CANCELED"), known, nil, payment.Cancelled, "P1:cancelled", payment.ReasonExpired, "4990", ""},
		"no money on the card":       {refused("INSUFFICIENT_FUNDS"), known, nil, payment.Failed, "P1:failed", payment.ReasonFunds, "4990", ""},
		"a wrong code":               {refused("CVV_FAILURE"), known, nil, payment.Failed, "P1:failed", payment.ReasonCard, "4990", ""},
		"not authenticated":          {refused("CARD_DECLINED_VERIFICATION_REQUIRED"), known, nil, payment.Failed, "P1:failed", payment.ReasonSecure, "4990", ""},
		"for no reason":              {about("COMPLETED", "FAILED"), known, nil, payment.Failed, "P1:failed", payment.ReasonRefused, "4990", ""},
		"of a new status":            {about("COMPLETED", "DREAMING"), known, payment.ErrGarbled, "", "", "", "", ""},
		"in no currency":             {about(`"EUR"`, `"EEE"`), known, payment.ErrGarbled, "", "", "", "", ""},
		"less than nothing":          {about("4990", "-1"), known, payment.ErrGarbled, "", "", "", "", ""},
		"half a cent":                {about("4990", "49.5"), nil, payment.ErrGarbled, "", "", "", "", ""},
		"no name":                    {about(`"P1"`, `"P/1"`), known, payment.ErrGarbled, "", "", "", "", ""},
		"of a till":                  {about("O1", ""), nil, errOther, "", "", "", "", ""},
		"an order elsewhere":         {about("O1", "../locations"), nil, errOther, "", "", "", "", ""},
		"at another location":        {about("LTEST", "LOTHER"), nil, errOther, "", "", "", "", ""},
		"at the live location":       {about("LTEST", "LLIVE"), nil, errOther, "", "", "", "", ""},
		"of another shop":            {about(), map[string]string{orderPath: order(modeID, "another")}, errOther, "", "", "", "", ""},
		"of other software":          {about(), map[string]string{orderPath: order("echoppe_ref", "their_ref")}, errOther, "", "", "", "", ""},
		"of an order elsewhere":      {about(), map[string]string{orderPath: order("LTEST", "LOTHER")}, errOther, "", "", "", "", ""},
		"of an order nobody knows":   {about(), map[string]string{orderPath: nobody}, errOther, "", "", "", "", ""},
		"of an order mixed up":       {about(), map[string]string{orderPath: order(`"O1"`, `"O9"`)}, payment.ErrBank, "", "", "", "", ""},
		"a token that is no more":    {about(), map[string]string{orderPath: `401 {"errors":[{"category":"AUTHENTICATION_ERROR","code":"ACCESS_TOKEN_EXPIRED"}]}`}, payment.ErrBank, "", "", "", "", ""},
		"a token that may not":       {about(), map[string]string{orderPath: `403 {"errors":[{"category":"AUTHENTICATION_ERROR","code":"INSUFFICIENT_SCOPES"}]}`}, payment.ErrBank, "", "", "", "", ""},
		"Square away":                {about(), map[string]string{orderPath: `503 {}`}, payment.ErrBank, "", "", "", "", ""},
		"given back":                 {of("refund.updated", "refund", aRefund), known, nil, payment.Refunded, "P1_r1", "", "2000", ""},
		"on its way back":            {of("refund.created", "refund", with(aRefund, "COMPLETED", "PENDING")), known, nil, payment.Refunded, "P1_r1", "", "2000", ""},
		"not given back after all":   {of("refund.updated", "refund", with(aRefund, "COMPLETED", "FAILED")), known, nil, payment.Waiting, "P1_r1:failed", "", "2000", ""},
		"a refund turned down":       {of("refund.updated", "refund", with(aRefund, "COMPLETED", "REJECTED")), known, nil, payment.Waiting, "P1_r1:failed", "", "2000", ""},
		"a refund of a new status":   {of("refund.updated", "refund", with(aRefund, "COMPLETED", "DREAMING")), known, payment.ErrGarbled, "", "", "", "", ""},
		"a refund of nothing":        {of("refund.updated", "refund", with(aRefund, `"P1"`, `""`)), nil, errOther, "", "", "", "", ""},
		"a refund of nobody's":       {of("refund.updated", "refund", aRefund), map[string]string{payPath: nobody}, errOther, "", "", "", "", ""},
		"a refund of another's":      {of("refund.updated", "refund", aRefund), map[string]string{payPath: paid(), orderPath: order(modeID, "another")}, errOther, "", "", "", "", ""},
		"disputed":                   {of("dispute.created", "dispute", aDispute), known, nil, payment.Disputed, "D1:opened", "", "4990", ""},
		"disputed, in old words":     {of("dispute.created", "dispute", with(aDispute, `"id":"D1"`, `"dispute_id":"D1"`)), known, nil, payment.Disputed, "D1:opened", "", "4990", ""},
		"looked at":                  {dispute("PROCESSING"), known, nil, payment.Disputed, "D1:opened", "", "4990", ""},
		"asked about":                {dispute("INQUIRY_EVIDENCE_REQUIRED"), known, nil, payment.Disputed, "D1:inquiry", "", "4990", ""},
		"asked about no more":        {dispute("INQUIRY_CLOSED"), known, nil, payment.DisputeWon, "D1:inquiry-closed", "", "4990", ""},
		"won":                        {dispute("WON"), known, nil, payment.DisputeWon, "D1:won", "", "4990", ""},
		"lost":                       {dispute("LOST"), known, nil, payment.DisputeLost, "D1:lost", "", "4990", ""},
		"given in":                   {dispute("ACCEPTED"), known, nil, payment.DisputeLost, "D1:lost", "", "4990", ""},
		"of a new state":             {dispute("DREAMING"), known, nil, payment.Waiting, "D1:DREAMING", "", "4990", ""},
		"disputed, of nobody's":      {of("dispute.created", "dispute", aDispute), map[string]string{payPath: nobody}, errOther, "", "", "", "", ""},
		"disputed, and no answer":    {of("dispute.created", "dispute", aDispute), map[string]string{payPath: `429 {}`}, payment.ErrBank, "", "", "", "", ""},
		"an order":                   {of("order.updated", "order_updated", `"order_id":"O1"`), nil, errOther, "", "", "", "", ""},
		"Square's own test":          {`{"type":"webhooks.test_notification","event_id":"e","data":{"type":"webhooks","id":"x"}}`, nil, errOther, "", "", "", "", ""},
		"a payment about a refund":   {of("payment.updated", "refund", aRefund), nil, payment.ErrGarbled, "", "", "", "", ""},
		"a refund about a payment":   {of("refund.updated", "payment", aPayment), nil, payment.ErrGarbled, "", "", "", "", ""},
		"a dispute about a payment":  {of("dispute.created", "payment", aPayment), nil, payment.ErrGarbled, "", "", "", "", ""},
		"no JSON":                    {`x`, nil, payment.ErrGarbled, "", "", "", "", ""},
		"an object of another shape": {`{"type":"payment.updated","data":{"object":{"payment":[]}}}`, nil, payment.ErrGarbled, "", "", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(t, tt.answers)
			n, err := g.ReadNotice(t.Context(), account(), signed(testHook, tt.body))
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) != fault.Is(err, fault.Upstream) || tt.err == nil {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				if status := g.Acknowledge(n, err).Status; (status == http.StatusOK) != errors.Is(tt.err, errOther) {
					t.Errorf("answered %d", status)
				}
				return
			}
			minor, _ := n.Amount.Minor()
			if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.BankRef != tt.bankRef || fmt.Sprint(minor) != tt.minor || n.Ref != "R1" || !n.Test || n.Unproven {
				t.Errorf("got %+v", n)
			}
			if strings.HasPrefix(n.ID, "D1") && (n.Dispute.Reason != "NOT_RECEIVED" || n.Dispute.Due.Format(time.DateOnly) != "2026-03-19") {
				t.Errorf("the claim is %+v", n.Dispute)
			}
			if n.Message["event"] != "e-1" || n.Message["type"] == "" {
				t.Errorf("the ledger is told %v", n.Message)
			}
		})
	}
}

// TestReadNotice_signature: PGW-03, who is believed, and about what.
func TestReadNotice_signature(t *testing.T) {
	body := of("payment.updated", "payment", aPayment)
	elsewhere := signed(testHook, body)
	elsewhere.URL = strings.Replace(address, modeID, "another", 1)
	unset := payment.NewAccount(account().Mode, "square", true, nil, nil)
	for name, tt := range map[string]struct {
		a   payment.Account
		raw payment.RawNotice
		err error
	}{
		"the sandbox":                 {account(), signed(testHook, body), nil},
		"real money, of a test order": {account(), signed(liveHook, body), errOther},
		"nobody":                      {account(), signed("x", body), payment.ErrForged},
		"an empty key":                {account(), signed("", body), payment.ErrForged},
		"an account without keys":     {unset, signed("", body), payment.ErrForged},
		"for another address":         {account(), elsewhere, payment.ErrForged},
		"too long":                    {account(), signed(testHook, body+strings.Repeat(" ", payment.MaxBody)), payment.ErrGarbled},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(t, map[string]string{orderPath: order()})
			if n, err := g.ReadNotice(t.Context(), tt.a, tt.raw); !errors.Is(err, tt.err) || err == nil && !n.Test {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
}

// FuzzSigned feeds what Square signed and did not mean: nothing falls over, and what is believed names a payment, an event and a
// currency.
func FuzzSigned(f *testing.F) {
	f.Add("payment.updated", "payment", aPayment)
	f.Add("payment.created", "payment", with(aPayment, "COMPLETED", "FAILED"))
	f.Add("refund.created", "refund", aRefund)
	f.Add("dispute.state.updated", "dispute", aDispute)
	f.Fuzz(func(t *testing.T, kind, what, object string) {
		g := New(brand, bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: "http://pretend.localhost", Transport: archive{}}))
		n, err := g.ReadNotice(t.Context(), account(), signed(testHook, of(kind, what, object)))
		if err == nil && (n.ID == "" || n.Ref != "R1" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative() || !n.Test) {
			t.Errorf("believed %+v", n)
		}
	})
}

// archive is a Square that knows one order and its payment, whoever asks.
type archive struct{}

func (archive) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	switch {
	case strings.HasSuffix(r.URL.Path, "/orders/O1"):
		_, _ = io.WriteString(w, order())
	case strings.HasSuffix(r.URL.Path, "/payments/P1"):
		_, _ = io.WriteString(w, paid())
	default:
		w.WriteHeader(http.StatusNotFound)
	}
	return w.Result(), nil
}
