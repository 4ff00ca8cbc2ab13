package transfer

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// make creates the families, brands and pictures that a batch names and the shop does not have.
// The number is how many pictures.
func (p *planner) make(tx tenant.Tx, who tenant.Actor, changes []*change) (t targets, pictures int, err error) {
	t = targets{nodes: maps.Clone(p.nodes), media: maps.Clone(p.byRef)}
	var remotes []media.Remote
	asked := map[string]bool{}
	for _, c := range changes {
		if !c.writes() {
			continue
		}
		if err := p.makeNodes(tx, who, c, t); err != nil {
			return t, 0, err
		}
		for _, ref := range p.wantedPictures(c) {
			if _, ok := t.media[ref]; !ok && isAddress(ref) && !asked[ref] {
				asked[ref] = true
				remotes = append(remotes, media.Remote{Address: ref})
			}
		}
	}
	reserved, err := media.Reserve(tx, remotes)
	if err != nil {
		return t, 0, err
	}
	maps.Copy(t.media, reserved)
	return t, len(remotes), nil
}

// nodesMade are the entries that make created.
func (p *planner) nodesMade(t targets) []catalog.NodeID {
	var made []catalog.NodeID
	for key, n := range t.nodes {
		if _, had := p.nodes[key]; !had {
			made = append(made, n)
		}
	}
	return made
}

// makeNodes creates the missing entries on the paths a change names.
func (p *planner) makeNodes(tx tenant.Tx, who tenant.Actor, c *change, t targets) error {
	for i, col := range p.cols.columns {
		if !c.changed[i] || col.value != paths || col.aux {
			continue
		}
		for n, path := range splitPaths(c.article[i]) {
			for depth := range path {
				way := path[:depth+1]
				if _, ok := t.nodes[nodeKey(col.taxonomy(), way)]; ok {
					continue
				}
				if err := p.makeNode(tx, who, col.taxonomy(), way, p.translations(c, col, n, depth), t); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// translations are the names of the entry at depth of path n in the languages the file gives.
func (p *planner) translations(c *change, col column, n, depth int) i18n.Text {
	out := i18n.Text{}
	for i, other := range p.cols.columns {
		if !other.aux || other.taxonomy() != col.taxonomy() {
			continue
		}
		if all := splitPaths(c.article[i]); n < len(all) && depth < len(all[n]) {
			out[other.locale] = all[n][depth]
		}
	}
	return out
}

func (p *planner) makeNode(tx tenant.Tx, who tenant.Actor, taxonomy string, way []string, names i18n.Text, t targets) error {
	x, err := p.taxonomy(tx, who, taxonomy)
	if err != nil {
		return err
	}
	name := way[len(way)-1]
	names[p.fallback] = name
	n := &catalog.Node{Taxonomy: x.ID, Parent: t.nodes[nodeKey(taxonomy, way[:len(way)-1])], Visible: true,
		Texts: map[i18n.Locale]catalog.NodeText{}, Position: len(t.nodes)}
	for l, s := range names {
		n.Texts[l] = catalog.NodeText{Name: s}
	}
	if n.Code, err = p.freeCode(tx, x.ID, way); err != nil {
		return err
	}
	if err := catalog.SaveNodeIn(tx, who, n); err != nil {
		return err
	}
	t.nodes[nodeKey(taxonomy, way)] = n.ID
	return nil
}

// freeCode is a code from the name, or from the whole way, or numbered.
func (p *planner) freeCode(tx tenant.Tx, x catalog.TaxonomyID, way []string) (string, error) {
	base := p.codeOf(way[len(way)-1])
	whole := p.codeOf(strings.Join(way, " "))
	wanted := []string{base, whole}
	for n := 2; n < 50; n++ {
		wanted = append(wanted, whole+"-"+strconv.Itoa(n))
	}
	var taken []string
	if err := tx.DB().Raw("select code from nodes where taxonomy_id = ? and code in ?", x, wanted).Scan(&taken).Error; err != nil {
		return "", err
	}
	for _, code := range wanted {
		if !slices.Contains(taken, code) {
			return code, nil
		}
	}
	return "", nil // the catalogue gives it its id for a code
}

// taxonomyNames are what the classifications are called that other systems' files bring.
var taxonomyNames = map[string]i18n.Text{
	catalog.Families: {"fr": "Familles", "en": "Families", "es": "Familias", "de": "Warengruppen"},
	"brand":          {"fr": "Marques", "en": "Brands", "es": "Marcas", "de": "Marken"},
	"tag":            {"fr": "Thèmes", "en": "Themes", "es": "Temas", "de": "Themen"},
	"author":         {"fr": "Auteurs", "en": "Authors", "es": "Autores", "de": "Autoren"},
	"supplier":       {"fr": "Fournisseurs", "en": "Suppliers", "es": "Proveedores", "de": "Lieferanten"},
	"publisher":      {"fr": "Éditeurs", "en": "Publishers", "es": "Editoriales", "de": "Verlage"},
	"material":       {"fr": "Matières", "en": "Materials", "es": "Materiales", "de": "Materialien"},
}

// taxonomy finds a classification, or makes it (CAT-03).
func (p *planner) taxonomy(tx tenant.Tx, who tenant.Actor, code string) (*catalog.Taxonomy, error) {
	if x, ok := p.tree.Taxonomy(code); ok {
		return x, nil
	}
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return nil, err
	}
	if x, ok := tree.Taxonomy(code); ok {
		return x, nil
	}
	names, ok := taxonomyNames[code]
	if !ok {
		names = i18n.Text{p.fallback: strings.ToUpper(code[:1]) + code[1:]}
	}
	x := &catalog.Taxonomy{Code: code, Names: names, Tree: code == catalog.Families, Facet: true, Position: len(tree.Taxonomies)}
	return x, catalog.SaveTaxonomyIn(tx, who, x)
}
