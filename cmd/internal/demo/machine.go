package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/driver/mail/capture"
	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/clock"
)

// Options of a local machine.
type Options struct {
	Data string // the folder
	Port string // of the web server
	Log  *slog.Logger
	// BankLate and BankRepeats are the pretend bank's pace; that of its protocol when not given.
	BankLate    time.Duration
	BankRepeats []time.Duration
}

func (Options) clock() clock.Clock { return clock.System() }

// Machine is what runs beside the program on this machine.
type Machine struct {
	data     string
	postgres *pglocal.Server
	redis    *kv.Local
	objects  *fs.Bucket
	mailbox  *capture.Mailbox
	teller   *bank.Bank
	running  Running
	out      wire.Outside
}

// Start brings everything up. Errors a person can mend are *pglocal.Problem and doctor.Failure.
func Start(ctx context.Context, o Options) (*Machine, error) {
	data, err := filepath.Abs(o.Data)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := fit(ctx, data); err != nil {
		return nil, err
	}
	o.Data = data
	m := &Machine{data: data}
	if err := m.start(ctx, o); err != nil {
		m.Close()
		return nil, err
	}
	return m, nil
}

func (m *Machine) start(ctx context.Context, o Options) (err error) {
	if err := os.MkdirAll(m.data, 0o755); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if m.postgres, err = pglocal.Start(ctx, pglocal.Options{Dir: doctor.DatabaseFolder(m.data), Logger: o.Log}); err != nil {
		return err
	}
	if m.redis, err = kv.StartLocal(); err != nil {
		return fmt.Errorf("start redis: %w", err)
	}
	if m.mailbox, err = capture.Open(capture.Config{Dir: filepath.Join(m.data, "mail")}); err != nil {
		return fmt.Errorf("open mailbox: %w", err)
	}
	m.running = Running{
		PID: os.Getpid(), Port: o.Port, DatabaseURL: m.postgres.AppURL(), OwnerURL: m.postgres.OwnerURL(),
		RedisURL: m.redis.URL(), SMTP: m.mailbox.Addr(),
	}
	if m.out, m.objects, err = outside(o, m.running); err != nil {
		return err
	}
	if m.teller, err = openBank(o, m.out.Bank); err != nil {
		return err
	}
	m.out.Desks = desks(m.mailbox.Handler(), m.teller)
	return nil
}

// fit looks at the folder before anything is made in it. Room is asked for only where the database has
// not been made yet: a shop that runs should not be kept from starting by a disk that fills up.
func fit(ctx context.Context, data string) error {
	checks := []doctor.Check{doctor.DataFolder(data), doctor.LocalDatabase(data)}
	if seen, err := pglocal.Inspect(doctor.DatabaseFolder(data)); err == nil && seen.Fresh {
		checks = append(checks, doctor.Disk(data))
	}
	for _, finding := range doctor.Run(ctx, checks) {
		if err := finding.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Outside is what the program needs.
func (m *Machine) Outside() wire.Outside { return m.out }

// Mailbox is the captured mail.
func (m *Machine) Mailbox() *capture.Mailbox { return m.mailbox }

// Done is closed when the database has ended by itself; Err then says why.
func (m *Machine) Done() <-chan struct{} { return m.postgres.Done() }

// Err is why the database ended.
func (m *Machine) Err() error { return m.postgres.Err() }

// Close stops everything Start brought up.
func (m *Machine) Close() {
	var errs []error
	if m.teller != nil {
		m.teller.Close()
	}
	if m.mailbox != nil {
		errs = append(errs, m.mailbox.Close())
	}
	if m.objects != nil {
		errs = append(errs, m.objects.Close())
	}
	if m.redis != nil {
		m.redis.Close()
	}
	if m.postgres != nil {
		m.postgres.Stop(context.Background())
	}
	if err := errors.Join(errs...); err != nil && m.out.Log != nil {
		m.out.Log.Warn("stop the demo", slog.Any("error", err))
	}
}
