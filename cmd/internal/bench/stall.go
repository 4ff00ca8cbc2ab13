package bench

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/transfer"
)

// stall is a shop with a full catalogue, ready to sell.
type stall struct {
	row      *registry.Shop
	shop     *tenant.Shop
	products []string // paths of articles; the first comes in sizes
	families []string // paths of lists, page by page; the first is the first of a family
	goods    []stock.VariantID
	// What buyers choose.
	shipping string
	payment  string
}

// onSale is how many different articles buyers choose from: enough that two rarely meet at one.
const onSale = 2000

// stocked is the stall, made the first time.
func (r *rig) stocked(ctx context.Context) (*stall, error) {
	if r.stall != nil {
		return r.stall, nil
	}
	r.say("stocking a shop with %d articles", r.o.Articles)
	s := &stall{}
	var err error
	if s.row, s.shop, err = r.openShop(ctx, "bench"); err != nil {
		return nil, err
	}
	if err := r.settle(ctx, s); err != nil {
		return nil, err
	}
	if err := paint(ctx, r.app.Rooms.Library, s.shop); err != nil {
		return nil, err
	}
	if _, err := r.bring(ctx, s.shop, "A", r.o.Articles, true); err != nil {
		return nil, err
	}
	if err := s.look(ctx, r.o.Articles); err != nil {
		return nil, err
	}
	// As after a night of the database's own housekeeping: planning with no statistics is nobody's
	// normal day.
	if err := r.analyse(ctx, s.row.Schema.String()); err != nil {
		return nil, err
	}
	r.stall = s
	return s, nil
}

// settle makes the decisions of a merchant who wants to sell.
func (r *rig) settle(ctx context.Context, s *stall) error {
	return s.shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		who := now.Identity
		who.LegalName = "Atelier SARL"
		who.Address = address.Address{Name: "Atelier", Line1: "1 rue de la Soie", Postcode: "69001", City: "Lyon", Country: "FR"}
		if err := settings.SaveIn(tx, clerk, who, now.Rev(settings.NameIdentity)); err != nil {
			return err
		}
		parcel, err := r.app.Rooms.Calculators.SaveIn(tx, clerk, shipping.Stored{Active: true, Mode: shipping.Mode{
			Name: i18n.Text{"fr": "Colis"}, Calculator: shipping.Flat{}.Key(), Values: form.Values{"fee": form.TextValue("4.90")}}})
		if err != nil {
			return fmt.Errorf("offer shipping: %w", err)
		}
		cheque, err := r.app.Rooms.Modes.SaveIn(tx, clerk, payment.Draft{Kind: offline.Cheque{}.Key(), Active: true, Locale: i18n.French,
			Names: i18n.Text{"fr": "Chèque"}, Config: url.Values{"payee": {"Atelier SARL"}, "address": {"69001 Lyon"}}})
		if err != nil {
			return fmt.Errorf("offer payment: %w", err)
		}
		s.shipping, s.payment = parcel.ID, cheque.ID.String()
		return nil
	})
}

// bring imports n articles and says how the import went.
func (r *rig) bring(ctx context.Context, shop *tenant.Shop, prefix string, n int, pictures bool) (imported, error) {
	in, out := io.Pipe()
	go func() { _ = out.CloseWithError(writeGoods(out, prefix, n, pictures)) }()
	defer func() { _ = in.Close() }()
	importer := transfer.New(r.out.Objects)
	var did imported
	watch := startWatch()
	run, err := importer.Check(ctx, shop, clerk, transfer.Upload{Name: "goods.csv", Content: in})
	if err != nil {
		return did, fmt.Errorf("check import: %w", err)
	}
	did.checked = watch.elapsed()
	watch = startWatch()
	if run, err = importer.Apply(ctx, shop, clerk, run.ID); err != nil {
		return did, fmt.Errorf("import: %w", err)
	}
	did.written = watch.elapsed()
	if run.State != transfer.Done || run.Report.Counts.Written != n {
		return did, fmt.Errorf("import of %d articles ended %s with %+v %v", n, run.State, run.Report.Counts, run.Report.Problem)
	}
	return did, nil
}

// look finds the pages to measure and the goods to sell.
func (s *stall) look(ctx context.Context, articles int) error {
	return s.shop.Read(ctx, func(tx tenant.Tx) error {
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		s.families = lists(tree, articles)
		found, err := catalog.ListAfter(tx, "", onSale)
		if err != nil {
			return err
		}
		if len(found) == 0 || len(s.families) == 0 {
			return fmt.Errorf("shop %s has %d articles and %d lists", s.row.Slug, len(found), len(s.families))
		}
		for _, p := range found {
			s.products = append(s.products, "/product/"+p.Text(i18n.French, i18n.French).Slug)
			s.goods = append(s.goods, p.Variants[0].ID)
		}
		return nil
	})
}

// perPage is how many articles a list shows.
const perPage = 24

// lists are the pages of the families that hold articles, which all hold about as many.
func lists(tree *catalog.Tree, articles int) []string {
	pages := max(1, (articles/(branches*leaves)-1)/perPage+1)
	var paths []string
	families, ok := tree.Taxonomy(catalog.Families)
	if !ok {
		return nil
	}
	for _, top := range tree.Top(families.ID) {
		for _, leaf := range tree.Children(top.ID) {
			path := "/family/" + leaf.Texts[i18n.French].Slug
			paths = append(paths, path)
			for n := 2; n <= pages; n++ {
				paths = append(paths, path+"?page="+strconv.Itoa(n))
			}
		}
	}
	return paths
}
