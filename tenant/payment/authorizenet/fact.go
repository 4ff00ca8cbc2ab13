package authorizenet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// details are those of a transaction (getTransactionDetailsResponse).
type details struct {
	ID     string      `json:"transId"`
	Of     string      `json:"refTransId"` // of a refund: what was refunded
	Type   string      `json:"transactionType"`
	Status string      `json:"transactionStatus"`
	Code   json.Number `json:"responseCode"`
	Reason json.Number `json:"responseReasonCode"`
	Order  struct {
		Invoice string `json:"invoiceNumber"`
	} `json:"order"`
	Customer struct {
		ID string `json:"id"`
	} `json:"customer"`
	Network    string      `json:"networkTransId"`
	Authorised json.Number `json:"authAmount"`
	Settled    json.Number `json:"settleAmount"`
	Auth       string      `json:"authCode"`
	Payment    struct {
		Card struct {
			Number string `json:"cardNumber"` // masked
			Type   string `json:"cardType"`
		} `json:"creditCard"`
	} `json:"payment"`
}

// The types and statuses that moves depend on.
const (
	typeAuthorisation = "authOnlyTransaction"
	typeRefund        = "refundTransaction"
	statusHeld        = "authorizedPendingCapture"
	statusTaken       = "capturedPendingSettlement"
	statusSettled     = "settledSuccessfully"
	statusVoided      = "voided"
)

var (
	numberShape  = regexp.MustCompile(`^[1-9][0-9]{0,19}$`)
	refShape     = regexp.MustCompile(`^[A-Z2-7]{20}$`)
	networkShape = regexp.MustCompile(`^[0-9A-Za-z]{1,40}$`)
	wordShape    = regexp.MustCompile(`^[0-9A-Za-z]{1,40}$`)
)

// find asks for a transaction. Errors: ErrNotKnown, ErrOffice, ErrBank.
func (s *session) find(ctx context.Context, number string) (details, error) {
	body := struct {
		Login  login  `json:"merchantAuthentication"`
		Number string `json:"transId"`
	}{s.login, number}
	var answer struct {
		Transaction details `json:"transaction"`
	}
	if err := s.ask(ctx, "getTransactionDetailsRequest", body, true, &answer); err != nil {
		return details{}, err
	}
	if answer.Transaction.ID != number {
		return details{}, payment.ErrBank.Because(errors.New("authorizenet: an answer about another transaction"))
	}
	return answer.Transaction, nil
}

// errOther is why a message that is rightly signed is of no payment here: somebody else uses the account, or it tells of what we do
// not deal with.
var errOther = errors.New("authorizenet: nothing of ours")

func other(what string) error {
	return payment.ErrGarbled.Because(fmt.Errorf("%w: %.60q", errOther, what))
}

// notice is a transaction in our words. Errors: errOther; ErrBank when the answer cannot be understood.
func (s *session) notice(d details) (payment.Notice, error) {
	if !refShape.MatchString(d.Order.Invoice) {
		return payment.Notice{}, other("no invoice number of a shop")
	}
	n := payment.Notice{Ref: d.Order.Invoice, Test: s.test, BankRef: d.ID, Message: payment.Message{"transaction": d.ID}}
	for name, word := range map[string]string{"type": d.Type, "status": d.Status, "code": d.Code.String(), "reason": d.Reason.String()} {
		if wordShape.MatchString(word) {
			n.Message[name] = word
		}
	}
	n.Card = payment.Card{Brand: d.Payment.Card.Type, Last: d.Payment.Card.Number, Auth: d.Auth}
	sum, word := d.Authorised, ""
	switch {
	case d.Type == typeRefund:
		return s.refunded(n, d)
	case d.Status == statusHeld:
		n.Event, word = payment.Authorised, "authorised"
	case d.Status == statusTaken, d.Status == statusSettled:
		n.Event, word, sum = payment.Captured, "paid", d.Settled
	case d.Status == statusVoided && d.Type == typeAuthorisation:
		n.Event, word, n.Reason = payment.Cancelled, "cancelled", payment.ReasonAbandoned
	case d.Status == statusVoided:
		n.Event, word = payment.Refunded, "void"
	case d.Status == "expired":
		n.Event, word, n.Reason = payment.Cancelled, "expired", payment.ReasonExpired
	case ended[d.Status] != "":
		n.Event, word, n.Reason = payment.Failed, "failed", ended[d.Status]
		if told, ok := reasons[d.Reason.String()]; ok && d.Status == "declined" {
			n.Reason = told
		}
		n.Never = withdrawn[d.Reason.String()]
	case waits[d.Status]:
		n.Event, word = payment.Waiting, "waiting"
	default:
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("authorizenet: a transaction of status %.40q", d.Status))
	}
	if n.Event == payment.Failed || n.Event == payment.Waiting {
		n.BankRef = ""
	}
	// Money that is there although the answer of the card's bank was no plain yes is for a person to look at.
	n.Unproven = n.Event == payment.Captured && d.Code.String() != "1"
	return s.worth(n, d.ID+":"+word, sum)
}

// refunded is money that went back by a transaction of its own.
func (s *session) refunded(n payment.Notice, d details) (payment.Notice, error) {
	if d.Status != "refundPendingSettlement" && d.Status != "refundSettledSuccessfully" {
		return payment.Notice{}, other("a refund of status " + d.Status)
	}
	if !numberShape.MatchString(d.Of) {
		return payment.Notice{}, other("a refund of no transaction")
	}
	n.Event, n.BankRef = payment.Refunded, d.Of
	return s.worth(n, d.ID+":refund", d.Settled)
}

// worth adds the name of the fact and its amount. Errors: ErrBank.
func (s *session) worth(n payment.Notice, id string, sum json.Number) (payment.Notice, error) {
	amount, err := read(s.account, sum)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	n.ID, n.Amount = id, amount
	n.Message["amount"], n.Message["currency"] = sum.String(), amount.Currency().Code()
	return n, nil
}

var amountShape = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,4})?$`)

// read is an amount as answers write it: a number, in the currency of the account.
func read(a payment.Account, text json.Number) (money.Amount, error) {
	bad := errors.New("authorizenet: an amount that cannot be one")
	currency, err := money.ParseCurrency(a.Config.Text("currency"))
	if err != nil || !amountShape.MatchString(text.String()) {
		return money.Amount{}, bad
	}
	amount, err := money.Parse(text.String(), currency)
	if err != nil {
		return money.Amount{}, bad
	}
	if _, err := amount.Minor(); err != nil {
		return money.Amount{}, bad
	}
	return amount, nil
}

// ended are the statuses of what brings no money, waits of what may still.
var (
	ended = map[string]payment.Reason{"declined": payment.ReasonRefused, "failedReview": payment.ReasonRefused, "generalError": payment.ReasonTechnical,
		"communicationError": payment.ReasonTechnical, "settlementError": payment.ReasonTechnical}
	waits = map[string]bool{"FDSPendingReview": true, "FDSAuthorizedPendingReview": true, "authorizedPendingRelease": true, "underReview": true, "approvedReview": true,
		"pendingFinalSettlement": true, "pendingSettlement": true, "updatingSettlement": true, "couldNotVoid": true}
)

// withdrawn are the reason codes after which a card must not be charged again: it is to be kept by whoever sees it, or there is no
// such card.
var withdrawn = map[string]bool{"4": true, "6": true, "8": true, "17": true, "28": true, "37": true, "41": true, "250": true, "251": true, "315": true, "317": true}

// reasons are the reason codes of a refusal that say more than no (Authorize.Net, "Response and error codes").
var reasons = map[string]payment.Reason{"6": payment.ReasonCard, "7": payment.ReasonCard, "8": payment.ReasonCard, "17": payment.ReasonCard, "28": payment.ReasonCard,
	"37": payment.ReasonCard, "44": payment.ReasonCard, "45": payment.ReasonCard, "65": payment.ReasonCard, "78": payment.ReasonCard, "315": payment.ReasonCard, "316": payment.ReasonCard,
	"317": payment.ReasonCard, "49": payment.ReasonFunds, "19": payment.ReasonTechnical, "20": payment.ReasonTechnical, "21": payment.ReasonTechnical,
	"22": payment.ReasonTechnical, "23": payment.ReasonTechnical, "25": payment.ReasonTechnical, "26": payment.ReasonTechnical, "120": payment.ReasonTechnical}
