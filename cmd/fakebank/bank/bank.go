package bank

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"regexp"
	"sync"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
)

// Merchant is one contract.
type Merchant struct {
	Number string `json:"number"`
	Name   string `json:"name"` // shown to buyers
	Key    string `json:"key"`  // 64 hexadecimal digits
}

// Options configure a bank. The zero value of each but Clock has a meaning.
type Options struct {
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
	Late  time.Duration
	Clock clock.Clock
	Log   *slog.Logger
}

// DefaultAllow is this machine.
var DefaultAllow = []string{"localhost", "*.localhost", "127.0.0.1", "::1"}

// defaultBackoff is section 5 of the protocol.
var defaultBackoff = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

const defaultLate = 30 * time.Second

// Bank is the pretend bank. Safe for concurrent use.
type Bank struct {
	options Options
	words   *i18n.Catalog
	pages   map[i18n.Locale]*template.Template
	mux     *http.ServeMux
	client  *http.Client

	mu        sync.Mutex
	merchants map[string]Merchant
	payments  map[string]*Payment // by token
	byRef     map[string]string   // merchant, mode and reference → token
	order     []string            // tokens, the oldest first
	pending   map[string]bool     // tokens with notices still to be sent
	journal   *journal            // nil without a file

	wake   chan struct{} // something is due
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// New opens a bank and starts to deliver what its file says is still to be sent.
func New(o Options) (*Bank, error) {
	if o.Clock == nil {
		return nil, errors.New("fakebank: no clock")
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
		options: o, words: words, client: newClient(), pages: map[i18n.Locale]*template.Template{},
		merchants: map[string]Merchant{}, payments: map[string]*Payment{}, byRef: map[string]string{},
		pending: map[string]bool{},
		wake:    make(chan struct{}, 1),
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

var numberShape = regexp.MustCompile(`^[A-Z0-9-]{1,20}$`)

// Enrol makes or changes a contract.
func (b *Bank) Enrol(m Merchant) error {
	key, err := hex.DecodeString(m.Key)
	if !numberShape.MatchString(m.Number) || err != nil || len(key) != 32 {
		return fmt.Errorf("fakebank: merchant %q: want a number of A-Z, 0-9 and -, and a key of 64 hexadecimal digits", m.Number)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.merchants[m.Number] == m {
		return nil
	}
	if err := b.journal.write(line{Merchant: &m}); err != nil {
		return err
	}
	b.merchants[m.Number] = m
	return nil
}

// merchant is a contract with its key as bytes.
func (b *Bank) merchant(number string) (Merchant, []byte, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m, ok := b.merchants[number]
	if !ok {
		return Merchant{}, nil, false
	}
	key, err := hex.DecodeString(m.Key)
	return m, key, err == nil
}

// draw makes a name nobody can guess.
func (b *Bank) draw() string { return rand.Text() }

// ServeHTTP serves the page, the calls and the log.
func (b *Bank) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.mux.ServeHTTP(w, r) }

var _ http.Handler = (*Bank)(nil)
