package offline

import (
	"context"
	"time"

	"echoppe.dev/tenant/payment"
)

const day = 24 * time.Hour

// silent is the half of a gateway that hears nothing.
type silent struct{}

// ReadNotice refuses with ErrNoNotices.
func (silent) ReadNotice(context.Context, payment.Account, payment.RawNotice) (payment.Notice, error) {
	return payment.Notice{}, payment.ErrNoNotices
}

// Acknowledge says that there is nothing here.
func (silent) Acknowledge(payment.Notice, error) payment.Reply {
	return payment.Reply{Status: statusNotFound, ContentType: "text/plain; charset=utf-8"}
}

const statusNotFound = 404

// All are the ways, in the order merchants are shown them.
func All() []payment.Gateway {
	return []payment.Gateway{Cheque{}, Transfer{}, Cash{}, Phone{}, Escrow{}, Terminal{}}
}
