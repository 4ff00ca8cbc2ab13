package transfer_test

import (
	"testing"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/transfer"
)

// IMP-03 STK-04: a file says how many can be ordered in advance and what is due with such an order; undoing puts back
// what was.
func TestImport_Deposit(t *testing.T) {
	t.Parallel()
	d := open(t)
	says := func(code string, limit int, terms string) {
		t.Helper()
		p := d.product(code)
		if got := string(p.Terms.Kind) + " " + p.Terms.Value.String(); p.Preorder != limit || got != terms {
			t.Errorf("STK-04 %s: %d can be ordered in advance, due %q; want %d, %q", code, p.Preorder, got, limit, terms)
		}
	}
	d.load("code,name.fr,sku,price,available_on,preorder,deposit\n" +
		"a,A,A,10,2031-05-01,5,25 %\nb,B,B,10,2031-05-01,3,amount 4.50\nc,C,C,10,2031-05-01,1000000,Later\nd,D,D,10,2031-05-01,2,\ne,E,E,10,,0,\n")
	says("a", 5, "percent 25")
	says("b", 3, "amount 4.5")
	says("c", 1_000_000, "later 0")
	says("d", 2, " 0")
	says("e", 0, " 0")

	r := d.load("code,preorder,deposit\na,9,Percent 10\nb,3,\nc,0,\n")
	if n := r.Report.Counts; n.Update != 3 {
		t.Errorf("IMP-03 %+v", n)
	}
	says("a", 9, "percent 10")
	says("b", 3, " 0")
	says("c", 0, " 0")
	d.load("code,name.fr\na,Autre\n") // what a file does not say stays
	says("a", 9, "percent 10")
	if _, err := d.Undo(t.Context(), d.shop, clerk, r.ID); err != nil {
		t.Fatal(err)
	}
	says("a", 9, "percent 10") // somebody has changed it since
	says("b", 3, "amount 4.5")
	says("c", 1_000_000, "later 0")

	for cells, want := range map[string][2]string{
		"d,2,everything": {"deposit", "transfer.deposit"}, "d,2,100%": {"deposit", "transfer.deposit"}, "d,2,0.25": {"deposit", "transfer.deposit"}, "d,2,percent 0": {"deposit", "transfer.deposit"}, "d,2,amount -1": {"deposit", "transfer.deposit"},
		"d,2,each 5": {"deposit", "transfer.deposit"},
		"d,-1,":      {"preorder", "transfer.preorder"}, "d,1000001,": {"preorder", "transfer.preorder"},
		"e,4,": {"preorder", "transfer.preorder_day"}, "e,0,25%": {"deposit", "transfer.deposit_alone"},
	} {
		r := d.check("code,preorder,deposit\n"+cells+"\n", transfer.Options{})
		if got := problem(r, 2, want[0]); got != want[1] || r.Report.Counts.Update != 0 {
			t.Errorf("IMP-03 %s: %q, want %q: %+v", cells, got, want[1], r.Report)
		}
	}
	if p := d.product("d"); p.State != catalog.Draft || p.Terms.Kind != deposit.Full {
		t.Errorf("%+v", p)
	}
}
