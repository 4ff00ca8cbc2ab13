package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// mend leaves out what has been deleted since, and counts what is missed. Then's lists are made anew.
func (w *Way) mend(tx tenant.Tx) error {
	p := w.Then
	pictures := pictureIDs(p)
	found, err := existing(tx, "media", pictures)
	if err != nil {
		return err
	}
	w.Left.Pictures = len(pictures) - len(found)
	p.Pictures = kept(p.Pictures, func(pic Picture) bool { return found[pic.Media] })
	gone := func(m *media.ID) bool { return m != nil && !found[*m] }
	for i := range p.Variants {
		if gone(p.Variants[i].Picture) {
			p.Variants[i].Picture = nil
		}
	}
	p.Options, p.Extras = slices.Clone(p.Options), slices.Clone(p.Extras)
	for i := range p.Options {
		p.Options[i].Values = slices.Clone(p.Options[i].Values)
		for n, value := range p.Options[i].Values {
			if gone(value.Media) {
				p.Options[i].Values[n].Media = nil
			}
		}
	}
	for i := range p.Extras {
		p.Extras[i].Values = slices.Clone(p.Extras[i].Values)
		for n, value := range p.Extras[i].Values {
			if gone(value.Media) {
				p.Extras[i].Values[n].Media = nil
			}
		}
	}
	return w.mendTies(tx)
}

func (w *Way) mendTies(tx tenant.Tx) error {
	p := w.Then
	nodes, err := existing(tx, "nodes", append(slices.Clone(p.Nodes), p.MainNode))
	if err != nil {
		return err
	}
	all := len(p.Nodes)
	p.Nodes = kept(p.Nodes, func(n NodeID) bool { return nodes[n] })
	w.Left.Nodes = all - len(p.Nodes)
	if !nodes[p.MainNode] {
		p.MainNode = NodeID{}
	}
	panels, err := existing(tx, "panels", p.Panels)
	if err != nil {
		return err
	}
	own := p.ownPanels() // comes back with its words
	all = len(p.Panels)
	p.Panels = kept(p.Panels, func(n PanelID) bool { return panels[n] || own[n] })
	w.Left.Panels = all - len(p.Panels)
	others := make([]ProductID, len(p.Links))
	for i, l := range p.Links {
		others[i] = l.Other
	}
	linked, err := existing(tx, "products", others)
	if err != nil {
		return err
	}
	all = len(p.Links)
	p.Links = kept(p.Links, func(l Link) bool { return linked[l.Other] })
	w.Left.Links = all - len(p.Links)
	return nil
}

// pictureIDs are the pictures an article shows, wherever it does, each once.
func pictureIDs(p *Product) []media.ID {
	var ids []media.ID
	add := func(m *media.ID) {
		if m != nil && !slices.Contains(ids, *m) {
			ids = append(ids, *m)
		}
	}
	for i := range p.Pictures {
		add(&p.Pictures[i].Media)
	}
	for i := range p.Variants {
		add(p.Variants[i].Picture)
	}
	for _, o := range p.Options {
		for _, value := range o.Values {
			add(value.Media)
		}
	}
	for _, e := range p.Extras {
		for _, value := range e.Values {
			add(value.Media)
		}
	}
	return ids
}

// existing are those of the ids that a table has.
func existing[T any](tx tenant.Tx, table string, ids []id.Of[T]) (map[id.Of[T]]bool, error) {
	found := make(map[id.Of[T]]bool, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []id.Of[T]
	if err := tx.DB().Raw("select id from "+table+" where id in ?", ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("look for what a version names: %w", err)
	}
	for _, r := range rows {
		found[r] = true
	}
	return found, nil
}

// kept is a copy of a list with what is wanted, nil when that is nothing.
func kept[T any](list []T, wanted func(T) bool) []T {
	var out []T
	for _, one := range list {
		if wanted(one) {
			out = append(out, one)
		}
	}
	return out
}

// differ is what historySQL says of two documents, for articles that are at hand.
func differ(a, b *Product) ([]Part, error) {
	x, err := keysOf(a)
	if err != nil {
		return nil, err
	}
	y, err := keysOf(b)
	if err != nil {
		return nil, err
	}
	delete(x, "Variants")
	delete(y, "Variants")
	keys := unequal(x, y, "")
	known := make(map[VariantID]*Variant, len(a.Variants))
	for i := range a.Variants {
		known[a.Variants[i].ID] = &a.Variants[i]
	}
	for i := range b.Variants {
		v := &b.Variants[i]
		was := known[v.ID]
		delete(known, v.ID)
		switch {
		case was == nil:
			keys = append(keys, "v.")
		case !was.same(v):
			x, err := keysOf(was)
			if err != nil {
				return nil, err
			}
			y, err := keysOf(v)
			if err != nil {
				return nil, err
			}
			keys = append(keys, unequal(x, y, "v.")...)
		}
	}
	if len(known) > 0 {
		keys = append(keys, "v.")
	}
	return partsOf(keys), nil
}

func keysOf(v any) (keys map[string]json.RawMessage, err error) {
	doc, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(doc, &keys)
	}
	return keys, err
}

// unequal are the keys under which two documents of one program differ.
func unequal(x, y map[string]json.RawMessage, prefix string) (keys []string) {
	for k := range x {
		if !bytes.Equal(plainDoc(x[k]), plainDoc(y[k])) {
			keys = append(keys, prefix+k)
		}
	}
	return keys
}

// plainDoc is a value, nothing for an empty list or map.
func plainDoc(doc []byte) []byte {
	if s := string(doc); s == "null" || s == "[]" || s == "{}" {
		return nil
	}
	return doc
}
