package pg

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// SQLSTATE codes this package or its callers decide on (Postgres manual, appendix A).
const (
	codeSerialization = "40001"
	codeDeadlock      = "40P01"
	codeStalePlan     = "0A000"
	codeLockTimeout   = "55P03"
	codeOutOfRange    = "22003"
)

// Constraint is the name of the constraint err violates, or "" when it violates none. Stores turn
// it into a domain error.
func Constraint(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.ConstraintName
	}
	return ""
}

// LockTimeout tells whether err is a lock that could not be had in time.
func LockTimeout(err error) bool { return code(err) == codeLockTimeout }

// OutOfRange tells whether err is a number too large for its column.
func OutOfRange(err error) bool { return code(err) == codeOutOfRange }

func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// retryable: the first two are the losers of a race and would probably win alone; the third is a
// statement planned before a migration changed its table, and is planned anew on the next try.
func retryable(err error) bool {
	switch code(err) {
	case codeSerialization, codeDeadlock, codeStalePlan:
		return true
	}
	return false
}
