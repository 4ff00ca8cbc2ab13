package stock

import (
	"fmt"

	"echoppe.dev/tenant"
)

// Figures are what a merchant is told about a variant, or about all variants of an article (STK-02).
type Figures struct {
	Current  int // on hand
	Reserved int // held, with a time limit or until they leave
	Pending  int // ordered by customers and not yet gone
	OnOrder  int // with suppliers
	Minimum  int
	Reorder  int // how many are usually ordered
}

// Virtual is what there will be when everybody has got what he ordered.
func (f Figures) Virtual() int { return f.Current - f.Pending + f.OnOrder }

// Wanting tells that the article is to be ordered anew.
func (f Figures) Wanting() bool { return f.Virtual() <= f.Minimum }

// Suggestion is how many to order (STK-03): the usual quantity, or what is missing to the minimum when
// that is more; at least one piece.
func (f Figures) Suggestion() int { return max(f.Reorder, f.Minimum-f.Virtual(), 1) }

// Read reads the figures of variants; those that do not exist are absent from the answer.
func Read(tx tenant.Tx, variants []VariantID) (map[VariantID]Figures, error) {
	found := make(map[VariantID]Figures, len(variants))
	if len(variants) == 0 {
		return found, nil
	}
	var rows []struct {
		ID VariantID
		Figures
	}
	err := tx.DB().Raw(`select id, on_hand as current, reserved, pending, on_order, low_at as minimum, reorder_qty as reorder
		from variants where id in ?`, variants).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read stock figures: %w", err)
	}
	for _, r := range rows {
		found[r.ID] = r.Figures
	}
	return found, nil
}

// Sum adds figures up: those of an article are the sum of its variants'.
func Sum(of ...Figures) Figures {
	var all Figures
	for _, f := range of {
		all.Current += f.Current
		all.Reserved += f.Reserved
		all.Pending += f.Pending
		all.OnOrder += f.OnOrder
		all.Minimum += f.Minimum
		all.Reorder += f.Reorder
	}
	return all
}
