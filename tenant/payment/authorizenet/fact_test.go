package authorizenet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
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

const (
	ourRef = "REF7ABCDEFGHIJKLMNOP"
	ourKey = "SIGNATUREKEY"
	done   = `"messages":{"resultCode":"Ok","message":[{"code":"I00001"}]}`
)

func usd(text string) money.Amount { return money.Must(money.Parse(text, money.USD)) }

func account() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "authorizenet", true,
		form.Values{"login_test": form.TextValue("LOGIN"), "currency": form.TextValue("USD")},
		map[string]secret.Text{"key_test": secret.NewText("KEY"), "signature_test": secret.NewText(ourKey)})
}

// script answers the calls in turn, the last for ever, and keeps what was asked.
type script struct {
	answers []string
	asked   []string
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	s.asked = append(s.asked, string(body))
	answer := s.answers[min(len(s.asked), len(s.answers))-1]
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("\ufeff" + answer)), Request: r}, nil
}

func scripted(answers ...string) (*Gateway, *script) {
	s := &script{answers: answers}
	return New(brand, bankcall.New(bankcall.Options{Clock: clock.New(time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)), Transport: s, Pause: time.Millisecond})), s
}

// about are details, with changes.
func about(changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`{"transaction":{"transId":"61","transactionType":"authCaptureTransaction","transactionStatus":"settledSuccessfully",` +
		`"responseCode":1,"responseReasonCode":1,"order":{"invoiceNumber":"` + ourRef + `"},"authAmount":49.9,"settleAmount":49.90,` +
		`"payment":{"creditCard":{"cardNumber":"XXXX1111","expirationDate":"XXXX"}}},` + done + `}`)
}

func no(code string) string {
	return `{"messages":{"resultCode":"Error","message":[{"code":"` + code + `","text":"x"}]}}`
}

func signed(body string) payment.RawNotice {
	return payment.RawNotice{Header: map[string][]string{signatureHeader: {fmt.Sprintf("sha512=%X", sign(ourKey, []byte(body)))}}, Body: []byte(body)}
}

const told61 = `{"notificationId":"n","eventType":"net.authorize.payment.authcapture.created","payload":{"responseCode":1,"authAmount":49.90,"entityName":"transaction","id":"61"}}`

// TestReadNotice: PGN-05, PGW-04, a webhook means what is answered when its transaction is asked for, and only what is surely done is money.
func TestReadNotice(t *testing.T) {
	status := func(s string) string { return about("settledSuccessfully", s) }
	for name, tt := range map[string]struct {
		answer string
		event  payment.Event
		id     string
		reason payment.Reason
		seen   bool // by a person
		err    error
	}{
		"settled":          {about(), payment.Captured, "61:paid", "", false, nil},
		"taken":            {status("capturedPendingSettlement"), payment.Captured, "61:paid", "", false, nil},
		"an odd yes":       {about(`"responseCode":1`, `"responseCode":4`), payment.Captured, "61:paid", "", true, nil},
		"held":             {status("authorizedPendingCapture"), payment.Authorised, "61:authorised", "", false, nil},
		"let go":           {about("settledSuccessfully", "voided", "authCapture", "authOnly"), payment.Cancelled, "61:cancelled", payment.ReasonAbandoned, false, nil},
		"taken back":       {status("voided"), payment.Refunded, "61:void", "", false, nil},
		"expired":          {status("expired"), payment.Cancelled, "61:expired", payment.ReasonExpired, false, nil},
		"refused":          {status("declined"), payment.Failed, "61:failed", payment.ReasonRefused, false, nil},
		"card":             {about("settledSuccessfully", "declined", `ReasonCode":1`, `ReasonCode":8`), payment.Failed, "61:failed", payment.ReasonCard, false, nil},
		"looked at":        {status("FDSPendingReview"), payment.Waiting, "61:waiting", "", false, nil},
		"not settled":      {status("settlementError"), payment.Failed, "61:failed", payment.ReasonTechnical, false, nil},
		"refund":           {about("settledSuccessfully", "refundPendingSettlement", "authCapture", "refund", `"transactionType"`, `"refTransId":"60","transactionType"`), payment.Refunded, "61:refund", "", false, nil},
		"a refund of none": {about("settledSuccessfully", "refundSettledSuccessfully", "authCapture", "refund"), "", "", "", false, errOther},
		"a refund undone":  {about("settledSuccessfully", "voided", "authCapture", "refund"), "", "", "", false, errOther},
		"new":              {status("somethingNew"), "", "", "", false, payment.ErrBank},
		"of a till":        {about(ourRef, "42"), "", "", "", false, errOther},
		"another":          {about(`"61"`, `"62"`), "", "", "", false, payment.ErrBank},
		"tenths of a cent": {about("49.90", "49.901"), "", "", "", false, payment.ErrBank},
		"an exponent":      {about("49.90", "4e1"), "", "", "", false, payment.ErrBank},
		"no sum":           {about(`"settleAmount":49.90,`, ""), "", "", "", false, payment.ErrBank},
		"less than none":   {about("49.90", "-1.00"), "", "", "", false, payment.ErrBank},
		"unknown":          {no("E00040"), "", "", "", false, payment.ErrForeign},
		"not allowed":      {no("E00011"), "", "", "", false, payment.ErrBank},
		"not well":         {no("E00001"), "", "", "", false, payment.ErrBank},
		"no JSON":          {"<html>", "", "", "", false, payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := scripted(tt.answer)
			n, err := g.ReadNotice(t.Context(), account(), signed(told61))
			if !errors.Is(err, tt.err) || tt.err != nil && err == nil {
				t.Fatalf("got %+v, %v", n, err)
			}
			if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.Unproven != tt.seen {
				t.Errorf("got %+v", n)
			}
			if err == nil && (n.Ref != ourRef || !n.Test || !n.Amount.Equal(usd("49.90"))) {
				t.Errorf("got %+v", n)
			}
			if word := n.BankRef; err == nil && n.Event != payment.Failed && n.Event != payment.Waiting && word != map[bool]string{true: "60", false: "61"}[name == "refund"] {
				t.Errorf("the bank's name is %q", word)
			}
		})
	}
}

// TestReadNotice_other: what concerns nobody here is heard and not asked about.
func TestReadNotice_other(t *testing.T) {
	g, s := scripted(about())
	for body, want := range map[string]error{
		strings.Replace(told61, "payment.authcapture", "customer", 1): errOther,
		strings.Replace(told61, `"transaction"`, `"subscription"`, 1): errOther,
		strings.Replace(told61, `"61"`, `"../61"`, 1):                 payment.ErrGarbled,
		strings.Replace(told61, `"61"`, `"0"`, 1):                     payment.ErrGarbled,
		`[]`: payment.ErrGarbled,
	} {
		n, err := g.ReadNotice(t.Context(), account(), signed(body))
		if !errors.Is(err, want) {
			t.Errorf("%s: %+v, %v", body, n, err)
		}
		if reply := g.Acknowledge(n, err); (reply.Status == http.StatusOK) != (want == errOther) {
			t.Errorf("%s: answered %d", body, reply.Status)
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("asked %s", s.asked)
	}
}

func paid(captured, refunded string) payment.Payment {
	return payment.Payment{Ref: ourRef, BankRef: "61", Test: true, Amount: usd("49.90"), Captured: usd(captured), Refunded: usd(refunded)}
}

// moves are answers to what was asked to be done.
const (
	yes = `{"transactionResponse":{"responseCode":"1","transId":"62"},` + done + `}`
	nay = `{"transactionResponse":{"responseCode":"3","transId":"0","errors":[{"errorCode":"54","errorText":"x"}]},"messages":{"resultCode":"Error","message":[{"code":"E00027"}]}}`
)

// TestRefund: PGW-30, what nobody can know is not taken for a no, and nothing is called for when the transaction does not allow it.
func TestRefund(t *testing.T) {
	for name, tt := range map[string]struct {
		p            payment.Payment
		look, answer string
		amount       string
		calls        int
		id           string
		err          error
	}{
		"a part":                   {paid("49.90", "0"), about(), yes, "20.00", 1, "62:refund", nil},
		"the rest":                 {paid("49.90", "20"), about(), yes, "29.90", 1, "62:refund", nil},
		"too much":                 {paid("49.90", "40"), about(), yes, "20.00", 0, "", payment.ErrDeclined},
		"a part, not settled":      {paid("49.90", "0"), about("settledSuccessfully", "capturedPendingSettlement"), yes, "20.00", 0, "", payment.ErrDeclined},
		"the whole, not settled":   {paid("49.90", "0"), about("settledSuccessfully", "capturedPendingSettlement"), yes, "49.90", 1, "61:void", nil},
		"the whole, voided":        {paid("49.90", "0"), about("settledSuccessfully", "voided"), yes, "49.90", 0, "61:void", nil},
		"a part, voided":           {paid("49.90", "0"), about("settledSuccessfully", "voided"), yes, "20.00", 0, "", payment.ErrDeclined},
		"no card":                  {paid("49.90", "0"), about("XXXX1111", "1111"), yes, "20.00", 0, "", payment.ErrDeclined},
		"refused":                  {paid("49.90", "0"), about(), nay, "20.00", 1, "", payment.ErrDeclined},
		"a duplicate":              {paid("49.90", "0"), about(), strings.Replace(nay, `"54"`, `"11"`, 1), "20.00", 1, "", payment.ErrBank},
		"held for review":          {paid("49.90", "0"), about(), strings.Replace(yes, `"1"`, `"4"`, 1), "20.00", 1, "", payment.ErrBank},
		"without a number":         {paid("49.90", "0"), about(), strings.Replace(yes, `"62"`, `"0"`, 1), "20.00", 1, "", payment.ErrBank},
		"not well":                 {paid("49.90", "0"), about(), no("E00001"), "20.00", 1, "", payment.ErrBank},
		"not allowed":              {paid("49.90", "0"), about(), no("E00010"), "20.00", 1, "", payment.ErrOffice},
		"nothing":                  {paid("49.90", "0"), about(), "{}", "20.00", 1, "", payment.ErrBank},
		"of another payment":       {paid("49.90", "0"), about(ourRef, "REF8ABCDEFGHIJKLMNOP"), yes, "20.00", 0, "", payment.ErrBank},
		"of an unknown one":        {paid("49.90", "0"), no("E00040"), yes, "20.00", 0, "", payment.ErrDeclined},
		"the answer may be a lie ": {paid("49.90", "0"), about(), `{"transactionResponse":{"responseCode":"2","transId":"0"},` + done + `}`, "20.00", 1, "", payment.ErrDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			g, s := scripted(tt.look, tt.answer)
			n, err := g.Refund(t.Context(), account(), tt.p, usd(tt.amount), "key")
			if !errors.Is(err, tt.err) || n.ID != tt.id || len(s.asked) != 1+tt.calls {
				t.Fatalf("got %+v, %v after %s", n, err, s.asked)
			}
			if err == nil && (n.Event != payment.Refunded || !n.Amount.Equal(usd(tt.amount)) || n.BankRef != "61") {
				t.Errorf("got %+v", n)
			}
		})
	}
	g, s := scripted(about(), yes)
	if _, err := g.Refund(t.Context(), account(), paid("49.90", "0"), usd("20.00"), "key"); err != nil {
		t.Fatal(err)
	}
	want := `{"createTransactionRequest":{"merchantAuthentication":{"name":"LOGIN","transactionKey":"KEY"},"refId":"` + ourRef + `","transactionRequest":{"transactionType":"refundTransaction",` +
		`"amount":"20.00","currencyCode":"USD","payment":{"creditCard":{"cardNumber":"1111","expirationDate":"XXXX"}},"refTransId":"61","order":{"invoiceNumber":"` + ourRef + `"}}}}`
	if s.asked[1] != want {
		t.Errorf("asked %s\nwant  %s", s.asked[1], want)
	}
}

// TestHold: PGW-02, what was authorised is taken or let go of once.
func TestHold(t *testing.T) {
	for name, tt := range map[string]struct {
		p               payment.Payment
		status, settled string
		taken, let      error
		takes, lets     int
	}{
		"held":              {paid("0", "0"), "authorizedPendingCapture", "0.0", nil, nil, 1, 1},
		"taken before":      {paid("0", "0"), "capturedPendingSettlement", "40.0", nil, payment.ErrDeclined, 0, 0},
		"less was taken":    {paid("0", "0"), "settledSuccessfully", "30", payment.ErrDeclined, payment.ErrDeclined, 0, 0},
		"let go before":     {paid("0", "0"), "voided", "0", payment.ErrDeclined, nil, 0, 0},
		"in the book":       {paid("40.00", "0"), "capturedPendingSettlement", "40", payment.ErrDeclined, payment.ErrDeclined, 0, 0},
		"it has run out":    {paid("0", "0"), "expired", "0", payment.ErrDeclined, payment.ErrDeclined, 0, 0},
		"it is looked into": {paid("0", "0"), "FDSAuthorizedPendingReview", "0", payment.ErrDeclined, payment.ErrDeclined, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			look := about("settledSuccessfully", tt.status, "49.90", tt.settled)
			g, s := scripted(look, yes)
			n, err := g.Capture(t.Context(), account(), tt.p, usd("40.00"), "key")
			if !errors.Is(err, tt.taken) || len(s.asked) != 1+tt.takes || err == nil && (n.ID != "61:paid" || n.Event != payment.Captured || !n.Amount.Equal(usd("40.00"))) {
				t.Errorf("take: %+v, %v after %s", n, err, s.asked)
			}
			g, s = scripted(look, yes)
			n, err = g.Cancel(t.Context(), account(), tt.p, "key")
			if !errors.Is(err, tt.let) || len(s.asked) != 1+tt.lets || err == nil && (n.ID != "61:cancelled" || n.Event != payment.Cancelled) {
				t.Errorf("let go: %+v, %v after %s", n, err, s.asked)
			}
		})
	}
}

// TestInquire: PGW-22, a payment nobody told of is found by its invoice number, and one that cannot be looked for is not called unknown.
func TestInquire(t *testing.T) {
	list := func(pairs ...string) string {
		var rows []string
		for i := 0; i < len(pairs); i += 2 {
			rows = append(rows, fmt.Sprintf(`{"transId":%q,"transactionStatus":%q,"invoiceNumber":%q}`, pairs[i], pairs[i+1], ourRef))
		}
		return `{"transactions":[` + strings.Join(rows, ",") + `],` + done + `}`
	}
	none, batches := list(), `{"batchList":[{"batchId":"7"},{"batchId":"x"}],`+done+`}`
	full := make([]string, 0, 2*pageSize)
	for range pageSize {
		full = append(full, "5", "refundSettledSuccessfully")
	}
	for name, tt := range map[string]struct {
		answers []string
		id      string
		err     error
	}{
		"waits for settlement":    {[]string{list("61", "capturedPendingSettlement"), about()}, "61:paid", nil},
		"after a refusal":         {[]string{list("62", "declined", "61", "authorizedPendingCapture"), about()}, "61:paid", nil},
		"refused only":            {[]string{list("61", "declined", "60", "declined"), about("settledSuccessfully", "declined")}, "61:failed", nil},
		"settled":                 {[]string{none, batches, list("61", "settledSuccessfully"), about()}, "61:paid", nil},
		"settled and given back":  {[]string{none, batches, list("62", "refundPendingSettlement", "61", "settledSuccessfully"), about()}, "61:paid", nil},
		"on the second page":      {[]string{list(full...), list("61", "capturedPendingSettlement"), about()}, "61:paid", nil},
		"nowhere":                 {[]string{none, batches, none}, "", payment.ErrNotKnown},
		"no lists":                {[]string{no("E00001")}, "", payment.ErrBank},
		"a list nobody knows":     {[]string{no("E00040")}, "", payment.ErrBank},
		"batches nobody knows":    {[]string{none, no("E00040")}, "", payment.ErrBank},
		"no end":                  {[]string{list(full...)}, "", payment.ErrBank},
		"may not ask":             {[]string{no("E00011")}, "", payment.ErrOffice},
		"details of another ref":  {[]string{list("61", "declined"), about(ourRef, "REF8ABCDEFGHIJKLMNOP")}, "", payment.ErrBank},
		"details of no reference": {[]string{list("61", "declined"), about(ourRef, "42")}, "", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, s := scripted(tt.answers...)
			p := paid("0", "0")
			p.BankRef, p.Created = "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			n, err := g.Inquire(t.Context(), account(), p)
			if !errors.Is(err, tt.err) || n.ID != tt.id || tt.err == payment.ErrBank && errors.Is(err, payment.ErrNotKnown) {
				t.Errorf("got %+v, %v", n, err)
			}
			if len(s.asked) > 1 && strings.Contains(s.asked[1], "Batch") && !strings.Contains(s.asked[1], `"firstSettlementDate":"2025-12-31T23:00:00Z","lastSettlementDate":"2026-01-31T23:00:00Z"`) {
				t.Errorf("asked %s", s.asked[1])
			}
		})
	}
}

// FuzzSigned feeds what was signed and not meant, and answers of all sorts: nothing falls over, and what is believed has a name, our
// reference and a sum.
func FuzzSigned(f *testing.F) {
	f.Add([]byte(told61), about())
	f.Add([]byte(told61), about("settledSuccessfully", "voided"))
	f.Add([]byte(told61), no("E00040"))
	f.Add([]byte(`{"eventType":"net.authorize.payment.void.created","payload":{"entityName":"transaction","id":61}}`), "{}")
	f.Add([]byte("null"), "null")
	f.Fuzz(func(t *testing.T, body []byte, answer string) {
		g, _ := scripted(answer)
		n, err := g.ReadNotice(context.Background(), account(), signed(string(body)))
		if err == nil && (n.ID == "" || !refShape.MatchString(n.Ref) || n.Amount.Currency() != money.USD || n.Event == "") {
			t.Errorf("believed %+v", n)
		}
		if err != nil && !fault.Is(err, fault.Upstream) && !fault.Is(err, fault.Malformed) && !fault.Is(err, fault.Denied) {
			t.Errorf("error %v", err)
		}
		g.Acknowledge(n, err)
	})
}
