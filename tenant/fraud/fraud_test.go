package fraud_test

import (
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/fraud"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// plain is an order nobody would look at twice.
func plain() fraud.Case {
	home := address.Address{Name: "Zoé Achat", Line1: "5, rue Neuve", Postcode: "75002", City: "Paris", Country: "FR", Phone: "+33 6 12 34 56 78"}
	return fraud.Case{Amount: eur("40.00"), Mail: "zoe@example.com", Billing: home, Delivery: home, Client: netip.MustParseAddr("203.0.113.7"), Attempts: 1}
}

func codes(r fraud.Result) string {
	var list []string
	for _, why := range r.Reasons {
		list = append(list, string(why.Code))
	}
	return strings.Join(list, " ")
}

// TestScreening: FRD-01, FRD-05, each rule counts when it holds, with the points the merchant gave it, and not before.
func TestScreening(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*fraud.Case, *fraud.Rules)
		want   string
		score  int
		advice fraud.Advice
	}{
		"nothing":               {func(*fraud.Case, *fraud.Rules) {}, "", 0, fraud.Pass},
		"two orders in an hour": {func(c *fraud.Case, _ *fraud.Rules) { c.History.Mail = fraud.Count{Hour: 1, Day: 1} }, "", 0, fraud.Pass},
		"three":                 {func(c *fraud.Case, _ *fraud.Rules) { c.History.Mail = fraud.Count{Hour: 2, Day: 2} }, "mail_often", 20, fraud.Pass},
		"six in a day":          {func(c *fraud.Case, _ *fraud.Rules) { c.History.Place = fraud.Count{Day: 5} }, "place_often", 25, fraud.Pass},
		"one network":           {func(c *fraud.Case, _ *fraud.Rules) { c.History.Network = fraud.Count{Hour: 9, Day: 9} }, "network_often", 20, fraud.Pass},
		"a rule that is off": {func(c *fraud.Case, r *fraud.Rules) {
			c.History.Mail, r.Points[fraud.MailOften] = fraud.Count{Hour: 9}, 0
		}, "", 0, fraud.Pass},
		"abroad":            {func(c *fraud.Case, _ *fraud.Rules) { c.Delivery.Country = "BE" }, "countries", 15, fraud.Pass},
		"nothing delivered": {func(c *fraud.Case, _ *fraud.Rules) { c.Delivery = address.Address{} }, "", 0, fraud.Pass},
		"thrown away":       {func(c *fraud.Case, _ *fraud.Rules) { c.Mail = "x@YopMail.com" }, "disposable", 20, fraud.Pass},
		"below it":          {func(c *fraud.Case, _ *fraud.Rules) { c.Mail = "x@mx.yopmail.com" }, "disposable", 20, fraud.Pass},
		"nearly":            {func(c *fraud.Case, _ *fraud.Rules) { c.Mail = "x@notyopmail.com" }, "", 0, fraud.Pass},
		"the merchant's own": {func(c *fraud.Case, r *fraud.Rules) {
			c.Mail, r.Domains = "x@odd.example", []string{"Odd.example"}
		}, "disposable", 20, fraud.Pass},
		"refused twice":   {func(c *fraud.Case, _ *fraud.Rules) { c.Refusals = []string{"card", "funds", "abandoned"} }, "", 0, fraud.Pass},
		"refused thrice":  {func(c *fraud.Case, _ *fraud.Rules) { c.Refusals = []string{"card", "funds", "authentication"} }, "refused", 30, fraud.Pass},
		"five times":      {func(c *fraud.Case, _ *fraud.Rules) { c.History.Usual = decimal.NewFromInt(8) }, "amount", 20, fraud.Pass},
		"nearly five":     {func(c *fraud.Case, _ *fraud.Rules) { c.History.Usual = decimal.RequireFromString("8.01") }, "", 0, fraud.Pass},
		"too few to tell": {func(c *fraud.Case, _ *fraud.Rules) { c.Amount = eur("9000.00") }, "", 0, fraud.Pass},
		"together": {func(c *fraud.Case, _ *fraud.Rules) {
			c.Delivery.Country, c.Mail, c.Refusals = "BE", "x@yopmail.com", []string{"card", "card", "card"}
		}, "countries disposable refused", 65, fraud.Review},
		"all there is": {func(c *fraud.Case, _ *fraud.Rules) {
			often := fraud.Count{Hour: 9, Day: 9}
			c.History = fraud.History{Mail: often, Place: often, Network: often, Usual: decimal.NewFromInt(1)}
			c.Delivery.Country, c.Mail, c.Refusals = "BE", "x@yopmail.com", []string{"card", "card", "card"}
		}, "mail_often place_often network_often countries disposable refused amount", 100, fraud.Review},
	} {
		t.Run(name, func(t *testing.T) {
			c, r := plain(), fraud.Defaults()
			tt.change(&c, &r)
			got, err := fraud.Screening{Rules: r}.Screen(t.Context(), c)
			if err != nil || codes(got) != tt.want || got.Score != tt.score || got.Advice != tt.advice {
				t.Errorf("got %q, %d, %s, %v; want %q, %d, %s", codes(got), got.Score, got.Advice, err, tt.want, tt.score, tt.advice)
			}
		})
	}
}

// TestList: FRD-05, whom the merchant wrote down is known however he writes himself, and believed or not.
func TestList(t *testing.T) {
	for name, tt := range map[string]struct {
		entry fraud.Entry
		meets bool
	}{
		"mail":             {fraud.Entry{Kind: fraud.ByMail, Value: "ZOE+x@example.com"}, true},
		"another mail":     {fraud.Entry{Kind: fraud.ByMail, Value: "max@example.com"}, false},
		"domain":           {fraud.Entry{Kind: fraud.ByDomain, Value: "@example.com"}, true},
		"domain above":     {fraud.Entry{Kind: fraud.ByDomain, Value: "ample.com"}, false},
		"phone":            {fraud.Entry{Kind: fraud.ByPhone, Value: "06.12.34.56.78"}, true},
		"another phone":    {fraud.Entry{Kind: fraud.ByPhone, Value: "06.12.34.56.79"}, false},
		"address":          {fraud.Entry{Kind: fraud.ByAddress, Value: "75002 5 RUE NEUVE"}, true},
		"the neighbour":    {fraud.Entry{Kind: fraud.ByAddress, Value: "75002 6 rue Neuve"}, false},
		"network":          {fraud.Entry{Kind: fraud.ByNetwork, Value: "203.0.113.0/24"}, true},
		"one address":      {fraud.Entry{Kind: fraud.ByNetwork, Value: "203.0.113.7"}, true},
		"the next address": {fraud.Entry{Kind: fraud.ByNetwork, Value: "203.0.113.8"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := fraud.Defaults()
			tt.entry.Verdict = fraud.Deny
			r.List = []fraud.Entry{tt.entry}
			if err := r.Check(); err != nil {
				t.Fatalf("refused: %v", err)
			}
			got, _ := fraud.Screening{Rules: r}.Screen(t.Context(), plain())
			if got.Has(fraud.Denied) != tt.meets || r.Holds(got) != tt.meets || tt.meets != (got.Score == 100) {
				t.Errorf("%+v: %q, %d points, held %v", tt.entry, codes(got), got.Score, r.Holds(got))
			}
			believed := tt.entry
			believed.Verdict = fraud.Allow
			r.List = append(r.List, believed)
			c := plain()
			c.Refusals = []string{"card", "card", "card"}
			got, _ = fraud.Screening{Rules: r}.Screen(t.Context(), c)
			if tt.meets && (got.Score != 0 || !got.Has(fraud.Allowed) || r.Holds(got)) {
				t.Errorf("who is believed has %d points for %q", got.Score, codes(got))
			}
		})
	}
}

// TestRules_Check: FRD-05, what cannot be meant is refused beside its field.
func TestRules_Check(t *testing.T) {
	for field, change := range map[string]func(*fraud.Rules){
		"threshold":        func(r *fraud.Rules) { r.Threshold = 0 },
		"points.countries": func(r *fraud.Rules) { r.Points[fraud.Countries] = 101 },
		"per_hour":         func(r *fraud.Rules) { r.PerHour = 1 },
		"per_day":          func(r *fraud.Rules) { r.PerDay = 0 },
		"times":            func(r *fraud.Rules) { r.Times = 1 },
		"refusals":         func(r *fraud.Rules) { r.Refusals = 0 },
		"domains":          func(r *fraud.Rules) { r.Domains = []string{"no domain"} },
		"list.0.value":     func(r *fraud.Rules) { r.List = []fraud.Entry{{fraud.Deny, fraud.ByNetwork, "203.0.113"}} },
		"list.1.value": func(r *fraud.Rules) {
			r.List = []fraud.Entry{{fraud.Deny, fraud.ByNetwork, "10.0.0.0/8"}, {fraud.Deny, fraud.ByNetwork, "0.0.0.0/0"}}
		},
		"list.2.value": func(r *fraud.Rules) {
			r.List = []fraud.Entry{{fraud.Deny, fraud.ByNetwork, "2001::/16"}, {}, {fraud.Deny, fraud.ByNetwork, "2000::/15"}}
		},
		"list.3.value": func(r *fraud.Rules) {
			r.List = []fraud.Entry{{}, {}, {}, {fraud.Deny, fraud.ByNetwork, "::ffff:0:0/96"}}
		},
		"list.0.kind":    func(r *fraud.Rules) { r.List = []fraud.Entry{{fraud.Deny, "face", "x"}} },
		"list.0.verdict": func(r *fraud.Rules) { r.List = []fraud.Entry{{"", fraud.ByMail, "a@example.com"}} },
		"site":           func(r *fraud.Rules) { r.FiaNet = fraud.Contract{On: true, Password: "x"} },
		"password":       func(r *fraud.Rules) { r.FiaNet = fraud.Contract{On: true, Site: "1"} },
	} {
		r := fraud.Defaults()
		if err := r.Check(); err != nil {
			t.Fatalf("the defaults are refused: %v", err)
		}
		change(&r)
		if err := r.Check(); !slices.Contains(fields(err), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// FRD-05: what is far too long is not written out again in the message about it.
func TestRules_Check_long(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for name, change := range map[string]func(*fraud.Rules){
		"list":    func(r *fraud.Rules) { r.List = []fraud.Entry{{fraud.Deny, fraud.ByDomain, long}} },
		"domains": func(r *fraud.Rules) { r.Domains = []string{long} },
	} {
		r := fraud.Defaults()
		change(&r)
		refused := fault.FieldsOf(r.Check())
		if len(refused) == 0 {
			t.Errorf("%s: taken", name)
		}
		for _, f := range refused {
			if said := fmt.Sprint(f.Args); len(said) > 200 {
				t.Errorf("%s: %d characters of arguments for %s", name, len(said), f.Key)
			}
		}
	}
}

func fields(err error) []string {
	var names []string
	for _, f := range fault.FieldsOf(err) {
		names = append(names, f.Name)
	}
	return names
}

// TestNetwork: FRD-03, the neighbourhood of an address; one of a private network names nobody.
func TestNetwork(t *testing.T) {
	for client, want := range map[string]string{
		"203.0.113.7": "203.0.113.0/24", "::ffff:203.0.113.7": "203.0.113.0/24", "2001:db8:1:2::3": "2001:db8:1::/48",
		"10.1.2.3": "", "127.0.0.1": "", "::1": "", "192.168.1.1": "", "fe80::1": "",
	} {
		if got := fraud.Network(netip.MustParseAddr(client)); got != want {
			t.Errorf("%s is of %q, want %q", client, got, want)
		}
	}
	if got := fraud.Network(netip.Addr{}); got != "" {
		t.Errorf("nobody is of %q", got)
	}
}

// TestSigns: FRD-03, the door of a relay point accuses nobody.
func TestSigns(t *testing.T) {
	c := plain()
	if got := len(c.Signs()); got != 4 {
		t.Errorf("%d signs: %v", got, c.Signs())
	}
	c.Delivery = address.Address{Line1: "1 place du Relais", Postcode: "75001", Country: "FR"}
	if slices.ContainsFunc(c.Signs(), func(s fraud.Sign) bool { return s.Kind == "address" }) {
		t.Errorf("tells a door that may be anybody's: %v", c.Signs())
	}
}

// TestFinding: FRD-05, what a person decided is never overruled by what is found later.
func TestFinding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, decided := fraud.Finding{}, ""
		at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
		for _, step := range rapid.SliceOfN(rapid.SampledFrom([]string{"bad", "good", "release", "mark"}), 1, 12).Draw(t, "steps") {
			at = at.Add(time.Minute)
			before := f.IsHeld()
			switch step {
			case "bad", "good":
				f.Looked(at, fraud.Result{Score: 90}, step == "bad")
			case "release":
				f.Release(at)
				decided = step
			case "mark":
				f.Mark(at)
				decided = step
			}
			switch decided {
			case "release":
				if f.IsHeld() || f.IsMarked() {
					t.Fatalf("held again after a person let it go: %+v", f)
				}
			case "mark":
				if !f.IsHeld() || !f.IsMarked() {
					t.Fatalf("let go although a person marked it: %+v", f)
				}
			default:
				if before && !f.IsHeld() {
					t.Fatalf("the program let go what it held: %+v", f)
				}
			}
		}
	})
}

// TestWords: every reason and refusal has its words in all languages.
func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, rule := range append(fraud.Weighed(), fraud.Denied, fraud.Allowed, fraud.Scorer, fraud.Silent) {
		i18ntest.Used(t, c, fraud.Reason{Code: rule}.Key())
	}
	for _, key := range i18ntest.Written(t, ".", regexp.MustCompile(`"(fraud\.error\.[a-z]+)"`)) {
		i18ntest.Used(t, c, key)
	}
}
