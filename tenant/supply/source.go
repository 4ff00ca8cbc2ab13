package supply

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Source is who delivers a variant, under which reference and at what price.
type Source struct {
	Supplier SupplierID       `json:"id,omitzero"`
	Ref      string           `json:"ref,omitempty"`
	Price    *decimal.Decimal `json:"price,omitempty"` // without tax, in the management currency
}

// ErrPrice refuses a negative or absurd price.
var ErrPrice = fault.New(fault.Malformed, "supply.price")

var maxPrice = decimal.New(1, 9)

func sane(p *decimal.Decimal) bool { return p == nil || !p.IsNegative() && p.LessThan(maxPrice) }

// SetSource says who delivers variants. Errors: ErrSupplier; ErrPrice on "price"; refused field "ref".
func SetSource(ctx context.Context, shop *tenant.Shop, who tenant.Actor, s Source, variants ...stock.VariantID) error {
	var c form.Checker
	s.Ref = c.Line("ref", s.Ref, maxName)
	if err := c.Err(); err != nil {
		return err
	}
	if !sane(s.Price) {
		return ErrPrice.On("price")
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if !s.Supplier.IsZero() {
			if _, err := FindSupplier(tx, s.Supplier); err != nil {
				return err
			}
		}
		doc, err := json.Marshal(s)
		if err != nil {
			return fmt.Errorf("write supplier of article: %w", err)
		}
		if err := tx.DB().Exec("update variants set supplier = ?::jsonb where id in ?", string(doc), variants).Error; err != nil {
			return fmt.Errorf("write supplier of article: %w", err)
		}
		for _, v := range variants {
			if err := tx.Record(who, "stock.supplier", "variant/"+v.String(), nil, s); err != nil {
				return err
			}
		}
		return nil
	})
}
