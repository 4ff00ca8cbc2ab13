package monext

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// desk is one of the bank's two APIs, in test or production, for one contract.
type desk interface {
	// open begins a session, and gives its token and the address of its page.
	open(ctx context.Context, r payment.Request, amount int64, language string) (token, page string, err error)
	// session tells what became of one. Errors: ErrNotKnown; of kind Upstream.
	session(ctx context.Context, token string) (session, error)
	// history tells what was done with a transaction. Errors: ErrNotKnown; of kind Upstream.
	history(ctx context.Context, transaction string) (history, error)
	// move asks for something to be done with a transaction, and gives the number of what was done. Errors: ErrDeclined;
	// of kind Upstream.
	move(ctx context.Context, what move, transaction string, of part) (string, error)
}

// move is what can be asked about a transaction: the path of REST, and the method of SOAP with its code of action.
type move struct{ path, method, action string }

var (
	capture = move{"captures", "doCapture", "201"}
	refund  = move{"refunds", "doRefund", "421"}
	cancel  = move{"cancels", "doReset", ""}
)

// part is how much of a transaction: Amount is in the smallest units of the currency.
type part struct {
	Amount   int64
	Currency money.Currency
	Contract string // the payment method's number
	Key      string // ours, for the merchant to find the call by; the bank does not know it again
}

// session is what became of one, in the words both APIs have.
type session struct {
	code, title string
	ref         string // ours
	transaction string // "" when nobody paid
	hold        bool   // authorised only
	amount      money.Amount
	card        payment.Card
}

// history is what was done with a transaction.
type history struct {
	contract string
	done     []operation
}

// operation is one transaction that belongs to another.
type operation struct {
	id     string
	kind   string // CAPTURE, RESET, CANCEL, REFUND, AUTHORIZATION…
	amount int64
}

// sum adds what was done of a kind, and gives the number of the last.
func (h history) sum(kinds ...string) (total int64, last string) {
	for _, o := range h.done {
		for _, k := range kinds {
			if o.kind == k {
				total, last = total+o.amount, o.id
			}
		}
	}
	return total, last
}

// desk is the API of the contract. Errors: of kind Upstream when the merchant has no key for that mode.
func (g *Gateway) desk(a payment.Account, test bool) (desk, error) {
	key := keyOf(a, test)
	if key == "" {
		return nil, payment.ErrBank.Because(fmt.Errorf("monext: mode %s has no key, test %t", a.Mode, test))
	}
	if a.Config.Text("api") == apiSOAP {
		return &soapDesk{calls: g.calls, hosts: g.brand.Hosts(test, soap), account: a, key: key}, nil
	}
	return &restDesk{calls: g.calls, hosts: g.brand.Hosts(test, rest), account: a, key: key}, nil
}

var (
	tokenShape       = regexp.MustCompile(`^[0-9A-Za-z_-]{8,100}$`)
	transactionShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,50}$`)
	refShape         = regexp.MustCompile(`^[0-9A-Za-z_-]{1,50}$`)
)

// result is what both APIs say of a question.
type result struct{ code, title, detail string }

func (r result) Error() string { return r.code + " " + r.title + " " + r.detail }

// accepted tells that it was done.
func (r result) accepted() bool {
	return approved[r.code] && (r.title == "ACCEPTED" || r.title == "")
}

// refused is what a result that is not accepted means for something we asked to be done. Codes of 01… are the buyer's bank's
// no and 023… name what does not fit; with all others it is not known what was done.
func (r result) refused(what string) error {
	cause := fmt.Errorf("monext %s: %w", what, r)
	if len(r.code) == 5 && (r.code[:2] == "01" || r.code[:3] == "023") || r.title == "REFUSED" {
		return payment.ErrDeclined.Because(cause)
	}
	return payment.ErrBank.Because(cause)
}

// amountOf is an amount as the bank tells it. Errors: ErrBank.
func amountOf(units int64, c money.Currency, err error) (money.Amount, error) {
	if err != nil || units <= 0 || units > maxUnits {
		return money.Amount{}, payment.ErrBank.Because(errors.New("monext: no such amount or currency"))
	}
	return money.FromMinor(units, c), nil
}

// maxUnits is twelve digits, as the amounts of cards have at most.
const maxUnits = 999_999_999_999
