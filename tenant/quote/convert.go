package quote

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// ListStanding reads the numbers of the quotes a customer may accept today, the oldest first. They are promises
// in the currency they were made in.
func ListStanding(tx tenant.Tx) ([]string, error) {
	today, err := Today(tx)
	if err != nil {
		return nil, err
	}
	var numbers []string
	err = tx.DB().Raw("select number from quotes where state = ? and valid_until >= ?::date order by id", Sent, today.Format(time.DateOnly)).
		Scan(&numbers).Error
	if err != nil {
		return nil, fmt.Errorf("read quotes that stand: %w", err)
	}
	return numbers, nil
}

// ListUnsent reads the quotes nobody has been offered yet, locked.
func ListUnsent(tx tenant.Tx) ([]*Quote, error) {
	return read(tx, "where q.state = ? order by q.id for update of q", Draft)
}

// CountUnsent is how many those are.
func CountUnsent(tx tenant.Tx) (n int, err error) {
	if err := tx.DB().Raw("select count(*) from quotes where state = ?", Draft).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count quotes: %w", err)
	}
	return n, nil
}

// Convert is what is offered, or was asked for, with its amounts put into another management currency by sum: a price
// for one customer follows no rounding rule of the shelf. It has to be priced anew.
func (o Offer) Convert(to money.Currency, sum func(decimal.Decimal) decimal.Decimal) Offer {
	o.Priced = nil
	o.Lines = slices.Clone(o.Lines)
	for i := range o.Lines {
		for _, p := range []*money.Amount{&o.Lines[i].Unit.Amount, &o.Lines[i].Proposed.Amount} {
			*p = money.New(sum(p.Decimal()), to)
		}
	}
	if o.Carriage != nil {
		c := *o.Carriage
		c.Price.Amount = money.New(sum(c.Price.Amount.Decimal()), to)
		o.Carriage = &c
	}
	return o
}

// Recast writes a quote that is locked and was put into another currency, with what was asked for.
func Recast(tx tenant.Tx, q *Quote) error {
	if err := Save(tx, q); err != nil {
		return err
	}
	docs, err := q.documents()
	if err != nil {
		return err
	}
	err = tx.DB().Exec("update quotes set currency = ?, asked = nullif(?::jsonb, 'null') where id = ?", q.Currency.Code(), docs[3], q.ID).Error
	if err != nil {
		return fmt.Errorf("write quote %s: %w", q.Number, err)
	}
	return nil
}
