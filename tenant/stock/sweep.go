package stock

import (
	"fmt"

	"echoppe.dev/tenant"
)

// Sweep frees holds that have expired, at most limit buyers a call, and tells how many it freed.
func Sweep(tx tenant.Tx, limit int) (int, error) {
	var buyers []BuyerID
	err := tx.DB().Raw(`select buyer from stock_holds where expires_at <= ?
		group by buyer order by min(expires_at) limit ?`, tx.Now(), limit).Scan(&buyers).Error
	if err != nil {
		return 0, fmt.Errorf("find expired holds: %w", err)
	}
	return len(buyers), releaseAll(tx, buyers)
}

// sweepFor frees expired holds on the wanted variants, but those of the buyer who wants them.
func sweepFor(tx tenant.Tx, buyer BuyerID, wants []Want) (int, error) {
	ids := make([]VariantID, len(wants))
	for i, w := range wants {
		ids[i] = w.Variant
	}
	var buyers []BuyerID
	err := tx.DB().Raw(`select distinct buyer from stock_holds where expires_at <= ? and variant_id in ? and buyer <> ?`,
		tx.Now(), ids, buyer).Scan(&buyers).Error
	if err != nil {
		return 0, fmt.Errorf("find expired holds: %w", err)
	}
	return len(buyers), releaseAll(tx, buyers)
}

func releaseAll(tx tenant.Tx, buyers []BuyerID) error {
	for _, b := range buyers {
		if err := Release(tx, b); err != nil {
			return err
		}
	}
	return nil
}
