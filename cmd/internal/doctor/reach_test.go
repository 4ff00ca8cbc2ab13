package doctor_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/clock"
)

// dial is a ping that only opens a connection.
func dial(addr string) doctor.Ping {
	return func(ctx context.Context) error {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		if err == nil {
			_ = conn.Close()
		}
		return err
	}
}

func TestReach(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	addr := plain.Listener.Addr().String()
	wantOK(t, look(t, doctor.Reach("mail", "SMTP_ADDR", dial(addr))))
	handshake := func(to string) doctor.Ping {
		return func(ctx context.Context) error {
			_, err := new(tls.Dialer).DialContext(ctx, "tcp", to)
			return err
		}
	}
	for name, c := range map[string]struct {
		ping doctor.Ping
		says string
	}{
		"unknown authority": {handshake(secure.Listener.Addr().String()), "certificate"},
		"no encryption":     {handshake(addr), "encrypt"},
		"wrong password":    {func(context.Context) error { return errors.New("535 wrong password\nbye") }, "535 wrong password). Check name and password in S"},
		"too late":          {func(context.Context) error { return context.DeadlineExceeded }, "no answer in time"},
		"unknown host":      {func(context.Context) error { return &net.DNSError{Name: "mail.invalid", IsNotFound: true} }, "mail.invalid"},
	} {
		t.Run(name, func(t *testing.T) { wantBad(t, look(t, doctor.Reach("x", "S", c.ping)), c.says, "S") })
	}
	plain.Close()
	wantBad(t, look(t, doctor.Reach("mail", "SMTP_ADDR", dial(addr))), "nothing listens there", "SMTP_ADDR")
}

// ask reads the facts of the role in url, as the program does.
func ask(url string) doctor.DatabasePort {
	return func(ctx context.Context) (facts doctor.DatabaseFacts, err error) {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return facts, err
		}
		defer func() { _ = conn.Close(ctx) }()
		err = conn.QueryRow(ctx, doctor.FactsSQL).Scan(&facts.Major, &facts.Superuser, &facts.CreateRole, &facts.Inherit, &facts.Owns, &facts.Now)
		return facts, err
	}
}

func TestDatabase_RealRoles(t *testing.T) {
	owner, app := pgtest.URLs(t)
	wantOK(t, look(t, doctor.Database(ask(app), clock.System())))
	wantBad(t, look(t, doctor.Database(ask(owner), clock.System())), "may make roles", "NOINHERIT")
	super := strings.Replace(app, "echoppe_app@", "postgres@", 1)
	wantBad(t, look(t, doctor.Database(ask(super), clock.System())), "superuser")
	nobody := strings.Replace(app, "echoppe_app@", "somebody@", 1)
	wantBad(t, look(t, doctor.Database(ask(nobody), clock.System())), "DATABASE_URL")
	behind := clock.New(clock.System().Now().Add(-time.Hour))
	wantBad(t, look(t, doctor.Database(ask(app), behind)), "differ by 1h0m0s")
	gone := pgtest.Private(t)
	gone.Stop(t)
	wantBad(t, look(t, doctor.Database(ask(gone.AppURL), clock.System())), "nothing listens there")
}

func TestDatabase_Judgement(t *testing.T) {
	now := clock.System()
	for words, facts := range map[string]doctor.DatabaseFacts{
		"too old":       {Major: 13},
		"inherits":      {Major: 15, Inherit: true},
		"owns 3 schema": {Major: 15, Owns: 3},
	} {
		facts.Now = now.Now()
		port := func(context.Context) (doctor.DatabaseFacts, error) { return facts, nil }
		wantBad(t, look(t, doctor.Database(port, now)), words)
	}
}

func TestServe_ChecksWhatIsConfigured(t *testing.T) {
	fine := func(context.Context) error { return nil }
	gone := func(context.Context) error { return context.DeadlineExceeded }
	findings := doctor.Run(t.Context(), doctor.Serve(doctor.ServeOptions{
		Addr: "127.0.0.1:0", Clock: clock.System(), Redis: fine, Mail: gone,
	}))
	byName := map[string]doctor.Finding{}
	for _, f := range findings {
		byName[f.Name] = f
	}
	wantOK(t, byName["redis"])
	wantBad(t, byName["mail"], "SMTP")
	if _, asked := byName["object store"]; asked {
		t.Error("asked a store that is not configured")
	}
	if doctor.Healthy(findings) {
		t.Error("healthy without mail")
	}
}
