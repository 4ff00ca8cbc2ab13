package shipment

import (
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
)

// MaxBillLines is how many lines of a bill are taken at once.
const MaxBillLines = 2000

// Bill is a carrier's bill, read and held against the parcels.
type Bill struct {
	Found []Billed
	Wrong []Wrong
	// Rest is the text of the lines that are wrong, with what they were typed as.
	Rest string
}

// Billed is what a bill says of a parcel. Lines of the same tracking number (the parcel, a surcharge for
// fuel) are added up.
type Billed struct {
	Lines    []int // from 1
	Tracking string
	Cost     money.Amount
	Parcel   ID
	Order    order.ID
	Number   string        // of the order
	Before   *money.Amount // what stood there, nil for nothing
}

// Wrong is a line that cannot be taken, and why.
type Wrong struct {
	Line int
	Text string
	Key  string
	Args fault.Args
}

// The reasons.
const (
	keyBillShape   = "shipment.bill.shape"   // no tracking number and cost
	keyBillCost    = "shipment.bill.cost"    // the cost is no amount
	keyBillUnknown = "shipment.bill.unknown" // number
	keyBillSeveral = "shipment.bill.several" // number
)

// Refusals.
var (
	ErrBillEmpty = fault.New(fault.Malformed, "shipment.bill.empty")
	ErrBillLong  = fault.New(fault.Malformed, "shipment.bill.long") // max
)

// ReadBill reads lines of tracking number and net cost and finds their parcels. They are divided by a
// semicolon, a tab or, in texts with neither, a comma, and may stand in quotes; numbers are read as readers of l
// type them, and a first line that names the columns is passed over. Costs are in cur.
//
// Errors: ErrBillEmpty, ErrBillLong.
func ReadBill(tx tenant.Tx, l i18n.Locale, cur money.Currency, text string) (*Bill, error) {
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	b, r := &Bill{}, reader{locale: l, currency: cur, comma: divider(text), at: map[string]int{}}
	read := 0
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if read++; read > MaxBillLines {
			return nil, ErrBillLong.With(fault.Args{"max": MaxBillLines})
		}
		r.line(b, i+1, line, read == 1)
	}
	if len(b.Found) == 0 && len(b.Wrong) == 0 {
		return nil, ErrBillEmpty
	}
	if err := find(tx, b, lines); err != nil {
		return nil, err
	}
	slices.SortFunc(b.Wrong, func(x, y Wrong) int { return x.Line - y.Line })
	for _, w := range b.Wrong {
		b.Rest += w.Text + "\n"
	}
	return b, nil
}

// PostBill writes the costs of the parcels a bill was found to speak of; lines that are wrong change
// nothing and come back in the bill.
//
// Errors: as ReadBill.
func PostBill(ctx context.Context, shop *tenant.Shop, who tenant.Actor, l i18n.Locale, cur money.Currency, text string) (b *Bill, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		if b, err = ReadBill(tx, l, cur, text); err != nil || len(b.Found) == 0 {
			return err
		}
		before, after := make([]any, len(b.Found)), make([]any, len(b.Found))
		for i, f := range b.Found {
			was, _, err := setCost(tx, f.Parcel, &f.Cost)
			if err != nil {
				return err
			}
			before[i], after[i] = costDoc(f.Parcel, was), costDoc(f.Parcel, &f.Cost)
		}
		return tx.Record(who, "shipment.billed", "shipments", before, after)
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// divider is what stands between the columns.
func divider(text string) rune {
	for _, r := range []rune{';', '\t'} {
		if strings.ContainsRune(text, r) {
			return r
		}
	}
	return ','
}

// reader takes the lines of a bill apart.
type reader struct {
	locale   i18n.Locale
	currency money.Currency
	comma    rune
	at       map[string]int // of a tracking number among those found
}

func (r *reader) line(b *Bill, n int, text string, first bool) {
	wrong := func(key string) {
		b.Wrong = append(b.Wrong, Wrong{Line: n, Text: text, Key: key, Args: fault.Args{"text": strings.TrimSpace(text)}})
	}
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.FieldsPerRecord, c.TrimLeadingSpace = r.comma, -1, r.comma != '\t'
	cells, err := c.Read()
	if err == nil && r.comma == ',' && len(cells) == 3 {
		cells = []string{cells[0], cells[1] + "," + cells[2]} // a decimal comma
	}
	if err != nil || len(cells) != 2 || bare(cells[0]) == "" {
		wrong(keyBillShape)
		return
	}
	if first && !strings.ContainsAny(cells[1], "0123456789") {
		return // the names of the columns
	}
	var check form.Checker
	check.Required("cost", cells[1])
	cost := check.Decimal("cost", r.locale, cells[1], int(r.currency.Digits()))
	if check.Err() != nil || cost.IsNegative() {
		wrong(keyBillCost)
		return
	}
	amount := money.New(cost, r.currency)
	key := bare(cells[0])
	if at, again := r.at[key]; again {
		b.Found[at].Lines, b.Found[at].Cost = append(b.Found[at].Lines, n), b.Found[at].Cost.Add(amount)
		return
	}
	r.at[key] = len(b.Found)
	b.Found = append(b.Found, Billed{Lines: []int{n}, Tracking: strings.TrimSpace(cells[0]), Cost: amount})
}

// bare is a tracking number by its letters and digits alone, as both sides write it.
func bare(tracking string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z':
			return c
		case c >= 'a' && c <= 'z':
			return c - 'a' + 'A'
		}
		return -1
	}, tracking)
}

// find finds the parcels by their tracking numbers; what has none, or several, is wrong.
func find(tx tenant.Tx, b *Bill, lines []string) error {
	keys := make([]string, len(b.Found))
	for i, f := range b.Found {
		keys[i] = bare(f.Tracking)
	}
	var rows []struct {
		ID           ID
		OrderID      order.ID
		Number       string
		Key          string
		Cost         *decimal.Decimal
		CostCurrency *string
	}
	err := tx.DB().Raw(`
		with parcels as (
			select id, order_id, cost, cost_currency, shipped_at, upper(regexp_replace(tracking, '[^0-9A-Za-z]', '', 'g')) as key from shipments)
		select p.id, p.order_id, o.number, p.key, p.cost, p.cost_currency
		from parcels p join orders o on o.id = p.order_id
		where p.key in ? order by p.shipped_at, p.id`, append(keys, "-")).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("find parcels of a bill: %w", err)
	}
	parcels := map[string][]int{}
	for i, r := range rows {
		parcels[r.Key] = append(parcels[r.Key], i)
	}
	var found []Billed
	for i, f := range b.Found {
		at := parcels[keys[i]]
		if len(at) != 1 {
			key := keyBillUnknown
			if len(at) > 1 {
				key = keyBillSeveral
			}
			for _, n := range f.Lines {
				b.Wrong = append(b.Wrong, Wrong{Line: n, Text: lines[n-1], Key: key, Args: fault.Args{"number": f.Tracking}})
			}
			continue
		}
		row := rows[at[0]]
		f.Parcel, f.Order, f.Number = row.ID, row.OrderID, row.Number
		if f.Before, err = costOf(row.Cost, row.CostCurrency); err != nil {
			return fmt.Errorf("find parcels of a bill: %w", err)
		}
		found = append(found, f)
	}
	b.Found = found
	return nil
}
