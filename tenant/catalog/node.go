package catalog

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// NodeID names a family or another entry of a taxonomy.
type NodeID = id.Of[Node]

// TaxonomyID names a taxonomy.
type TaxonomyID = id.Of[Taxonomy]

// Families is the code of the taxonomy every shop has: its tree of families.
const Families = "family"

// Taxonomy is a way to class articles (CAT-03): families, brands, authors …
type Taxonomy struct {
	ID       TaxonomyID
	Code     string
	Names    i18n.Text
	Tree     bool // entries may have children
	Facet    bool // offered as a filter in lists
	Position int
}

// Node is one entry: a family, a brand.
type Node struct {
	ID        NodeID
	Taxonomy  TaxonomyID
	Parent    NodeID   // zero at the top
	Path      []NodeID // from the top to the node itself
	Code      string   // unique in its taxonomy
	Position  int
	Visible   bool
	ShowStock settings.Show // how its articles tell their stock; "" as the family above, or the shop (STK-01)
	Media     *media.ID
	Texts     map[i18n.Locale]NodeText
	Rev       int
	UpdatedAt time.Time
}

// NodeText is what a node is called in one language. Body is sanitised HTML.
type NodeText struct {
	Name           string
	Slug           string
	Body           string
	SEOTitle       string
	SEODescription string
}

// Depth is 1 at the top.
func (n *Node) Depth() int { return len(n.Path) }
