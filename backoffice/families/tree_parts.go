package families

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/catalog"
)

func (m *treeModel) header() ui.Header {
	v := m.visit.View
	h := ui.Header{Title: v.T("office.nav.families"), Lead: v.T("families.lead")}
	if m.visit.Can("families.edit") {
		h.More = []ui.Action{{Label: v.T("families.lists.new"), Href: m.visit.Href("families/lists/new"), Icon: ui.IconTags}}
		if m.List != nil && m.List.Code != catalog.Families {
			h.More = append(h.More, ui.Action{Label: v.T("families.lists.edit"), Href: m.visit.Href("families/lists/" + m.List.Code), Icon: ui.IconPencil})
		}
		h.Actions = []ui.Action{{Label: v.T("families.new"), Href: m.newAt(""), Icon: ui.IconPlus, Look: ui.Primary}}
	}
	return h
}

// newAt is the address of the form for an entry under another.
func (m *treeModel) newAt(under string) string {
	q := url.Values{"list": {m.code()}}
	if under != "" {
		q.Set("under", under)
	}
	return m.visit.Href("families/new") + "?" + q.Encode()
}

func (m *treeModel) code() string {
	if m.List == nil {
		return catalog.Families
	}
	return m.List.Code
}

func (m *treeModel) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, t := range m.familiesFirst() {
		tab := ui.Tab{Label: m.title(t), Href: m.visit.Href("families"), Current: m.List != nil && t.ID == m.List.ID}
		if t.Code != catalog.Families {
			tab.Href += "?list=" + url.QueryEscape(t.Code)
		}
		tabs = append(tabs, tab)
	}
	return tabs
}

func (m *treeModel) filter() ui.Filter {
	f := ui.Filter{Search: m.Query.Search, SearchLabel: m.visit.T("families.search"), Keep: map[string]string{}}
	if m.Query.List != "" {
		f.Keep["list"] = m.Query.List
	}
	return f
}

func (m *treeModel) table() ui.Table {
	v := m.visit.View
	t := ui.Table{
		Caption: v.T("office.nav.families"),
		Columns: []ui.Column{{Title: v.T("families.field.name"), Main: true}},
		Empty:   m.emptyState(),
	}
	if m.visit.Can("families.edit") {
		t.Columns = append(t.Columns, ui.Column{Title: v.T("families.order"), Fit: true, End: true, Hidden: true})
	}
	for _, row := range m.Rows {
		r := ui.Row{Name: m.name(row.Node), Muted: !row.Node.Visible, Cells: []templ.Component{entryCell(v, m, row)}}
		if m.visit.Can("families.edit") {
			r.Cells, r.More = append(r.Cells, orderCell(v, m, row)), m.rowActions(row)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func (m *treeModel) emptyState() ui.Empty {
	v := m.visit.View
	if m.Query.Search != "" {
		return ui.Empty{Icon: ui.IconSearch, Title: v.T("families.none")}
	}
	e := ui.Empty{Icon: ui.IconFolders, Title: v.T("families.empty"), Text: v.T("families.empty_text")}
	if m.visit.Can("families.edit") {
		e.Actions = []ui.Action{{Label: v.T("families.new"), Href: m.newAt(""), Icon: ui.IconPlus, Look: ui.Primary}}
	}
	return e
}

func (m *treeModel) rowActions(row treeRow) []ui.Action {
	v, at := m.visit.View, m.visit.Href("families/"+row.Node.ID.String())
	var all []ui.Action
	if m.List.Tree {
		all = append(all, ui.Action{Label: v.T("families.new_below"), Href: m.newAt(row.Node.ID.String()), Icon: ui.IconPlus})
	}
	if row.Node.Visible {
		all = append(all, ui.Action{Label: v.T("families.hide"), Post: at + "/place", Name: "do", Value: "hide", Icon: ui.IconEyeOff})
	} else {
		all = append(all, ui.Action{Label: v.T("families.show"), Post: at + "/place", Name: "do", Value: "show", Icon: ui.IconEye})
	}
	return append(all, ui.Action{Label: v.T("families.delete"), Href: at + "/delete", Icon: ui.IconTrash, Look: ui.Danger})
}

func (m *treeModel) orderActions(row treeRow) []ui.Action {
	v, post := m.visit.View, m.visit.Href("families/"+row.Node.ID.String()+"/place")
	args := ui.Args{"name": m.name(row.Node)}
	var all []ui.Action
	if !row.First {
		all = append(all, ui.Action{Label: v.T("families.up", args), Icon: ui.IconArrowUp, IconOnly: true, Look: ui.Plain, Post: post, Name: "do", Value: "up"})
	}
	if !row.Last {
		all = append(all, ui.Action{Label: v.T("families.down", args), Icon: ui.IconArrowDown, IconOnly: true, Look: ui.Plain, Post: post, Name: "do", Value: "down"})
	}
	return all
}

// toggle is the address of the tree with an entry opened, or closed again.
func (m *treeModel) toggle(row treeRow) string {
	at := row.Node.ID.String()
	if row.Open {
		at = ""
		if !row.Node.Parent.IsZero() {
			at = row.Node.Parent.String()
		}
	}
	return m.visit.View.With("at", at, "q", "")
}

// indent sets an entry in under what it lies in, without a style of its own.
func indent(row treeRow, flat bool) string {
	if flat {
		return ""
	}
	steps := strings.Repeat("\u2003\u2002", row.Node.Depth()-1)
	if row.Children == 0 {
		steps += "\u2003\u2003\u2002" // as wide as the button that opens the others
	}
	return steps
}
