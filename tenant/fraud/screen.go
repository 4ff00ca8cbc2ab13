package fraud

import (
	"context"
	_ "embed" // the domains
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Screening is the built-in screener: the merchant's rules and nothing else. It asks nobody.
type Screening struct{ Rules Rules }

// Screen gives the reasons that hold. It never fails.
func (s Screening) Screen(_ context.Context, c Case) (Result, error) {
	r := s.Rules
	var found Result
	if why, ok := r.listed(c); ok {
		found.Reasons = []Reason{why}
	}
	weigh := func(rule Rule, args map[string]string) {
		if points := r.Points[rule]; points > 0 {
			found.Reasons = append(found.Reasons, Reason{Code: rule, Points: points, Args: args})
		}
	}
	for _, often := range []struct {
		rule  Rule
		count Count
	}{{MailOften, c.History.Mail}, {PlaceOften, c.History.Place}, {NetworkOften, c.History.Network}} {
		if often.count.Hour+1 >= r.PerHour || often.count.Day+1 >= r.PerDay {
			weigh(often.rule, map[string]string{"hour": strconv.Itoa(often.count.Hour + 1), "day": strconv.Itoa(often.count.Day + 1)})
		}
	}
	if to, from := c.Delivery.Country, c.Billing.Country; to != "" && from != "" && to != from {
		weigh(Countries, map[string]string{"billing": from, "delivery": to})
	}
	if domain := domainOf(c.Mail); r.thrownAway(domain) {
		weigh(Disposable, map[string]string{"domain": domain})
	}
	if n := c.refused(); n >= r.Refusals {
		weigh(Refused, map[string]string{"n": strconv.Itoa(n)})
	}
	if times, far := c.above(r.Times); far {
		weigh(Amount, map[string]string{"times": times})
	}
	return Join(r, found), nil
}

// refused counts the attempts a bank said no to; who gave up, or was too slow, was not refused.
func (c Case) refused() int {
	n := 0
	for _, why := range c.Refusals {
		if why != "abandoned" && why != "expired" && why != "technical" {
			n++
		}
	}
	return n
}

// above tells how often the usual amount goes into that of the case, and whether that is too often.
func (c Case) above(limit int) (string, bool) {
	if !c.History.Usual.IsPositive() {
		return "", false
	}
	times := c.Amount.Decimal().Div(c.History.Usual)
	return times.Floor().String(), times.GreaterThanOrEqual(decimal.NewFromInt(int64(limit)))
}

//go:embed data/disposable.txt
var disposable string

// throwaway are the domains of data/disposable.txt, sorted.
var throwaway = sorted(disposable)

func sorted(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
}

// thrownAway tells whether a mail domain, or one above it, is for addresses that are used once.
func (r Rules) thrownAway(domain string) bool {
	for _, own := range r.Domains {
		if under(domain, strings.ToLower(own)) {
			return true
		}
	}
	for domain != "" {
		if _, found := slices.BinarySearch(throwaway, domain); found {
			return true
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return false
}

var _ Screener = Screening{}
