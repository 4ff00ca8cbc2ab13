package jobs

import (
	"time"
)

// Args are the arguments of a job, marshalled as JSON. Kind is stored with the
// job: at least two characters, never renamed while jobs of it may wait.
type Args interface{ Kind() string }

// Policy says how a kind of job is run. Zero fields take the default's.
type Policy struct {
	// Queue separates slow work from quick; DefaultQueue when empty.
	Queue string
	// Attempts is how often the job is tried at most.
	Attempts int
	// Timeout ends one attempt.
	Timeout time.Duration
	// FirstRetry is the wait after the first failure; it doubles with each more.
	FirstRetry time.Duration
	// MaxRetry caps the wait.
	MaxRetry time.Duration
}

// Policied is implemented by Args that want another policy than the default.
type Policied interface{ Policy() Policy }

const (
	// DefaultQueue is for quick jobs.
	DefaultQueue = "default"
	// SlowQueue is for imports, exports and backups.
	SlowQueue = "slow"
)

// defaultPolicy waits 5 s, 10 s, 20 s … 10 min, then every 15 minutes: 25
// attempts outlast a mail server that is gone for four hours.
var defaultPolicy = Policy{
	Queue: DefaultQueue, Attempts: 25, Timeout: time.Minute,
	FirstRetry: 5 * time.Second, MaxRetry: 15 * time.Minute,
}

// PolicyOf is the policy that jobs with these arguments follow.
func PolicyOf(a Args) Policy {
	p := defaultPolicy
	own, ok := a.(Policied)
	if !ok {
		return p
	}
	o := own.Policy()
	if o.Queue != "" {
		p.Queue = o.Queue
	}
	if o.Attempts > 0 {
		p.Attempts = o.Attempts
	}
	if o.Timeout > 0 {
		p.Timeout = o.Timeout
	}
	if o.FirstRetry > 0 {
		p.FirstRetry = o.FirstRetry
	}
	if o.MaxRetry > 0 {
		p.MaxRetry = o.MaxRetry
	}
	return p
}

// Wait is how long the job rests after this many failed attempts.
func (p Policy) Wait(failures int) time.Duration {
	wait := p.FirstRetry
	for range failures - 1 {
		if wait >= p.MaxRetry/2 {
			return p.MaxRetry
		}
		wait *= 2
	}
	return min(wait, p.MaxRetry)
}

// Opt changes one job from what its policy says.
type Opt func(*row)

// At keeps the job until t.
func At(t time.Time) Opt { return func(r *row) { r.At = &t } }

// Unique drops the job if one of the same kind, key and origin is waiting or running.
func Unique(key string) Opt { return func(r *row) { r.Unique = key } }

// MaxAttempts tries the job at most n times.
func MaxAttempts(n int) Opt { return func(r *row) { r.Attempts = n } }

// Queue puts the job into another queue.
func Queue(name string) Opt { return func(r *row) { r.Queue = name } }
