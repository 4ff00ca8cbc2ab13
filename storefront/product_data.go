package storefront

import (
	"time"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/profile"
)

// availability are the words of schema.org for the states of stock.
var availability = map[string]string{
	"available":   "https://schema.org/InStock",
	"in_stock":    "https://schema.org/InStock",
	"low":         "https://schema.org/LimitedAvailability",
	"on_order":    "https://schema.org/BackOrder",
	"forthcoming": "https://schema.org/PreOrder",
	"preorder":    "https://schema.org/PreOrder",
	"out":         "https://schema.org/OutOfStock",
}

// productData is the article for search engines: schema.org Product, Offer and BreadcrumbList. The
// price is in the shop's own currency, whichever the page shows, and base where the page shows one with
// options that were chosen.
func (v *visit) productData(g *goods, p *view.Product, base *view.Price, crumbs []*view.Link) ([]any, error) {
	doc := map[string]any{
		"@context": "https://schema.org", "@type": "Product", "name": p.Name, "url": v.links.absolute(p.URL),
	}
	set := func(key string, value any, ok bool) {
		if ok {
			doc[key] = value
		}
	}
	set("description", p.Summary, p.Summary != "")
	set("sku", p.SKU, p.SKU != "")
	if one := g.choice.variant; one != nil && g.grid == nil {
		set("gtin", one.Barcode, isGTIN(one.Barcode))
	}
	if p.Brand != nil {
		doc["brand"] = map[string]any{"@type": "Brand", "name": p.Brand.Label}
	}
	var images []string
	for _, img := range p.Images {
		images = append(images, v.links.absolute(img.URL))
	}
	set("image", images, len(images) > 0)
	if base == nil {
		base = p.Price
	}
	// Search engines see what anonymous buyers pay, and what others pay is nobody's to read there.
	set("offers", v.offer(g, p, base), base != nil && v.profile.Kind == profile.KindAnonymous && !v.profile.undecided)
	return []any{doc, v.breadcrumbData(crumbs)}, nil
}

func (v *visit) offer(g *goods, p *view.Product, base *view.Price) map[string]any {
	if base == nil {
		return nil
	}
	price := base.Now
	if base.Own != nil {
		price = *base.Own
	}
	offer := map[string]any{
		"@type": "Offer", "price": price.Amount, "priceCurrency": price.Currency,
		"availability": availability[p.Stock.State], "url": v.links.absolute(p.URL),
	}
	if p.Stock.Date != nil {
		offer["availabilityStarts"] = p.Stock.Date.Format(time.DateOnly)
	}
	if g.product.Kind == catalog.Physical {
		offer["itemCondition"] = "https://schema.org/NewCondition"
	}
	return offer
}

func (v *visit) breadcrumbData(crumbs []*view.Link) map[string]any {
	items := make([]any, 0, len(crumbs)+1)
	add := func(name, url string) {
		items = append(items, map[string]any{"@type": "ListItem", "position": len(items) + 1, "name": name, "item": v.links.absolute(url)})
	}
	add(v.settings().Identity.Name, v.links.home())
	for _, c := range crumbs {
		add(c.Label, c.URL)
	}
	return map[string]any{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
}

// isGTIN accepts the lengths of trade item numbers (GS1).
func isGTIN(code string) bool {
	for i := range len(code) {
		if code[i] < '0' || code[i] > '9' {
			return false
		}
	}
	return len(code) == 8 || len(code) == 12 || len(code) == 13 || len(code) == 14
}
