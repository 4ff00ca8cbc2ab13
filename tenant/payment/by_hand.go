package payment

import (
	"context"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
)

// KindByHand is the kind of a payment the shop took itself, by no mode of its own: somebody brought the money while the buyer's
// newest attempt was at a bank. It is no mode that could be offered.
const KindByHand = "by_hand"

// byHand is the family of what was taken by hand: nothing is asked of it.
type byHand struct{}

func (byHand) Key() string { return KindByHand }

func (byHand) Config() form.Schema { return form.Schema{} }

func (byHand) Capabilities() Capabilities {
	return Capabilities{Offline: true, Moment: MomentPaid, Instrument: pricing.NoInstrument}
}

func (byHand) Start(context.Context, Account, Request) (Action, error) { return Instructions{}, nil }

func (byHand) ReadNotice(context.Context, Account, RawNotice) (Notice, error) {
	return Notice{}, ErrNoNotices
}

func (byHand) Acknowledge(Notice, error) Reply { return Reply{Status: 404} }

// BeginByHand notes an attempt for money the shop took itself. What buyers have begun at banks stays as it is: money that comes
// from there too is the second for the order, and is flagged for refund. Errors: as Begin's.
func BeginByHand(tx tenant.Tx, b Bill) (Payment, error) {
	return Begin(tx, byHand{}, Account{Kind: KindByHand}, b)
}

var _ Gateway = byHand{}
