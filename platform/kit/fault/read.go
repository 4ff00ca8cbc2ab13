package fault

import "errors"

// Is reports whether err is a fault of this kind.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// KindOf is the kind of the outermost fault in err, Internal when there is none,
// and "" for a nil error.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind()
	}
	return Internal
}

// KeyOf is the message key of the outermost fault in err, "error.internal" when
// there is none, and "" for a nil error.
func KeyOf(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Key()
	}
	return Internal.Key()
}

// ArgsOf are the message arguments of the outermost fault in err.
func ArgsOf(err error) Args {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Args()
	}
	return nil
}

// FieldsOf lists the refused fields of err, in the order they were found. It
// looks through wrapping and into every branch of errors.Join, but not behind a
// fault: the fields of a cause belong to another form.
func FieldsOf(err error) []Field {
	switch e := err.(type) { //nolint:errorlint // this is the walk itself
	case nil:
		return nil
	case *Error:
		return e.Fields()
	case interface{ Unwrap() error }:
		return FieldsOf(e.Unwrap())
	case interface{ Unwrap() []error }:
		var all []Field
		for _, branch := range e.Unwrap() {
			all = append(all, FieldsOf(branch)...)
		}
		return all
	default:
		return nil
	}
}
