package orders

import (
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/order"
)

// errTooLate says in words that the order has moved on since the page was shown.
var errTooLate = fault.New(fault.Conflict, "orders.too_late")

// asRefusal finds the refusal of a transition in err.
func asRefusal(err error) (*fault.Error, bool) {
	var f *fault.Error
	if errors.As(err, &f) && errors.Is(err, order.ErrRefused) {
		return f, true
	}
	return nil, false
}

// text is an argument of a refusal as it is stored: a state or an event is a named string.
func text(value any) string { return fmt.Sprint(value) }
