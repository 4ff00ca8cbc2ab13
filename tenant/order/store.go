package order

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
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
	Request        []byte
}

// columns are those of orderRow but for the calculation, which is most of an order's bytes.
const columns = `id, number, state, customer_id, guest, email, buyer_name, locale, profile, billing, delivery, currency,
	display, shipping_mode_id::text, shipping_label, payment_mode_id::text, payment_kind, payment_label, goods_net,
	shipping_net, tax, total, paid, refunded, buyer_note, test, rev, placed_at, updated_at, archived_at, advance, screening, request`

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
		if doc.from == nil {
			continue // LockBare
		}
		if err := json.Unmarshal(doc.from, doc.to); err != nil {
			return nil, fmt.Errorf("read order %s: %w", r.Number, err)
		}
	}
	if o.Advance, err = readAdvance(r.Advance); err != nil {
		return nil, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	if o.Request, err = readRequest(r.Request); err != nil {
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
func Find(tx tenant.Tx, o ID) (*Order, error) { return find(tx, "id = $1", o, "") }

// Lock is Find for an order that is about to be moved.
func Lock(tx tenant.Tx, o ID) (*Order, error) { return find(tx, "id = $1", o, " for update") }

// LockBare is Lock without the calculation (Priced is nil, as in lists): money and pieces are moved without looking at
// the price again, and reading it takes longer than all the rest.
func LockBare(tx tenant.Tx, o ID) (*Order, error) {
	return read(tx, "null::jsonb as priced", "id = $1", o, " for update")
}

// FindByNumber reads an order by what people call it. Errors: ErrUnknown.
func FindByNumber(tx tenant.Tx, number string) (*Order, error) {
	return find(tx, "number = $1", number, "")
}

// FindByPlaceKey reads the order a checkout page became. Errors: ErrUnknown.
func FindByPlaceKey(tx tenant.Tx, key string) (*Order, error) {
	return find(tx, "place_key = $1", key, "")
}

func find(tx tenant.Tx, where string, arg any, locking string) (*Order, error) {
	return read(tx, "priced", where, arg, locking)
}

// read reads an order and its lines in one round trip.
func read(tx tenant.Tx, priced, where string, arg any, locking string) (*Order, error) {
	var row *orderRow
	var lines []lineRow
	batch := &pgx.Batch{}
	batch.Queue("select "+columns+", "+priced+" from orders where "+where+locking, arg).Query(func(rows pgx.Rows) (err error) {
		row, err = pgx.CollectExactlyOneRow(rows, pgx.RowToAddrOfStructByName[orderRow])
		return err
	})
	batch.Queue("select "+lineColumns+" from order_lines where order_id = (select id from orders where "+where+") order by position", arg).
		Query(func(rows pgx.Rows) (err error) {
			lines, err = pgx.CollectRows(rows, pgx.RowToStructByName[lineRow])
			return err
		})
	err := tx.Raw().SendBatch(tx.Context(), batch).Close()
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("read order: %w", err)
	}
	o, err := row.order()
	if err != nil {
		return nil, err
	}
	o.Lines = make([]Line, len(lines))
	for i, l := range lines {
		o.Lines[i] = l.line(o.Currency)
	}
	return o, nil
}

type lineRow struct {
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

const lineColumns = `id, product_id, variant_id, sku, name, options, qty, unit, unit_gross, net, tax_rate, tax, gross,
	physical, shipped, expected_on, media_key`

func (r lineRow) line(cur money.Currency) Line {
	return Line{ID: r.ID, Product: r.ProductID, Variant: r.VariantID, SKU: r.SKU, Name: r.Name, Options: r.Options,
		Qty: r.Qty, Unit: money.New(r.Unit, cur), Gross: r.UnitGross, Net: money.New(r.Net, cur), TaxRate: r.TaxRate,
		Tax: money.New(r.Tax, cur), Total: money.New(r.Gross, cur), Physical: r.Physical, Shipped: r.Shipped, Expected: r.ExpectedOn, MediaKey: r.MediaKey}
}
