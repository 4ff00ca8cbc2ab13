package promotion_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/stock"
)

// shop is a stage with families, articles at prices without tax, and discounts.
type shop struct {
	*checkouttest.Stage
	t        testing.TB
	taxonomy *catalog.Taxonomy
	families map[string]*catalog.Node
	products map[string]*catalog.Product
	variants map[string]stock.VariantID
}

func open(t testing.TB) *shop {
	t.Helper()
	return &shop{Stage: checkouttest.New(t, checkout.Reactions{}), t: t, families: map[string]*catalog.Node{},
		products: map[string]*catalog.Product{}, variants: map[string]stock.VariantID{}}
}

func (s *shop) must(err error) {
	if err != nil {
		s.t.Helper()
		s.t.Fatal(err)
	}
}

func (s *shop) family(called, above string) {
	if s.taxonomy == nil {
		s.taxonomy = &catalog.Taxonomy{Code: catalog.Families, Names: name("Familles"), Tree: true}
		s.must(catalog.SaveTaxonomy(s.t.Context(), s.Shop, checkouttest.Clerk, s.taxonomy))
	}
	n := &catalog.Node{Taxonomy: s.taxonomy.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: called}}}
	if above != "" {
		n.Parent = s.families[above].ID
	}
	s.must(catalog.SaveNode(s.t.Context(), s.Shop, checkouttest.Clerk, n))
	s.families[called] = n
}

// many is more pieces than a test sells.
const many = 100_000

func (s *shop) article(called, price string, in ...string) stock.VariantID {
	p := &catalog.Product{Code: called, TaxClass: "standard", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: called}},
		Variants: []catalog.Variant{{SKU: called, Price: decimal.RequireFromString(price), Active: true, Tracked: true, OnHand: many}}}
	for _, family := range in {
		p.Nodes = append(p.Nodes, s.families[family].ID)
	}
	s.variants[called], s.products[called] = s.Sell(p), p
	return s.variants[called]
}

func (s *shop) block(called string) {
	p := s.products[called]
	p.Flags.NoDiscount = true
	s.must(catalog.Save(s.t.Context(), s.Shop, checkouttest.Clerk, p))
}

// keep stores a rule that is switched on.
func (s *shop) keep(r discount.Rule) promotion.Stored {
	s.t.Helper()
	saved, err := promotion.Save(s.t.Context(), s.Shop, checkouttest.Clerk, promotion.Stored{Rule: r, Active: true})
	s.must(err)
	return saved
}

// stored reads a rule as it is now.
func (s *shop) stored(which string) *promotion.Stored {
	s.t.Helper()
	var found *promotion.Stored
	s.Read(func(tx tenant.Tx) (err error) {
		found, err = promotion.Find(tx, id.MustParse[discount.Rule](which))
		return err
	})
	return found
}

func (s *shop) codes(which string) []promotion.Code {
	s.t.Helper()
	var codes []promotion.Code
	s.Read(func(tx tenant.Tx) (err error) {
		codes, err = promotion.ListCodes(tx, id.MustParse[discount.Rule](which), many)
		return err
	})
	return codes
}

func (s *shop) types(b *checkouttest.Buyer, code string) error {
	_, err := s.Carts.AddCode(s.t.Context(), s.Shop, b.Reader(), code)
	return err
}

func name(text string) i18n.Text { return i18n.Text{"fr": text} }

func eur(amount string) money.Amount { return money.Must(money.Parse(amount, money.EUR)) }

func off(rate string) discount.Off {
	return discount.Off{Kind: discount.Rate, Rate: money.MustRate(rate)}
}

func tier(from, rate string) discount.Tier {
	return discount.Tier{From: decimal.RequireFromString(from), Off: off(rate)}
}
