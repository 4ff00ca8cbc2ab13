package fraud

import (
	"maps"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
)

// Rule names what can count against an order.
type Rule string

// The rules. The words are stored.
const (
	MailOften    Rule = "mail_often"    // several orders of one mail address; args hour, day
	PlaceOften   Rule = "place_often"   // to one door
	NetworkOften Rule = "network_often" // from one network
	Countries    Rule = "countries"     // billed in another country than delivered to; args billing, delivery
	Disposable   Rule = "disposable"    // a mail address that is thrown away; args domain
	Refused      Rule = "refused"       // the bank said no several times; args n
	Amount       Rule = "amount"        // far above the usual; args times
	Elsewhere    Rule = "elsewhere"     // other shops of the fleet reported it; args n
	Denied       Rule = "denied"        // on the merchant's list; args value
	Allowed      Rule = "allowed"       // on it, as one to believe; args value
	Scorer       Rule = "scorer"        // what an outside scorer says; args name, score
	Silent       Rule = "silent"        // an outside scorer did not answer; args name
)

// Weighed are the rules whose points the merchant chooses, in the order they are shown.
func Weighed() []Rule {
	return []Rule{MailOften, PlaceOften, NetworkOften, Countries, Disposable, Refused, Amount, Elsewhere}
}

// Rules are what a merchant has decided.
type Rules struct {
	Hold      bool         `json:"hold"`      // orders of Threshold points and more wait for a person
	Threshold int          `json:"threshold"` // 1 to 100
	Points    map[Rule]int `json:"points"`    // 0 to 100 of each Weighed rule; 0 is off
	PerHour   int          `json:"per_hour"`  // orders in an hour, this one included, from which on they are many
	PerDay    int          `json:"per_day"`
	Refusals  int          `json:"refusals"` // from how many on they are many
	Times     int          `json:"times"`    // how often the usual amount is far above it
	Domains   []string     `json:"domains"`  // of mail addresses that are thrown away, beside those the program knows
	List      []Entry      `json:"list"`
	Share     bool         `json:"share"` // gives and asks for signals of the fleet
	FiaNet    Contract     `json:"fianet"`
	Trust     bool         `json:"trust"` // shows visitors a page of what the program can vouch for
}

// Contract is an account with an outside scorer.
type Contract struct {
	On   bool   `json:"on"`
	Site string `json:"site"`
	// Password is sealed; "" for none.
	Password string `json:"password"`
	Test     bool   `json:"test"`
}

// Defaults are the rules of a merchant who has decided nothing.
func Defaults() Rules {
	return Rules{
		Threshold: 60, PerHour: 3, PerDay: 6, Refusals: 3, Times: 5,
		Points:  map[Rule]int{MailOften: 20, PlaceOften: 25, NetworkOften: 20, Countries: 15, Disposable: 20, Refused: 30, Amount: 20, Elsewhere: 40},
		Domains: []string{}, List: []Entry{},
	}
}

func (r Rules) advise(score int) Advice {
	if score >= r.Threshold {
		return Review
	}
	return Pass
}

// Holds tells whether an order with this result is to wait for a person.
func (r Rules) Holds(found Result) bool {
	return found.Has(Denied) || r.Hold && found.Advice == Review
}

// Limits of what can be typed.
const (
	maxPerDay  = 1000
	maxEntries = 500
	maxDomains = 200
	maxValue   = 200
	maxSite    = 40
)

// Check wants points from 0 to 100, limits of at least one and entries that can be met.
func (r Rules) Check() error {
	var c form.Checker
	within(&c, "threshold", r.Threshold, 1, highest)
	for _, rule := range Weighed() {
		within(&c, "points."+string(rule), r.Points[rule], 0, highest)
	}
	within(&c, "per_hour", r.PerHour, 2, maxPerDay)
	within(&c, "per_day", r.PerDay, 2, maxPerDay)
	within(&c, "refusals", r.Refusals, 1, highest)
	within(&c, "times", r.Times, 2, highest)
	if len(r.Domains) > maxDomains {
		c.Refuse("domains", "form.too_many", fault.Args{"max": maxDomains})
	}
	for _, d := range r.Domains {
		if !isDomain(d) {
			c.Refuse("domains", "fraud.error.domain", fault.Args{"value": brief(d)})
		}
	}
	if len(r.List) > maxEntries {
		c.Refuse("list", "form.too_many", fault.Args{"max": maxEntries})
	}
	for i, e := range r.List {
		e.check(&c, "list."+strconv.Itoa(i)+".")
	}
	c.OneLine("site", r.FiaNet.Site, maxSite)
	if r.FiaNet.On {
		c.Required("site", r.FiaNet.Site)
		if r.FiaNet.Password == "" {
			c.Refuse("password", "form.required", nil)
		}
	}
	return c.Err()
}

func within(c *form.Checker, name string, n, least, most int) {
	c.Range(name, decimal.NewFromInt(int64(n)), decimal.NewFromInt(int64(least)), decimal.NewFromInt(int64(most)))
}

// Clone is a copy that shares nothing with r.
func (r Rules) Clone() Rules {
	r.Points, r.Domains, r.List = maps.Clone(r.Points), slices.Clone(r.Domains), slices.Clone(r.List)
	return r
}

// Sealed is the rules without what opens anything; that there is a password can still be seen.
func (r Rules) Sealed() Rules {
	if r.FiaNet.Password != "" {
		r.FiaNet.Password = "set"
	}
	return r
}
