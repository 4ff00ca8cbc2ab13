package trading

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// mill delivers what the shop cannot make itself.
const mill = "Filature des Monts"

// bought are the variants that are ordered from it, and what they cost; of the last nothing has come yet.
var bought = []struct {
	sku       string
	qty, came int
	price     string
}{
	{"PUL07-M", 10, 10, "38.00"}, {"ECH18-TER", 12, 8, "21.50"}, {forthcomingSKU, 20, 0, "41.00"},
}

const (
	// ahead is how far away the day of the article is that can be ordered before: pre-orders are there to be
	// seen for as long as a demo is looked at.
	ahead = 60 * 24 * time.Hour
	// share of its price is due with such an order, in hundredths.
	share = 30
	// most of each variant can be ordered before.
	most = 40
)

// supply announces an article, and orders from a supplier, of whom a part has come.
func (h *House) supply(ctx context.Context) error {
	if err := h.announce(ctx); err != nil {
		return err
	}
	s, err := h.supplier(ctx)
	if err != nil {
		return err
	}
	var orders []*supply.Order
	err = h.shop.Read(ctx, func(tx tenant.Tx) (err error) {
		orders, err = supply.List(tx, supply.Filter{Supplier: s, Limit: 1})
		return err
	})
	if err != nil {
		return err
	}
	if len(orders) == 0 {
		if orders, err = h.buy(ctx, s); err != nil || len(orders) == 0 {
			return err
		}
	}
	return h.receive(ctx, orders[0])
}

// announce lets people order an article that is to come, for a part of its price.
func (h *House) announce(ctx context.Context) error {
	a, err := h.article(ctx, forthcoming)
	if err != nil {
		return err
	}
	return h.shop.Write(ctx, func(tx tenant.Tx) error {
		p, err := catalog.FindBare(tx, a.Product)
		if err != nil || p.AvailableOn != nil {
			return err
		}
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		day := quote.Day(tx.Now().Add(ahead), s.Rules().Zone)
		return stock.SetAdvance(tx, tenant.ByProgram, p.ID, stock.Advance{On: &day, Limit: most,
			Terms: deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(share)}})
	})
}

// supplier is the mill, which is made when it is not there.
func (h *House) supplier(ctx context.Context) (supply.SupplierID, error) {
	var all []supply.Supplier
	err := h.shop.Read(ctx, func(tx tenant.Tx) (err error) { all, err = supply.ListSuppliers(tx); return err })
	if err != nil {
		return supply.SupplierID{}, err
	}
	if at := slices.IndexFunc(all, func(s supply.Supplier) bool { return s.Name == mill }); at >= 0 {
		return all[at].ID, nil
	}
	s := supply.Supplier{Name: mill, Active: true, Detail: supply.Detail{Contact: "Élise Faure", Email: "commandes@filature.example.com", Days: 21,
		Address: address.Address{Name: mill, Line1: "2 route du Moulin", Postcode: "38250", City: "Villard-de-Lans", Country: "FR"}}}
	err = supply.SaveSupplier(ctx, h.shop, tenant.ByProgram, &s)
	return s.ID, err
}

// buy says what the mill delivers, and drafts an order of it.
func (h *House) buy(ctx context.Context, s supply.SupplierID) ([]*supply.Order, error) {
	var picks []supply.Pick
	for _, b := range bought {
		a, err := h.article(ctx, b.sku)
		if err != nil {
			return nil, err
		}
		price := decimal.RequireFromString(b.price)
		if err := supply.SetSource(ctx, h.shop, tenant.ByProgram, supply.Source{Supplier: s, Ref: "FM-" + b.sku, Price: &price}, a.Variant); err != nil {
			return nil, err
		}
		picks = append(picks, supply.Pick{Variant: a.Variant, Qty: b.qty})
	}
	return supply.Make(ctx, h.shop, tenant.ByProgram, i18n.French, picks)
}

// receive sends an order that is a draft, and takes in what has come of it.
func (h *House) receive(ctx context.Context, o *supply.Order) error {
	if o.State == supply.Draft {
		if err := supply.Send(ctx, h.shop, tenant.ByProgram, o.ID); err != nil {
			return err
		}
	} else if o.State != supply.Ordered {
		return nil
	}
	r := supply.Receipt{Key: "demo", Number: "BL-20418"}
	for _, l := range o.Lines {
		for _, b := range bought {
			if l.SKU == b.sku {
				r.Lines = append(r.Lines, supply.ReceiptLine{Variant: l.Variant, Qty: b.came, Cost: l.Price})
			}
		}
	}
	return supply.Take(ctx, h.shop, tenant.ByProgram, o.ID, r)
}
