package id

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"fmt"
	"time"

	"github.com/google/uuid"

	"echoppe.dev/platform/kit/fault"
)

// ErrMalformed refuses a text that is no id. It is of kind NotFound, since ids
// come from addresses: a mangled link is a page that does not exist.
var ErrMalformed = fault.New(fault.NotFound, fault.NotFound.Key())

// textLen is the length of the canonical form, the only one accepted: one thing
// has one address.
const textLen = 36

// Of is the id of a T. It is comparable and may be a map key.
type Of[T any] struct {
	_ [0]*T // without it, ids of two kinds would be convertible into each other
	u uuid.UUID
}

// New makes an id that was never made before and sorts after all earlier ones of
// this process. It panics when the system has no randomness left to give.
func New[T any]() Of[T] { return Of[T]{u: uuid.Must(uuid.NewV7())} }

// Parse reads the canonical form. It returns ErrMalformed for anything else.
func Parse[T any](text string) (Of[T], error) {
	if len(text) != textLen {
		return Of[T]{}, ErrMalformed
	}
	u, err := uuid.Parse(text)
	if err != nil {
		return Of[T]{}, ErrMalformed.Because(err)
	}
	return Of[T]{u: u}, nil
}

// MustParse is Parse for tests and start-up: it panics on a malformed text.
func MustParse[T any](text string) Of[T] {
	i, err := Parse[T](text)
	if err != nil {
		panic(fmt.Sprintf("id: %q: %v", text, err))
	}
	return i
}

// IsZero reports that the id names nothing.
func (i Of[T]) IsZero() bool { return i.u == uuid.Nil }

// String is the canonical form, "" for the zero id.
func (i Of[T]) String() string {
	if i.IsZero() {
		return ""
	}
	return i.u.String()
}

// Time is when the id was made, to the millisecond; the zero time for an id that
// is no UUIDv7.
func (i Of[T]) Time() time.Time {
	if i.u.Version() != 7 {
		return time.Time{}
	}
	var ms int64
	for _, b := range i.u[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms).UTC()
}

// Compare orders ids by the time they were made, as Postgres does.
func (i Of[T]) Compare(o Of[T]) int { return bytes.Compare(i.u[:], o.u[:]) }

// Equal is ==, for comparison tools that cannot see private fields.
func (i Of[T]) Equal(o Of[T]) bool { return i.u == o.u }

// MarshalText gives the canonical form, nothing for the zero id.
func (i Of[T]) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads what MarshalText gives.
func (i *Of[T]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*i = Of[T]{}
		return nil
	}
	got, err := Parse[T](string(text))
	if err != nil {
		return err
	}
	*i = got
	return nil
}

// Value gives the canonical form to the database, NULL for the zero id.
func (i Of[T]) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.u.String(), nil
}

// Scan reads a uuid column, NULL as the zero id.
func (i *Of[T]) Scan(src any) error {
	var u uuid.UUID
	if err := u.Scan(src); err != nil {
		return fmt.Errorf("scan id: %w", err)
	}
	i.u = u
	return nil
}

// GormDataType tells gorm that the column is a uuid.
func (Of[T]) GormDataType() string { return "uuid" }

var (
	_ encoding.TextMarshaler   = Of[int]{}
	_ encoding.TextUnmarshaler = (*Of[int])(nil)
	_ driver.Valuer            = Of[int]{}
	_ sql.Scanner              = (*Of[int])(nil)
)
