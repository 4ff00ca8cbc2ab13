package transfer

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// shopifySource reads Shopify's product export: rows of one Handle are an article; rows without an
// option value, SKU or price only bring a picture. Each article is rewritten into cells of our own
// columns.
type shopifySource struct {
	rows  *rows
	cols  *layout
	at    map[string]int // column of the file by name
	ahead *record
	spare record
	local string // ".fr"
}

// shopifyColumns are ours that the export fills; where a language is meant it is the shop's own.
var shopifyColumns = []string{
	"code", "state", "kind", "tax_class", "name", "body", "seo_title", "seo_description", "families", "taxonomy.brand",
	"taxonomy.tag", "pictures", "pictures.alt", "sku", "barcode", "price", "compare_at", "cost", "weight_g", "picture",
	"tracked", "backorder", "stock",
}

const shopifyOptions = 3

// shopifyKnown are columns of the export that have no place here, with the beginnings of others.
var (
	shopifyKnown = []string{"Variant Fulfillment Service", "Variant Weight Unit", "Variant Tax Code", "Image Position",
		"Product Category", "Standardized Product Type", "Custom Product Type", "Standard Product Type", "Collection"}
	shopifyKnownStarts = []string{"Google Shopping", "Included /", "Price /", "Compare At Price /", "Option1 Linked", "Option2 Linked", "Option3 Linked"}
)

func newShopifySource(rows *rows, r resolver) (s *shopifySource, unknown, ignored []string) {
	s = &shopifySource{rows: rows, at: map[string]int{}, cols: newLayout(nil), local: "." + string(r.fallback)}
	for i, name := range rows.header {
		s.at[name] = i
	}
	names := slices.Clone(shopifyColumns)
	for n := range shopifyOptions {
		o := "option" + strconv.Itoa(n+1)
		names = append(names, o+".name", o+".value")
	}
	for _, name := range names {
		if c, ok := r.column(name); ok && s.feeds(c.name) {
			s.cols.add(c)
		}
	}
	for _, name := range rows.header {
		switch {
		case name == "" || slices.Contains(shopifyUsed, name):
		case slices.Contains(shopifyKnown, name) || slices.ContainsFunc(shopifyKnownStarts, func(p string) bool { return strings.HasPrefix(name, p) }):
			ignored = append(ignored, name)
		default:
			unknown = append(unknown, name)
		}
	}
	return s, unknown, ignored
}

// shopifyUsed are the columns of the export that are read.
var shopifyUsed = slices.Concat(slices.Collect(maps.Values(shopifyDirect)), []string{"Published", "Status", "Gift Card", "Variant Taxable",
	"Variant Requires Shipping", "Variant Inventory Tracker", "Variant Inventory Policy", "Variant Inventory Qty", "Image Src", "Image Alt Text",
	"Tags", "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value"})

// shopifyDirect are columns taken over as they are.
var shopifyDirect = map[string]string{
	"code": "Handle", "name": "Title", "body": "Body (HTML)", "seo_title": "SEO Title", "seo_description": "SEO Description",
	"families": "Type", "taxonomy.brand": "Vendor", "sku": "Variant SKU", "barcode": "Variant Barcode", "price": "Variant Price",
	"compare_at": "Variant Compare At Price", "cost": "Cost per item", "weight_g": "Variant Grams", "picture": "Variant Image",
}

// feeds tells whether the file has what fills a column of ours.
func (s *shopifySource) feeds(name string) bool {
	from, direct := shopifyDirect[strings.TrimSuffix(name, s.local)]
	if !direct {
		return true
	}
	_, ok := s.at[from]
	return ok
}

func (s *shopifySource) layout() *layout { return s.cols }

func (s *shopifySource) next() (*entry, error) {
	var group []record
	for {
		r, err := s.take()
		if errors.Is(err, io.EOF) && len(group) > 0 {
			return s.rewrite(group), nil
		}
		if err != nil {
			return nil, err
		}
		if len(group) > 0 && (r.err != nil || group[0].err != nil || s.get(r, "Handle") != s.get(group[0], "Handle")) {
			s.spare = r
			s.ahead = &s.spare
			return s.rewrite(group), nil
		}
		r.cells = slices.Clone(r.cells)
		group = append(group, r)
	}
}

func (s *shopifySource) take() (record, error) {
	if s.ahead != nil {
		r := *s.ahead
		s.ahead = nil
		return r, nil
	}
	return s.rows.next()
}

func (s *shopifySource) get(r record, name string) string {
	if i, ok := s.at[name]; ok && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

var errGiftCard = fault.New(fault.Malformed, "transfer.gift_card")

func (s *shopifySource) rewrite(group []record) *entry {
	first := group[0]
	e := &entry{line: first.line, code: s.get(first, "Handle"), article: make([]string, len(s.cols.columns))}
	if first.err != nil {
		e.refuse(first.line, "", first.err)
		return e
	}
	if strings.EqualFold(s.get(first, "Gift Card"), "true") {
		e.refuse(first.line, "Gift Card", errGiftCard)
	}
	for name := range shopifyDirect {
		if at, ok := s.place(name); ok && !s.cols.columns[at].variant {
			e.article[at] = s.get(first, shopifyDirect[name])
		}
	}
	s.set(e.article, "families", listEscape.Replace(s.get(first, "Type")))
	s.set(e.article, "taxonomy.brand", pathEscape.Replace(s.get(first, "Vendor")))
	s.set(e.article, "taxonomy.tag", tags(s.get(first, "Tags")))
	s.set(e.article, "state", s.state(first))
	s.set(e.article, "kind", "physical")
	if strings.EqualFold(s.get(first, "Variant Requires Shipping"), "false") {
		s.set(e.article, "kind", "digital")
	}
	s.set(e.article, "tax_class", "standard")
	if strings.EqualFold(s.get(first, "Variant Taxable"), "false") {
		s.set(e.article, "tax_class", "exempt")
	}
	s.pictures(e, group)
	for n := range shopifyOptions {
		o := strconv.Itoa(n + 1)
		if name := s.get(first, "Option"+o+" Name"); !s.lone(first) {
			s.set(e.article, "option"+o+".name", name)
		}
	}
	for _, r := range group {
		if s.get(r, "Option1 Value") != "" || s.get(r, "Variant SKU") != "" || s.get(r, "Variant Price") != "" || r.line == first.line {
			e.variants = append(e.variants, s.variant(first, r))
		}
	}
	return e
}

// place finds a column of ours, in the shop's own language where it has one.
func (s *shopifySource) place(name string) (int, bool) {
	if at, ok := s.cols.at[name]; ok {
		return at, true
	}
	at, ok := s.cols.at[name+s.local]
	return at, ok
}

func (s *shopifySource) set(cells []string, name, value string) {
	if at, ok := s.place(name); ok {
		cells[at] = value
	}
}

// lone tells the article without options, which the export writes as an option "Title" with the
// one value "Default Title".
func (s *shopifySource) lone(r record) bool {
	return s.get(r, "Option1 Name") == "Title" && s.get(r, "Option1 Value") == "Default Title"
}

func (s *shopifySource) state(r record) string {
	switch status := strings.ToLower(s.get(r, "Status")); {
	case status == "archived" || status == "draft":
		return status
	case strings.EqualFold(s.get(r, "Published"), "false"):
		return "draft"
	case status == "active" || strings.EqualFold(s.get(r, "Published"), "true"):
		return "published"
	}
	return "draft"
}

func (s *shopifySource) pictures(e *entry, group []record) {
	var refs, alts []string
	for _, r := range group {
		if src := s.get(r, "Image Src"); src != "" && !slices.Contains(refs, src) {
			refs, alts = append(refs, src), append(alts, s.get(r, "Image Alt Text"))
		}
	}
	s.set(e.article, "pictures", joinList(refs))
	s.set(e.article, "pictures.alt", joinList(alts))
}

func (s *shopifySource) variant(first, r record) variantCells {
	v := variantCells{line: r.line, cells: make([]string, len(s.cols.columns))}
	for name, from := range shopifyDirect {
		if at, ok := s.place(name); ok && s.cols.columns[at].variant {
			v.cells[at] = s.get(r, from)
		}
	}
	if price := s.get(r, "Variant Price"); price == "" {
		s.set(v.cells, "price", s.get(first, "Variant Price"))
	}
	tracked := s.get(r, "Variant Inventory Tracker") != ""
	s.set(v.cells, "tracked", yesText(tracked))
	s.set(v.cells, "backorder", yesText(strings.EqualFold(s.get(r, "Variant Inventory Policy"), "continue")))
	if tracked {
		s.set(v.cells, "stock", s.get(r, "Variant Inventory Qty"))
	}
	for n := range shopifyOptions {
		o := strconv.Itoa(n + 1)
		if !s.lone(first) && s.get(first, "Option"+o+" Name") != "" {
			s.set(v.cells, "option"+o+".value", s.get(r, "Option"+o+" Value"))
		}
	}
	return v
}

// tags turns "a, b" into a list.
func tags(cell string) string {
	var out []string
	for t := range strings.SplitSeq(cell, ",") {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	paths := make([][]string, len(out))
	for i, t := range out {
		paths[i] = []string{t}
	}
	return joinPaths(paths)
}

var _ source = (*shopifySource)(nil)
