package bankcall_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// away is an address nobody listens at.
const away = "http://127.0.0.1:1"

// host answers with what it is told, in turn, the last for ever, and counts.
func host(t *testing.T, answers ...http.HandlerFunc) (string, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(asked.Add(1))
		answers[min(n, len(answers))-1](w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, &asked
}

func say(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func slow(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func hang(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func client(o bankcall.Options) *bankcall.Client {
	o.Clock, o.Timeout, o.Pause = clock.System(), 200*time.Millisecond, time.Millisecond
	return bankcall.New(o)
}

// TestDo: PGW-30, what may move money is sent at most once, what may be repeated is until somebody answers.
func TestDo(t *testing.T) {
	for name, tt := range map[string]struct {
		repeat        bool
		first         []http.HandlerFunc // nil: away
		second        []http.HandlerFunc
		body          string
		asked, backup int32
		unheard       bool
	}{
		"answered":                         {false, []http.HandlerFunc{say(200, "yes")}, []http.HandlerFunc{say(200, "no")}, "yes", 1, 0, false},
		"a refusal is an answer":           {true, []http.HandlerFunc{say(409, "declined")}, []http.HandlerFunc{say(200, "no")}, "declined", 1, 0, false},
		"away: the backup":                 {false, nil, []http.HandlerFunc{say(200, "backup")}, "backup", 0, 1, false},
		"broken, may move money":           {false, []http.HandlerFunc{say(500, "")}, []http.HandlerFunc{say(200, "no")}, "", 1, 0, false},
		"slow, may move money":             {false, []http.HandlerFunc{slow}, []http.HandlerFunc{say(200, "no")}, "", 1, 0, false},
		"hung up, may move money":          {false, []http.HandlerFunc{hang}, []http.HandlerFunc{say(200, "no")}, "", 1, 0, false},
		"broken, may be repeated":          {true, []http.HandlerFunc{say(500, "")}, []http.HandlerFunc{say(200, "backup")}, "backup", 1, 1, false},
		"slow, may be repeated":            {true, []http.HandlerFunc{slow}, []http.HandlerFunc{say(200, "backup")}, "backup", 1, 1, false},
		"broken twice, then well":          {true, []http.HandlerFunc{say(500, ""), say(200, "at last")}, []http.HandlerFunc{say(502, "")}, "at last", 2, 1, false},
		"broken for good":                  {true, []http.HandlerFunc{say(500, "")}, []http.HandlerFunc{say(503, "")}, "", 2, 2, false},
		"too long":                         {false, []http.HandlerFunc{say(200, strings.Repeat("x", payment.MaxBody+1))}, []http.HandlerFunc{say(200, "")}, "", 1, 0, false},
		"sent elsewhere, that is no body":  {false, []http.HandlerFunc{say(302, "")}, []http.HandlerFunc{say(200, "no")}, "", 1, 0, false},
		"nobody there, and nothing missed": {false, nil, nil, "", 0, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			hosts, counts := []string{away, away}, [2]*atomic.Int32{{}, {}}
			for i, answers := range [][]http.HandlerFunc{tt.first, tt.second} {
				if answers != nil {
					hosts[i], counts[i] = host(t, answers...)
				}
			}
			a, err := client(bankcall.Options{}).Do(t.Context(), bankcall.Call{Family: "f", What: "refund", Hosts: hosts, Path: "/x", Repeat: tt.repeat})
			if string(a.Body) != tt.body || (err == nil) != (tt.body != "" || a.Status == 302) {
				t.Errorf("got %d %q, %v", a.Status, a.Body, err)
			}
			if err != nil && !errors.Is(err, payment.ErrBank) || bankcall.Unheard(err) != tt.unheard {
				t.Errorf("error %v, unheard %t", err, bankcall.Unheard(err))
			}
			if counts[0].Load() != tt.asked || counts[1].Load() != tt.backup {
				t.Errorf("asked %d and %d times", counts[0].Load(), counts[1].Load())
			}
		})
	}
}

// TestDo_quiet: PGW-03, neither what is asked nor how it is signed is logged or stands in an error.
func TestDo_quiet(t *testing.T) {
	const hush = "s3cret"
	var log bytes.Buffer
	well, _ := host(t, say(200, hush))
	for _, at := range []string{well, away} {
		_, err := client(bankcall.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}).Do(t.Context(), bankcall.Call{
			Family: "f", What: "refund", Hosts: []string{at}, Path: "/x", Query: "key=" + hush, Body: []byte(hush), Header: http.Header{"Authorization": {hush}}})
		if err != nil && strings.Contains(err.Error(), hush) {
			t.Errorf("the error tells: %v", err)
		}
	}
	if strings.Contains(log.String(), hush) || !strings.Contains(log.String(), "what=refund") {
		t.Errorf("logged %s", log.String())
	}
}

// TestAt: the banks themselves, or the pretend bank in their place.
func TestAt(t *testing.T) {
	real, pretend := client(bankcall.Options{}), client(bankcall.Options{StandIn: "http://bank.localhost:8080"})
	for _, tt := range []struct{ got, want string }{
		{real.At("paybox", "tpeweb.paybox.com", "/php/"), "https://tpeweb.paybox.com/php/"},
		{pretend.At("paybox", "tpeweb.paybox.com", "/php/"), "http://bank.localhost:8080/paybox/tpeweb.paybox.com/php/"},
		{real.At("testbank", "http://bank.localhost/testbank", "/pay"), "http://bank.localhost/testbank/pay"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
}
