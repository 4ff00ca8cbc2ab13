package orders_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// STK-04: staff sees who waits for a pre-ordered article and who can be served, asks for the rest, and sends
// nothing before it has come unless it says so.
func TestWaiting(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders/waiting"))
	b.WantStatus(200).WantClean().WantText("main", "Nobody is waiting")
	lamp := o.Stock("Lamp", "12.00", 0)
	day := o.Clock.Now().AddDate(0, 0, 9)
	o.Write(func(tx tenant.Tx) error {
		i, err := supply.FindItem(tx, lamp, "fr")
		if err != nil {
			return err
		}
		return stock.SetAdvance(tx, checkouttest.Clerk, i.Product, stock.Advance{On: &day, Limit: 9,
			Terms: deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(25)}})
	})
	o.mug = lamp
	first, second := o.order(t, "zoe@example.org", "cheque", 1).String(), o.order(t, "ida@example.org", "cheque", 1).String()
	b.Get(at("orders/" + first))
	b.WantClean().Want(`form[action$="/paid"] input[value="3.00"]`).WantNo(`[formaction$="/ask"]`)
	b.Submit(`form[action$="/paid"]`, webtest.Values{"amount": "3.00"})
	b.WantStatus(200).WantText("main", "Deposit paid").WantNo(`[formaction$="/ask"]`)
	b.Follow(`main a[href$="/ask"]`)
	b.WantStatus(200).WantClean().WantText(".confirm", "before the articles are here").WantText(".confirm", "15.00").WantText(".confirm", "Lamp: 0 of 1")
	b.Post(at("orders/"+first+"/ask"), nil)
	b.WantStatus(422).WantClean().Want(`.confirm form[action$="/ask"] input[name="early"]`)
	o.Write(func(tx tenant.Tx) error {
		return stock.Post(tx, officetest.Who, stock.ReasonReceived, "", "", []stock.Posting{{Variant: lamp, OnHand: 1}})
	})
	b.Get(at("orders"))
	b.WantClean().Want(`a[href$="/orders/waiting"]`)
	for _, l := range i18n.Shipped {
		b.Get(at("orders/waiting?lang=" + string(l)))
		b.WantStatus(200).WantClean().WantCount("tbody tr", 2)
	}
	b.Get(at("orders/waiting?lang=en"))
	b.WantText("tbody tr:nth-child(1)", "available").WantText("tbody tr:nth-child(1)", "1 / 1").WantText("tbody tr:nth-child(2)", "0 / 1")
	b.WantText("main", "Ask 1 buyer for the balance")
	b.Submit("main form.form", nil)
	b.WantStatus(200).WantText("tbody tr:nth-child(1)", "Balance asked for").WantNo("main form.form")
	b.Get(at("orders/" + first + "/ship"))
	b.WantClean().WantText("main", "15.00")
	b.Submit("main form.form", webtest.Values{"carrier": "colissimo", "tracking": "6A1"})
	b.WantStatus(422).WantClean().Want("#f-unpaid[aria-invalid]").Want(`input[name="tracking"][value="6A1"]`)
	b.Submit("main form.form", webtest.Values{"carrier": "colissimo", "tracking": "6A1", "unpaid": true})
	b.WantStatus(200).WantClean().WantText("main", "To pay before dispatch")
	if got := b.Post(at("orders/"+second+"/ask"), nil).Status; got != 422 && got != 409 {
		t.Errorf("STK-04: a rest is asked for before the deposit came: %d", got)
	}
}
