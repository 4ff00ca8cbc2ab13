package stripe

import (
	"encoding/hex"
	"errors"
	"fmt"
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
	testKey, liveKey   = "sk_test_A", "sk_live_A"
	testHook, liveHook = "whsec_A", "whsec_B"
	modeID             = "0195f3a0-0000-7000-8000-000000000001"
	ourTags            = `"metadata":{"echoppe_ref":"R1","echoppe_mode":"` + modeID + `"}`
)

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

func account() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode](modeID), "stripe", true, form.Values{"capture": form.TextValue("now"), "page": form.TextValue("hosted"), "public_test": form.TextValue("pk_test_A")},
		map[string]secret.Text{"secret_test": secret.NewText(testKey), "secret_live": secret.NewText(liveKey), "hook_test": secret.NewText(testHook), "hook_live": secret.NewText(liveHook)})
}

// scripted is a gateway whose Stripe answers as told, by method and path, and what it was asked. What is not in the script must
// not be asked. An answer of three digits and a blank begins with its status.
func scripted(t testing.TB, answers map[string]string) (*Gateway, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		where := r.Method + " " + r.URL.Path[strings.Index(r.URL.Path, "/v1/")+3:]
		asked = append(asked, where+"?"+r.Form.Encode())
		answer, told := answers[where]
		if !told || r.Header.Get("Authorization") != "Bearer "+testKey || r.Header.Get("X-Stripe-Client-User-Agent") != "" {
			t.Errorf("asked %s", asked)
		}
		if r.Method == http.MethodPost && r.Header.Get("Idempotency-Key") == "" {
			t.Error("no key of idempotency")
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

// signed is an event as Stripe sends it; more signatures may stand before the right one.
func signed(hook string, at time.Time, body string, more ...string) payment.RawNotice {
	stamp := strconv.FormatInt(at.Unix(), 10)
	header := "t=" + stamp + strings.Join(more, "") + ",v1=" + hex.EncodeToString(signature(hook, stamp, []byte(body)))
	return payment.RawNotice{Header: map[string][]string{signatureHeader: {header}}, Body: []byte(body)}
}

// of is an event about an object.
func of(kind, object string, more ...string) string {
	return `{"id":"evt_1","object":"event","type":"` + kind + `","livemode":false,"data":{"object":{` + object + `}` + strings.Join(more, "") + `}}`
}

const (
	aSession = `"id":"cs_test_1","object":"checkout.session","status":"complete","payment_status":"paid","amount_total":4990,"currency":"eur","client_reference_id":"R1","payment_intent":"pi_1",` + ourTags
	anIntent = `"id":"pi_1","object":"payment_intent","status":"succeeded","amount":4990,"amount_received":4990,"amount_capturable":0,"currency":"eur","livemode":false,` + ourTags
	aCharge  = `"id":"ch_1","object":"charge","amount":4990,"amount_captured":4990,"amount_refunded":0,"captured":true,"currency":"eur","payment_intent":"pi_1",` + ourTags
	aRefund  = `"id":"re_1","object":"refund","amount":2000,"currency":"eur","status":"succeeded","charge":"ch_1","payment_intent":"pi_1","metadata":{}`
	aDispute = `"id":"du_1","object":"dispute","amount":4990,"currency":"eur","status":"needs_response","reason":"fraudulent","charge":"ch_1","payment_intent":"pi_1","evidence_details":{"due_by":1774000000},"metadata":{}`
)

func with(object string, changes ...string) string {
	return strings.NewReplacer(changes...).Replace(object)
}

// TestReadNotice: PGN-02, PGW-04: what events mean.
func TestReadNotice(t *testing.T) {
	failed := func(problem string) string {
		return with(anIntent, `"succeeded"`, `"requires_payment_method"`, `"amount_received":4990`, `"amount_received":0,"latest_charge":"ch_0","last_payment_error":{`+problem+`}`)
	}
	refunds := `{"object":"list","data":[{` + with(aRefund, "re_1", "re_2", "2000", "1000") + `},{` + aRefund + `}]}`
	intentPath, refundPath := "GET /payment_intents/pi_1", "GET /refunds"
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
		"session paid":                {of("checkout.session.completed", aSession), nil, nil, payment.Captured, "pi_1:paid", "", "4990", "pi_1"},
		"with its intent whole":       {of("checkout.session.completed", with(aSession, `"pi_1"`, `{"id":"pi_1"}`)), nil, nil, payment.Captured, "pi_1:paid", "", "4990", "pi_1"},
		"debit on its way":            {of("checkout.session.completed", with(aSession, `"paid"`, `"unpaid"`)), nil, nil, payment.Waiting, "pi_1:processing", "", "4990", "pi_1"},
		"debit come":                  {of("checkout.session.async_payment_succeeded", aSession), nil, nil, payment.Captured, "pi_1:paid", "", "4990", "pi_1"},
		"debit refused":               {of("checkout.session.async_payment_failed", with(aSession, `"paid"`, `"unpaid"`)), nil, nil, payment.Failed, "pi_1:failed:cs_test_1", payment.ReasonRefused, "4990", ""},
		"session expired":             {of("checkout.session.expired", with(aSession, `"complete"`, `"expired"`, `"pi_1"`, "null")), nil, nil, payment.Cancelled, "cs_test_1:expired", payment.ReasonExpired, "4990", ""},
		"session of nobody":           {of("checkout.session.completed", with(aSession, modeID, "another")), nil, errOther, "", "", "", "", ""},
		"session of another payment":  {of("checkout.session.completed", with(aSession, `"client_reference_id":"R1"`, `"client_reference_id":"R2"`)), nil, errOther, "", "", "", "", ""},
		"session without an intent":   {of("checkout.session.completed", with(aSession, `"pi_1"`, "null")), nil, payment.ErrGarbled, "", "", "", "", ""},
		"intent paid":                 {of("payment_intent.succeeded", anIntent), nil, nil, payment.Captured, "pi_1:paid", "", "4990", "pi_1"},
		"intent processing":           {of("payment_intent.processing", with(anIntent, "succeeded", "processing")), nil, nil, payment.Waiting, "pi_1:processing", "", "4990", "pi_1"},
		"intent held":                 {of("payment_intent.amount_capturable_updated", with(anIntent, "succeeded", "requires_capture", `"amount_capturable":0`, `"amount_capturable":4990`)), nil, nil, payment.Authorised, "pi_1:authorised", "", "4990", "pi_1"},
		"intent let go":               {of("payment_intent.canceled", with(anIntent, "succeeded", "canceled", `"livemode"`, `"cancellation_reason":"requested_by_customer","livemode"`)), nil, nil, payment.Cancelled, "pi_1:cancelled", payment.ReasonAbandoned, "4990", ""},
		"intent let go by time":       {of("payment_intent.canceled", with(anIntent, "succeeded", "canceled", `"livemode"`, `"cancellation_reason":"automatic","livemode"`)), nil, nil, payment.Cancelled, "pi_1:cancelled", payment.ReasonExpired, "4990", ""},
		"no money on the card":        {of("payment_intent.payment_failed", failed(`"code":"card_declined","decline_code":"insufficient_funds","charge":"ch_0"`)), nil, nil, payment.Failed, "pi_1:failed:ch_0", payment.ReasonFunds, "4990", ""},
		"not authenticated":           {of("payment_intent.payment_failed", failed(`"code":"payment_intent_authentication_failure"`)), nil, nil, payment.Failed, "pi_1:failed:payment_intent_authentication_failure", payment.ReasonSecure, "4990", ""},
		"a stolen card":               {of("payment_intent.payment_failed", failed(`"code":"card_declined","decline_code":"stolen_card","charge":"ch_0"`)), nil, nil, payment.Failed, "pi_1:failed:ch_0", payment.ReasonRefused, "4990", ""},
		"a wrong number":              {of("payment_intent.payment_failed", failed(`"code":"incorrect_cvc","charge":"ch_0"`)), nil, nil, payment.Failed, "pi_1:failed:ch_0", payment.ReasonCard, "4990", ""},
		"Stripe's own failure":        {of("payment_intent.payment_failed", failed(`"type":"api_error","charge":"ch_0"`)), nil, nil, payment.Failed, "pi_1:failed:ch_0", payment.ReasonTechnical, "4990", ""},
		"intent of nobody":            {of("payment_intent.succeeded", with(anIntent, "echoppe_ref", "order")), nil, errOther, "", "", "", "", ""},
		"intent of a new status":      {of("payment_intent.succeeded", with(anIntent, "succeeded", "dreaming")), nil, payment.ErrGarbled, "", "", "", "", ""},
		"intent in no currency":       {of("payment_intent.succeeded", with(anIntent, `"eur"`, `"eee"`)), nil, payment.ErrGarbled, "", "", "", "", ""},
		"intent of less than nothing": {of("payment_intent.succeeded", with(anIntent, `"amount_received":4990`, `"amount_received":-1`)), nil, payment.ErrGarbled, "", "", "", "", ""},
		"charge paid":                 {of("charge.succeeded", aCharge), nil, nil, payment.Captured, "pi_1:paid", "", "4990", "pi_1"},
		"charge held":                 {of("charge.succeeded", with(aCharge, `"captured":true`, `"captured":false`)), nil, nil, payment.Authorised, "pi_1:authorised", "", "4990", "pi_1"},
		"charge pending":              {of("charge.pending", aCharge), nil, nil, payment.Waiting, "pi_1:processing", "", "4990", "pi_1"},
		"charge updated":              {of("charge.updated", aCharge), nil, errOther, "", "", "", "", ""},
		"charge of nobody":            {of("charge.succeeded", with(aCharge, modeID, "another")), nil, errOther, "", "", "", "", ""},
		"given back":                  {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":2000`)), map[string]string{refundPath: refunds}, nil, payment.Refunded, "re_1", "", "2000", ""},
		"and again":                   {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":3000`)), map[string]string{refundPath: refunds}, nil, payment.Refunded, "re_2", "", "1000", ""},
		"after one that failed":       {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":1000`), `,"previous_attributes":{"amount_refunded":0}`), map[string]string{refundPath: refunds}, nil, payment.Refunded, "re_2", "", "1000", ""},
		"by nobody":                   {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":777`)), map[string]string{refundPath: refunds}, payment.ErrBank, "", "", "", "", ""},
		"by a Stripe that is away":    {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":2000`)), map[string]string{refundPath: `429 {"error":{"type":"api_error"}}`}, payment.ErrBank, "", "", "", "", ""},
		"the rest let go":             {of("charge.refunded", with(aCharge, `"amount_refunded":0`, `"amount_refunded":2000`, `"amount_captured":4990`, `"amount_captured":2990`)), map[string]string{refundPath: refunds}, nil, payment.Waiting, "re_1:released", "", "2000", ""},
		"refund made":                 {of("refund.created", aRefund), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.Refunded, "re_1", "", "2000", ""},
		"refund of ours":              {of("refund.created", with(aRefund, `"metadata":{}`, ourTags)), nil, nil, payment.Refunded, "re_1", "", "2000", ""},
		"refund that failed":          {of("charge.refund.updated", with(aRefund, "succeeded", "failed", `"metadata":{}`, ourTags)), nil, nil, payment.Waiting, "re_1:failed", "", "2000", ""},
		"refund of somebody":          {of("refund.created", aRefund), map[string]string{intentPath: `{` + with(anIntent, modeID, "another") + `}`}, errOther, "", "", "", "", ""},
		"refund of no intent":         {of("refund.created", with(aRefund, `"payment_intent":"pi_1"`, `"payment_intent":null`)), nil, errOther, "", "", "", "", ""},
		"disputed":                    {of("charge.dispute.created", aDispute), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.Disputed, "du_1:opened", "", "4990", ""},
		"looked at":                   {of("charge.dispute.updated", with(aDispute, "needs_response", "under_review", "1774000000", "null")), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.Disputed, "du_1:opened", "", "4990", ""},
		"asked about":                 {of("charge.dispute.created", with(aDispute, "needs_response", "warning_needs_response")), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.Disputed, "du_1:opened", "", "4990", ""},
		"dispute won":                 {of("charge.dispute.closed", with(aDispute, "needs_response", "won")), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.DisputeWon, "du_1:won", "", "4990", ""},
		"dispute lost":                {of("charge.dispute.closed", with(aDispute, "needs_response", "lost")), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.DisputeLost, "du_1:lost", "", "4990", ""},
		"dispute of a new end":        {of("charge.dispute.closed", with(aDispute, "needs_response", "prevented")), map[string]string{intentPath: `{` + anIntent + `}`}, nil, payment.Waiting, "du_1:prevented", "", "4990", ""},
		"dispute of somebody":         {of("charge.dispute.created", aDispute), map[string]string{intentPath: `404 {"error":{"type":"invalid_request_error","code":"resource_missing"}}`}, errOther, "", "", "", "", ""},
		"dispute without an answer":   {of("charge.dispute.created", aDispute), map[string]string{intentPath: `401 {"error":{"type":"invalid_request_error"}}`}, payment.ErrBank, "", "", "", "", ""},
		"a customer":                  {of("customer.created", `"id":"cus_1"`), nil, errOther, "", "", "", "", ""},
		"no kind":                     {of("", `"id":"cus_1"`), nil, errOther, "", "", "", "", ""},
		"of the other mode":           {with(of("payment_intent.succeeded", anIntent), `"livemode":false,"data"`, `"livemode":true,"data"`), nil, payment.ErrGarbled, "", "", "", "", ""},
		"of no mode":                  {with(of("payment_intent.succeeded", anIntent), `"livemode":false,"data"`, `"data"`), nil, payment.ErrGarbled, "", "", "", "", ""},
		"about nothing":               {`{"type":"payment_intent.succeeded","livemode":false}`, nil, payment.ErrGarbled, "", "", "", "", ""},
		"no JSON":                     {`x`, nil, payment.ErrGarbled, "", "", "", "", ""},
		"an object of another kind":   {`{"type":"payment_intent.succeeded","livemode":false,"data":{"object":[]}}`, nil, payment.ErrGarbled, "", "", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(t, tt.answers)
			n, err := g.ReadNotice(t.Context(), account(), signed(testHook, instant, tt.body))
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) != fault.Is(err, fault.Upstream) {
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
			if strings.HasPrefix(n.ID, "du_") && (n.Dispute.Reason != "fraudulent" || name == "disputed" && n.Dispute.Due.Unix() != 1774000000) {
				t.Errorf("the claim is %+v", n.Dispute)
			}
			if n.Message["event"] != "evt_1" || n.Message["type"] == "" {
				t.Errorf("the ledger is told %v", n.Message)
			}
		})
	}
}

// TestReadNotice_signature: PGW-03, who is believed, and when.
func TestReadNotice_signature(t *testing.T) {
	body := of("payment_intent.succeeded", anIntent)
	live := strings.Replace(body, `"livemode":false,"data"`, `"livemode":true,"data"`, 1)
	stale := ",v1=" + strings.Repeat("00", 32)
	for name, tt := range map[string]struct {
		raw  payment.RawNotice
		test bool
		err  error
	}{
		"test":                    {signed(testHook, instant, body), true, nil},
		"real":                    {signed(liveHook, instant, live), false, nil},
		"behind a stale one":      {signed(testHook, instant, body, stale), true, nil},
		"before another scheme":   {signed(testHook, instant, body, ",v0=xyz"), true, nil},
		"five minutes ago":        {signed(testHook, instant.Add(-tolerance), body), true, nil},
		"longer ago":              {signed(testHook, instant.Add(-tolerance-time.Second), body), true, payment.ErrForged},
		"from the future":         {signed(testHook, instant.Add(tolerance+time.Second), body), true, payment.ErrForged},
		"test, by the live hook":  {signed(liveHook, instant, body), true, payment.ErrGarbled},
		"real, by the test hook":  {signed(testHook, instant, live), true, payment.ErrGarbled},
		"by nobody":               {signed("whsec_x", instant, body), true, payment.ErrForged},
		"by an empty secret":      {signed("", instant, body), true, payment.ErrForged},
		"the secret's bare part":  {signed("A", instant, body), true, payment.ErrForged},
		"too many signatures":     {signed(testHook, instant, body, strings.Repeat(stale, maxSignatures)), true, payment.ErrForged},
		"a signature of no bytes": {signed(testHook, instant, body, ",v1=xy"), true, payment.ErrForged},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(t, nil)
			n, err := g.ReadNotice(t.Context(), account(), tt.raw)
			if !errors.Is(err, tt.err) || err == nil && n.Test != tt.test {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
	unset := payment.NewAccount(account().Mode, "stripe", true, nil, nil)
	g, _ := scripted(t, nil)
	if n, err := g.ReadNotice(t.Context(), unset, signed("", instant, body)); !errors.Is(err, payment.ErrForged) {
		t.Errorf("an account without secrets believed %+v, %v", n, err)
	}
}

// FuzzSigned feeds what Stripe signed and did not mean: nothing falls over, and what is believed names a payment, an event and
// a currency.
func FuzzSigned(f *testing.F) {
	f.Add("payment_intent.succeeded", anIntent)
	f.Add("checkout.session.completed", aSession)
	f.Add("charge.succeeded", aCharge)
	f.Add("charge.refunded", aCharge)
	f.Add("refund.updated", aRefund)
	f.Add("charge.dispute.closed", aDispute)
	f.Fuzz(func(t *testing.T, kind, object string) {
		g := New(brand, bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: "http://pretend.localhost", Transport: nowhere{}}))
		n, err := g.ReadNotice(t.Context(), account(), signed(testHook, instant, of(kind, object)))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative() || !n.Test) {
			t.Errorf("believed %+v", n)
		}
	})
}

// nowhere is a network in which everything is forbidden, so that nothing is repeated.
type nowhere struct{}

func (nowhere) RoundTrip(*http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.WriteHeader(http.StatusForbidden)
	_, _ = w.WriteString(`{"error":{"type":"invalid_request_error"}}`)
	return w.Result(), nil
}
