package shield

import (
	"context"
	"time"
)

// Window is how far back attempts count; who is refused may try again after it.
const Window = 15 * time.Minute

// Tally counts events of the last while; kv.Tally does.
type Tally interface {
	Add(ctx context.Context, keys ...string)
	Read(ctx context.Context, keys ...string) []int
}

// Limiter gives out an allowance; kv.Limiter does.
type Limiter interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration)
}

// Attempt is what is known of an attempt to pay at a bank.
type Attempt struct {
	Shop    string // id
	Network string // of the client, see fraud.Network; "" when it names nobody
	Order   string // id; "" before there is one
}

// Scope is what was tried too often. The words are those of metrics.
type Scope string

// The scopes.
const (
	None    Scope = ""
	Network Scope = "network"
	Order   Scope = "order"
	Shop    Scope = "shop"
)

// Shield counts attempts. Safe for concurrent use.
type Shield struct {
	tally   Tally
	limiter Limiter
	report  func(ctx context.Context, scope Scope, shop string, surge bool)
}

// New makes a shield. report hears of every attempt that was refused, and once a Window, with surge, that a shop is
// beyond its limit; nil tells nobody.
func New(t Tally, l Limiter, report func(ctx context.Context, scope Scope, shop string, surge bool)) *Shield {
	if report == nil {
		report = func(context.Context, Scope, string, bool) {}
	}
	return &Shield{t, l, report}
}

// outcome is how an attempt went, as keys name it.
type outcome string

const (
	begun   outcome = "begun"
	refused outcome = "refused"
	vain    outcome = "vain" // it came to nothing, and nobody said no
	good    outcome = "good"
)

func key(of Scope, which string, o outcome) string {
	return "shield:" + string(of) + ":" + string(o) + ":" + which
}

func (s *Shield) count(ctx context.Context, a Attempt, o outcome, scopes ...Scope) {
	var keys []string
	for _, scope := range scopes {
		if which := a.of(scope); which != "" {
			keys = append(keys, key(scope, which, o))
		}
	}
	if len(keys) > 0 {
		s.tally.Add(ctx, keys...)
	}
}

func (a Attempt) of(scope Scope) string {
	switch scope {
	case Network:
		return a.Network
	case Order:
		return a.Order
	case Shop:
		return a.Shop
	case None:
	}
	return ""
}

// Begun counts an attempt that begins.
func (s *Shield) Begun(ctx context.Context, a Attempt) { s.count(ctx, a, begun, Network, Order) }

// Refused counts one the bank said no to.
func (s *Shield) Refused(ctx context.Context, a Attempt) {
	s.count(ctx, a, refused, Network, Order, Shop)
}

// Vain counts one that came to nothing.
func (s *Shield) Vain(ctx context.Context, a Attempt) { s.count(ctx, a, vain, Shop) }

// Succeeded counts one that brought money, or the promise of it.
func (s *Shield) Succeeded(ctx context.Context, a Attempt) {
	s.count(ctx, a, good, Network, Order, Shop)
}

// Limits, within a Window. A family behind one address mistypes two or three cards; a neighbourhood of a mobile
// network may buy in several shops at once.
const (
	mostRefused    = 8  // by a network, when they are more than twice what succeeded
	mostUnfinished = 40 // of a network, when they are more than four times what succeeded
	mostOfOrder    = 4  // refusals of an order
	mostOnOrder    = 10 // attempts on an order
	mostOfShop     = 30 // of a shop, when they are more than what succeeded
	// spared is what visitors nobody knows may begin, all together, in a minute, in a shop that is beyond its limit.
	spared = 5
)

// Check tells what was tried too often for another attempt to begin; None lets it begin.
func (s *Shield) Check(ctx context.Context, a Attempt) Scope {
	var keys []string
	for _, scope := range []Scope{Network, Order, Shop} {
		for _, o := range []outcome{begun, refused, vain, good} {
			keys = append(keys, key(scope, a.of(scope), o))
		}
	}
	n := s.tally.Read(ctx, keys...)
	const each = 4
	net, order, shop := counts(n[:each]), counts(n[each:2*each]), counts(n[2*each:])
	switch {
	case a.Order != "" && (order.refused >= mostOfOrder || order.begun >= mostOnOrder):
		return Order
	case a.Network != "" && (net.refused >= mostRefused && net.refused > 2*net.good ||
		net.unfinished() >= mostUnfinished && net.unfinished() > 4*net.good):
		return Network
	case shop.refused+shop.vain >= mostOfShop && shop.refused+shop.vain > shop.good:
		return Shop
	}
	return None
}

// tally is what was counted of one scope.
type tally struct{ begun, refused, vain, good int }

func counts(n []int) tally { return tally{n[0], n[1], n[2], n[3]} }

func (t tally) unfinished() int { return t.begun - t.refused - t.good }

// Stop says whether an attempt that Check named a scope for is refused, and reports it. In a shop beyond its limit
// whoever is known goes on, and of the others a few.
func (s *Shield) Stop(ctx context.Context, a Attempt, of Scope, known bool) bool {
	if of == Shop {
		if first, _ := s.limiter.Allow(ctx, "shield.told:"+a.Shop, 1, Window); first {
			s.report(ctx, of, a.Shop, true)
		}
		if known {
			return false
		}
		if ok, _ := s.limiter.Allow(ctx, "shield.spared:"+a.Shop, spared, time.Minute); ok {
			return false
		}
	}
	s.report(ctx, of, a.Shop, false)
	s.tally.Add(ctx, stopped)
	return true
}

// stopped counts what was refused in all shops.
const stopped = "shield:stopped"

// Stopped is how many attempts were refused within a Window, in all shops.
func (s *Shield) Stopped(ctx context.Context) int { return s.tally.Read(ctx, stopped)[0] }
