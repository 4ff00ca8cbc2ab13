package seed

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// Volume is how much Fleet writes.
type Volume struct {
	Articles int
	Families int // spread evenly; 24 when zero
	Variants int // of each article; 3 when zero
}

const (
	fleetBatch    = 300
	fleetFamilies = 24
	fleetVariants = 3
)

// Fleet fills a shop with generated articles, for measurements: plain, regular, published, in the
// shop's four languages, with stock. It goes on after those an earlier call has made.
func Fleet(ctx context.Context, shop *tenant.Shop, v Volume) error {
	if v.Families <= 0 {
		v.Families = fleetFamilies
	}
	if v.Variants <= 0 {
		v.Variants = fleetVariants
	}
	var families []catalog.NodeID
	var have int
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if err := tx.DB().Raw("select count(*) from products where code like 'bulk-%'").Scan(&have).Error; err != nil {
			return fmt.Errorf("count articles: %w", err)
		}
		families, err = bulkFamilies(tx, v.Families)
		return err
	})
	if err != nil {
		return err
	}
	for from := have; from < v.Articles; from += fleetBatch {
		err := shop.Write(ctx, func(tx tenant.Tx) error {
			var articles []*catalog.Product
			for n := from; n < min(from+fleetBatch, v.Articles); n++ {
				articles = append(articles, bulkArticle(n, v.Variants, families[n%len(families)]))
			}
			return catalog.InsertAll(tx, articles)
		})
		if err != nil {
			return fmt.Errorf("write articles from %d on: %w", from, err)
		}
	}
	return nil
}

// bulkFamilies finds the families to spread articles over, and makes those that are missing.
func bulkFamilies(tx tenant.Tx, n int) ([]catalog.NodeID, error) {
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return nil, err
	}
	family, ok := tree.Taxonomy(catalog.Families)
	if !ok {
		family = &catalog.Taxonomy{Code: catalog.Families, Tree: true, Facet: true, Names: i18n.Text{"fr": "Familles", "en": "Families", "es": "Familias", "de": "Warengruppen"}}
		if err := catalog.SaveTaxonomyIn(tx, tenant.ByProgram, family); err != nil {
			return nil, err
		}
	}
	out := make([]catalog.NodeID, n)
	for i := range out {
		code := fmt.Sprintf("bulk-%d", i+1)
		if have, ok := tree.ByCode(family.ID, code); ok {
			out[i] = have.ID
			continue
		}
		node := &catalog.Node{Taxonomy: family.ID, Code: code, Position: i, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{
			"fr": {Name: fmt.Sprintf("Famille %d", i+1)}, "en": {Name: fmt.Sprintf("Family %d", i+1)},
			"es": {Name: fmt.Sprintf("Familia %d", i+1)}, "de": {Name: fmt.Sprintf("Gruppe %d", i+1)}}}
		if err := catalog.SaveNodeIn(tx, tenant.ByProgram, node); err != nil {
			return nil, err
		}
		out[i] = node.ID
	}
	return out, nil
}

var bulkWords = map[i18n.Locale][2]string{
	"fr": {"Article", "Un article ordinaire, fait pour être compté."}, "en": {"Item", "An ordinary item, made to be counted."},
	"es": {"Artículo", "Un artículo corriente, hecho para contarse."}, "de": {"Artikel", "Ein gewöhnlicher Artikel, zum Zählen gemacht."},
}

func bulkArticle(n, variants int, family catalog.NodeID) *catalog.Product {
	p := &catalog.Product{Code: fmt.Sprintf("bulk-%07d", n), State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard",
		PriceGross: true, Texts: map[i18n.Locale]catalog.Text{}, Nodes: []catalog.NodeID{family}, MainNode: family, Position: n}
	for l, w := range bulkWords {
		name := fmt.Sprintf("%s %d", w[0], n)
		p.Texts[l] = catalog.Text{Name: name, Slug: fmt.Sprintf("%s-%d", catalog.Slug(l, w[0]), n), Summary: w[1], Body: "<p>" + w[1] + "</p>"}
	}
	price := decimal.New(int64(990+100*(n%200)), -2)
	option := catalog.Option{Code: "size", Name: i18n.Text{"fr": "Taille", "en": "Size", "es": "Talla", "de": "Größe"}}
	for i := range variants {
		v := catalog.Variant{SKU: fmt.Sprintf("BULK-%07d-%d", n, i+1), Price: price, Active: true, Tracked: true, OnHand: (n + i) % 40, WeightG: 250}
		if variants > 1 {
			value := fmt.Sprintf("t%d", i+1)
			option.Values = append(option.Values, catalog.OptionValue{Code: value, Name: i18n.Text{"fr": fmt.Sprintf("T%d", i+1)}})
			v.Options = map[string]string{option.Code: value}
		}
		p.Variants = append(p.Variants, v)
	}
	if variants > 1 {
		p.Options = []catalog.Option{option}
	}
	return p
}
