package bench

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// An article of as many variants as one may have: a colour chart in 50 colours, 50 sizes, 20 cuts.
const (
	manyColours = 50
	manySizes   = 50
	manyCuts    = 20
	manySlug    = "nuancier"
)

// manyAsked is how many choices are asked for, each for the first time.
const manyAsked = 200

// manyVariants changes options of an article of 50,000 variants (CAT-06): the page of another choice,
// which nobody has asked for yet, and the reading of a page of its table in the office.
func manyVariants(ctx context.Context, r *rig) ([]Row, error) {
	row, shop, err := r.openShop(ctx, "chart")
	if err != nil {
		return nil, err
	}
	p := chart()
	if err := catalog.Save(ctx, shop, clerk, p); err != nil {
		return nil, fmt.Errorf("stock an article of %d variants: %w", len(p.Variants), err)
	}
	if err := r.analyse(ctx, row.Schema.String()); err != nil {
		return nil, err
	}
	var pages, tables []time.Duration
	for i := range manyAsked {
		get, err := r.inside(ctx, r.app, row, fmt.Sprintf("/product/%s?o_colour=c%d&o_size=s%d&o_cut=t%d", manySlug, i%manyColours, i*7%manySizes, i%manyCuts))
		if err != nil {
			return nil, err
		}
		watch := startWatch()
		if err := get(); err != nil {
			return nil, err
		}
		pages = append(pages, watch.elapsed())
		watch = startWatch()
		if err := readTable(ctx, shop, p.ID, i); err != nil {
			return nil, err
		}
		tables = append(tables, watch.elapsed())
	}
	slices.Sort(pages)
	slices.Sort(tables)
	n := strconv.Itoa(len(p.Variants))
	return []Row{
		{Measure: "another choice of an article of " + n + " variants, p95", Ours: lap(percentile(pages, 0.95)), Goal: atMost(100),
			Note: fmt.Sprintf("%d choices, each asked for the first time, through the whole stack; half took up to %.0f ms.", len(pages), milliseconds(percentile(pages, 0.5)))},
		{Measure: "read a page of its table in the office, p95", Ours: lap(percentile(tables, 0.95)), Goal: atMost(1000),
			Note: fmt.Sprintf("50 rows of one page after another, with their article; half took up to %.0f ms.", milliseconds(percentile(tables, 0.5)))},
	}, nil
}

// readTable reads what the office's table of variants shows.
func readTable(ctx context.Context, shop *tenant.Shop, p catalog.ProductID, page int) error {
	return shop.Read(ctx, func(tx tenant.Tx) error {
		if _, err := catalog.FindBare(tx, p); err != nil {
			return err
		}
		_, err := catalog.Variants(tx, p, catalog.VariantQuery{Page: page + 1, PerPage: 50})
		return err
	})
}

// chart is the article.
func chart() *catalog.Product {
	p := &catalog.Product{Code: "chart", State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Nuancier", Slug: manySlug}}}
	for _, axis := range []struct {
		code, letter string
		n            int
	}{{"colour", "c", manyColours}, {"size", "s", manySizes}, {"cut", "t", manyCuts}} {
		o := catalog.Option{Code: axis.code, Name: i18n.Text{"fr": axis.code}}
		for i := range axis.n {
			code := axis.letter + strconv.Itoa(i)
			o.Values = append(o.Values, catalog.OptionValue{Code: code, Name: i18n.Text{"fr": code}})
		}
		p.Options = append(p.Options, o)
	}
	for c := range manyColours {
		for s := range manySizes {
			for t := range manyCuts {
				p.Variants = append(p.Variants, catalog.Variant{
					SKU: fmt.Sprintf("CHART-%d-%d-%d", c, s, t), Active: true, Price: decimal.New(int64(1000+c), -2),
					Options: map[string]string{"colour": "c" + strconv.Itoa(c), "size": "s" + strconv.Itoa(s), "cut": "t" + strconv.Itoa(t)},
				})
			}
		}
	}
	return p
}
