package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"time"

	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/clock"
)

// Ping tries a service out and changes nothing that stays.
type Ping func(context.Context) error

// Reach checks a service on the network. The setting is what a person has to look
// at when it fails.
func Reach(name, setting string, ping Ping) Check {
	return Check{Name: name, Look: func(ctx context.Context) Finding {
		if err := ping(ctx); err != nil {
			return unreachable(name, setting, err)
		}
		return ok(name, "answers")
	}}
}

// unreachable sorts the ways in which a network call fails by what helps.
func unreachable(name, setting string, err error) Finding {
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var record tls.RecordHeaderError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &dns):
		return bad(name, fmt.Sprintf("the host %s is not known", dns.Name), "Check the host name in "+setting)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, fs.ErrNotExist):
		return bad(name, fmt.Sprintf("nothing listens there (%v)", cause(err)), "Start it, or check host and port in "+setting)
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &record):
		return bad(name, fmt.Sprintf("no trusted encrypted connection (%v)", cause(err)), "Check its certificate, and whether "+setting+" should ask for encryption")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return bad(name, "no answer in time", "Check host and port in "+setting+", and the firewall between")
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return bad(name, "it hung up", "Check the port in "+setting+", and its own log")
	}
	return bad(name, fmt.Sprintf("it refuses (%s)", firstLine(err.Error())), "Check name and password in "+setting)
}

// DatabaseFacts are what a fleet's database says about itself and the role that
// requests run as.
type DatabaseFacts struct {
	Major      int       // 15 for 15.20
	Superuser  bool      // rolsuper
	CreateRole bool      // rolcreaterole
	Inherit    bool      // rolinherit
	Owns       int       // schemas the role owns
	Now        time.Time // clock_timestamp()
}

// FactsSQL reads DatabaseFacts, in the order of its fields. It asks about the role
// that signed in, whatever role the transaction has taken.
const FactsSQL = `SELECT pg_catalog.current_setting('server_version_num')::int / 10000,
	rolsuper, rolcreaterole, rolinherit,
	(SELECT pg_catalog.count(*)::int FROM pg_catalog.pg_namespace WHERE nspowner = r.oid),
	pg_catalog.clock_timestamp()
FROM pg_catalog.pg_roles r WHERE rolname = session_user`

// DatabasePort asks for the facts over a connection of the application's role.
type DatabasePort func(context.Context) (DatabaseFacts, error)

// Database checks the fleet's database: reachable, new enough, its clock ours, and
// the application's role without the rights that would undo the shops' separation.
func Database(ask DatabasePort, now clock.Clock) Check {
	const name = "database"
	const setting = "DATABASE_URL"
	return Check{Name: name, Look: func(ctx context.Context) Finding {
		facts, err := ask(ctx)
		if err != nil {
			return unreachable(name, setting, err)
		}
		if facts.Major < pglocal.MinMajor {
			return bad(name, fmt.Sprintf("PostgreSQL %d is too old", facts.Major), fmt.Sprintf("Use %d or newer", pglocal.MinMajor))
		}
		if wrong := facts.tooMuch(); wrong != "" {
			return bad(name, "the application's role "+wrong+", so one shop could read another's data",
				"Put into "+setting+" a role that is made by: CREATE ROLE echoppe_app LOGIN NOINHERIT PASSWORD …")
		}
		if off := facts.Now.Sub(now.Now()).Abs(); off > clockSlack {
			return bad(name, fmt.Sprintf("its clock and this machine's differ by %s", off.Round(time.Second)),
				"Set both by time synchronisation: sudo timedatectl set-ntp true")
		}
		return ok(name, "PostgreSQL %d, role without rights of its own", facts.Major)
	}}
}

// tooMuch names the first right that the role must not have.
func (f DatabaseFacts) tooMuch() string {
	switch {
	case f.Superuser:
		return "is a superuser"
	case f.CreateRole:
		return "may make roles"
	case f.Inherit:
		return "inherits the rights of the shops' roles"
	case f.Owns > 0:
		return fmt.Sprintf("owns %d schemas", f.Owns)
	}
	return ""
}

// cause is the innermost error, which has the fewest words.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// lower fits a sentence into another.
func lower(sentence string) string { return strings.ToLower(sentence[:1]) + sentence[1:] }
