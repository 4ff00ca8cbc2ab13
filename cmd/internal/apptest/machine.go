package apptest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/errgroup"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/driver/web"
)

// Machine is the program, running, and everything outside it.
type Machine struct {
	Place
	// What a test can take away.
	Postgres, Redis, Mail *Cable
	Objects               *Shelf
	// Log is what the program has said.
	Log *Journal

	folder  string
	outside *demo.Machine
	stop    context.CancelFunc
	work    *errgroup.Group
}

// The bank's pace in tests: a late notice is late enough when the browser is back.
const (
	bankLate   = 300 * time.Millisecond
	bankRepeat = 200 * time.Millisecond
)

var shared struct {
	sync.Mutex
	machine *Machine
}

// Open gives the machine of this test binary, which starts it at the first call. Main ends it.
func Open(t testing.TB) *Machine {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.machine == nil {
		m, err := start(context.Background())
		if err != nil {
			t.Fatalf("start the machine: %v", err)
		}
		shared.machine = m
	}
	return shared.machine
}

// Main is for TestMain: it runs the tests, or the program when the test binary was started as such
// (see Run), and leaves nothing behind.
func Main(m *testing.M, program func()) {
	if os.Getenv(asProgram) != "" {
		program()
		return
	}
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.machine != nil {
		if err := shared.machine.close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

func start(ctx context.Context) (m *Machine, err error) {
	m = &Machine{Log: &Journal{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.close())
		}
	}()
	if m.folder, err = os.MkdirTemp("", "echoppe-apptest-"); err != nil {
		return m, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return m, err
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return m, err
	}
	log := slog.New(slog.NewTextHandler(m.Log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	m.outside, err = demo.Start(ctx, demo.Options{
		Data: m.folder, Port: port, Log: log, BankLate: bankLate, BankRepeats: []time.Duration{bankRepeat, bankRepeat},
	})
	if err != nil {
		return m, err
	}
	out := m.outside.Outside()
	if err := wire.MigratePlatform(ctx, out.OwnerURL); err != nil {
		return m, err
	}
	if err := m.cables(&out); err != nil {
		return m, err
	}
	app, err := wire.Open(ctx, out)
	if err != nil {
		return m, err
	}
	m.Place = Place{App: app, Addr: listener.Addr().String(), Data: m.folder}
	m.run(listener)
	return m, nil
}

// drain is longer than net/http takes a fresh connection nobody has used yet for one in use (5 s): browsers open such in advance.
const drain = 10 * time.Second

// run serves and works until close.
func (m *Machine) run(listener net.Listener) {
	ctx, stop := context.WithCancel(context.Background())
	m.stop = stop
	m.work, ctx = errgroup.WithContext(ctx)
	m.work.Go(func() error { return m.App.Work(ctx) })
	m.work.Go(func() error {
		server := web.NewServer(m.App.Front, web.ServerOptions{Log: m.App.Out.Log, Health: m.App.Health, Drain: drain})
		return server.Serve(ctx, listener)
	})
}

// cables puts a cable before every service.
func (m *Machine) cables(out *wire.Outside) (err error) {
	conf, err := pgx.ParseConfig(out.DatabaseURL)
	if err != nil {
		return err
	}
	network, address := pgconn.NetworkAddress(conf.Host, conf.Port)
	if m.Postgres, err = lay(network, address); err != nil {
		return err
	}
	out.DatabaseURL = fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable", conf.User, m.Postgres.Addr(), conf.Database)
	redis, err := url.Parse(out.RedisURL)
	if err != nil {
		return err
	}
	if m.Redis, err = lay("tcp", redis.Host); err != nil {
		return err
	}
	out.RedisURL = strings.Replace(out.RedisURL, redis.Host, m.Redis.Addr(), 1)
	if m.Mail, err = lay("tcp", m.outside.Mailbox().Addr()); err != nil {
		return err
	}
	post, err := smtp.ParseURL("smtp://" + m.Mail.Addr() + "?tls=none")
	if err != nil {
		return err
	}
	m.Objects = &Shelf{Bucket: out.Objects}
	out.Objects = m.Objects
	out.Mail, err = smtp.New(post)
	return err
}

// close ends everything in the order in which it was started, backwards.
func (m *Machine) close() (err error) {
	if m.stop != nil {
		m.stop()
		if err = m.work.Wait(); errors.Is(err, context.Canceled) {
			err = nil
		}
	}
	if m.App != nil {
		m.App.Close()
	}
	for _, c := range []*Cable{m.Postgres, m.Redis, m.Mail} {
		if c != nil {
			c.Close()
		}
	}
	if m.outside != nil {
		m.outside.Close()
	}
	return errors.Join(err, os.RemoveAll(m.folder))
}
