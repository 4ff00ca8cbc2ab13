package payment

import (
	"fmt"
	"regexp"
	"slices"

	"echoppe.dev/platform/kit/fault"
)

// ErrGone means that a kind of payment stored in a mode or payment is not built into this program:
// it is no longer available.
var ErrGone = fault.New(fault.Conflict, "payment.kind_gone")

// Gateways are the families of this program. It is immutable and safe for concurrent use.
type Gateways struct {
	order []string
	byKey map[string]Gateway
}

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// NewGateways gathers families in the order in which merchants are shown them. It refuses a bad or
// repeated key and a configuration form with mistakes.
func NewGateways(families ...Gateway) (*Gateways, error) {
	g := &Gateways{byKey: make(map[string]Gateway, len(families))}
	for _, f := range families {
		key := f.Key()
		if !keyShape.MatchString(key) {
			return nil, fmt.Errorf("payment gateway %q: bad key", key)
		}
		if g.byKey[key] != nil {
			return nil, fmt.Errorf("payment gateway %q: twice", key)
		}
		if err := f.Config().Valid(); err != nil {
			return nil, fmt.Errorf("payment gateway %q: %w", key, err)
		}
		if b, ok := f.(Branded); ok {
			if err := b.Brand().check(key); err != nil {
				return nil, fmt.Errorf("payment gateway %q: %w", key, err)
			}
		}
		g.byKey[key] = f
		g.order = append(g.order, key)
	}
	return g, nil
}

// Find is the family of that key, KindByHand among them, which is in no list. Errors: ErrGone.
func (g *Gateways) Find(key string) (Gateway, error) {
	f, ok := g.byKey[key]
	if !ok && key == KindByHand {
		return byHand{}, nil
	}
	if !ok {
		return nil, ErrGone.With(fault.Args{"kind": key})
	}
	return f, nil
}

// Keys lists the families in their order.
func (g *Gateways) Keys() []string { return slices.Clone(g.order) }

// Asked lists the families whose banks can be asked about a payment.
func (g *Gateways) Asked() []string {
	return slices.DeleteFunc(g.Keys(), func(key string) bool {
		_, ok := g.byKey[key].(Inquirer)
		return !ok
	})
}

// Told lists those of Asked whose banks also tell what was given back.
func (g *Gateways) Told() []string {
	return slices.DeleteFunc(g.Asked(), func(key string) bool { return g.byKey[key].Capabilities().RefundsUntold })
}

// KindKey is the message that names a kind of payment.
func KindKey(kind string) string { return "payment.kind." + kind }
