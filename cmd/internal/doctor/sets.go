package doctor

import (
	"path/filepath"

	"echoppe.dev/platform/kit/clock"
)

// DatabaseFolder is where the local database lies in the data folder.
func DatabaseFolder(data string) string { return filepath.Join(data, "postgres") }

// LocalOptions are what "echoppe demo" is about to use.
type LocalOptions struct {
	Addr    string // ":8080"
	Metrics string // METRICS_ADDR
	Data    string // the data folder, which need not exist yet
	Clock   clock.Clock
	// Owner is the process of the demo that runs in the folder, 0 for none.
	Owner int
}

// Local are the checks for a single machine with a managed database.
func Local(o LocalOptions) []Check {
	return []Check{
		Build(),
		OwnPort(o.Addr, o.Owner),
		Metrics(o.Metrics),
		DataFolder(o.Data),
		Disk(o.Data),
		Programs(o.Data),
		LocalDatabase(o.Data),
		LocalNames(),
		Clock(o.Clock, o.Data),
		FileLimit(demoFiles),
	}
}

// ServeOptions are what "echoppe serve" is about to use. A nil port is a service
// that is not configured, and is not checked.
type ServeOptions struct {
	Addr     string
	Metrics  string // METRICS_ADDR
	Clock    clock.Clock
	Database DatabasePort
	Redis    Ping
	Objects  Ping // writes, reads and deletes a small object
	Mail     Ping // says EHLO (and signs in, when it must)
}

// Serve are the checks for one process of a fleet.
func Serve(o ServeOptions) []Check {
	checks := []Check{Build(), Port(o.Addr), Metrics(o.Metrics), Clock(o.Clock, ""), FileLimit(serveFiles)}
	if o.Database != nil {
		checks = append(checks, Database(o.Database, o.Clock))
	}
	for _, s := range []struct {
		name, setting string
		ping          Ping
	}{
		{"redis", "REDIS_URL", o.Redis},
		{"object store", "the S3 settings", o.Objects},
		{"mail", "the SMTP settings", o.Mail},
	} {
		if s.ping != nil {
			checks = append(checks, Reach(s.name, s.setting, s.ping))
		}
	}
	return checks
}
