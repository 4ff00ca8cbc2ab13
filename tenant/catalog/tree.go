package catalog

import (
	"encoding/json"
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Tree is every taxonomy with its nodes, as menus, breadcrumbs, filters and the office's tree read
// it. Shared between requests: never alter it.
type Tree struct {
	Taxonomies []*Taxonomy
	byID       map[NodeID]*Node
	children   map[NodeID][]*Node     // by parent
	tops       map[TaxonomyID][]*Node // without parent
	slugs      map[address]*Node
}

// ReadTree reads it, from memory when nothing has changed.
func ReadTree(tx tenant.Tx) (*Tree, error) { return tenant.Memo(tx, "catalog.tree", readTree) }

// Node is the node of an id, false when there is none.
func (t *Tree) Node(n NodeID) (*Node, bool) { found, ok := t.byID[n]; return found, ok }

// ByText is the node whose id this is as text, false for any other text.
func (t *Tree) ByText(text string) (*Node, bool) {
	which, err := id.Parse[Node](text)
	if err != nil {
		return nil, false
	}
	return t.Node(which)
}

// Size is the number of nodes.
func (t *Tree) Size() int { return len(t.byID) }

// Children are the nodes right below, in order.
func (t *Tree) Children(n NodeID) []*Node { return t.children[n] }

// Top are the nodes of a taxonomy that have no parent, in order.
func (t *Tree) Top(x TaxonomyID) []*Node { return t.tops[x] }

// Taxonomy is the taxonomy of a code.
func (t *Tree) Taxonomy(code string) (*Taxonomy, bool) {
	i := slices.IndexFunc(t.Taxonomies, func(x *Taxonomy) bool { return x.Code == code })
	if i < 0 {
		return nil, false
	}
	return t.Taxonomies[i], true
}

// TaxonomyOf is the taxonomy a node belongs to.
func (t *Tree) TaxonomyOf(n *Node) *Taxonomy {
	i := slices.IndexFunc(t.Taxonomies, func(x *Taxonomy) bool { return x.ID == n.Taxonomy })
	return t.Taxonomies[i]
}

// BySlug is the node of an address.
func (t *Tree) BySlug(l i18n.Locale, slug string) (*Node, bool) {
	n, ok := t.slugs[address{l, slug}]
	return n, ok
}

// ByCode is the node of a code in a taxonomy.
func (t *Tree) ByCode(x TaxonomyID, code string) (*Node, bool) {
	for _, n := range t.byID {
		if n.Taxonomy == x && n.Code == code {
			return n, true
		}
	}
	return nil, false
}

// Shown tells whether a node and everything above it is visible.
func (t *Tree) Shown(n *Node) bool {
	for _, above := range n.Path {
		if a, ok := t.byID[above]; !ok || !a.Visible {
			return false
		}
	}
	return true
}

// Lineage lists nodes with everything above them, as text: what rules about families are asked with.
func (t *Tree) Lineage(nodes []NodeID) []string {
	var list []string
	for _, which := range nodes {
		n, ok := t.byID[which]
		if !ok {
			continue
		}
		for _, above := range n.Path {
			if text := above.String(); !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return list
}

// Text is the node's text in l, or the best other.
func (n *Node) Text(l, fallback i18n.Locale) NodeText {
	for _, try := range []i18n.Locale{l, fallback} {
		if t, ok := n.Texts[try]; ok && t.Name != "" {
			return t
		}
	}
	best := NodeText{Name: n.Code}
	first := i18n.Locale("")
	for l, t := range n.Texts {
		if t.Name != "" && (first == "" || l < first) {
			best, first = t, l
		}
	}
	return best
}

func readTree(tx tenant.Tx) (*Tree, error) {
	var doc []byte
	err := tx.DB().Raw(`
		select jsonb_build_object(
			'taxonomies', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position, x.code), '[]') from taxonomies x),
			'nodes', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'taxonomy', n.taxonomy_id, 'parent', n.parent_id,
					'path', n.path, 'code', n.code, 'position', n.position, 'visible', n.visible, 'showstock', n.show_stock, 'media', n.media_id,
					'rev', n.rev, 'updated_at', n.updated_at, 'texts', t.texts) order by n.position, n.code), '[]')
				from nodes n left join (
					select node_id, jsonb_object_agg(locale, jsonb_build_object('name', name, 'slug', slug, 'body', body,
						'seotitle', seo_title, 'seodescription', seo_description)) as texts
					from node_texts group by node_id) t on t.node_id = n.id))`).Row().Scan(&doc)
	if err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	var read struct {
		Taxonomies []*Taxonomy
		Nodes      []*Node
	}
	if err := json.Unmarshal(doc, &read); err != nil {
		return nil, fmt.Errorf("read tree: %w", err)
	}
	return plant(read.Taxonomies, read.Nodes), nil
}

func plant(taxonomies []*Taxonomy, nodes []*Node) *Tree {
	t := &Tree{
		Taxonomies: taxonomies,
		byID:       make(map[NodeID]*Node, len(nodes)),
		children:   map[NodeID][]*Node{},
		tops:       map[TaxonomyID][]*Node{},
		slugs:      make(map[address]*Node, len(nodes)),
	}
	for _, n := range nodes {
		t.byID[n.ID] = n
		if n.Parent.IsZero() {
			t.tops[n.Taxonomy] = append(t.tops[n.Taxonomy], n)
		} else {
			t.children[n.Parent] = append(t.children[n.Parent], n)
		}
		for l, text := range n.Texts {
			t.slugs[address{l, text.Slug}] = n
		}
	}
	return t
}
