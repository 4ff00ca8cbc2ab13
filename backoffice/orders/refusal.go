package orders

import (
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// errTooLate says in words that the order has moved on since the page was shown.
var errTooLate = fault.New(fault.Conflict, "orders.too_late")

// errMoveLate says that the payment has moved on since the page was shown; errUnreached, that the bank was not reached,
// in the words of who sells: payment.ErrBank is told to buyers.
var (
	errMoveLate  = fault.New(fault.Conflict, "orders.move_late") // state, move
	errUnreached = fault.New(fault.Upstream, "orders.bank_unreached")
)

// readable puts what keeps money from moving into the words of who sells.
func (b bankMove) readable(err error, p payment.Payment) error {
	if _, late := asRefusal(err); late {
		return errMoveLate.With(fault.Args{"state": i18n.Key(p.State.Key()), "move": i18n.Key("orders." + b.Name)}).Because(err)
	}
	if errors.Is(err, payment.ErrBank) {
		return errUnreached.Because(err)
	}
	return err
}

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
