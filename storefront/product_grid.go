package storefront

import (
	"strings"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
)

// cellField is the name of the field of a variant's quantity in a grid.
func cellField(variant string) string { return cellPrefix + variant }

const cellPrefix = "q."

// gridOf is the table of an article that is ordered from one, nil for any other, and for one with more
// variants than a table shows.
func gridOf(p *catalog.Product) *catalog.Grid {
	grid, ok := p.Table()
	if !ok || p.Near || len(p.Variants) > catalog.MaxCells {
		return nil
	}
	return &grid
}

// gridView is the table with what was typed into it. Rows and columns in which nothing is sold are
// left out.
func (v *visit) gridView(g *goods, prices shelf, a addition) *view.Grid {
	out := &view.Grid{Heads: []*view.GridHead{{}}}
	columns := []catalog.OptionValue{{}}
	if g.grid.Across != nil {
		out.Across = v.optionName(*g.grid.Across)
		out.Heads, columns = nil, nil
		for _, value := range g.grid.Across.Values {
			if !g.sold(g.grid.Across.Code, value.Code) {
				continue
			}
			columns = append(columns, value)
			out.Heads = append(out.Heads, &view.GridHead{Label: v.valueName(value), Image: v.fromAlbum(g.album, value.Media, "")})
		}
	}
	var names []string
	for _, o := range g.grid.Down {
		names = append(names, v.optionName(o))
	}
	out.Down = strings.Join(names, ", ")
	index := g.index()
	g.eachRow(func(chosen map[string]string, values []catalog.OptionValue) {
		row, any := &view.GridRow{}, false
		row.Label, row.Images = v.rowName(values), v.swatches(g, values)
		for i, value := range columns {
			if g.grid.Across != nil {
				chosen[g.grid.Across.Code] = value.Code
			}
			one := index[catalog.OptionKey(chosen)]
			row.Cells = append(row.Cells, v.gridCell(g, one, row.Label, out.Heads[i].Label, prices, a))
			any = any || one != nil
		}
		if any {
			out.Rows = append(out.Rows, row)
		}
	})
	return out
}

// gridCell is one cell; nothing but its name where the combination is not sold.
func (v *visit) gridCell(g *goods, one *catalog.Variant, row, head string, prices shelf, a addition) *view.GridCell {
	cell := &view.GridCell{Label: row}
	if head != "" {
		cell.Label = strings.TrimPrefix(row+", "+head, ", ")
	}
	if one == nil {
		return cell
	}
	id := one.ID.String()
	cell.Quantity = view.Input{Name: cellField(id), Value: a.cells[id], Error: a.cellErrors[id]}
	cell.Price, cell.Stock = prices[one.ID].price, v.stockView(g.product, *one)
	return cell
}

// eachRow visits the combinations of the options down, the last changing fastest.
func (g *goods) eachRow(visit func(chosen map[string]string, values []catalog.OptionValue)) {
	chosen := map[string]string{}
	var values []catalog.OptionValue
	var walk func(int)
	walk = func(i int) {
		if i == len(g.grid.Down) {
			visit(chosen, values)
			return
		}
		o := g.grid.Down[i]
		for _, value := range o.Values {
			if !g.sold(o.Code, value.Code) {
				continue
			}
			chosen[o.Code] = value.Code
			values = append(values, value)
			walk(i + 1)
			values = values[:len(values)-1]
		}
		delete(chosen, o.Code)
	}
	walk(0)
}

// sold tells whether any variant that is for sale has a value.
func (g *goods) sold(option, value string) bool {
	for i := range g.product.Variants {
		if one := &g.product.Variants[i]; one.Active && one.Options[option] == value {
			return true
		}
	}
	return false
}

// anyStock is the stock of an article of which any variant can be bought, without telling of one; the day where all
// that can be had is still to come.
func (v *visit) anyStock(p *catalog.Product) *view.Stock {
	var there, soon *view.Stock
	terms := ""
	for _, one := range p.Variants {
		switch s := v.stockView(p, one); {
		case s.State == "preorder":
			soon, terms = s, s.Terms
		case s.Available:
			there = s
		case s.State == "forthcoming" && soon == nil:
			soon = s
		}
	}
	switch {
	case there != nil:
		return &view.Stock{State: "available", Available: true, Terms: terms}
	case soon != nil:
		return soon
	}
	return &view.Stock{State: "out"}
}

func (v *visit) rowName(values []catalog.OptionValue) string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = v.valueName(value)
	}
	return strings.Join(names, ", ")
}

// swatches are those of the values of a row, in the order of its name (ART-11).
func (v *visit) swatches(g *goods, values []catalog.OptionValue) []*view.Image {
	var list []*view.Image
	for _, value := range values {
		if img := v.fromAlbum(g.album, value.Media, ""); img != nil {
			list = append(list, img)
		}
	}
	return list
}

func (v *visit) optionName(o catalog.Option) string {
	return nameOr(o.Name.In(v.locale(), v.main()), o.Code)
}

func (v *visit) valueName(value catalog.OptionValue) string {
	return nameOr(value.Name.In(v.locale(), v.main()), value.Code)
}
