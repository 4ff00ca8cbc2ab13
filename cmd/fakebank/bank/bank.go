package bank

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"sync"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
)

// Options configure a bank. The zero value of each but Dialects and Clock has a meaning.
type Options struct {
	// Dialects are the protocols it speaks; the first is that of contracts that name none.
	Dialects  []Dialect
	Merchants []Merchant
	// File keeps everything over a restart, written with every change; "" keeps it in memory.
	File string
	// Allow are the hosts notices may go to: names, or "*.name" for all below; DefaultAllow if nil.
	Allow []string
	// Base is the path the handler is mounted at, without a trailing slash.
	Base string
	// Backoff are the pauses before a notice is repeated; the protocol's if nil.
	Backoff []time.Duration
	// Late is how long a late notice takes; 30 s if zero.
	Late time.Duration
	// Slow is how long a call waits for its answer when calls are slow; 30 s if zero.
	Slow  time.Duration
	Clock clock.Clock
	Log   *slog.Logger
}

// DefaultAllow is this machine.
var DefaultAllow = []string{"localhost", "*.localhost", "127.0.0.1", "::1"}

// defaultBackoff is what banks do, in small.
var defaultBackoff = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

const (
	defaultLate = 30 * time.Second
	defaultSlow = 30 * time.Second
)

// Bank is the pretend bank. Safe for concurrent use.
type Bank struct {
	options  Options
	dialects map[string]Dialect
	words    *i18n.Catalog
	pages    map[i18n.Locale]*template.Template
	mux      *http.ServeMux
	client   *http.Client

	mu        sync.Mutex
	merchants map[string]Merchant // by dialect and number
	payments  map[string]*Payment // by token
	byRef     map[string]string   // dialect, merchant, mode and reference → token
	order     []string            // tokens, the oldest first
	pending   map[string]bool     // tokens with notices still to be sent
	journal   *journal            // nil without a file
	serial    int64               // of the newest payment
	mood      Quirk               // SlowCalls or BrokenCalls for all calls

	wake   chan struct{} // something is due
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// New opens a bank and starts to deliver what its file says is still to be sent.
func New(o Options) (*Bank, error) {
	if o.Clock == nil {
		return nil, errors.New("fakebank: no clock")
	}
	if len(o.Dialects) == 0 {
		return nil, errors.New("fakebank: no dialect")
	}
	if o.Slow == 0 {
		o.Slow = defaultSlow
	}
	if o.Allow == nil {
		o.Allow = DefaultAllow
	}
	if o.Backoff == nil {
		o.Backoff = defaultBackoff
	}
	if o.Late == 0 {
		o.Late = defaultLate
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	words, err := i18n.Load(files, "locales")
	if err != nil {
		return nil, fmt.Errorf("fakebank: %w", err)
	}
	b := &Bank{
		options: o, dialects: map[string]Dialect{}, words: words, client: newClient(), pages: map[i18n.Locale]*template.Template{},
		merchants: map[string]Merchant{}, payments: map[string]*Payment{}, byRef: map[string]string{},
		pending: map[string]bool{},
		wake:    make(chan struct{}, 1),
	}
	for _, d := range o.Dialects {
		if name := d.Name(); !nameShape.MatchString(name) || b.dialects[name] != nil || slices.Contains(reserved, name) {
			return nil, fmt.Errorf("fakebank: dialect %q: a bad name, or twice", name)
		}
		b.dialects[d.Name()] = d
	}
	for _, l := range i18n.Shipped {
		if b.pages[l], err = b.parse(l); err != nil {
			return nil, fmt.Errorf("fakebank: %w", err)
		}
	}
	if err := b.load(); err != nil {
		return nil, err
	}
	for _, m := range o.Merchants {
		if err := b.Enrol(m); err != nil {
			return nil, errors.Join(err, b.journal.close())
		}
	}
	b.routes()
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel = cancel
	b.done.Go(func() { b.deliver(ctx) })
	return b, nil
}

// Close stops deliveries and waits for those under way.
func (b *Bank) Close() error {
	b.cancel()
	b.done.Wait()
	b.client.CloseIdleConnections()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.journal.close()
}

var nameShape = regexp.MustCompile(`^[a-z][a-z0-9]{0,29}$`)

// reserved are the first steps of the engine's own addresses.
var reserved = []string{"pay", "log"}

func contractKey(dialect, number string) string { return dialect + "\x00" + number }

// named is a contract that names its dialect.
func (b *Bank) named(m Merchant) Merchant {
	if m.Dialect == "" {
		m.Dialect = b.options.Dialects[0].Name()
	}
	return m
}

// Enrol makes or changes a contract.
func (b *Bank) Enrol(m Merchant) error {
	m = b.named(m)
	d, ok := b.dialects[m.Dialect]
	if !ok || m.Number == "" {
		return fmt.Errorf("fakebank: merchant %q of dialect %q: no such dialect, or no number", m.Number, m.Dialect)
	}
	if err := d.Check(m); err != nil {
		return fmt.Errorf("fakebank: merchant %q of dialect %q: %w", m.Number, m.Dialect, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if reflect.DeepEqual(b.merchants[contractKey(m.Dialect, m.Number)], m) {
		return nil
	}
	if err := b.journal.write(line{Merchant: &m}); err != nil {
		return err
	}
	b.merchants[contractKey(m.Dialect, m.Number)] = m
	return nil
}

// merchant is a contract.
func (b *Bank) merchant(dialect, number string) (Merchant, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, ok := b.merchants[contractKey(dialect, number)]
	return m, ok
}

// draw makes a name nobody can guess.
func (b *Bank) draw() string { return rand.Text() }

// ServeHTTP serves the page, the calls and the log.
func (b *Bank) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.mux.ServeHTTP(w, r) }

var _ http.Handler = (*Bank)(nil)
