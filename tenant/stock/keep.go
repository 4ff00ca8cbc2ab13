package stock

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
)

// Levels reads the stock of variants; those that do not exist are absent from the answer.
func Levels(tx tenant.Tx, variants []VariantID) (map[VariantID]Level, error) {
	return readLevels(tx, variants, "")
}

// lockLevels is Levels for variants that are about to move.
func lockLevels(tx tenant.Tx, variants []VariantID) (map[VariantID]Level, error) {
	return readLevels(tx, variants, " order by v.id for update of v")
}

// levelsSQL reads variants v; $1 is now.
var levelsSQL = `select v.id, v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder, ` + Ahead("$1") + ` as ahead
	from variants v join products p on p.id = v.product_id`

func readLevels(tx tenant.Tx, variants []VariantID, locking string) (map[VariantID]Level, error) {
	levels := make(map[VariantID]Level, len(variants))
	if len(variants) == 0 {
		return levels, nil
	}
	ids := make([]string, len(variants))
	for i, v := range variants {
		ids[i] = v.String()
	}
	rows, err := tx.Raw().Query(tx.Context(), levelsSQL+" where v.id = any($2::uuid[])"+locking, tx.Now(), ids)
	if err == nil {
		err = collectLevels(rows, levels)
	}
	if err != nil {
		return nil, fmt.Errorf("read stock: %w", err)
	}
	return levels, nil
}

func collectLevels(rows pgx.Rows, into map[VariantID]Level) error {
	var l Level
	_, err := pgx.ForEachRow(rows, []any{&l.Variant, &l.OnHand, &l.Reserved, &l.LowAt, &l.Tracked, &l.Backorder, &l.Ahead}, func() error {
		into[l.Variant] = l
		return nil
	})
	return err
}

// ErrNegative refuses a count below zero.
var ErrNegative = fault.New(fault.Malformed, "stock.negative")

// ErrEndless refuses what would make a stock larger than can be counted.
var ErrEndless = fault.New(fault.Malformed, "stock.endless")

// Count sets the pieces on hand to what somebody counted or a file said.
func Count(tx tenant.Tx, v VariantID, onHand int, why Reason, note string) error {
	return count(tx, v, onHand, why, entry{note: note})
}

func count(tx tenant.Tx, v VariantID, onHand int, why Reason, e entry) error {
	if onHand < 0 {
		return ErrNegative
	}
	levels, err := lockLevels(tx, []VariantID{v})
	if err != nil {
		return err
	}
	l, ok := levels[v]
	if !ok || !l.Tracked || l.OnHand == onHand {
		return nil
	}
	return change(tx, []move{{variant: v, onHand: onHand - l.OnHand, reason: why, force: true}}, e)
}

// Correction is what a person says of pieces on the shelf.
type Correction struct {
	Variant VariantID
	Why     Reason // ReasonCount: there are Qty; ReasonLoss, ReasonFound: Qty fewer, more
	Qty     int
	Note    string
}

// Refusals of a correction.
var (
	// ErrUntracked: the pieces of this variant are not counted.
	ErrUntracked = fault.New(fault.Conflict, "stock.untracked")
	// ErrFewer refuses a loss of more pieces than there are.
	ErrFewer = fault.New(fault.Malformed, "stock.fewer") // left
	// ErrVariant: there is no such variant.
	ErrVariant = fault.New(fault.NotFound, "stock.unknown")
)

// Correct writes a correction down. Errors: ErrVariant, ErrUntracked, ErrNegative, ErrFewer, ErrEndless.
func Correct(tx tenant.Tx, who tenant.Actor, c Correction) error {
	levels, err := lockLevels(tx, []VariantID{c.Variant})
	if err != nil {
		return err
	}
	l, ok := levels[c.Variant]
	switch {
	case !ok:
		return ErrVariant
	case !l.Tracked:
		return ErrUntracked
	case c.Qty < 0:
		return ErrNegative.On("qty")
	}
	to := c.Qty
	switch c.Why {
	case ReasonLoss:
		if to = l.OnHand - c.Qty; to < 0 {
			return ErrFewer.With(fault.Args{"left": l.OnHand}).On("qty")
		}
	case ReasonFound:
		to = l.OnHand + c.Qty
	default:
		c.Why = ReasonCount
	}
	if to > form.MaxInt {
		return ErrEndless.On("qty")
	}
	if err := count(tx, c.Variant, to, c.Why, entry{note: c.Note, actor: who.Name}); err != nil {
		return err
	}
	return tx.Record(who, "stock."+string(c.Why), "variant/"+c.Variant.String(),
		map[string]int{"on_hand": l.OnHand}, map[string]any{"on_hand": to, "note": c.Note})
}

// Posting is what a supplier's order or delivery does to a variant.
type Posting struct {
	Variant VariantID
	OnHand  int
	OnOrder int
}

// Post writes postings to the ledger, one line a variant, whether its pieces are counted or not.
func Post(tx tenant.Tx, who tenant.Actor, why Reason, ref, note string, list []Posting) error {
	var moves []move
	at := map[VariantID]int{}
	for _, p := range list {
		i, ok := at[p.Variant]
		if !ok {
			i, at[p.Variant] = len(moves), len(moves)
			moves = append(moves, move{variant: p.Variant, reason: why, force: true})
		}
		moves[i].onHand += p.OnHand
		moves[i].onOrder += p.OnOrder
	}
	return change(tx, moves, entry{ref: ref, note: note, actor: who.Name})
}
