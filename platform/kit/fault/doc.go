// Package fault is the one shape of error the house passes between its floors.
//
// A fault holds three facts: a [Kind], which decides what a face answers (the
// HTTP status, the exit code, whether a job is tried again); a message key with
// its arguments, which is safe to show and is put into words only by the face
// that knows the reader's language; and a cause, which is for the log and is
// never shown.
//
// A refusal of the domain is a package-level value:
//
//	var ErrOutOfStock = fault.New(fault.Conflict, "cart.out_of_stock")
//
//	return ErrOutOfStock.With(fault.Args{"n": left})
//
// Faults are immutable: With, Because and On return copies. Copies of one
// sentinel match it under [errors.Is], because two faults are the same when kind
// and key are the same. An error that holds no fault is Internal.
//
// The package knows nothing of HTTP, languages or databases: the status table
// lives in platform/driver/web, the words in the catalogues of platform/kit/i18n.
package fault
