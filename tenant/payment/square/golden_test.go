package square_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
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
	"echoppe.dev/tenant/payment/square"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

const (
	ref  = "REF7ABCDEFGHIJKLMNOPQRSTUV"
	mode = "0195f3a0-0000-7000-8000-000000000001"
)

// wire is Square as the calls see it: it keeps what was asked, and answers the first answer that is left.
type wire struct {
	asked   []string
	answers []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n", r.Method, r.URL)
	for _, name := range []string{"Accept", "Authorization", "Content-Type", "Pretend-Notify", "Square-Version"} {
		if v := r.Header.Get(name); v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if len(body) > 0 {
		if err := json.Indent(&b, body, "", "  "); err != nil {
			return nil, err
		}
		b.WriteByte('\n')
	}
	w.asked = append(w.asked, b.String())
	answer := w.answers[0]
	w.answers = w.answers[1:]
	status := http.StatusOK
	switch {
	case strings.Contains(answer, `"NOT_FOUND"`):
		status = http.StatusNotFound
	case strings.HasPrefix(answer, `{"errors"`):
		status = http.StatusBadRequest
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

// shop is a gateway whose clock stands and whose Square answers that, in turn.
func shop(t testing.TB, answers ...string) (payment.Gateway, *wire) {
	t.Helper()
	w := &wire{answers: answers}
	return square.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: w, Pause: time.Millisecond}))[0], w
}

func account() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode](mode), "square", false, form.Values{"location_live": form.TextValue("LDEMO00000001")},
		map[string]secret.Text{"token_live": secret.NewText(tokenLive), "hook_live": secret.NewText(hookLive)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: ref, Amount: money.Must(money.Parse(amount, in)), Created: instant.Add(-time.Minute)},
		OrderNumber: "R-7", ShopName: "Atelier & <Fils>", Locale: "de-AT", Pieces: 2, Buyer: payment.Buyer{Name: "Zoë", Email: "zoe@example.com"},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout", NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

const (
	link    = `"payment_link":{"id":"K1","version":1,"order_id":"O1","url":"https://square.link/u/abc?x=1","long_url":"https://checkout.square.site/x"}`
	pending = `{"id":"O1","location_id":"LDEMO00000001","state":"DRAFT","total_money":{"amount":123450,"currency":"EUR"},"metadata":{"echoppe_ref":"` + ref + `","echoppe_mode":"` + mode + `"}}`
	made    = `{` + link + `,"related_resources":{"orders":[` + pending + `]}}`
	page    = "https://square.link/u/abc?x=1"
)

func change(text string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(text) }

// TestStart_golden holds the call that makes a link byte for byte; the same request makes the same call.
func TestStart_golden(t *testing.T) {
	g, w := shop(t, made, made)
	path := filepath.Join("testdata", "link.golden")
	for range 2 {
		action, err := g.Start(t.Context(), account(), order("1234.50", money.EUR))
		if err != nil {
			t.Fatal(err)
		}
		if want := (payment.Redirect{URL: page, BankRef: "K1:O1"}); action != want {
			t.Errorf("got %+v", action)
		}
		got := w.asked[len(w.asked)-1]
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
}

// TestStart_key: another request has another key of idempotency, of the 45 bytes that fit everywhere at Square.
func TestStart_key(t *testing.T) {
	g, w := shop(t, made, made)
	first, other := order("1234.50", money.EUR), order("1234.50", money.EUR)
	other.ReturnURL += "&b=2"
	keys := map[string]bool{}
	for i, r := range []payment.Request{first, other} {
		if _, err := g.Start(t.Context(), account(), r); err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(w.asked[i], `"idempotency_key": "`)
		key, _, _ := strings.Cut(rest, `"`)
		if !strings.HasPrefix(key, ref+"-") || len(key) > 45 {
			t.Errorf("key %q", key)
		}
		keys[key] = true
	}
	if len(keys) != 2 {
		t.Errorf("keys %v", keys)
	}
}

// TestStart_again: a buyer who comes again is led to the same page, and back to the shop when somebody paid; nothing else is opened.
func TestStart_again(t *testing.T) {
	unpaid, shown := `{"order":`+pending+`}`, `{`+link+`}`
	paid := change(unpaid, `"metadata"`, `"tenders":[{"id":"P1"}],"metadata"`)
	missing := `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"NOT_FOUND"}]}`
	for name, tt := range map[string]struct {
		bankRef string
		answers []string
		url     string // "" for an error
	}{
		"nobody paid":              {"K1:O1", []string{unpaid, shown}, page},
		"somebody paid":            {"K1:O1", []string{paid}, "https://shop.example/pay/return/7?a=1"},
		"paid, as a notice said":   {"O1", []string{paid}, "https://shop.example/pay/return/7?a=1"},
		"unpaid, and no link":      {"O1", []string{unpaid}, ""},
		"the link was deleted":     {"K1:O1", []string{change(unpaid, "DRAFT", "CANCELED")}, ""},
		"a link nobody knows":      {"K1:O1", []string{unpaid, missing}, ""},
		"an order nobody knows":    {"K1:O1", []string{missing}, ""},
		"an order of another":      {"K1:O1", []string{change(unpaid, ref, "R2")}, ""},
		"another order":            {"K1:O1", []string{change(unpaid, `"O1"`, `"O2"`)}, ""},
		"a link to another order":  {"K1:O1", []string{unpaid, change(shown, `"O1"`, `"O2"`)}, ""},
		"another link":             {"K1:O1", []string{unpaid, change(shown, `"K1"`, `"K2"`)}, ""},
		"a page that is no page":   {"K1:O1", []string{unpaid, change(shown, "https://square.link", "javascript:")}, ""},
		"a name of somewhere else": {"../x:O1", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, w := shop(t, tt.answers...)
			r := order("1234.50", money.EUR)
			r.Payment.BankRef = tt.bankRef
			action, err := g.Start(t.Context(), account(), r)
			if (tt.url == "") != fault.Is(err, fault.Upstream) || len(w.answers) != 0 {
				t.Fatalf("got %+v, %v", action, err)
			}
			if tt.url != "" && action != (payment.Redirect{URL: tt.url, BankRef: tt.bankRef}) {
				t.Errorf("got %+v", action)
			}
		})
	}
}

func TestStart_refuses(t *testing.T) {
	problem := func(code string) string {
		return `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"` + code + `"}]}`
	}
	for name, tt := range map[string]struct {
		amount   string
		currency money.Currency
		answer   string
		err      error
	}{
		"a tenth of a cent":                {"0.001", money.EUR, "", payment.ErrUnfit},
		"nothing":                          {"0", money.EUR, "", payment.ErrUnfit},
		"half a yen":                       {"1.5", money.JPY, "", payment.ErrUnfit},
		"a currency without sellers":       {"1.00", money.CHF, "", payment.ErrUnfit},
		"not the seller's currency":        {"1.00", money.USD, problem("CURRENCY_MISMATCH"), payment.ErrUnfit},
		"too little":                       {"0.01", money.EUR, problem("AMOUNT_TOO_LOW"), payment.ErrUnfit},
		"a location nobody knows":          {"1.00", money.EUR, problem("INVALID_LOCATION"), payment.ErrBank},
		"a key used for something else":    {"1.00", money.EUR, problem("IDEMPOTENCY_KEY_REUSED"), payment.ErrBank},
		"an order of another payment":      {"1234.50", money.EUR, change(made, ref, "R2"), payment.ErrBank},
		"an order of another mode of ours": {"1234.50", money.EUR, change(made, mode, "x"), payment.ErrBank},
		"an order at another location":     {"1234.50", money.EUR, change(made, "LDEMO", "LOTHER"), payment.ErrBank},
		"an order with taxes upon it":      {"1234.50", money.EUR, change(made, "123450", "148140"), payment.ErrBank},
		"an order in another currency":     {"1234.50", money.EUR, change(made, "EUR", "USD"), payment.ErrBank},
		"a link to another order":          {"1234.50", money.EUR, change(made, `"order_id":"O1"`, `"order_id":"O2"`), payment.ErrBank},
		"a link without a page":            {"1234.50", money.EUR, change(made, "https://square.link", "http://square.link"), payment.ErrBank},
		"a link without a name":            {"1234.50", money.EUR, change(made, `"K1"`, `""`), payment.ErrBank},
		"an answer that is cut off":        {"1234.50", money.EUR, made[:40], payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := shop(t, tt.answer)
			action, err := g.Start(t.Context(), account(), order(tt.amount, tt.currency))
			if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) != fault.Is(err, fault.Upstream) {
				t.Errorf("got %+v, %v", action, err)
			}
		})
	}
	g, w := shop(t)
	r := order("1.00", money.EUR)
	r.Payment.Test = true
	if _, err := g.Start(t.Context(), account(), r); !fault.Is(err, fault.Upstream) || len(w.asked) != 0 {
		t.Errorf("a test without a token for the sandbox: %v", err)
	}
}

// TestStart_yen: sums are in the smallest unit, which of the yen is one.
func TestStart_yen(t *testing.T) {
	g, w := shop(t, change(made, "123450", "500", "EUR", "JPY"))
	if _, err := g.Start(t.Context(), account(), order("500", money.JPY)); err != nil || !strings.Contains(w.asked[0], `"amount": 500,`) {
		t.Errorf("asked %s, %v", w.asked, err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t)
	whole := map[string]string{"token_test": "EAAAAsandbox", "location_test": "L88917AVBK2S5", "hook_test": "SignSandbox", "token_live": "EAAAAlive-_1",
		"location_live": "057P5VYJ4A5X1", "hook_live": "SignLive"}
	for name, tt := range map[string]struct{ field, typed, refused string }{
		"whole":                               {"", "", ""},
		"before the subscription is made":     {"hook_test", "", ""},
		"no token for the sandbox":            {"token_test", "", "token_test"},
		"no location":                         {"location_live", "", "location_live"},
		"the application's ID as the token":   {"token_live", "sq0idp-abcdefghijklmnop", "token_live"},
		"the sandbox's ID":                    {"token_test", "sandbox-sq0idb-abcdefghijkl", "token_test"},
		"the application's secret":            {"token_live", "sq0csp-abcdefghijklmnop", "token_live"},
		"a token with its word":               {"token_live", "Bearer EAAAAlive", "token_live"},
		"a place's name":                      {"location_test", "Paris 11e", "location_test"},
		"a hook that is none":                 {"hook_live", "wbhk 1", "hook_live"},
		"one key for both":                    {"hook_live", "SignSandbox", "hook_live"},
		"the sandbox's token for real money":  {"token_live", "EAAAAsandbox", "token_live"},
		"a location that goes somewhere else": {"location_live", "../L8891", "location_live"},
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
	one := form.Values{"token_live": form.TextValue("EAAAAlive"), "location_live": form.TextValue("LLIVE")}
	if err := g.(payment.Checker).CheckConfig(one); err != nil {
		t.Errorf("real money alone: %v", err)
	}
	if fields := fault.FieldsOf(g.(payment.Checker).CheckConfig(form.Values{})); len(fields) != 1 || fields[0].Name != "token_test" {
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
	keys := []string{payment.KindKey("square"), "payment.square.token_missing", "payment.square.token_bad", "payment.square.token_twice", "payment.square.location_bad",
		"payment.square.hook_bad", "payment.square.hook_twice", "payment.square.half"}
	g, _ := shop(t)
	for _, f := range g.Config().Fields {
		keys = append(keys, f.Label, f.Help)
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	f.Add("GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=", []byte(`{"type":"payment.updated","data":{"object":{"payment":{"id":"P1"}}}}`))
	f.Add("", []byte(`{}`))
	f.Add("====", []byte("x"))
	f.Add("AAAA\n", []byte{})
	g, _ := shop(f)
	gatewaytest.Fuzz(f, g, account(), signature)
}
