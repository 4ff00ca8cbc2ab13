package lyra

import (
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// PGW-31: which answers of a card's bank forbid another try.
func TestNever(t *testing.T) {
	for code, want := range map[string]struct {
		never  bool
		reason payment.Reason
	}{"43": {true, payment.ReasonCard}, "41": {true, payment.ReasonCard}, "04": {true, payment.ReasonRefused}, "R1": {true, payment.ReasonRefused},
		"51": {false, payment.ReasonFunds}, "05": {false, payment.ReasonRefused}, "81": {false, payment.ReasonSecure}, "91": {false, payment.ReasonTechnical}} {
		n, err := fact{uuid: "0123456789abcdef0123456789abcdef", status: "REFUSED", operation: debit, ref: "REF", code: code, amount: money.Zero(money.EUR)}.notice()
		if err != nil || n.Event != payment.Failed || n.Never != want.never || n.Reason != want.reason {
			t.Errorf("%s: %+v, %v", code, n, err)
		}
	}
	if n, err := (fact{uuid: "0123456789abcdef0123456789abcdef", status: captured, operation: debit, ref: "REF", code: "43"}).notice(); err != nil || n.Never {
		t.Errorf("money that came: %+v, %v", n, err)
	}
}
