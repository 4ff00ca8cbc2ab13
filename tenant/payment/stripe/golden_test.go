package stripe_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/stripe"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

const ref = "REF7ABCDEFGHIJKLMNOPQRSTUV"

// wire is Stripe as the calls see it: it keeps what was asked, and answers the first answer that is left.
type wire struct {
	asked   []string
	keys    []string
	answers []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Method, r.URL)
	for _, name := range []string{"Authorization", "Content-Type", "Idempotency-Key", "Pretend-Notify", "Stripe-Version", "User-Agent", "X-Stripe-Client-User-Agent"} {
		if v := r.Header.Get(name); v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	for pair := range strings.SplitSeq(string(body), "&") {
		text, err := url.QueryUnescape(pair)
		if err != nil {
			return nil, err
		}
		b.WriteString(text + "\n")
	}
	w.asked, w.keys = append(w.asked, b.String()), append(w.keys, r.Header.Get("Idempotency-Key"))
	answer := w.answers[0]
	w.answers = w.answers[1:]
	status := http.StatusOK
	if strings.HasPrefix(answer, `{"error"`) {
		status = http.StatusBadRequest
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

// shop is a gateway whose clock stands and whose Stripe answers that, in turn.
func shop(t testing.TB, answers ...string) (payment.Gateway, *wire) {
	t.Helper()
	w := &wire{answers: answers}
	return stripe.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: w}))[0], w
}

const mode = "0195f3a0-0000-7000-8000-000000000001"

func account(capture, page string) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode](mode), "stripe", false,
		form.Values{"capture": form.TextValue(capture), "page": form.TextValue(page), "public_live": form.TextValue("pk_live_ONE")},
		map[string]secret.Text{"secret_live": secret.NewText(apiKeyLive), "hook_live": secret.NewText(hookLive)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: ref, Amount: money.Must(money.Parse(amount, in)), Created: instant.Add(-time.Minute)},
		OrderNumber: "R-7", ShopName: "Atelier & <Fils>", Locale: "de-AT", Pieces: 2, Buyer: payment.Buyer{Name: "Zoë", Email: "zoe@example.com"},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout", NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

const (
	tags     = `"metadata":{"echoppe_ref":"` + ref + `","echoppe_mode":"` + mode + `"}`
	opened   = `{"id":"cs_live_1","status":"open","payment_status":"unpaid","livemode":true,"client_reference_id":"` + ref + `","url":"https://checkout.stripe.com/c/pay/cs_live_1",` + tags + `}`
	intended = `{"id":"pi_1","status":"requires_payment_method","livemode":true,"client_secret":"pi_1_secret_2",` + tags + `}`
)

// golden compares with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestStart_golden holds the call that opens a session; the same request has the same key.
func TestStart_golden(t *testing.T) {
	g, w := shop(t, opened, opened)
	for range 2 {
		action, err := g.Start(t.Context(), account("later", "hosted"), order("1234.50", money.EUR))
		if err != nil {
			t.Fatal(err)
		}
		if want := (payment.Redirect{URL: "https://checkout.stripe.com/c/pay/cs_live_1", BankRef: "cs_live_1"}); action != want {
			t.Errorf("got %+v", action)
		}
		golden(t, "session.golden", w.asked[len(w.asked)-1])
	}
}

// TestStart_embedded holds the call that opens an intent, and what the page is told.
func TestStart_embedded(t *testing.T) {
	g, w := shop(t, intended)
	action, err := g.Start(t.Context(), account("now", "embedded"), order("500", money.JPY))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "intent.golden", w.asked[0]+fmt.Sprintf("%+v\n", action))
}

// TestStart_again: what is open already is used, in whatever language it is asked for; what is over is not.
func TestStart_again(t *testing.T) {
	back := "https://shop.example/pay/return/7?a=1"
	over := `{"error":{"type":"invalid_request_error","code":"resource_missing"}}`
	change := func(text, from, to string) string { return strings.Replace(text, from, to, 1) }
	for name, tt := range map[string]struct {
		page, bankRef string
		answers       []string
		url           string // of a redirect, or the client secret
		calls         int
	}{
		"an open session":       {"hosted", "cs_live_1", []string{opened}, "https://checkout.stripe.com/c/pay/cs_live_1", 1},
		"a completed session":   {"hosted", "cs_live_1", []string{change(opened, `"open"`, `"complete"`)}, back, 1},
		"an expired session":    {"hosted", "cs_live_1", []string{change(opened, `"open"`, `"expired"`), change(opened, "c/pay/cs_live_1", "c/pay/cs_live_2")}, "https://checkout.stripe.com/c/pay/cs_live_2", 2},
		"a session nobody has":  {"hosted", "cs_live_1", []string{over, opened}, "https://checkout.stripe.com/c/pay/cs_live_1", 2},
		"from an intent":        {"hosted", "pi_1", []string{opened}, "https://checkout.stripe.com/c/pay/cs_live_1", 1},
		"an open intent":        {"embedded", "pi_1", []string{intended}, "pi_1_secret_2", 1},
		"an intent that paid":   {"embedded", "pi_1", []string{change(intended, "requires_payment_method", "succeeded")}, back, 1},
		"an intent let go of":   {"embedded", "pi_1", []string{change(intended, "requires_payment_method", "canceled"), change(intended, "secret_2", "secret_3")}, "pi_1_secret_3", 2},
		"from a hosted session": {"embedded", "cs_live_1", []string{intended}, "pi_1_secret_2", 1},
	} {
		t.Run(name, func(t *testing.T) {
			g, w := shop(t, tt.answers...)
			r := order("12.00", money.EUR)
			r.Payment.BankRef = tt.bankRef
			action, err := g.Start(t.Context(), account("now", tt.page), r)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			switch a := action.(type) {
			case payment.Redirect:
				got = a.URL
			case payment.Embedded:
				got = a.Data[1].Value
			}
			if got != tt.url || len(w.asked) != tt.calls {
				t.Errorf("got %s after %d calls", got, len(w.asked))
			}
		})
	}
}

// TestStart_key: another request has another key, and one after an expired session too.
func TestStart_key(t *testing.T) {
	expired := strings.Replace(opened, `"open"`, `"expired"`, 1)
	g, w := shop(t, opened, opened, expired, opened)
	first, french, after := order("12.00", money.EUR), order("12.00", money.EUR), order("12.00", money.EUR)
	french.Locale, after.Payment.BankRef = "fr", "cs_live_1"
	for _, r := range []payment.Request{first, french, after} {
		if _, err := g.Start(t.Context(), account("now", "hosted"), r); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.keys) != 4 || w.keys[0] == w.keys[1] || w.keys[0] == w.keys[3] || !strings.HasPrefix(w.keys[3], ref+"-") {
		t.Errorf("keys %q", w.keys)
	}
}

// TestStart_late: a session that is opened long after the payment was begun still has the half hour Stripe wants.
func TestStart_late(t *testing.T) {
	for ago, left := range map[time.Duration]time.Duration{0: time.Hour, 29 * time.Minute: 31 * time.Minute, 30 * time.Minute: 90 * time.Minute, 20 * time.Hour: time.Hour} {
		g, w := shop(t, opened)
		r := order("12.00", money.EUR)
		r.Payment.Created = instant.Add(-ago)
		if _, err := g.Start(t.Context(), account("now", "hosted"), r); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("\nexpires_at=%d\n", instant.Add(left).Unix()); !strings.Contains(w.asked[0], want) {
			t.Errorf("%s ago: asked %s, want %s", ago, w.asked[0], want)
		}
	}
}

func TestStart_refuses(t *testing.T) {
	problem := func(code string) string { return `{"error":{"type":"invalid_request_error","code":"` + code + `"}}` }
	for name, tt := range map[string]struct {
		amount   string
		currency money.Currency
		page     string
		answer   string
		err      error
	}{
		"a tenth of a cent":                  {"0.001", money.EUR, "hosted", "", payment.ErrUnfit},
		"a fils":                             {"1.001", money.KWD, "hosted", "", payment.ErrUnfit},
		"too little":                         {"0.10", money.EUR, "hosted", problem("amount_too_small"), payment.ErrUnfit},
		"too much":                           {"9999999.00", money.EUR, "embedded", problem("amount_too_large"), payment.ErrUnfit},
		"a parameter Stripe does not know":   {"1.00", money.EUR, "hosted", problem("parameter_unknown"), payment.ErrBank},
		"a session of another payment":       {"1.00", money.EUR, "hosted", strings.ReplaceAll(opened, ref, "R2"), payment.ErrBank},
		"a test session for real money":      {"1.00", money.EUR, "hosted", strings.Replace(opened, `"livemode":true`, `"livemode":false`, 1), payment.ErrBank},
		"a session without a page":           {"1.00", money.EUR, "hosted", strings.Replace(opened, "https://", "javascript:", 1), payment.ErrBank},
		"an intent of another payment":       {"1.00", money.EUR, "embedded", strings.ReplaceAll(intended, ref, "R2"), payment.ErrBank},
		"an intent without a client secret":  {"1.00", money.EUR, "embedded", strings.Replace(intended, "pi_1_secret_2", "", 1), payment.ErrBank},
		"an answer that is cut off":          {"1.00", money.EUR, "hosted", opened[:40], payment.ErrBank},
		"a key used for something else once": {"1.00", money.EUR, "hosted", `{"error":{"type":"idempotency_error"}}`, payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := shop(t, tt.answer, tt.answer)
			action, err := g.Start(t.Context(), account("now", tt.page), order(tt.amount, tt.currency))
			if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) != fault.Is(err, fault.Upstream) {
				t.Errorf("got %+v, %v", action, err)
			}
		})
	}
	g, _ := shop(t)
	r := order("1.00", money.EUR)
	r.Payment.Test = true
	for _, page := range []string{"hosted", "embedded"} {
		if _, err := g.Start(t.Context(), account("now", page), r); !fault.Is(err, fault.Upstream) {
			t.Errorf("a test without a test key: %v", err)
		}
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t)
	whole := map[string]string{"secret_test": "sk_test_A", "hook_test": "whsec_A", "secret_live": "rk_live_A", "hook_live": "whsec_B", "page": "embedded",
		"public_test": "pk_test_A", "public_live": "pk_live_A"}
	for name, tt := range map[string]struct{ field, typed, refused string }{
		"whole":                             {"", "", ""},
		"not yet in production":             {"secret_live", "", ""},
		"before the endpoint is declared":   {"hook_test", "", ""},
		"the live key for tests":            {"secret_test", "sk_live_A", "secret_test"},
		"the publishable key as the secret": {"secret_live", "pk_live_A", "secret_live"},
		"the secret key for everybody":      {"public_test", "sk_test_A", "public_test"},
		"no publishable key":                {"public_live", "", "public_live"},
		"the endpoint's id":                 {"hook_live", "we_1", "hook_live"},
		"one hook for both":                 {"hook_live", "whsec_A", "hook_live"},
	} {
		t.Run(name, func(t *testing.T) {
			v := form.Values{}
			for field, text := range whole {
				if field == tt.field {
					text = tt.typed
				}
				v[field] = form.TextValue(text)
			}
			fields := fault.FieldsOf(g.(payment.Checker).CheckConfig(v))
			if tt.refused == "" && len(fields) > 0 || tt.refused != "" && (len(fields) != 1 || fields[0].Name != tt.refused) {
				t.Errorf("refused %v", fields)
			}
		})
	}
	if fields := fault.FieldsOf(g.(payment.Checker).CheckConfig(form.Values{})); len(fields) != 1 || fields[0].Name != "secret_test" {
		t.Errorf("an empty form: %v", fields)
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t)
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK"},
		{payment.ErrForged, 403, "KO"},
		{payment.ErrGarbled, 400, "KO"},
		{payment.ErrMode, 404, "KO"},
		{payment.ErrBank, 503, "KO"},
		{errors.New("the database is away"), 503, "KO"},
	} {
		if got := g.Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{"payment.stripe.secret_missing", "payment.stripe.secret_bad", "payment.stripe.hook_bad", "payment.stripe.hook_twice", "payment.stripe.public_bad",
		"payment.stripe.public_missing", payment.KindKey("stripe")}
	g, _ := shop(t)
	for _, f := range g.Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	f.Add("t=1772712000,v1=00", []byte(`{"type":"payment_intent.succeeded","livemode":true,"data":{"object":{}}}`))
	f.Add("t=1772712000,v1=", []byte(`{}`))
	f.Add("t=,v1=00,v1", []byte{})
	f.Add(",,=", []byte("x"))
	g, _ := shop(f)
	gatewaytest.Fuzz(f, g, account("now", "hosted"), signature)
}
