package shopsettings

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
)

// newPage shows the empty form of a page.
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
	values := url.Values{"kind": {string(p.Kind)}, "place": {string(p.Place)}, "visible": sheet.Yes(p.Visible)}
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
	Rev         int               `form:"rev,revision"`
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
	s := sheet.New(desk.Here(c), "setup.page", a)
	return desk.Show(c, status, pagePage(s, k, p, map[string]string{"rev": strconv.Itoa(p.Rev)}))
}
