package order

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/stock"
)

type orderRow struct {
	ID             ID
	Number         string
	State          State
	CustomerID     customer.ID
	Guest          bool
	Email          string
	BuyerName      string
	Locale         i18n.Locale
	Profile        string
	Billing        []byte
	Delivery       []byte
	Currency       string
	Display        []byte
	ShippingModeID *string
	ShippingLabel  string
	PaymentModeID  *string
	PaymentKind    string
	PaymentLabel   string
	GoodsNet       decimal.Decimal
	ShippingNet    decimal.Decimal
	Tax            decimal.Decimal
	Total          decimal.Decimal
	Paid           decimal.Decimal
	Refunded       decimal.Decimal
	Priced         []byte
	BuyerNote      string
	Test           bool
	Rev            int
	PlacedAt       time.Time
	UpdatedAt      time.Time
	ArchivedAt     *time.Time
	Advance        []byte
	Screening      []byte
}

const columns = `id, number, state, customer_id, guest, email, buyer_name, locale, profile, billing, delivery, currency,
	display, shipping_mode_id::text, shipping_label, payment_mode_id::text, payment_kind, payment_label, goods_net,
	shipping_net, tax, total, paid, refunded, priced, buyer_note, test, rev, placed_at, updated_at, archived_at, advance, screening`

func (r *orderRow) order() (*Order, error) {
	cur, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return nil, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	o := &Order{
		ID: r.ID, Number: r.Number, State: r.State, Customer: r.CustomerID, Guest: r.Guest, Email: r.Email, Buyer: r.BuyerName,
		Locale: r.Locale, Profile: r.Profile, Currency: cur,
		Shipping: Choice{Mode: text(r.ShippingModeID), Label: r.ShippingLabel},
		Payment:  Choice{Mode: text(r.PaymentModeID), Kind: r.PaymentKind, Label: r.PaymentLabel},
		GoodsNet: money.New(r.GoodsNet, cur), ShippingNet: money.New(r.ShippingNet, cur), Tax: money.New(r.Tax, cur),
		Total: money.New(r.Total, cur), Paid: money.New(r.Paid, cur), Refunded: money.New(r.Refunded, cur),
		BuyerNote: r.BuyerNote, Test: r.Test, Rev: r.Rev, PlacedAt: r.PlacedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(),
		Archived: r.ArchivedAt != nil,
	}
	for _, doc := range []struct {
		from []byte
		to   any
	}{{r.Billing, &o.Billing}, {r.Delivery, &o.Delivery}, {r.Display, &o.Currencies}, {r.Priced, &o.Priced}} {
		if err := json.Unmarshal(doc.from, doc.to); err != nil {
			return nil, fmt.Errorf("read order %s: %w", r.Number, err)
		}
	}
	if o.Advance, err = readAdvance(r.Advance); err != nil {
		return nil, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	if o.Screening, err = readFinding(r.Screening); err != nil {
		return nil, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	return o, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Find reads an order with its lines. Errors: ErrUnknown.
func Find(tx tenant.Tx, o ID) (*Order, error) { return find(tx, "id = ?", o) }

// Lock is Find for an order that is about to be moved.
func Lock(tx tenant.Tx, o ID) (*Order, error) { return find(tx, "id = ? for update", o) }

// FindByNumber reads an order by what people call it. Errors: ErrUnknown.
func FindByNumber(tx tenant.Tx, number string) (*Order, error) { return find(tx, "number = ?", number) }

// FindByPlaceKey reads the order a checkout page became. Errors: ErrUnknown.
func FindByPlaceKey(tx tenant.Tx, key string) (*Order, error) { return find(tx, "place_key = ?", key) }

func find(tx tenant.Tx, where string, args ...any) (*Order, error) {
	var rows []orderRow
	if err := tx.DB().Raw("select "+columns+" from orders where "+where, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read order: %w", err)
	}
	if len(rows) == 0 {
		return nil, ErrUnknown
	}
	o, err := rows[0].order()
	if err != nil {
		return nil, err
	}
	o.Lines, err = lines(tx, o.ID, o.Currency)
	return o, err
}

func lines(tx tenant.Tx, o ID, cur money.Currency) ([]Line, error) {
	var rows []struct {
		ID              LineID
		ProductID       catalog.ProductID
		VariantID       stock.VariantID
		SKU             string
		Name, Options   string
		Qty             int
		Unit            decimal.Decimal
		UnitGross       bool
		Net, Tax, Gross decimal.Decimal
		TaxRate         decimal.Decimal
		Physical        bool
		Shipped         int
		ExpectedOn      *time.Time
		MediaKey        string
	}
	err := tx.DB().Raw(`select id, product_id, variant_id, sku, name, options, qty, unit, unit_gross, net, tax_rate, tax, gross,
		physical, shipped, expected_on, media_key from order_lines where order_id = ? order by position`, o).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read order lines: %w", err)
	}
	list := make([]Line, len(rows))
	for i, r := range rows {
		list[i] = Line{ID: r.ID, Product: r.ProductID, Variant: r.VariantID, SKU: r.SKU, Name: r.Name, Options: r.Options,
			Qty: r.Qty, Unit: money.New(r.Unit, cur), Gross: r.UnitGross, Net: money.New(r.Net, cur), TaxRate: r.TaxRate,
			Tax: money.New(r.Tax, cur), Total: money.New(r.Gross, cur), Physical: r.Physical, Shipped: r.Shipped, Expected: r.ExpectedOn, MediaKey: r.MediaKey}
	}
	return list, nil
}
