package transfer

import (
	"maps"
	"slices"
	"strconv"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// buildPictures gives the article its pictures and notes their descriptions.
func (p *planner) buildPictures(b *built, c *change, t targets) {
	a := b.product
	refs, has := p.cols.at["pictures"]
	choices, chosen := p.cols.at["pictures.option"]
	if has && c.changed[refs] || chosen && c.changed[choices] {
		old := a.Pictures
		if has {
			a.Pictures = nil
			for _, ref := range splitList(c.article[refs]) {
				if m, ok := t.media[ref]; ok {
					a.Pictures = append(a.Pictures, catalog.Picture{Media: m})
				}
			}
		} else {
			a.Pictures = slices.Clone(old)
		}
		for i := range a.Pictures {
			if chosen {
				a.Pictures[i].Option = itemAt(splitList(c.article[choices]), i)
			} else if j := slices.IndexFunc(old, func(o catalog.Picture) bool { return o.Media == a.Pictures[i].Media }); j >= 0 {
				a.Pictures[i].Option = old[j].Option
			}
		}
	}
	for i, col := range p.cols.columns {
		if col.field != "pictures.alt" || !c.changed[i] {
			continue
		}
		alts := splitList(c.article[i])
		for j, pic := range a.Pictures {
			p.describe(b, pic.Media, col.locale, itemAt(alts, j))
		}
	}
}

// describe notes the description of a picture in one language.
func (p *planner) describe(b *built, m media.ID, l i18n.Locale, alt string) {
	have := i18n.Text{}
	if found, ok := p.media[m]; ok {
		have = found.Alt
	}
	if wanted, ok := b.alts[m]; ok {
		have = wanted
	}
	if have[l] == alt {
		return
	}
	wanted := maps.Clone(have)
	if wanted == nil {
		wanted = i18n.Text{}
	}
	setWord(wanted, l, alt)
	b.alts[m] = wanted
}

func itemAt(items []string, i int) string {
	if i < len(items) {
		return items[i]
	}
	return ""
}

// buildPanels gives the article its secondary views: shared ones by name, its own by their texts.
func (p *planner) buildPanels(b *built, c *change) {
	changed := false
	for i, col := range p.cols.columns {
		switch col.field {
		case "panel.title", "panel.body", "panel.shared":
			changed = changed || c.changed[i]
		}
	}
	if !changed {
		return
	}
	var panels []catalog.PanelID
	for n := 1; n <= maxPanels; n++ {
		if which, ok := p.buildPanel(b, c, n); ok {
			panels = append(panels, which)
		}
	}
	if len(b.product.Panels) > maxPanels { // further ones have no columns
		panels = append(panels, b.product.Panels[maxPanels:]...)
	}
	b.product.Panels = panels
}

func (p *planner) buildPanel(b *built, c *change, n int) (catalog.PanelID, bool) {
	number := "panel" + strconv.Itoa(n)
	have := catalog.Panel{}
	if n <= len(b.product.Panels) {
		have = p.panels[b.product.Panels[n-1]]
	}
	if at, ok := p.cols.at[number+".shared"]; ok && c.article[at] != "" {
		which, err := id.Parse[catalog.Panel](c.article[at])
		return which, err == nil
	}
	want := catalog.Panel{ID: have.ID, Titles: maps.Clone(have.Titles), Bodies: maps.Clone(have.Bodies)}
	if have.Shared { // it keeps the shared one unless the file writes one of its own
		want = catalog.Panel{}
	}
	if want.Titles == nil {
		want.Titles = i18n.Text{}
	}
	if want.Bodies == nil {
		want.Bodies = i18n.Text{}
	}
	for _, l := range p.offered {
		if at, ok := p.cols.at[number+".title."+string(l)]; ok {
			setWord(want.Titles, l, c.article[at])
		}
		if at, ok := p.cols.at[number+".body."+string(l)]; ok {
			setWord(want.Bodies, l, c.article[at])
		}
	}
	if want.Titles.IsZero() && want.Bodies.IsZero() {
		_, written := p.cols.at[number+".shared"]
		return have.ID, have.Shared && !written
	}
	if want.ID.IsZero() {
		want.ID = id.New[catalog.Panel]()
	}
	if have.ID.IsZero() || have.Shared || !maps.Equal(want.Titles, have.Titles) || !maps.Equal(want.Bodies, have.Bodies) {
		b.panels = append(b.panels, &want)
	}
	return want.ID, true
}
