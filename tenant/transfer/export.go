package transfer

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// ExportOptions say how an export is written. The zero value is a text divided by commas.
type ExportOptions struct {
	XLSX      bool
	Separator string // one of , ; tab |
	Decimal   string // "." or ","
	BOM       bool   // begin with a mark, which older spreadsheets need to read UTF-8
}

// Export writes every article of the shop in the order of their codes, in our own format. It reads
// a few hundred at a time and holds no transaction while w is slow.
//
// Errors: ErrOptions; ErrCellLimit when a text does not fit into a cell of a workbook.
func Export(ctx context.Context, shop *tenant.Shop, w io.Writer, o ExportOptions) error {
	if o.Separator == "" {
		o.Separator = ","
	}
	if o.Decimal == "" {
		o.Decimal = "."
	}
	if err := (Options{Separator: o.Separator, Decimal: o.Decimal}).check(); err != nil {
		return err
	}
	x := &exporter{shop: shop, decimal: o.Decimal}
	if err := x.open(ctx); err != nil {
		return err
	}
	if o.XLSX {
		return x.workbook(ctx, w)
	}
	return x.delimited(ctx, w, o)
}

// exporter walks through the catalogue.
type exporter struct {
	resolver
	shop    *tenant.Shop
	cols    *layout
	decimal string
}

func (x *exporter) open(ctx context.Context) error {
	return x.shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		x.resolver = resolver{fallback: s.Languages.Default, offered: s.Languages.Offered}
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		extent, err := catalog.Measure(tx)
		if err != nil {
			return err
		}
		x.cols = x.exportLayout(tree, extent)
		return nil
	})
}

// exportLayout is the columns of an export: those every shop has, and as many languages,
// classifications, options and secondary views as this one uses.
func (r resolver) exportLayout(tree *catalog.Tree, e catalog.Extent) *layout {
	var names []string
	local := func(name string) {
		for _, l := range r.offered {
			names = append(names, name+"."+string(l))
		}
	}
	names = append(names, "code", "state", "kind", "tax_class", "price_includes_tax")
	for _, name := range []string{"name", "slug", "summary", "body", "seo_title", "seo_description"} {
		local(name)
	}
	names = append(names, "families")
	r.others(func(l i18n.Locale) { names = append(names, "families."+string(l)) })
	for _, t := range tree.Taxonomies {
		if t.Code != catalog.Families {
			names = append(names, "taxonomy."+t.Code)
			r.others(func(l i18n.Locale) { names = append(names, "taxonomy."+t.Code+"."+string(l)) })
		}
	}
	names = append(names, "pictures", "pictures.option")
	local("pictures.alt")
	for n := range min(e.Panels, maxPanels) {
		panel := "panel" + strconv.Itoa(n+1)
		names = append(names, panel+".shared")
		local(panel + ".title")
		local(panel + ".body")
	}
	for _, k := range linkKinds {
		names = append(names, "links."+string(k))
	}
	names = append(names, "new", "discover", "forthcoming", "available_on", "preorder", "deposit", "rating", "unit", "measure", "show_stock", "position",
		"tiers", "prices_json")
	for n := range min(e.Options, catalog.MaxOptions) {
		option := "option" + strconv.Itoa(n+1)
		names = append(names, option)
		local(option + ".name")
		names = append(names, option+".value")
		local(option + ".value")
		names = append(names, option+".swatch")
	}
	names = append(names, "sku", "barcode", "price", "compare_at", "cost", "content", "weight_g", "picture", "active", "tracked",
		"backorder", "stock", "low_at", "reorder_qty")
	l := newLayout(nil)
	for _, name := range names {
		if c, ok := r.column(name); ok {
			l.add(c)
		}
	}
	return l
}

// others calls fn for each language but the shop's own.
func (r resolver) others(fn func(i18n.Locale)) {
	for _, l := range r.offered {
		if l != r.fallback {
			fn(l)
		}
	}
}

// each hands every row of the catalogue to fn.
func (x *exporter) each(ctx context.Context, fn func([]string) error) error {
	after := ""
	for {
		var found []*catalog.Product
		var k *lookup
		err := x.shop.Read(ctx, func(tx tenant.Tx) (err error) {
			if found, err = catalog.ListAfter(tx, after, batchSize); err != nil || len(found) == 0 {
				return err
			}
			if k, err = newLookup(tx, x.resolver); err != nil {
				return err
			}
			return k.learn(tx, x.cols, found)
		})
		if err != nil || len(found) == 0 {
			return err
		}
		for _, p := range found {
			s := k.flatten(x.cols, p)
			for n := range s.variants {
				if err := fn(x.row(s, n)); err != nil {
					return err
				}
			}
		}
		after = found[len(found)-1].Code
	}
}

// row is one variant, with the article beside the first.
func (x *exporter) row(s sheet, n int) []string {
	out := make([]string, len(x.cols.columns))
	for i, c := range x.cols.columns {
		switch {
		case c.variant:
			out[i] = x.cell(c, s.variants[n][i])
		case n == 0 || c.field == "code":
			out[i] = x.cell(c, s.article[i])
		}
	}
	return out
}

func (x *exporter) cell(c column, cell string) string {
	switch c.value {
	case number, amount:
		if x.decimal == "," {
			return strings.Replace(cell, ".", ",", 1)
		}
		return cell
	case tiers, deposits:
		if x.decimal == "," {
			return strings.ReplaceAll(cell, ".", ",")
		}
		return cell
	case integer:
		return cell
	}
	return armour(cell)
}

func (x *exporter) names() []string {
	out := make([]string, len(x.cols.columns))
	for i, c := range x.cols.columns {
		out[i] = c.name
	}
	return out
}

func (x *exporter) delimited(ctx context.Context, w io.Writer, o ExportOptions) error {
	buffer := bufio.NewWriterSize(w, 64<<10)
	if o.BOM {
		if _, err := buffer.WriteString("\ufeff"); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	out := csv.NewWriter(buffer)
	out.Comma = rune(o.Separator[0])
	if err := out.Write(x.names()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := x.each(ctx, out.Write); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out.Flush()
	if err := errors.Join(out.Error(), buffer.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

const sheetName = "articles"

// workbook writes the same rows as a spreadsheet. Every cell is a text, so that "00123" stays what
// it is and nothing is taken for a formula or a date.
func (x *exporter) workbook(ctx context.Context, w io.Writer) (err error) {
	x.decimal = "."
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	n := 0
	write := func(cells []string) error {
		n++
		row := make([]any, len(cells))
		for i, c := range cells {
			if utf8.RuneCountInString(c) > excelize.TotalCellChars {
				return ErrCellLimit.With(fault.Args{"column": x.cols.columns[i].name, "row": n})
			}
			if c != "" {
				row[i] = c
			}
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		return out.SetRow(at, row)
	}
	if err := write(x.names()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := x.each(ctx, write); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
