package payout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// Setup is what is remembered of a mode: how its files are read, when its money is awaited and what its bank is to take.
// Its zero value recognises files and awaits money without a day.
type Setup struct {
	Layout  Layout            `json:"layout,omitempty"`
	Columns map[Column]string `json:"columns,omitempty"` // headings of Own
	Decimal string            `json:"decimal,omitempty"` // "," or "."; "" makes it out
	// Delay is how many days after a payment its money is to come; nil for not known.
	Delay *int `json:"delay,omitempty"`
	// Since is the first day whose payments are awaited; the zero time for all within Reach.
	Since time.Time `json:"since,omitzero"`
	// Tariff is what the bank is to take of each payment; nil compares nothing.
	Tariff *Tariff `json:"tariff,omitempty"`
}

// Tariff is what a contract says a payment costs (PGW-11).
type Tariff struct {
	Percent decimal.Decimal `json:"percent"`
	Fixed   decimal.Decimal `json:"fixed"` // in the currency of the payment
}

// Of is what the bank is to take of a payment, exactly.
func (t Tariff) Of(a money.Amount) money.Amount {
	return money.Percent(t.Percent).Of(a).Add(money.New(t.Fixed, a.Currency()))
}

const (
	maxHeading = 100
	maxDelay   = 120
	maxPercent = 20
)

// Check says what is wrong with a setup: refused fields "layout", "columns.<column>", "decimal", "delay", "percent", "fixed".
func (s Setup) Check() error {
	var c form.Checker
	if !slices.Contains(Layouts(), s.Layout) {
		c.Refuse("layout", form.KeyChoice, nil)
	}
	seen := map[string]bool{}
	for _, col := range slices.Sorted(maps.Keys(s.Columns)) {
		name := bare(s.Columns[col])
		c.OneLine("columns."+string(col), s.Columns[col], maxHeading)
		if name != "" && seen[name] {
			c.Refuse("columns."+string(col), keySameColumn, nil)
		}
		seen[name] = true
	}
	if s.Layout == Own && bare(s.Columns[Gross]) == "" {
		c.Required("columns."+string(Gross), "")
	}
	if s.Layout == Own && bare(s.Columns[Day]) == "" && bare(s.Columns[PaidOn]) == "" {
		c.Required("columns."+string(Day), "")
	}
	c.OneOf("decimal", s.Decimal, "", ",", ".")
	if s.Delay != nil && (*s.Delay < 0 || *s.Delay > maxDelay) {
		c.Int("delay", fmt.Sprint(*s.Delay), 0, maxDelay)
	}
	if t := s.Tariff; t != nil {
		c.Range("percent", t.Percent, decimal.Zero, decimal.NewFromInt(maxPercent))
		c.Range("fixed", t.Fixed, decimal.Zero, decimal.NewFromInt(maxPercent))
	}
	return c.Err()
}

// FindSetup reads what is remembered of a mode. Errors: payment.ErrMode.
func FindSetup(tx tenant.Tx, mode payment.ModeID) (Setup, error) {
	all, err := Setups(tx)
	if err != nil {
		return Setup{}, err
	}
	s, ok := all[mode]
	if !ok {
		return Setup{}, payment.ErrMode
	}
	return s, nil
}

// Setups reads what is remembered of all modes.
func Setups(tx tenant.Tx) (map[payment.ModeID]Setup, error) {
	var rows []struct {
		ID     payment.ModeID
		Payout *string
	}
	if err := tx.DB().Raw(`select id, payout::text as payout from payment_modes`).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read payout setups: %w", err)
	}
	all := make(map[payment.ModeID]Setup, len(rows))
	for _, r := range rows {
		var s Setup
		if r.Payout != nil {
			if err := json.Unmarshal([]byte(*r.Payout), &s); err != nil {
				return nil, fmt.Errorf("read payout setup %s: %w", r.ID, err)
			}
		}
		all[r.ID] = s
	}
	return all, nil
}

// SaveSetup remembers a setup. Errors: those of Setup.Check; payment.ErrMode.
func SaveSetup(ctx context.Context, shop *tenant.Shop, who tenant.Actor, mode payment.ModeID, s Setup) error {
	if err := s.Check(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		before, err := FindSetup(tx, mode)
		if err != nil {
			return err
		}
		if err := storeSetup(tx, mode, s); err != nil {
			return err
		}
		return tx.Record(who, "payout.setup", "payment_mode/"+mode.String(), before, s)
	})
}

func storeSetup(tx tenant.Tx, mode payment.ModeID, s Setup) error {
	for col, heading := range s.Columns {
		if strings.TrimSpace(heading) == "" {
			delete(s.Columns, col)
		}
	}
	doc, err := json.Marshal(s)
	if err == nil {
		err = tx.DB().Exec(`update payment_modes set payout = ?::text::jsonb where id = ?`, string(doc), mode).Error
	}
	if err != nil {
		return fmt.Errorf("write payout setup %s: %w", mode, err)
	}
	return nil
}

// modeOf makes sure that there is such a mode.
func modeOf(tx tenant.Tx, mode payment.ModeID) (Setup, error) {
	s, err := FindSetup(tx, mode)
	if errors.Is(err, payment.ErrMode) {
		return s, ErrMode.On("mode")
	}
	return s, err
}
