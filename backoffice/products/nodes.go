package products

import (
	"slices"
	"strings"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
)

// maxOffered is how many entries of a classification are offered at once; of larger ones the chosen
// ones and those a search finds.
const maxOffered = 150

// nodeGroup is one classification with the entries offered for the article.
type nodeGroup struct {
	Taxonomy *catalog.Taxonomy
	Options  []ui.Option
	Large    bool // there are more than are offered
}

// nodeGroups are all classifications of the shop.
func (m *editor) nodeGroups() []nodeGroup {
	var groups []nodeGroup
	for _, t := range m.Tree.Taxonomies {
		all := m.below(m.Tree.Top(t.ID), nil)
		g := nodeGroup{Taxonomy: t, Large: len(all) > maxOffered}
		for _, n := range all {
			label := m.nodePath(n)
			if g.Large && !slices.Contains(m.Sheet.Nodes, n.ID.String()) && !m.foundNode(label) {
				continue
			}
			if len(g.Options) < maxOffered {
				g.Options = append(g.Options, ui.Option{Value: n.ID.String(), Label: label})
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// below lists entries with everything under them, each before what it contains.
func (m *editor) below(nodes, into []*catalog.Node) []*catalog.Node {
	for _, n := range nodes {
		into = m.below(m.Tree.Children(n.ID), append(into, n))
	}
	return into
}

func (m *editor) foundNode(label string) bool {
	search := strings.ToLower(m.Sheet.NodeSearch)
	return search != "" && strings.Contains(strings.ToLower(label), search)
}

// nodePath is an entry with what it lies in: "Kitchen › Cups".
func (m *editor) nodePath(n *catalog.Node) string {
	names := make([]string, 0, len(n.Path))
	for _, above := range n.Path {
		if a, ok := m.Tree.Node(above); ok {
			names = append(names, a.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name)
		}
	}
	return strings.Join(names, " › ")
}

// mainChoices are the families the canonical path can go through.
func (m *editor) mainChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.main_node.none")}}
	families, ok := m.Tree.Taxonomy(catalog.Families)
	if !ok {
		return choices
	}
	for _, text := range m.Sheet.Nodes {
		if n, known := m.node(text); known && n.Taxonomy == families.ID {
			choices = append(choices, ui.Option{Value: text, Label: m.nodePath(n)})
		}
	}
	return choices
}

func (m *editor) node(text string) (*catalog.Node, bool) {
	n, err := id.Parse[catalog.Node](text)
	if err != nil {
		return nil, false
	}
	return m.Tree.Node(n)
}

func (m *editor) nodeNames(ids []string) string {
	var names []string
	for _, text := range ids {
		if n, ok := m.node(text); ok {
			names = append(names, m.nodePath(n))
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
