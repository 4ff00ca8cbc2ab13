package discount

import (
	"cmp"
	"slices"
	"strconv"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// lane is when a rule has its turn (DSC-09).
type lane string

const (
	goodsLane    lane = "goods"    // articles and families
	orderLane    lane = "order"    // total and quantity
	couponLane   lane = "coupon"   // whatever a code asks for, on goods
	shippingLane lane = "shipping" // with a code and without
)

// rule is a Rule made ready to run.
type rule struct {
	*Rule
	at      int // its place in Rules, and in the order of application
	lane    lane
	group   string // "" stacks
	source  string
	members map[string]int   // how specific each member of the scope is
	from    []money.Amount   // the tiers of a value
	reasons []pricing.Reason // below the tiers, then by tier; for a rule without codes
}

// hits are the rules of the goods lane for one article or family, which is as
// specific for all of them.
type hits struct {
	rank  int
	rules []int
}

// Rules are a shop's rules, checked, indexed and in their order. They are
// immutable: compile them once for every version of the shop.
type Rules struct {
	currency money.Currency
	rules    []rule // the higher priority first, then by ID
	articles map[string]hits
	families map[string]hits
	orders   []int
	shipping []int
	alones   []int // alone, among rules without codes that take off goods
	codes    map[string]int
	ids      map[string]int
}

// Compile checks rules and makes them ready. The order of the slice has no
// meaning. The tree says how deep families stand; it may know more of them than the
// rules do. It returns fault.Malformed with the fields of every rule that is wrong,
// such as "rules.3.until", and for an ID or a code that two rules claim.
func Compile(cur money.Currency, list []Rule, tree Tree) (*Rules, error) {
	if err := check(cur, list); err != nil {
		return nil, err
	}
	r := &Rules{
		currency: cur, rules: make([]rule, len(list)),
		articles: map[string]hits{}, families: map[string]hits{},
		codes: map[string]int{}, ids: make(map[string]int, len(list)),
	}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), cmp.Compare(a.ID, b.ID))
	})
	for i := range sorted {
		r.rules[i] = ready(&sorted[i], i, cur, tree)
		r.file(&r.rules[i])
	}
	return r, nil
}

func check(cur money.Currency, list []Rule) error {
	var c form.Checker
	ids, codes := map[string]bool{}, map[string]bool{}
	for i := range list {
		at := "rules." + strconv.Itoa(i) + "."
		if err := list[i].Check(cur); err != nil {
			if err := c.Add(at, err); err != nil {
				return err
			}
		}
		if ids[list[i].ID] {
			c.Refuse(at+"id", "discount.error.id_taken", nil)
		}
		ids[list[i].ID] = true
		own := map[string]bool{}
		for j, text := range list[i].Codes {
			code := Code(text)
			if codes[code] && !own[code] {
				c.Refuse(at+"codes."+strconv.Itoa(j), "discount.error.code_taken", fault.Args{"code": shown(code)})
			}
			codes[code], own[code] = true, true
		}
	}
	return c.Err()
}

func ready(r *Rule, at int, cur money.Currency, tree Tree) rule {
	c := rule{
		Rule: r, at: at, lane: laneOf(r), source: SourcePrefix + r.ID,
		members: make(map[string]int, len(r.Scope.Members)),
	}
	if r.Combine != WithAll && r.Combine != Alone {
		if c.group = r.Group; c.group == "" {
			c.group = "lane:" + string(c.lane)
			if r.IsCoupon() {
				c.group = "lane:" + string(couponLane)
			}
		}
	}
	for _, m := range r.Scope.Members {
		c.members[m] = articleRank
		if r.Scope.Of == Families {
			c.members[m] = tree.depth(m)
		}
	}
	for _, t := range r.Scale.Tiers {
		if r.Scale.By == Value {
			c.from = append(c.from, money.New(t.From, cur))
		}
	}
	for tier := below; tier < len(r.Scale.Tiers); tier++ {
		c.reasons = append(c.reasons, r.because(tier, ""))
	}
	return c
}

func laneOf(r *Rule) lane {
	switch {
	case r.Ships():
		return shippingLane
	case r.IsCoupon():
		return couponLane
	case r.Scope.Of == Order:
		return orderLane
	default:
		return goodsLane
	}
}

// file puts a rule where the steps look for it.
func (r *Rules) file(c *rule) {
	r.ids[c.ID] = c.at
	for _, text := range c.Codes {
		r.codes[Code(text)] = c.at
	}
	switch {
	case c.lane == shippingLane:
		if !c.IsCoupon() {
			r.shipping = append(r.shipping, c.at)
		}
	case c.IsCoupon():
	case c.Combine == Alone:
		r.alones = append(r.alones, c.at)
	case c.lane == orderLane:
		r.orders = append(r.orders, c.at)
	default:
		index := r.families
		if c.Scope.Of == Articles {
			index = r.articles
		}
		for m, rank := range c.members {
			index[m] = hits{rank, append(index[m].rules, c.at)}
		}
	}
}

// rank says how specific a rule is about a line, 0 when it is not for it.
func (c *rule) rank(l *pricing.Line) int {
	switch c.Scope.Of {
	case Articles:
		return c.members[l.Article]
	case Families:
		rank := 0
		for _, f := range l.Families {
			rank = max(rank, c.members[f])
		}
		return rank
	case Order:
	}
	return 1
}
