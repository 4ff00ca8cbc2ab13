package capture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// ErrNotFound is returned for a letter that was never captured or is gone.
var ErrNotFound = fault.New(fault.NotFound, "mail.not_found")

const (
	defaultKeep = 1000
	extension   = ".eml"
	// envelopeHeader is the first line of each file: who really sent it to whom,
	// which the letter's own headers may lie about.
	envelopeHeader = "X-Envelope: "
)

// Envelope is what the SMTP dialogue and the headers tell about a letter.
type Envelope struct {
	ID       string    `json:"id"`
	Received time.Time `json:"received"`
	From     string    `json:"from"`
	To       []string  `json:"to"`
	Subject  string    `json:"subject"`
	Size     int       `json:"size"`
}

// Filter chooses letters. Empty fields choose all.
type Filter struct {
	// To is part of a recipient's address, upper or lower case.
	To string
	// Subject is part of the subject, upper or lower case.
	Subject string
	// Limit is the most letters returned; all when zero.
	Limit int
}

// Config says where letters are kept and where to listen.
type Config struct {
	// Dir is the folder of the letters; created when missing.
	Dir string
	// Addr is where SMTP listens; 127.0.0.1 and a free port when empty.
	Addr string
	// Keep is the number of letters kept; 1000 when zero.
	Keep int
	// Clock dates the letters; the system's when nil.
	Clock clock.Clock
}

// Mailbox holds the captured letters. It is safe for concurrent use.
type Mailbox struct {
	keep   int
	clock  clock.Clock
	root   *os.Root
	server *server

	mu      sync.Mutex
	last    int64      // microseconds of the newest id
	letters []Envelope // oldest first
}

// Open reads the folder and starts listening.
func Open(cfg Config) (*Mailbox, error) {
	if cfg.Keep <= 0 {
		cfg.Keep = defaultKeep
	}
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("mailbox folder: %w", err)
	}
	root, err := os.OpenRoot(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("mailbox folder: %w", err)
	}
	m := &Mailbox{keep: cfg.Keep, clock: cfg.Clock, root: root}
	if err = m.load(); err == nil {
		m.server, err = listen(cfg.Addr, m)
	}
	if err != nil {
		_ = root.Close()
		return nil, err
	}
	return m, nil
}

// Close stops listening; the letters stay.
func (m *Mailbox) Close() error {
	return errors.Join(m.server.close(), m.root.Close())
}

// Addr is the host and port that SMTP listens on.
func (m *Mailbox) Addr() string { return m.server.addr }

// List returns the letters that match, newest first.
func (m *Mailbox) List(f Filter) []Envelope {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Envelope
	for _, e := range slices.Backward(m.letters) {
		if f.matches(e) {
			out = append(out, e)
		}
		if f.Limit > 0 && len(out) == f.Limit {
			break
		}
	}
	return out
}

func (f Filter) matches(e Envelope) bool {
	anyTo := slices.ContainsFunc(e.To, func(to string) bool { return containsFold(to, f.To) })
	return anyTo && containsFold(e.Subject, f.Subject)
}

func containsFold(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

// Read returns a letter taken apart. Errors: ErrNotFound.
func (m *Mailbox) Read(id string) (Letter, error) {
	e, raw, err := m.raw(id)
	if err != nil {
		return Letter{}, err
	}
	return parse(e, raw), nil
}

func (m *Mailbox) raw(id string) (Envelope, []byte, error) {
	m.mu.Lock()
	i := slices.IndexFunc(m.letters, func(e Envelope) bool { return e.ID == id })
	if i < 0 {
		m.mu.Unlock()
		return Envelope{}, nil, ErrNotFound
	}
	e := m.letters[i]
	m.mu.Unlock()
	data, err := m.root.ReadFile(id + extension)
	if errors.Is(err, fs.ErrNotExist) {
		return Envelope{}, nil, ErrNotFound.Because(err)
	}
	if err != nil {
		return Envelope{}, nil, fmt.Errorf("read letter %s: %w", id, err)
	}
	_, raw, _ := bytes.Cut(data, []byte("\r\n"))
	return e, raw, nil
}

// Store keeps a letter as it came over the wire.
func (m *Mailbox) Store(from string, to []string, raw []byte) (Envelope, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	m.last = max(m.last+1, now.UnixMicro())
	e := Envelope{
		ID:       fmt.Sprintf("%016x-%s", m.last, strings.ToLower(secret.Token()[:8])),
		Received: now, From: from, To: slices.Clone(to), Subject: subjectOf(raw), Size: len(raw),
	}
	line, err := json.Marshal(e)
	if err != nil {
		return Envelope{}, fmt.Errorf("envelope: %w", err)
	}
	if err := m.write(e.ID, slices.Concat([]byte(envelopeHeader), line, []byte("\r\n"), raw)); err != nil {
		return Envelope{}, err
	}
	m.letters = append(m.letters, e)
	return e, m.trim()
}

// write makes the file appear whole under its name.
func (m *Mailbox) write(id string, data []byte) error {
	const part = ".part"
	if err := m.root.WriteFile(id+part, data, 0o600); err != nil {
		return fmt.Errorf("store letter: %w", err)
	}
	if err := m.root.Rename(id+part, id+extension); err != nil {
		return fmt.Errorf("store letter: %w", err)
	}
	return nil
}

func (m *Mailbox) trim() error {
	for len(m.letters) > m.keep {
		if err := m.root.Remove(m.letters[0].ID + extension); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("drop the oldest letter: %w", err)
		}
		m.letters = m.letters[1:]
	}
	return nil
}

// load reads the index back from the first line of each file. Files that are
// not letters are left alone.
func (m *Mailbox) load() error {
	names, err := fs.Glob(m.root.FS(), "*"+extension)
	if err != nil {
		return fmt.Errorf("mailbox folder: %w", err)
	}
	slices.Sort(names)
	for _, name := range names {
		data, err := m.root.ReadFile(name)
		if err != nil {
			return fmt.Errorf("mailbox folder: %w", err)
		}
		line, _, _ := bytes.Cut(data, []byte("\r\n"))
		encoded, found := bytes.CutPrefix(line, []byte(envelopeHeader))
		var e Envelope
		if !found || json.Unmarshal(encoded, &e) != nil || e.ID+extension != filepath.Base(name) {
			continue
		}
		m.letters = append(m.letters, e)
		stamp, _, _ := strings.Cut(e.ID, "-")
		if n, err := strconv.ParseInt(stamp, 16, 64); err == nil {
			m.last = max(m.last, n)
		}
	}
	return m.trim()
}
