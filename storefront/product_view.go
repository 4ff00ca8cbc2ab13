package storefront

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
)

// productView is the article with the chosen variant.
func (v *visit) productView(g *goods, text catalog.Text, a addition) (*view.Product, error) {
	p := g.product
	prices, err := v.priceVariants(g)
	if err != nil {
		return nil, err
	}
	out := &view.Product{
		ID: p.ID.String(), Name: text.Name, URL: v.links.product(text.Slug), Summary: text.Summary,
		Description: view.HTML(text.Body), Images: v.gallery(g, text.Name),
		Stock: &view.Stock{State: "out"},
		Print: v.printed(v.links.absolute(v.links.product(text.Slug))),
	}
	for _, panel := range g.panels {
		out.Views = append(out.Views, view.Panel{ID: "v-" + panel.ID.String(),
			Title: panel.Titles.In(v.locale(), v.main()), Body: view.HTML(panel.Bodies.In(v.locale(), v.main()))})
	}
	if len(out.Images) > 0 {
		out.Image = out.Images[0]
	}
	if out.Extras, err = v.extrasView(g); err != nil {
		return nil, err
	}
	sale := false
	if g.grid != nil {
		out.Facts = v.facts(p, nil)
		out.Grid, out.Price, out.Stock = v.gridView(g, prices, a), prices.from(), v.anyStock(p)
		sale = out.Price != nil && out.Price.Was != nil
	} else if out.Options, out.Facts = v.options(g, prices), v.facts(p, g.choice.variant); g.choice.variant != nil {
		one := g.choice.variant
		out.SKU, out.Stock, out.Price = one.SKU, v.stockView(p, *one), prices[one.ID].price
		sale = out.Price.Was != nil
		if prices[one.ID].explained {
			if out.Why, err = v.whyOne(new(g.label(one, v.chosenExtras(p, g.choice.extras)))); err != nil {
				return nil, err
			}
		}
		if img := v.fromAlbum(g.album, one.Picture, text.Name); img != nil {
			out.Image = img
		}
	} else {
		out.Price = prices.least()
	}
	if out.Send, err = v.estimate(g); err != nil {
		return nil, err
	}
	soon := v.upcoming(p.AvailableOn) && (out.Stock.Date != nil || !out.Stock.Available)
	out.Badges = v.badges(p.Flags, soon, sale, !out.Stock.Available)
	out.Add = v.addForm(p, a)
	v.classes(p, out)
	if out.Variants, err = v.variants(g, text.Name, prices); err != nil {
		return nil, err
	}
	return out, v.linked(g, out)
}

// addForm puts the chosen variant into the cart.
func (v *visit) addForm(p *catalog.Product, a addition) *view.AddForm {
	if a.quantity == "" {
		a.quantity = "1"
	}
	return &view.AddForm{
		Form:     view.Form{Action: post(v.links.to("/cart/items"), "product", p.ID.String()), Error: a.formError},
		Quantity: view.Input{Name: "quantity", Value: a.quantity, Error: a.quantityError},
		Min:      1, Step: 1,
	}
}

// variants are all combinations, extras included, for the script (ART-07); none when there is nothing
// to choose, or more than a page carries. Why they cost what they do is told of the chosen one only: that is half
// the work of a page, and the script asks for it where a reader does. prices are those with the chosen extras.
func (v *visit) variants(g *goods, name string, prices shelf) ([]*view.Variant, error) {
	p := g.product
	all := combos(p.Extras)
	if g.grid != nil || len(p.Options)+len(p.Extras) == 0 || len(p.Variants)*len(all) > view.MaxVariants {
		return nil, nil
	}
	var list []*view.Variant
	var labels []label
	var tags []tag
	for i := range p.Variants {
		one := &p.Variants[i]
		if !one.Active {
			continue
		}
		for _, extras := range all {
			if len(p.Extras) == 0 {
				tags = append(tags, prices[one.ID])
			} else {
				labels = append(labels, g.label(one, v.chosenExtras(p, extras)))
			}
			list = append(list, &view.Variant{Key: g.key(one, extras), SKU: one.SKU,
				Stock: v.stockView(p, *one), Image: v.fromAlbum(g.album, one.Picture, name)})
		}
	}
	if len(p.Extras) > 0 {
		var err error
		if tags, err = v.tags(labels); err != nil {
			return nil, err
		}
	}
	for i := range tags {
		list[i].Price, list[i].Explained = tags[i].price, tags[i].explained
	}
	return list, nil
}

// key is how the script names a combination: the values in the order of the page.
func (g *goods) key(one *catalog.Variant, extras map[string]string) string {
	var parts []string
	for _, o := range g.product.Options {
		parts = append(parts, one.Options[o.Code])
	}
	for _, e := range g.product.Extras {
		parts = append(parts, extras[e.Code])
	}
	return strings.Join(parts, "|")
}

// facts are what can be said of the article in a word.
func (v *visit) facts(p *catalog.Product, one *catalog.Variant) []view.Pair {
	var list []view.Pair
	add := func(key, value string) {
		if value != "" {
			list = append(list, view.Pair{Name: v.say(key, nil), Value: value})
		}
	}
	if one != nil && one.WeightG > 0 {
		add("storefront.fact.weight", v.weight(one.WeightG))
	}
	if one != nil {
		add("storefront.fact.barcode", one.Barcode)
	}
	add("storefront.fact.unit", p.Unit)
	if p.Rating != nil {
		add("storefront.fact.rating", i18n.FormatNumber(v.locale(), *p.Rating))
	}
	return list
}

// gramsPerKilo is where weights are written in kilograms.
const gramsPerKilo = 1000

func (v *visit) weight(grams int) string {
	if grams < gramsPerKilo {
		return strconv.Itoa(grams) + " g"
	}
	return i18n.FormatNumber(v.locale(), decimal.New(int64(grams), -3)) + " kg"
}

// gallery is the article's pictures: those of the chosen values first, those of other values last, so
// that all of them stay within reach of a reader without script (ART-11).
func (v *visit) gallery(g *goods, name string) []*view.Image {
	var first, middle, last []*view.Image
	for _, m := range g.product.Pictures {
		img := v.fromAlbum(g.album, &m.Media, name)
		switch {
		case img == nil:
		case m.Option == "":
			middle = append(middle, img)
		case g.grid == nil && g.choice.has(m.Option):
			img.Choice = optionField(m.Option)
			first = append(first, img)
		default:
			img.Choice = optionField(m.Option)
			last = append(last, img)
		}
	}
	return append(append(first, middle...), last...)
}

// has tells whether a reference such as "colour=red" is part of the choice.
func (c choice) has(ref string) bool {
	for _, chosen := range []map[string]string{c.values, c.extras} {
		for code, value := range chosen {
			if ref == code+"="+value {
				return true
			}
		}
	}
	return false
}

// brandCode is the classification shown as an article's brand.
const brandCode = "brand"

// classes are the article's places in classifications other than the families (CAT-03).
func (v *visit) classes(p *catalog.Product, out *view.Product) {
	places := map[string]*view.Class{}
	for _, id := range p.Nodes {
		n, ok := v.face.tree.Node(id)
		if !ok || !v.face.tree.Shown(n) {
			continue
		}
		x := v.face.tree.TaxonomyOf(n)
		if x.Code == catalog.Families {
			continue
		}
		name, url := v.nodeText(n).Name, v.nodeURL(v.links, n)
		if x.Code == brandCode && out.Brand == nil {
			out.Brand = &view.Link{Label: name, URL: url}
		}
		if places[x.Code] == nil {
			places[x.Code] = &view.Class{Name: x.Names.In(v.locale(), v.main())}
			out.Classes = append(out.Classes, places[x.Code])
		}
		places[x.Code].Links = append(places[x.Code].Links, &view.Link{Label: name, URL: url})
	}
}

// linked are the articles shown beside this one, by why they are (ART-12).
func (v *visit) linked(g *goods, out *view.Product) error {
	cards, err := v.cards(g.linked, g.instead)
	if err != nil {
		return err
	}
	out.Replacements = cards[1]
	for _, l := range g.product.Links {
		for i := range g.linked {
			if g.linked[i].ID != l.Other {
				continue
			}
			switch l.Kind {
			case catalog.Replacement:
				out.Replacements = append(out.Replacements, cards[0][i])
			case catalog.Complementary:
				out.Complementary = append(out.Complementary, cards[0][i])
			case catalog.Similar, catalog.Upsell:
				out.Similar = append(out.Similar, cards[0][i])
			}
		}
	}
	return nil
}
