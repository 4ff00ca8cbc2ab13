package shopsettings

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/content"
)

// pages lists the information pages.
func (d *Desk) pages(c echo.Context) error {
	v := desk.Here(c)
	k, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	f := frame(v, "pages")
	if v.Can("content.edit") {
		f.Actions = []ui.Action{{Label: v.T("setup.pages.add"), Href: v.Href("settings/pages/new"), Icon: ui.IconPlus, Look: ui.Primary}}
	}
	return desk.Show(c, http.StatusOK, tablePage(v, f, pageTable(v, k)))
}

func pageTable(v *desk.Visit, k *known) ui.Table {
	t := ui.Table{
		Caption: v.T("setup.pages.title"),
		Columns: []ui.Column{
			{Title: v.T("setup.pages.page"), Main: true}, {Title: v.T("setup.page.place")},
			{Title: v.T("setup.pages.languages")}, {Title: v.T("setup.state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconFileText, Title: v.T("setup.pages.none"), Text: v.T("setup.pages.none_text")},
	}
	if v.Can("content.edit") {
		t.Empty.Actions = []ui.Action{{Label: v.T("setup.pages.add"), Href: v.Href("settings/pages/new"), Look: ui.Primary, Icon: ui.IconPlus}}
	}
	for i, p := range k.pages {
		text, at := p.In(v.View.Locale, k.Languages.Default), v.Href("settings/pages/"+p.ID.String())
		row := ui.Row{ID: p.ID.String(), Name: text.Title, Muted: !p.Visible, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: text.Title, Href: at, Sub: "/" + text.Slug, Badges: consentBadges(v, k, p)}),
			ui.TextCell(v.T("setup.page.place." + string(p.Place))), ui.TextCell(languageNames(p)),
			ui.BadgeCell(v.View, visibleBadge(v, p.Visible)),
		}}
		if v.Can("content.edit") {
			row.More = []ui.Action{{Label: v.T("setup.edit"), Icon: ui.IconPencil, Href: at}}
			if i > 0 {
				row.More = append(row.More, ui.Action{Label: v.T("setup.up"), Icon: ui.IconArrowUp, Post: at + "/move", Name: "up", Value: "1"})
			}
			if i < len(k.pages)-1 {
				row.More = append(row.More, ui.Action{Label: v.T("setup.down"), Icon: ui.IconArrowDown, Post: at + "/move", Name: "up", Value: "0"})
			}
			row.More = append(row.More, ui.Action{Label: v.T("setup.remove_do"), Icon: ui.IconTrash, Look: ui.Danger, Href: at + "/remove"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// consentBadges mark the pages a buyer accepts.
func consentBadges(v *desk.Visit, k *known, p *content.Page) []ui.Badge {
	switch p.ID.String() {
	case k.Orders.TermsPageID:
		return []ui.Badge{{Label: v.T("setup.numbering.terms_page_id"), Tone: ui.Info}}
	case k.Orders.PrivacyID:
		return []ui.Badge{{Label: v.T("setup.numbering.privacy_page_id"), Tone: ui.Info}}
	}
	return nil
}

func visibleBadge(v *desk.Visit, visible bool) ui.Badge {
	if visible {
		return ui.Badge{Label: v.T("setup.pages.shown"), Tone: ui.Good, Dot: true}
	}
	return ui.Badge{Label: v.T("setup.pages.hidden"), Tone: ui.Neutral, Dot: true}
}

func languageNames(p *content.Page) string {
	names := ""
	for _, l := range i18n.Shipped {
		if p.Texts[l].Title == "" {
			continue
		}
		if names != "" {
			names += ", "
		}
		names += string(l)
	}
	return names
}

// movePage puts a page before or after its neighbour.
func (d *Desk) movePage(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[moveForm](c)
	if err != nil {
		return err
	}
	key, err := id.Parse[content.Page](c.Param("page"))
	if err != nil {
		return err
	}
	if err := content.Move(c.Request().Context(), v.Shop, v.Actor(), key, f.Up); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, v.Href("settings/pages"))
}

func (d *Desk) askRemovePage(c echo.Context) error {
	v := desk.Here(c)
	p, err := findPage(c)
	if err != nil {
		return err
	}
	title := p.In(v.View.Locale).Title
	return desk.Show(c, http.StatusOK, confirmPage(v, frame(v, "pages", ui.Crumb{Label: title}), ui.Confirm{
		ID: "remove", Title: v.T("setup.pages.remove", ui.Args{"name": title}), Text: v.T("setup.pages.remove_text"),
		Post: v.Href("settings/pages/" + p.ID.String() + "/remove"), Label: v.T("setup.remove_do"), Cancel: v.Href("settings/pages"),
	}))
}

func (d *Desk) removePage(c echo.Context) error {
	v := desk.Here(c)
	key, err := id.Parse[content.Page](c.Param("page"))
	if err != nil {
		return err
	}
	if err := content.Remove(c.Request().Context(), v.Shop, v.Actor(), key); err != nil {
		return desk.Refuse(c, "settings/pages", "setup.refused", err)
	}
	return desk.Back(c, "settings/pages", "setup.removed", nil)
}
