package authorizenet

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/tenant/payment"
)

// Inquire asks for the payment's transaction. One whose number nobody has told is looked for by its invoice number, among what waits for
// settlement and then in the batches settled since the payment was begun.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	s, err := g.open(a, p.Test)
	if err != nil {
		return payment.Notice{}, err
	}
	number := p.BankRef
	if number == "" {
		if number, err = s.search(ctx, p); err != nil {
			return payment.Notice{}, err
		}
	}
	d, err := s.find(ctx, number)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := s.notice(d)
	switch {
	case errors.Is(err, errOther):
		return payment.Notice{}, payment.ErrBank.Because(errors.New("authorizenet: an answer about no payment of a shop"))
	case err == nil && n.Ref != p.Ref:
		return payment.Notice{}, payment.ErrBank.Because(errors.New("authorizenet: an answer about another payment"))
	}
	if err == nil {
		_ = s.tellCard(ctx, d, &n) // the webhook will tell it, and is repeated until it can
	}
	return n, err
}

// summary is a transaction in a list.
type summary struct {
	ID      string `json:"transId"`
	Status  string `json:"transactionStatus"`
	Invoice string `json:"invoiceNumber"`
}

type sorting struct {
	By         string `json:"orderBy"`
	Descending bool   `json:"orderDescending"`
}

type paging struct {
	Limit  int `json:"limit"`
	Offset int `json:"offset"` // the page, from 1
}

// How much of lists is read: pages of a thousand, the newest first, and batches, of which there are one or a few a day.
const (
	pageSize   = 1000
	maxPages   = 5
	maxBatches = 40
	maxRange   = 31 * 24 * time.Hour // the longest range of settlement dates that is taken
)

// search is the number of the transaction with the payment's invoice number. Errors: ErrNotKnown; ErrOffice, ErrBank.
func (s *session) search(ctx context.Context, p payment.Payment) (string, error) {
	number, err := s.pick(ctx, p.Ref, func(at paging) (string, any) {
		return "getUnsettledTransactionListRequest", struct {
			Login   login   `json:"merchantAuthentication"`
			Sorting sorting `json:"sorting"`
			Paging  paging  `json:"paging"`
		}{s.login, sorting{"submitTimeUTC", true}, at}
	})
	if err != nil || number != "" {
		return number, err
	}
	batches, err := s.batches(ctx, p.Created)
	if err != nil {
		return "", err
	}
	for _, batch := range batches {
		number, err := s.pick(ctx, p.Ref, func(at paging) (string, any) {
			return "getTransactionListRequest", struct {
				Login   login   `json:"merchantAuthentication"`
				Batch   string  `json:"batchId"`
				Sorting sorting `json:"sorting"`
				Paging  paging  `json:"paging"`
			}{s.login, batch, sorting{"submitTimeUTC", true}, at}
		})
		if err != nil || number != "" {
			return number, err
		}
	}
	return "", payment.ErrNotKnown
}

// pick is the newest transaction of a list with that invoice number, one that brought money before one that was refused; "" when there is
// none. Refunds have the invoice number too and are passed over. Errors: ErrOffice; ErrBank, also for a list that does not end.
func (s *session) pick(ctx context.Context, ref string, ask func(paging) (string, any)) (string, error) {
	refused := ""
	for offset := 1; offset <= maxPages; offset++ {
		what, body := ask(paging{pageSize, offset})
		var answer struct {
			List []summary `json:"transactions"`
		}
		if err := s.ask(ctx, what, body, true, &answer); err != nil {
			return "", unlisted(err)
		}
		for _, one := range answer.List {
			switch {
			case one.Invoice != ref || !numberShape.MatchString(one.ID) || one.Status == "refundPendingSettlement" || one.Status == "refundSettledSuccessfully":
			case ended[one.Status] == "":
				return one.ID, nil
			case refused == "":
				refused = one.ID
			}
		}
		if len(answer.List) < pageSize {
			return refused, nil
		}
	}
	return "", payment.ErrBank.Because(fmt.Errorf("authorizenet: more than %d transactions", maxPages*pageSize))
}

// batches are the numbers of what was settled since then.
func (s *session) batches(ctx context.Context, since time.Time) ([]string, error) {
	first := since.UTC().Add(-time.Hour).Truncate(time.Second)
	last := s.gateway.calls.Clock().Now().UTC().Add(time.Hour).Truncate(time.Second)
	if last.Sub(first) > maxRange {
		last = first.Add(maxRange)
	}
	body := struct {
		Login login  `json:"merchantAuthentication"`
		First string `json:"firstSettlementDate"`
		Last  string `json:"lastSettlementDate"`
	}{s.login, first.Format(time.RFC3339), last.Format(time.RFC3339)}
	var answer struct {
		List []struct {
			ID string `json:"batchId"`
		} `json:"batchList"`
	}
	if err := s.ask(ctx, "getSettledBatchListRequest", body, true, &answer); err != nil {
		return nil, unlisted(err)
	}
	var list []string
	for _, one := range answer.List {
		if numberShape.MatchString(one.ID) {
			list = append(list, one.ID)
		}
	}
	if len(list) > maxBatches {
		return nil, payment.ErrBank.Because(fmt.Errorf("authorizenet: %d batches", len(list)))
	}
	return list, nil
}

// unlisted makes of a list nobody knows what it is: no answer about the payment.
func unlisted(err error) error {
	if errors.Is(err, payment.ErrNotKnown) {
		return payment.ErrBank.Because(errors.New("authorizenet: a list that is not known"))
	}
	return err
}
