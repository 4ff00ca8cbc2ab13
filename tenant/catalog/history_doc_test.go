package catalog_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/stock"
)

// SEC-03: the journal's document is the whole article.
func TestProduct_roundTripSEC03(t *testing.T) {
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	m, n := id.New[media.Media](), id.New[catalog.Node]()
	p := shirt("shirt", "Chemise")
	p.ID, p.MainNode, p.Nodes, p.Rev, p.Position = id.New[catalog.Product](), n, []catalog.NodeID{n}, 3, 7
	p.Texts["fr"] = catalog.Text{Name: "a", Slug: "b", Summary: "c", Body: "d", SEOTitle: "e", SEODescription: "f"}
	p.Options[0].Values[0].Media, p.Options[0].Place = &m, "rows"
	p.Extras = []catalog.Extra{{Code: "gift", Name: i18n.Text{"fr": "Cadeau"}, Required: true, Values: []catalog.ExtraValue{{Code: "box", Media: &m, Fixed: dec("2"), Percent: dec("1.5")}}}}
	p.Pictures, p.Panels = []catalog.Picture{{Media: m, Option: "colour=red"}}, []catalog.PanelID{id.New[catalog.Panel]()}
	p.OwnPanels = []catalog.Panel{{ID: p.Panels[0], Titles: i18n.Text{"fr": "Entretien"}, Bodies: i18n.Text{"fr": "<p>30°</p>"}}}
	p.Alts = map[media.ID]i18n.Text{m: {"fr": "Une chemise rouge"}}
	p.Links = []catalog.Link{{Kind: catalog.Upsell, Other: id.New[catalog.Product]()}}
	p.Prices = []pricelist.Rule{{ID: id.New[pricelist.Rule](), Variant: id.New[stock.Variant](), Profile: "trade", Currency: "USD", From: &at, Until: &at, Price: ptr(dec("1")), CompareAt: ptr(dec("2")),
		Tiers: []pricelist.Tier{{From: 10, Price: dec("0.5")}}, Marginal: true, Together: true, Written: at, Ended: &at}}
	p.Flags = catalog.Flags{New: catalog.Flag{On: true, From: &at, Until: &at}, Discover: catalog.Flag{On: true}, Forthcoming: catalog.Flag{On: true}, NoDiscount: true}
	p.AvailableOn, p.Rating, p.Unit, p.Measure, p.ShowStock, p.Shown, p.Preorder = &at, ptr(dec("4.5")), "sac", "kg", "level", "level", 4
	p.CreatedAt, p.UpdatedAt, p.PublishedAt, p.Terms = at, at, &at, deposit.Terms{Kind: "percent", Value: dec("30")}
	p.Variants = []catalog.Variant{{ID: id.New[stock.Variant](), SKU: "a", Barcode: "b", Options: map[string]string{"colour": "red"}, Price: dec("1.2345"), CompareAt: ptr(dec("2")), Cost: ptr(dec("0.5")),
		WeightG: 1, Content: ptr(dec("0.75")), Past: []pricelist.Past{{Price: dec("3"), Announced: true, Until: at}}, Since: at, ShipValues: map[string]decimal.Decimal{"m": dec("2")},
		Picture: &m, Position: 1, Active: true, Tracked: true, Backorder: true, OnHand: 1, Reserved: 2, LowAt: 3, Reorder: 4}}
	for _, v := range []reflect.Value{reflect.ValueOf(*p), reflect.ValueOf(p.Variants[0])} {
		for i := range v.NumField() {
			if v.Field(i).IsZero() && v.Type().Field(i).Name != "Near" {
				t.Errorf("the test says nothing of %s", v.Type().Field(i).Name)
			}
		}
	}
	doc, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var got catalog.Product
	if err := json.Unmarshal(doc, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, &got, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
		t.Error(diff)
	}
}
