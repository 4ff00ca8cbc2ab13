package catalog

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
)

// LowestPrice is the price of the cheapest article in the shop that is not given away; zero where there is none.
func LowestPrice(tx tenant.Tx) (decimal.Decimal, error) {
	var lowest decimal.NullDecimal
	err := tx.DB().Raw(`select min(price_min) from products where state = ? and price_min > 0`, Published).Row().Scan(&lowest)
	if err != nil {
		return decimal.Zero, fmt.Errorf("find the lowest price: %w", err)
	}
	return lowest.Decimal, nil
}
