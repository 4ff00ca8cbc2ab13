package fianet_test

import (
	"encoding/xml"
	"flag"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/fraud/fianet"
	"echoppe.dev/tenant/payment/bankcall"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func order() fraud.Case {
	eur := func(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }
	home := address.Address{Name: "Zoé Achat", Line1: "5 rue Neuve", Postcode: "75002", City: "Paris", Country: "FR", Phone: "0612345678"}
	return fraud.Case{
		Number: "1001", At: time.Date(2026, 5, 1, 12, 30, 0, 0, time.UTC), Amount: eur("44.90"), Mail: "zoe@example.com", Phone: "0612345678",
		Billing:  address.Address{Name: "Max <Käufer>", Company: "A&B GmbH", Line1: "Hauptstraße 1", Postcode: "10115", City: "Berlin", Country: "DE"},
		Delivery: home, Carrier: "Colissimo", Client: netip.MustParseAddr("203.0.113.7"),
		Pieces: []fraud.Piece{{SKU: "MUG", Name: `Tasse "en grès"`, Qty: 2, Unit: eur("12.00")}, {SKU: "LAMP", Name: "Lampe", Qty: 1, Unit: eur("15.90")}},
	}
}

// scorer is a pretend service; it answers in turn and keeps what it was sent.
type scorer struct {
	answers []string
	status  int
	heard   []url.Values
	paths   []string
}

func (s *scorer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.heard, s.paths = append(s.heard, r.PostForm), append(s.paths, r.URL.Path)
	if s.status != 0 {
		w.WriteHeader(s.status)
		return
	}
	_, _ = w.Write([]byte(s.answers[min(len(s.heard), len(s.answers))-1]))
}

func ask(t *testing.T, s *scorer, c fraud.Case, change func(*fraud.Contract)) (fraud.Result, error) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	brand := fianet.Certissim()
	brand.Host = server.URL
	calls := bankcall.New(bankcall.Options{Clock: clock.System(), Timeout: time.Second, Pause: time.Millisecond})
	asked := fianet.New(brand, calls, ring)
	contract := fraud.Contract{On: true, Site: "12345"}
	if contract.Password, err = asked.Seal("shop", "s3cret"); err != nil {
		t.Fatal(err)
	}
	change(&contract)
	out, on := asked.For("shop", contract)
	if on != contract.On || out.Name != "FIA-NET" {
		t.Fatalf("on %v, named %q", on, out.Name)
	}
	return out.Screen(t.Context(), c)
}

func same(*fraud.Contract) {}

// TestDocument: GWN-20, the order as the dialect describes it, without a card number, and well formed whatever people are
// called.
func TestDocument(t *testing.T) {
	for name, change := range map[string]func(*fraud.Case){
		"carried":    func(*fraud.Case) {},
		"downloaded": func(c *fraud.Case) { c.Delivery, c.Carrier, c.Client = address.Address{}, "", netip.Addr{} },
	} {
		t.Run(name, func(t *testing.T) {
			c := order()
			change(&c)
			s := &scorer{answers: []string{`<r><eval>100</eval></r>`}}
			if _, err := ask(t, s, c, same); err != nil {
				t.Fatal(err)
			}
			sent := s.heard[0].Get("controlcallback")
			if err := xml.Unmarshal([]byte(sent), new(struct{})); err != nil || s.heard[0].Get("siteid") != "12345" || len(s.heard[0]) != 2 {
				t.Errorf("sent %v, %v", s.heard[0], err)
			}
			golden := filepath.Join("testdata", name+".xml")
			if *update {
				if err := os.WriteFile(golden, []byte(sent), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || string(want) != sent {
				t.Errorf("the document is another (%v), rerun with -update if meant:\n%s", err, sent)
			}
		})
	}
}

// TestScreen: GWN-20, FRD-07, what the scorer says, at once or when asked; what it does not say is an error and no points.
func TestScreen(t *testing.T) {
	for name, tt := range map[string]struct {
		scorer scorer
		change func(*fraud.Contract)
		points int
		asked  string // paths
		fails  bool
	}{
		"safe":      {scorer{answers: []string{`<?xml version="1.0" encoding="ISO-8859-1"?><result><eval> 100 </eval></result>`}}, same, 0, "/fscreener/engine/singet.cgi", false},
		"dangerous": {scorer{answers: []string{`<result><transaction><eval validation="rouge">0</eval></transaction></result>`}}, same, 100, "/fscreener/engine/singet.cgi", false},
		"asked for": {scorer{answers: []string{`<result>ok</result>`, `<result><eval>35</eval></result>`}}, same, 65,
			"/fscreener/engine/singet.cgi /fscreener/engine/get_validation.cgi", false},
		"in test": {scorer{answers: []string{`<eval>90</eval>`}}, func(c *fraud.Contract) { c.Test = true }, 10, "/pprod/engine/singet.cgi", false},
		"not judged": {scorer{answers: []string{`<result><eval>-1</eval></result>`}}, same, 0,
			"/fscreener/engine/singet.cgi /fscreener/engine/get_validation.cgi", true},
		"out of range":            {scorer{answers: []string{`<eval>101</eval>`}}, same, 0, "/fscreener/engine/singet.cgi /fscreener/engine/get_validation.cgi", true},
		"no document":             {scorer{answers: []string{`<html><p>maintenance`}}, same, 0, "/fscreener/engine/singet.cgi /fscreener/engine/get_validation.cgi", true},
		"refused":                 {scorer{status: http.StatusForbidden}, same, 0, "/fscreener/engine/singet.cgi", true},
		"another shop's password": {scorer{answers: []string{`<eval>90</eval>`}}, func(c *fraud.Contract) { c.Password = "x" }, 0, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := tt.scorer
			got, err := ask(t, &s, order(), tt.change)
			if (err != nil) != tt.fails || strings.Join(s.paths, " ") != tt.asked {
				t.Fatalf("%v after %v", err, s.paths)
			}
			if tt.fails {
				if len(got.Reasons) != 0 || strings.Contains(err.Error(), "s3cret") {
					t.Errorf("counts %+v, says %v", got, err)
				}
				return
			}
			if len(got.Reasons) != 1 || got.Reasons[0].Code != fraud.Scorer || got.Reasons[0].Points != tt.points {
				t.Errorf("counts %+v, want %d", got, tt.points)
			}
			if len(s.heard) == 2 && (s.heard[1].Get("Pwd") != "s3cret" || s.heard[1].Get("RefID") != "1001" || s.heard[1].Get("Mode") != "mini") {
				t.Errorf("asked with %v", s.heard[1])
			}
		})
	}
}
