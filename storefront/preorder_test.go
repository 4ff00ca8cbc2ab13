package storefront_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// STK-04: an announced article can be put into the cart before it is there, and its day is told on its
// page, to search engines and in the cart; on the day it is sold like any other.
func TestProduct_PreOrder(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	soon := mug("SOON", "Lampe", "9.00")
	soon.Variants[0].OnHand = 0
	h.save(soon)
	day := noon.AddDate(0, 0, 1).Truncate(24 * 60 * 60 * 1e9)
	advance := func(limit int) {
		must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
			return stock.SetAdvance(tx, clerk, soon.ID, stock.Advance{On: &day, Limit: limit})
		}))
	}
	b := h.browser(t)
	advance(0)
	b.Get(h.at("/product/lampe"))
	b.WantText(".stock", "À paraître le 13 mars 2026").WantNo(".add")
	advance(2)
	b.Get(h.at("/product/lampe"))
	b.WantClean().WantText(".stock", "attendu le 13 mars 2026").WantText(".add .btn", "Précommander")
	if !strings.Contains(string(b.Page().Body), "schema.org/PreOrder") {
		t.Error("search engines are not told that it can be ordered before its day")
	}
	b.Submit(".add .btn", nil)
	b.WantStatus(200).WantPath("/cart").WantClean().WantText(".line", "attendu le 13 mars 2026").WantNo(".shortage")
	b.Get(h.at("/checkout"))
	b.WantText("main", "attendu le 13 mars 2026")
	h.clock.Set(day.Add(-60 * 60 * 1e9)) // midnight in Paris
	b.Get(h.at("/product/lampe"))
	b.WantText(".stock", "Épuisé").WantNo(".add")
}

// STK-04: when more pieces came in than people wait for, an announced article is sold from stock before its day: on its
// page, in lists, in the cart and at the checkout, at once and without a deposit. What comes for those who wait changes
// nothing for others, and who wants more than is free pre-orders.
func TestPreOrder_SoldFromStock(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	soon := mug("SOON", "Lampe", "9.00")
	soon.Variants[0].OnHand = 0
	h.save(soon)
	day := noon.AddDate(0, 0, 3).Truncate(24 * 60 * 60 * 1e9)
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.SetAdvance(tx, clerk, soon.ID, stock.Advance{On: &day, Limit: 5, Terms: deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(50)}})
	}))
	v := find(t, h, "SOON").Variants[0].ID
	b := h.browser(t)
	announced := func(when string) {
		t.Helper()
		b.Get(h.at("/product/lampe"))
		b.WantClean().WantText(".stock", "attendu le 15 mars 2026").WantText(".terms", "Acompte").WantText(".add .btn", "Précommander")
		b.Get(h.at("/search?q=SOON"))
		b.WantText(".card", "À paraître")
		b.Get(h.at("/"))
		if n := b.Count(`main a[href$="/product/lampe"]`); n == 0 {
			t.Errorf("STK-04 %s: the home page does not announce it", when)
		}
	}
	announced("with nothing there")
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.Hold(tx, id.New[stock.Buyer](), []stock.Want{{Variant: v, Qty: 2}}, noon.AddDate(0, 1, 0))
	}))
	receive := func(n int) {
		must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
			return stock.Post(tx, clerk, stock.ReasonReceived, "", "", []stock.Posting{{Variant: v, OnHand: n}})
		}))
	}
	receive(1)
	announced("with one piece for two who wait")
	receive(2)
	b.Get(h.at("/product/lampe"))
	b.WantClean().WantText(".add .btn", "Ajouter au panier").WantNo(".terms").WantNo(".stock.preorder")
	if body := string(b.Page().Body); strings.Contains(body, "schema.org/PreOrder") || strings.Contains(body, "15 mars") {
		t.Error("STK-04: search engines or readers are told of a pre-order of what is there")
	}
	b.Submit(".add .btn", nil)
	b.WantClean().WantNo(".due")
	if text := b.Page().Doc().Find(".line").Text(); strings.Contains(text, "attendu") || strings.Contains(text, "Acompte") {
		t.Errorf("STK-04: the cart says %s", text)
	}
	b.Get(h.at("/checkout"))
	b.WantClean().WantNo(".due").WantText("#summary .total", "13,95")
	b.Get(h.at("/search?q=SOON"))
	if text := b.Page().Doc().Find(".card").Text(); strings.Contains(text, "À paraître") {
		t.Errorf("STK-04: the list says %s", text)
	}
	b.Get(h.at("/product/lampe"))
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.WantText(".line", "attendu le 15 mars 2026").WantText(".due .now", "13,50").WantNo(".line.short")
	b.Get(h.at("/product/lampe"))
	b.Submit(".add .btn", webtest.Values{"quantity": "9"})
	b.WantText(".line .note", "6")
	b.Submit(".line .note button", nil)
	b.WantClean().WantNo(".line.short").WantText(".due .now", "27,00")
}

// STK-01: a family says how its articles and those of the families below it tell their stock; an article
// may say otherwise.
func TestProduct_StockOfFamily(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := find(t, h, "MUG")
	var tree *catalog.Tree
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		tree, err = catalog.ReadTree(tx)
		return err
	}))
	n, ok := tree.Node(p.MainNode)
	if !ok {
		t.Fatal("the article has no family")
	}
	top, _ := tree.Node(n.Path[0])
	b := h.browser(t)
	for _, step := range []struct {
		family settings.Show
		own    settings.Show
		want   string // "" for nothing
	}{{settings.ShowExact, "", "2 en stock"}, {settings.ShowHidden, "", ""}, {settings.ShowHidden, settings.ShowExact, "2 en stock"}, {"", "", "exemplaires"}} {
		family := *top
		family.ShowStock = step.family
		must(t, catalog.SaveNode(t.Context(), h.shop, clerk, &family))
		top = &family
		p = find(t, h, "MUG")
		p.ShowStock = step.own
		h.save(p)
		h.left("MUG", 2)
		b.Get(h.at("/product/tasse-en-gres"))
		b.WantClean()
		if step.want == "" {
			b.WantNo(".stock")
		} else {
			b.WantText(".stock", step.want)
		}
		b.Get(h.at("/search?q=MUG"))
		if few := b.Count(".badge.last") == 1; few != (step.want != "") {
			t.Errorf("family %q, article %q: the card says few: %v", step.family, step.own, few)
		}
	}
}

// STK-04: what of a pre-order is due with the order and what later is told on the article, in the cart, at the
// checkout before it is confirmed, and on the order, where the rest can be paid; what is there is sent first if the
// buyer wishes. All of it without script.
func TestPreOrder_Deposit(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	allowed := settings.Defaults().Stock
	allowed.PartParcels = true
	h.set(allowed)
	soon := mug("SOON", "Lampe", "9.00")
	soon.Variants[0].OnHand = 0
	h.save(soon)
	day := noon.AddDate(0, 0, 3).Truncate(24 * 60 * 60 * 1e9)
	charge := func(terms deposit.Terms) {
		must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
			return stock.SetAdvance(tx, clerk, soon.ID, stock.Advance{On: &day, Limit: 5, Terms: terms})
		}))
	}
	charge(deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(50)})
	b := h.browser(t)
	b.Get(h.at("/product/lampe"))
	b.WantClean().WantText(".terms", "Acompte de 50 % à la commande")
	b.Submit(".add .btn", nil)
	b.WantText(".line", "Acompte de 50 % à la commande").WantText(".due .now", "4,50").WantText(".due .later", "4,50")
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.WantClean().WantText(".due .now", "28,50").WantText(".due .later", "4,50")
	b.Get(h.at("/checkout"))
	b.WantClean().WantText("#summary .total", "37,95").WantText(".due .now", "33,45").WantText(".due .later", "4,50").WantText("#parcels", "facturée qu’une fois")
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque"), "parcels", "together"))
	b.WantStatus(200).WantClean().Want(".thanks").WantText(".pay-how", "33,45").WantText(".due .now", "33,45").WantText("main", "Tout part ensemble")
	page := b.Path()
	h.paid(t, "33.45")
	b.Get(h.at(page))
	b.WantText(".due .now", "Payé à la commande").WantText(".due .later", "À payer avant l’expédition").WantText(".events", "Paiement de 33,45\u00a0€ reçu")
	h.paid(t, "4.50")
	b.Get(h.at(page))
	b.WantClean().WantText(".due .later", "Payé avant l’expédition").WantText(".events", "Paiement de 4,50\u00a0€ reçu").WantNo(".pay-form")

	charge(deposit.Terms{Kind: deposit.Nothing})
	guest := h.browser(t)
	guest.Get(h.at("/product/lampe"))
	guest.WantText(".terms", "Rien à payer à la commande")
	guest.Submit(".add .btn", nil)
	guest.Get(h.at("/checkout"))
	guest.WantClean().WantText("#step-payment", "Rien à payer maintenant").WantNo("#step-payment input").WantNo("#parcels").WantText(".due .later", "13,95")
	guest.Submit(place, nantes)
	guest.WantStatus(200).WantClean().Want(".thanks").WantText(".pay-how", "Payer le solde").WantText(".pay-form", "13,95")
	cheque := ""
	guest.Page().Doc().Find(".pay-form label.check").Each(func(_ int, s *selection) {
		if strings.Contains(s.Text(), "Chèque") {
			cheque = s.Find("input").AttrOr("value", "")
		}
	})
	guest.Submit(".pay-form .btn", webtest.Values{"mode": cheque})
	guest.WantStatus(200).WantClean().WantText(".pay-how", "13,95").WantText(".order", "À payer avant l’expédition")
	link := guest.Path()
	for l, words := range map[string]string{"/en": "To pay before dispatch", "/es": "A pagar antes del envío", "/de": "Vor dem Versand zu zahlen"} {
		guest.Get(h.at(l + link))
		guest.WantStatus(200).WantClean().WantText(".due .later", words)
	}
}

// paid notes money for the newest order, as the merchant does when it has come by post.
func (h *house) paid(t *testing.T, amount string) {
	t.Helper()
	var newest string
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select id::text from orders order by placed_at desc, id desc limit 1").Scan(&newest).Error
	}))
	which, err := id.Parse[order.Order](newest)
	must(t, err)
	must(t, h.desk.MarkPaid(t.Context(), h.shop, clerk, which, money.Must(money.Parse(amount, money.EUR)), checkout.Remark{}))
}

// STK-04 ORD-02: a cart tells when what is in it is paid and what its delivery is going to cost, and the one is not in
// the other: both parts come to the total beside them, and the checkout adds delivery to one of them and to the total.
func TestPreOrder_DueAndEstimate(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	home := settings.Defaults().Identity
	home.Name, home.Email, home.Address = "Atelier", "a@lune.example", address.Address{Line1: "1 rue", Postcode: "44000", City: "Nantes", Country: "FR"}
	h.set(home)
	soon := mug("SOON", "Lampe", "9.00")
	soon.Variants[0].OnHand = 0
	h.save(soon)
	day := noon.AddDate(0, 0, 3).Truncate(24 * 60 * 60 * 1e9)
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.SetAdvance(tx, clerk, soon.ID, stock.Advance{On: &day, Limit: 5, Terms: deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(50)}})
	}))
	b := h.browser(t)
	b.Get(h.at("/product/lampe"))
	b.Submit(".add .btn", nil)
	b.WantClean().WantText(".totals .shipping", "4,95").WantText(".totals .total", "9,00").WantText(".due .now", "4,50").WantText(".due .later", "4,50")
	b.Get(h.at("/checkout")) // nothing leaves before the rest is paid: delivery is part of that
	b.WantClean().WantText("#summary .total", "13,95").WantText(".due .now", "4,50").WantText(".due .later", "9,45")
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/cart"))
	b.WantClean().WantText(".totals .total", "33,00").WantText(".due .now", "28,50").WantText(".due .later", "4,50")
	b.Get(h.at("/checkout")) // the mug is sent at once
	b.WantText("#summary .total", "37,95").WantText(".due .now", "33,45").WantText(".due .later", "4,50")
}

// SPD-02 STK-06: the pages of an article that is sold out, or withdrawn, cost no more queries than others, though they
// look for something to offer instead.
func TestCache_QueriesInstead(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	cups := find(t, h, "MUG")
	out := mug("OUT", "Vase", "30.00")
	out.MainNode, out.Nodes, out.Variants[0].OnHand = cups.MainNode, cups.Nodes, 0
	h.save(out)
	gone := mug("GONE", "Cruche", "31.00")
	gone.MainNode, gone.Nodes = cups.MainNode, cups.Nodes
	h.save(gone)
	gone.State = catalog.Archived
	gone.Links = []catalog.Link{{Kind: catalog.Complementary, Other: find(t, h, "TEE").ID}}
	h.save(gone)
	b := h.browser(t)
	within := func(when, path string) {
		t.Helper()
		queries, units, text := h.queries.during(func() { b.Get(h.at(path)) })
		b.WantStatus(200).WantClean().WantText("main", "Tasse en grès")
		if queries > 6 || units != 1 {
			t.Errorf("%s, %s: %d queries in %d units of work\n%s", path, when, queries, units, strings.Join(text, "\n---\n"))
		}
	}
	for _, path := range []string{"/product/vase", "/product/cruche"} {
		h.save(mug("NEXT"+path[9:], "Suivant", "1.00"))
		within("the first page after a change", path)
		if queries, units, _ := h.queries.during(func() { b.Get(h.at(path)) }); queries != 0 || units != 0 {
			t.Errorf("hot %s: %d queries in %d units of work", path, queries, units)
		}
	}
}
