package bank_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/clock"
)

// stub is a protocol in which nothing is signed: the buyer only agrees, comes back by a posted form, and two letters are
// sent about each fact.
type stub struct{ teller **bank.Teller }

func (stub) Name() string              { return "stub" }
func (stub) Check(bank.Merchant) error { return nil }
func (s stub) Routes(mux *http.ServeMux, t *bank.Teller) {
	*s.teller = t
	mux.HandleFunc("POST /open/{ref}", func(w http.ResponseWriter, r *http.Request) {
		p, err := t.Open(bank.Request{Merchant: "M", Mode: "test", Ref: r.PathValue("ref"), Amount: 1000, Currency: "EUR", Capture: bank.Later, OnCall: true,
			Locale: "en", Return: "http://shop.localhost/back", Notify: r.FormValue("notify")})
		if err != nil {
			t.Broken(w, err)
			return
		}
		http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
	})
	mux.HandleFunc("POST /call", func(w http.ResponseWriter, r *http.Request) {
		if !t.Trouble(w, r, nil) {
			_, _ = w.Write([]byte("done"))
		}
	})
}
func (stub) Letters(m bank.Message) []string {
	if m.Asked {
		return nil
	}
	return []string{"first", "second"}
}
func (stub) Notice(s bank.Saying, letter string) (bank.Letter, error) {
	return bank.Letter{Body: fmt.Append(nil, letter, " ", s.Message.Event, " ", s.Amount)}, nil
}
func (stub) Heard(_ bank.Saying, _ string, a bank.Answer) bool { return a.Status == http.StatusOK }
func (stub) Back(s bank.Saying) (bank.Way, error) {
	return bank.Way{URL: s.Payment.Request.Return, Fields: []bank.Field{{Name: "event", Value: string(s.Message.Event)}}}, nil
}

func openStub(t *testing.T) (*bank.Bank, *bank.Teller) {
	t.Helper()
	var teller *bank.Teller
	b, err := bank.New(bank.Options{Dialects: []bank.Dialect{stub{&teller}}, Clock: clock.System(), Slow: time.Hour,
		Merchants: []bank.Merchant{{Number: "M", Name: "Shop", Fields: map[string]string{"api": "k1"}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b, teller
}

// TestTeller: PGW-02, a buyer agrees and the shop asks for the money, once for each key; the bank's office does without
// being asked.
func TestTeller(t *testing.T) {
	heard := make(chan string, 10)
	shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body := make([]byte, 100)
		n, _ := r.Body.Read(body)
		heard <- string(body[:n])
	}))
	defer shop.Close()
	b, teller := openStub(t)
	w := webtest.Open(t, b)
	w.Post("http://bank.localhost/stub/open/R1", url.Values{"notify": {shop.URL}})
	w.Submit("button[value=good]", nil)
	w.WantStatus(http.StatusOK).Want("form[action='http://shop.localhost/back'] input[name=event][value=approved]").WantClean()
	for _, want := range []map[string]bool{{"first approved 1000": true, "second approved 1000": true}} {
		for range want {
			if got := <-heard; !want[got] {
				t.Errorf("told %q", got)
			}
		}
	}
	p, ok := teller.Find("M", "test", "R1")
	if byNumber, known := teller.FindNumber(p.Number); !ok || !known || byNumber.Token != p.Token {
		t.Fatal("not found")
	}
	if bySerial, known := teller.FindSerial(p.Serial); !known || bySerial.Token != p.Token {
		t.Error("not found by its serial number")
	}
	if m, known := teller.MerchantWith("api", "k1"); !known || m.Number != "M" {
		t.Error("no contract of that field")
	}
	if err := teller.Note(p, "session", "s1"); err != nil {
		t.Error(err)
	}
	if _, _, err := teller.Move(p, bank.Capture, 1000, "EUR", "k"); !errors.Is(err, bank.ErrDeclined) {
		t.Errorf("captured what was only agreed to: %v", err)
	}
	p, e, err := teller.Move(p, bank.Complete, 0, "", "k")
	if err != nil || e.Kind != bank.Authorised || p.Notes["session"] != "s1" || !teller.Truth(p, e).Asked {
		t.Errorf("completed: %+v, %v", e, err)
	}
	if _, again, err := teller.Move(p, bank.Complete, 0, "", "k"); err != nil || again.ID != e.ID {
		t.Errorf("the same key again: %+v, %v", again, err)
	}
	if err := b.Desk(p.Token, bank.Capture, 400); err != nil {
		t.Error(err)
	}
	for range 2 {
		if got := <-heard; got != "first paid 400" && got != "second paid 400" {
			t.Errorf("told %q", got)
		}
	}
	if p, _ = b.Payment("R1"); p.Captured != 400 {
		t.Errorf("captured %d", p.Captured)
	}
}

// TestTrouble: calls fail or take their time, all of them or those about one payment, until the bank is well again.
func TestTrouble(t *testing.T) {
	b, _ := openStub(t)
	server := httptest.NewServer(b)
	defer server.Close()
	brief := &http.Client{Timeout: 100 * time.Millisecond}
	for quirk, status := range map[bank.Quirk]int{bank.BrokenCalls: 500, bank.SlowCalls: 0, bank.Proper: 200} {
		b.Behave(quirk)
		resp, err := brief.Post(server.URL+"/stub/call", "", nil)
		got := 0
		if err == nil {
			got = resp.StatusCode
			_ = resp.Body.Close()
		}
		if got != status {
			t.Errorf("%s: answered %d, %v", quirk, got, err)
		}
	}
}

// TestInside: PGW-18, a page in a frame that is not left: the buyer stays in it, and the shop's page goes on by itself.
func TestInside(t *testing.T) {
	b, teller := openStub(t)
	p, err := teller.Open(bank.Request{Merchant: "M", Mode: "test", Ref: "R1", Amount: 1000, Currency: "EUR", Capture: bank.Now, Locale: "en",
		Return: "http://shop.localhost/back", Notify: "http://shop.localhost/notify", Framed: true, Inside: true})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, teller.Page(p), strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		return w
	}
	if page := ask(http.MethodGet, "").Body.String(); !strings.Contains(page, `target="_self"`) || strings.Contains(page, `target="_top"`) {
		t.Errorf("the page leaves its frame: %s", page)
	}
	pressed := ask(http.MethodPost, "card=good&quirk=never")
	if to := pressed.Header().Get("Location"); pressed.Code != http.StatusSeeOther || !strings.HasPrefix(to, teller.Page(p)) {
		t.Errorf("pressed: %d to %q", pressed.Code, to)
	}
	if page := ask(http.MethodGet, "").Body.String(); strings.Contains(page, "shop.localhost") || !strings.Contains(page, `role="status"`) {
		t.Errorf("paid: %s", page)
	}
}
