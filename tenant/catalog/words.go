package catalog

import (
	"maps"
	"slices"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// Journaled is an article with the words that are kept elsewhere, as the journal has it (SEC-03): its own panels and
// the descriptions of its pictures. A shared panel is left out: it belongs to the other articles as much. Nil stays nil.
func Journaled(tx tenant.Tx, p *Product) (*Product, error) {
	if p == nil {
		return nil, nil
	}
	full := *p
	panels, err := Panels(tx, p.Panels)
	if err != nil {
		return nil, err
	}
	full.OwnPanels = slices.DeleteFunc(panels, func(panel Panel) bool { return panel.Shared })
	for i := range full.OwnPanels {
		full.OwnPanels[i].Titles, full.OwnPanels[i].Bodies = said(full.OwnPanels[i].Titles), said(full.OwnPanels[i].Bodies)
	}
	ids := make([]media.ID, len(p.Pictures))
	for i, pic := range p.Pictures {
		ids[i] = pic.Media
	}
	found, err := media.FindAll(tx, ids)
	if err != nil {
		return nil, err
	}
	full.Alts = make(map[media.ID]i18n.Text, len(found))
	for _, m := range found {
		full.Alts[m.ID] = said(m.Alt)
	}
	return &full, nil
}

// said is a text without the languages in which it says nothing.
func said(t i18n.Text) i18n.Text {
	out := i18n.Text{}
	for l, text := range t {
		if text != "" {
			out[l] = text
		}
	}
	return out
}

// mendWords are the words of then for what then shows. Where the journal is silent, as it was before it had them, and
// for a panel that is shared by now, they are those of now.
func (w *Way) mendWords(tx tenant.Tx) (err error) {
	if w.now, err = Journaled(tx, w.Then); err != nil {
		return err
	}
	was := w.Then
	alts := maps.Clone(w.now.Alts)
	for m := range alts {
		if alt, told := was.Alts[m]; told {
			alts[m] = said(alt)
		}
	}
	there, err := Panels(tx, was.Panels)
	if err != nil {
		return err
	}
	var own []Panel
	for _, p := range was.Panels {
		now := slices.IndexFunc(there, func(x Panel) bool { return x.ID == p })
		told := slices.IndexFunc(was.OwnPanels, func(x Panel) bool { return x.ID == p })
		switch {
		case now >= 0 && there[now].Shared:
		case told >= 0:
			own = append(own, was.OwnPanels[told])
		case now >= 0:
			own = append(own, there[now])
		}
	}
	for i := range own {
		own[i].Shared, own[i].Titles, own[i].Bodies = false, said(own[i].Titles), said(own[i].Bodies)
	}
	w.Then.Alts, w.Then.OwnPanels = alts, own
	return nil
}

// write puts back the words that are others now, and own panels that were taken off since.
func (w *Way) write(tx tenant.Tx) error {
	var panels []*Panel
	for _, p := range w.Then.OwnPanels {
		same := func(x Panel) bool {
			return x.ID == p.ID && maps.Equal(x.Titles, p.Titles) && maps.Equal(x.Bodies, p.Bodies)
		}
		if !slices.ContainsFunc(w.now.OwnPanels, same) {
			panels = append(panels, &p)
		}
	}
	if len(panels) > 0 {
		if err := SavePanelsIn(tx, panels); err != nil {
			return err
		}
	}
	alts := map[media.ID]i18n.Text{}
	for m, alt := range w.Then.Alts {
		if !maps.Equal(alt, w.now.Alts[m]) {
			alts[m] = alt
		}
	}
	return media.DescribeAll(tx, alts)
}

// ownPanels are the ids of the panels of an article whose words the journal has.
func (p *Product) ownPanels() map[PanelID]bool {
	own := make(map[id.Of[Panel]]bool, len(p.OwnPanels))
	for _, panel := range p.OwnPanels {
		own[panel.ID] = true
	}
	return own
}
