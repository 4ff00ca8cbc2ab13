package transfer

import (
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// lookup is what a batch of articles names beside itself, read in a handful of queries.
type lookup struct {
	resolver
	tree   *catalog.Tree
	nodes  map[string]catalog.NodeID // by nodeKey
	media  map[media.ID]*media.Media
	refs   map[string]string   // what a file calls a picture → its ref
	byRef  map[string]media.ID // pictures the shop has
	panels map[catalog.PanelID]catalog.Panel
	codes  map[catalog.ProductID]string
}

func newLookup(tx tenant.Tx, r resolver) (*lookup, error) {
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return nil, err
	}
	k := &lookup{resolver: r, tree: tree, nodes: map[string]catalog.NodeID{}, media: map[media.ID]*media.Media{},
		refs: map[string]string{}, byRef: map[string]media.ID{}, panels: map[catalog.PanelID]catalog.Panel{},
		codes: map[catalog.ProductID]string{}}
	for _, x := range tree.Taxonomies {
		k.plant(x.Code, nil, tree.Top(x.ID))
	}
	return k, nil
}

// nodeKey names a node by the way to it.
func nodeKey(taxonomy string, path []string) string {
	return taxonomy + "\x00" + strings.Join(path, "\x00")
}

func (k *lookup) plant(taxonomy string, above []string, nodes []*catalog.Node) {
	for _, n := range nodes {
		path := append(above[:len(above):len(above)], strings.TrimSpace(unbreak(n.Text(k.fallback, k.fallback).Name)))
		key := nodeKey(taxonomy, path)
		if _, taken := k.nodes[key]; !taken {
			k.nodes[key] = n.ID
		}
		k.plant(taxonomy, path, k.tree.Children(n.ID))
	}
}

// learn reads what products name, for the fields of the layout.
func (k *lookup) learn(tx tenant.Tx, l *layout, products []*catalog.Product) error {
	if l.fields["pictures"] || l.fields["picture"] || l.fields["pictures.alt"] || l.fields["option.swatch"] {
		if err := k.learnMedia(tx, products); err != nil {
			return err
		}
	}
	if l.fields["panel.title"] || l.fields["panel.body"] || l.fields["panel.shared"] {
		var ids []catalog.PanelID
		for _, p := range products {
			ids = append(ids, p.Panels...)
		}
		found, err := catalog.Panels(tx, ids)
		if err != nil {
			return err
		}
		for _, p := range found {
			k.panels[p.ID] = p
		}
	}
	if l.fields["links"] {
		var ids []catalog.ProductID
		for _, p := range products {
			for _, other := range p.Links {
				ids = append(ids, other.Other)
			}
		}
		codes, err := catalog.Codes(tx, ids)
		if err != nil {
			return err
		}
		k.codes = codes
	}
	return nil
}

func (k *lookup) learnMedia(tx tenant.Tx, products []*catalog.Product) error {
	var ids []media.ID
	for _, p := range products {
		for _, m := range p.Pictures {
			ids = append(ids, m.Media)
		}
		for _, v := range p.Variants {
			if v.Picture != nil {
				ids = append(ids, *v.Picture)
			}
		}
		for _, o := range p.Options {
			for _, x := range o.Values {
				if x.Media != nil {
					ids = append(ids, *x.Media)
				}
			}
		}
	}
	return k.addMedia(tx, ids)
}

func (k *lookup) addMedia(tx tenant.Tx, ids []media.ID) error {
	found, err := media.FindAll(tx, ids)
	if err != nil {
		return err
	}
	for _, m := range found {
		k.media[m.ID] = m
		k.byRef[refOf(m)] = m.ID
	}
	return nil
}

const mediaRef = "media:"

// refOf is what a file calls a picture: where it came from, else its id.
func refOf(m *media.Media) string {
	if m.SourceURL != "" {
		return m.SourceURL
	}
	return mediaRef + m.ID.String()
}

// ref is what a file calls the picture of an id.
func (k *lookup) ref(m media.ID) string {
	if found, ok := k.media[m]; ok {
		return refOf(found)
	}
	return ""
}

func isAddress(ref string) bool {
	return strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://")
}

// resolvePictures finds what names of pictures mean: addresses stay, ids and file names are looked
// up. What is not in refs afterwards does not exist.
func (k *lookup) resolvePictures(tx tenant.Tx, names []string) error {
	var addresses, files []string
	var ids []media.ID
	for _, name := range names {
		if rest, ok := strings.CutPrefix(name, mediaRef); ok {
			if m, err := id.Parse[media.Media](rest); err == nil {
				ids = append(ids, m)
			}
		} else if isAddress(name) {
			if media.CheckAddress(name) == nil {
				addresses = append(addresses, name)
				k.refs[name] = name
			}
		} else {
			files = append(files, name)
		}
	}
	byAddress, err := media.ByAddress(tx, addresses)
	if err != nil {
		return err
	}
	byFile, err := media.ByFileName(tx, files)
	if err != nil {
		return err
	}
	for _, m := range byAddress {
		ids = append(ids, m)
	}
	for _, m := range byFile {
		ids = append(ids, m)
	}
	if err := k.addMedia(tx, ids); err != nil {
		return err
	}
	for name, m := range byFile {
		k.refs[name] = k.ref(m)
	}
	for _, name := range names {
		if _, ok := k.byRef[name]; ok {
			k.refs[name] = name
		}
	}
	return nil
}

// pathOf is the way to a node, in names of a language.
func (k *lookup) pathOf(n *catalog.Node, l i18n.Locale) []string {
	path := make([]string, 0, len(n.Path))
	for _, above := range n.Path {
		if a, ok := k.tree.Node(above); ok {
			path = append(path, a.Text(l, k.fallback).Name)
		}
	}
	return path
}

// nodesOf are the entries of a taxonomy that an article belongs to, its main one first.
func (k *lookup) nodesOf(p *catalog.Product, taxonomy string) []*catalog.Node {
	x, ok := k.tree.Taxonomy(taxonomy)
	if !ok {
		return nil
	}
	var out []*catalog.Node
	for _, which := range p.Nodes {
		n, ok := k.tree.Node(which)
		switch {
		case !ok || n.Taxonomy != x.ID:
		case which == p.MainNode:
			out = append([]*catalog.Node{n}, out...)
		default:
			out = append(out, n)
		}
	}
	return out
}
