package start

import (
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

// letPay switches cash on delivery on where no way to pay works yet: of those a shop begins with it is
// the only one that lacks nothing. One that a merchant has touched is his.
func letPay(tx tenant.Tx, who tenant.Actor) error {
	var on []payment.ModeID
	err := tx.DB().Raw(`update payment_modes set active = true, rev = rev + 1, updated_at = ?
		where kind = ? and rev = 1 and not exists (select from payment_modes where active) returning id`,
		tx.Now(), offline.Cash{}.Key()).Scan(&on).Error
	if err != nil {
		return fmt.Errorf("let buyers pay: %w", err)
	}
	for _, mode := range on {
		tx.Touch()
		if err := tx.Record(who, "payment_mode.saved", "payment_mode/"+mode.String(), map[string]bool{"active": false}, map[string]bool{"active": true}); err != nil {
			return err
		}
	}
	return nil
}
