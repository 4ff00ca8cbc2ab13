package profile

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Convert is the book with every minimum order put into another management currency by sum (CUR-01).
func (b Book) Convert(sum func(decimal.Decimal) decimal.Decimal) Book {
	b.Profiles = slices.Clone(b.Profiles)
	for i := range b.Profiles {
		if least := &b.Profiles[i].Minimum; !least.Amount.IsZero() {
			least.Amount = sum(least.Amount)
		}
	}
	return b
}
