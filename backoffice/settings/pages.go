package shopsettings

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
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
			row.More = append(row.More, ui.Action{Label: v.T("ui.remove"), Icon: ui.IconTrash, Look: ui.Danger, Href: at + "/remove"})
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

func (d *Desk) newPage(c echo.Context) error {
	v := desk.Here(c)
	k, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	p := &content.Page{Kind: content.Info, Place: content.Footer, Visible: true}
	return showPage(c, http.StatusOK, k, p, ui.Asked(pageValues(p)))
}

func (d *Desk) editPage(c echo.Context) error {
	v := desk.Here(c)
	k, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	p, err := findPage(c)
	if err != nil {
		return err
	}
	return showPage(c, http.StatusOK, k, p, ui.Asked(pageValues(p)))
}

func findPage(c echo.Context) (p *content.Page, err error) {
	key, err := id.Parse[content.Page](c.Param("page"))
	if err != nil {
		return nil, err
	}
	err = desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		p, err = content.Find(tx, key)
		return err
	})
	return p, err
}

func pageValues(p *content.Page) url.Values {
	values := url.Values{"kind": {string(p.Kind)}, "place": {string(p.Place)}, "visible": yes(p.Visible)}
	for l, t := range p.Texts {
		at := "." + string(l)
		values.Set("title"+at, t.Title)
		values.Set("slug"+at, t.Slug)
		values.Set("body"+at, t.Body)
		values.Set("description"+at, t.Description)
	}
	return values
}

type pageForm struct {
	Kind        string            `form:"kind"`
	Place       string            `form:"place"`
	Visible     bool              `form:"visible"`
	Title       map[string]string `form:"title"`
	Slug        map[string]string `form:"slug"`
	Body        map[string]string `form:"body"`
	Description map[string]string `form:"description"`
	Rev         int               `form:"rev"`
}

// savePage stores a page, new or edited.
func (d *Desk) savePage(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	k, err := load(ctx, v.Shop)
	if err != nil {
		return err
	}
	stored := &content.Page{}
	if c.Param("page") != "" {
		if stored, err = findPage(c); err != nil {
			return err
		}
	}
	f, err := web.Form[pageForm](c)
	if err != nil {
		return err
	}
	_, err = content.Save(ctx, v.Shop, v.Actor(), f.page(stored))
	if desk.Repairable(err) {
		return showPage(c, web.Status(err), k, stored, ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/pages", "setup.saved", nil)
}

// page puts what was sent over the page as it was shown. Languages the shop does not offer keep
// their texts.
func (f pageForm) page(stored *content.Page) content.Page {
	p := *stored
	p.Kind, p.Place, p.Visible, p.Rev = content.Kind(f.Kind), content.Place(f.Place), f.Visible, f.Rev
	p.Texts = make(map[i18n.Locale]content.Text, len(stored.Texts))
	for l, t := range stored.Texts {
		p.Texts[l] = t
	}
	for _, l := range i18n.Shipped {
		if _, sent := f.Title[string(l)]; !sent {
			continue
		}
		key := string(l)
		p.Texts[l] = content.Text{Title: f.Title[key], Slug: f.Slug[key], Body: f.Body[key], Description: f.Description[key]}
	}
	return p
}

func showPage(c echo.Context, status int, k *known, p *content.Page, a ui.Answers) error {
	s := sheet{Answers: a, visit: desk.Here(c), words: "page"}
	return desk.Show(c, status, pagePage(s, k, p, map[string]string{"rev": strconv.Itoa(p.Rev)}))
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
		Post: v.Href("settings/pages/" + p.ID.String() + "/remove"), Label: v.T("ui.remove"), Cancel: v.Href("settings/pages"),
	}))
}

func (d *Desk) removePage(c echo.Context) error {
	v := desk.Here(c)
	key, err := id.Parse[content.Page](c.Param("page"))
	if err != nil {
		return err
	}
	if err := content.Remove(c.Request().Context(), v.Shop, v.Actor(), key); err != nil {
		return refuse(c, "settings/pages", err)
	}
	return desk.Back(c, "settings/pages", "setup.removed", nil)
}
