package bench

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// Options of a run.
type Options struct {
	// Data is a folder to work in, which stays; a temporary one when empty, removed at the end.
	Data     string
	Shops    int           // in the fleet
	Articles int           // in the stocked shop; twice as many are imported
	Watch    time.Duration // how long each contestant of a duel is watched
	Only     []string      // names of measurements; all when empty
	// Progress is told what is being measured.
	Progress io.Writer
}

// measurement is one entry of the list. take may use every stage of the rig.
type measurement struct {
	name string
	what string
	take func(context.Context, *rig) ([]Row, error)
}

// measurements are taken in this order: those of one shop first, while the catalogue of the
// database is small, then those of the fleet.
var measurements = []measurement{
	{"pricing", "pricing baskets", priceBaskets},
	{"templates", "drawing templates", drawTemplates},
	{"hot", "pages from memory", hotPages},
	{"cold", "pages made anew", coldPages},
	{"cart", "putting articles into carts", cartAdd},
	{"variants", "an article of 50,000 variants", manyVariants},
	{"lists", "lists for many kinds of readers", priceLists},
	{"tree", "a tree of 10,000 families", largeTree},
	{"order", "placing orders", placeOrder},
	{"notices", "hearing of payments from banks", bankNotices},
	{"import", "importing articles", importing},
	{"shops", "what a shop costs", shopCost},
	{"migrate", "migrating a fleet that is up to date", migrating},
	{"signup", "signing up in a large fleet", signingUp},
}

// Names are the names of the measurements.
func Names() []string {
	names := make([]string, len(measurements))
	for i, m := range measurements {
		names[i] = m.name
	}
	return names
}

// Run measures. A measurement that fails is in the report and the others go on; the error is about
// the rig: a database that does not start, a name that is none (*UnknownError), ctx that ended.
func Run(ctx context.Context, o Options) (*Report, error) {
	chosen, err := choose(o.Only)
	if err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	r, err := openRig(ctx, o)
	if err != nil {
		return nil, err
	}
	defer r.close()
	report := &Report{Machine: describe(ctx, r.out.OwnerURL)}
	fmt.Fprintf(o.Progress, "%s\n", report.Machine)
	for _, m := range chosen {
		r.say("%s", m.what)
		rows, err := m.take(ctx, r)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		report.Rows = append(report.Rows, rows...)
		if err != nil {
			report.Failed = append(report.Failed, fmt.Sprintf("%s: %v", m.name, err))
		}
	}
	return report, nil
}

func choose(only []string) ([]measurement, error) {
	if len(only) == 0 {
		return measurements, nil
	}
	var chosen []measurement
	wanted := map[string]bool{}
	for _, name := range only {
		wanted[name] = true
	}
	for _, m := range measurements {
		if wanted[m.name] {
			chosen = append(chosen, m)
			delete(wanted, m.name)
		}
	}
	for name := range wanted {
		return nil, &UnknownError{name}
	}
	return chosen, nil
}

// UnknownError names a measurement that does not exist. Its text is for people.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("There is no measurement %q, only %s.", e.Name, strings.Join(Names(), ", "))
}
