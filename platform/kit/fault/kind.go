package fault

import "slices"

// Kind says what sort of failure an error is. The words appear in logs, metrics
// and message keys: do not rename them.
type Kind string

const (
	// Malformed is the kind of every error made by [Invalid]: what was sent is
	// not well-formed, and the fields say where.
	Malformed Kind = "invalid"
	// NotFound: the thing does not exist, or not for this reader.
	NotFound Kind = "not_found"
	// Conflict: well-formed, but the present state of things forbids it.
	Conflict Kind = "conflict"
	// Denied: the actor is known and may not do this.
	Denied Kind = "denied"
	// SignIn: the actor is not known and must sign in first.
	SignIn Kind = "sign_in"
	// Quota: a limit of the plan or a rate limit is reached.
	Quota Kind = "quota"
	// Closed: the shop or the service does not take this now; try later.
	Closed Kind = "closed"
	// Upstream: a bank, mail server or other outside party failed.
	Upstream Kind = "upstream"
	// Internal: everything else. The reader learns only that it failed.
	Internal Kind = "internal"
)

var kinds = []Kind{Malformed, NotFound, Conflict, Denied, SignIn, Quota, Closed, Upstream, Internal}

// Kinds lists every kind, so that a table over kinds can be checked to be complete.
func Kinds() []Kind { return slices.Clone(kinds) }

// Key is the general message of the kind, such as "error.not_found": what to say
// when an error has no better words.
func (k Kind) Key() string { return "error." + string(k) }
