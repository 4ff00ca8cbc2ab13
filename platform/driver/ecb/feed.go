package ecb

import (
	"context"
	"fmt"
	"sync"
	"time"

	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/kit/clock"
)

// Address is where the bank publishes the file of the day.
const Address = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"

const (
	fresh   = time.Hour
	maxFile = 256 << 10 // the file has about 2 kB
	tries   = 3
)

// Getter gets a file; fetch.Client does.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) ([]byte, error)
}

// Feed asks the bank. Safe for concurrent use.
type Feed struct {
	get     Getter
	clock   clock.Clock
	address string

	mu    sync.Mutex
	table Table
	asked time.Time
}

// New makes a feed of the file at an address.
func New(g Getter, c clock.Clock, address string) *Feed {
	return &Feed{get: g, clock: c, address: address}
}

// Latest is the newest rates. They are asked for again after an hour; others wait for the answer rather than ask as
// well. Errors: fetch.ErrUnreachable and its like; ErrFile.
func (f *Feed) Latest(ctx context.Context) (Table, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock.Now()
	if !f.asked.IsZero() && now.Sub(f.asked) < fresh {
		return f.table, nil
	}
	var err error
	for range tries {
		var data []byte
		data, err = f.get.Get(ctx, fetch.Request{Address: f.address, Accept: "application/xml, text/xml", Agent: "Echoppe", Max: maxFile})
		if err != nil {
			continue
		}
		var table Table
		if table, err = Parse(data); err == nil {
			f.table, f.asked = table, now
			return table, nil
		}
	}
	return Table{}, fmt.Errorf("ask for the reference rates: %w", err)
}
