package orders

import "echoppe.dev/tenant/payment"

// answered finds what the bank said to each line of a ledger that asks for something: Applied, Denied, or "" where no
// answer has come. An answer belongs to the newest line that asks for the same and has none yet.
func answered(ledger []payment.Entry) map[int]payment.Verdict {
	type wish struct {
		event  payment.Event
		amount string
	}
	said, open := map[int]payment.Verdict{}, map[wish][]int{}
	for i, e := range ledger {
		w := wish{e.Event, e.Amount.String()}
		switch waiting := open[w]; e.Verdict {
		case payment.Asked:
			open[w], said[i] = append(waiting, i), ""
		case payment.Applied, payment.Denied:
			if last := len(waiting) - 1; last >= 0 {
				open[w], said[waiting[last]] = waiting[:last], e.Verdict
			}
		}
	}
	return said
}
