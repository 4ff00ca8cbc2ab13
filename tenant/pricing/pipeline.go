package pricing

import "fmt"

// Step is one rule of the sale, ready to run: everything it needs is in it or on
// the sheet. A step does no I/O and keeps nothing between two runs; it may be
// used by several goroutines at once.
type Step interface {
	// Key names the step in traces. It is stored and never changes.
	Key() string
	// Apply writes its adjustments on the sheet. What a shopper can repair is a
	// refusal on the sheet; an error means that there is no price.
	Apply(*Sheet) error
}

// Pipeline is the order of the rules, the first one first.
type Pipeline []Step

// Price runs every step from a clean slate and adds up. It is pure: the same
// basket gives the same result, whatever the order of its lines. It returns the
// error of [Basket.Check] or of a step.
func (p Pipeline) Price(b Basket) (*Priced, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	s := newSheet(&b)
	defer s.release()
	for _, step := range p {
		s.step = step.Key()
		if err := step.Apply(s); err != nil {
			return nil, fmt.Errorf("price step %s: %w", step.Key(), err)
		}
	}
	return s.total(), nil
}
