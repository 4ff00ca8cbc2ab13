package products

import (
	"strconv"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// table is a page of an article's variants: its Product has those of the page and no others.
type table struct {
	editor
	Query   variantsQuery
	Rev     int          // the table was made from
	Rows    []variantRow // of the page, as typed
	Total   int          // of the variants that match
	All     int          // variants of the article
	Option  optionFields // the form for one more option
	Fill    fillFields
	Refused map[string]bool // which form was refused: "rows", "option", "fill"
}

// variantRow is one row of the table as it was typed. What the tab does not show is nil.
type variantRow struct {
	ID        string  `form:"id"`
	SKU       *string `form:"sku"`
	Price     *string `form:"price"`
	CompareAt *string `form:"compare_at"`
	Stock     *string `form:"stock"`
	StockWas  string  `form:"stock_was"`
	Picture   *string `form:"picture"`
	Active    bool    `form:"active"`
	Barcode   *string `form:"barcode"`
	Weight    *string `form:"weight"`
	LowAt     *string `form:"low_at"`
	Cost      *string `form:"cost"`
	Content   *string `form:"content"`
	// Ship are the values for shipping modes, by the mode's id.
	Ship map[string]string `form:"ship"`
}

const tabGoods = "goods"

func (m *table) goods() bool { return m.Query.Tab == tabGoods }

func rowOf(v catalog.Variant, l i18n.Locale) variantRow {
	text := func(s string) *string { return &s }
	r := variantRow{
		ID: v.ID.String(), SKU: text(v.SKU), Price: text(i18n.FormatInput(l, v.Price, leastDigits)), CompareAt: text(amount(l, v.CompareAt)),
		Active: v.Active, Barcode: text(v.Barcode), Weight: text(whole(v.WeightG)), LowAt: text(whole(v.LowAt)), Cost: text(amount(l, v.Cost)),
		Content: text(contentOf(l, v.Content)),
		Picture: text(""), Stock: text(""), Ship: typedShip(v.ShipValues, l),
	}
	if v.Tracked {
		r.StockWas = strconv.Itoa(v.OnHand)
		r.Stock = &r.StockWas
	}
	if v.Picture != nil {
		r.Picture = text(v.Picture.String())
	}
	return r
}

// find is the variant of a row, nil when it is gone.
func (m *table) find(text string) *catalog.Variant {
	wanted, err := id.Parse[stock.Variant](text)
	if err != nil {
		return nil
	}
	for i := range m.Product.Variants {
		if m.Product.Variants[i].ID == wanted {
			return &m.Product.Variants[i]
		}
	}
	return nil
}

// missing is how many choices have no variant.
func (m *table) missing() int {
	if len(m.Product.Options) == 0 {
		return 0
	}
	return max(0, combinations(m.Product.Options)-m.All)
}

// filterChoices are the values of one option, for narrowing the table and for filling many rows.
func (m *table) filterChoices(o catalog.Option) []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.filter.any")}}
	for _, value := range o.Values {
		choices = append(choices, ui.Option{Value: value.Code, Label: m.text(value.Name)})
	}
	return choices
}

// scopeChoices are the variants a change for many can be for.
func (m *table) scopeChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.fill.all", ui.Args{"n": m.All})}}
	return append(choices, m.optionChoices()[1:]...)
}

// pictureChoices are the article's pictures, for a variant or a value of its own.
func (m *table) pictureChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.picture.none")}}
	for i, pic := range m.Product.Pictures {
		label := strconv.Itoa(i + 1)
		if found := m.Media[pic.Media]; found != nil {
			if alt := m.text(found.Alt); alt != "" {
				label += " – " + alt
			} else if found.FileName != "" {
				label += " – " + found.FileName
			}
		}
		choices = append(choices, ui.Option{Value: pic.Media.String(), Label: label})
	}
	return choices
}

func (m *table) pages() ui.Pages {
	number := max(m.Query.Page, 1)
	from := (number-1)*variantsAPage + 1
	return ui.Pages{
		Number: number, Last: max(1, (m.Total+variantsAPage-1)/variantsAPage), From: from, To: from + len(m.Rows) - 1, Total: m.Total,
	}
}
