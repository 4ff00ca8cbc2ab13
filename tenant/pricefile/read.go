package pricefile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"echoppe.dev/platform/kit/fault"
)

// MaxBytes is how long a file may be: room for every rule of a large shop.
const MaxBytes = 16 << 20

// Refusals.
var (
	// ErrUnreadable is a file that is no JSON. Its argument problem says what is wrong, in English.
	ErrUnreadable = fault.New(fault.Malformed, "price_file.unreadable")
	ErrVersion    = fault.New(fault.Malformed, "price_file.version") // version, known
	ErrTooLong    = fault.New(fault.Malformed, "price_file.too_long")
)

// Read reads a file. Errors: ErrUnreadable, ErrVersion, ErrTooLong; the reader's; fault.Malformed with the
// fields of what is wrong, named by their place in the file ("basket.lines.0.unit.amount.amount"): a field
// this version does not know, one that stands there twice, a value of another shape, a choice of the basket
// that names nothing of the file.
func Read(from io.Reader) (*File, error) {
	limited := &io.LimitedReader{R: from, N: MaxBytes + 1}
	text, err := io.ReadAll(limited)
	if err != nil {
		return nil, fmt.Errorf("read price file: %w", err)
	}
	if limited.N == 0 {
		return nil, ErrTooLong
	}
	// The version first: a later one may have fields that would hide that it is later.
	var said struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return nil, unreadable(err)
	}
	if said.Version != Version {
		return nil, ErrVersion.With(fault.Args{"version": said.Version, "known": Version})
	}
	var p places
	if p.walk("", bytes.TrimSpace(text), reflect.TypeFor[File](), 0); p.Err() != nil {
		return nil, p.Err()
	}
	f := new(File)
	if err := strictly(text, f); err != nil {
		return nil, unreadable(err)
	}
	if err := f.choices(); err != nil {
		return nil, err
	}
	return f, nil
}

func unreadable(err error) error {
	problem := err.Error()
	if shape := (*json.UnmarshalTypeError)(nil); errors.As(err, &shape) { // its text names types of ours
		problem = "unexpected " + shape.Value + " at " + cmp.Or(shape.Field, "the top")
	}
	return ErrUnreadable.With(fault.Args{"problem": problem}).Because(err)
}
