package products

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/transfer"
)

// Editor changes many articles at once; transfer.Editor does.
type Editor interface {
	Submit(ctx context.Context, shop *tenant.Shop, who tenant.Actor, e transfer.Edit) (*transfer.Run, error)
	Confirm(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	Cancel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	Undo(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run transfer.ID) error
	Progress(ctx context.Context, shop *tenant.Shop, run transfer.ID) (*transfer.Run, error)
	OpenReport(ctx context.Context, shop *tenant.Shop, run transfer.ID) (io.ReadCloser, error)
}

// pick says which articles a change is for: those ticked, or all the list finds.
type pick struct {
	IDs    string `query:"ids" form:"ids"` // with commas between; "" for all that is found
	Kind   string `query:"kind" form:"kind"`
	Search string `query:"q" form:"q"`
	State  string `query:"state" form:"state"`
	Family string `query:"family" form:"family"`
	Stock  string `query:"stock" form:"stock"`
}

// list is the part of the pick that narrows the list of articles.
func (p pick) list() listQuery {
	return listQuery{Search: p.Search, State: p.State, Family: p.Family, Stock: p.Stock}
}

// hidden carries the pick in a form.
func (p pick) hidden() map[string]string {
	all := map[string]string{"ids": p.IDs, "kind": p.Kind, "q": p.Search, "state": p.State, "family": p.Family, "stock": p.Stock}
	for name, value := range all {
		if value == "" {
			delete(all, name)
		}
	}
	return all
}

// changeModel is the way to a change of many articles: which, what, how.
type changeModel struct {
	visit    *desk.Visit
	Pick     pick
	Typed    changeFields
	Answers  ui.Answers
	Settings *settings.Settings
	Tree     *catalog.Tree
	Articles []catalog.ProductID
}

// newChange asks what is to be changed, and then how.
func (d *Desk) newChange(c echo.Context) error {
	p, err := web.Query[pick](c)
	if err != nil {
		return err
	}
	m := &changeModel{visit: desk.Here(c), Pick: p, Typed: changeFields{Others: true}}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return err
	}
	return m.show(c, http.StatusOK)
}

// show draws the choice of kinds, or the form of the one that was chosen.
func (m *changeModel) show(c echo.Context, status int) error {
	if !slices.Contains(bulk.Kinds, bulk.Kind(m.Pick.Kind)) || !m.may(bulk.Kind(m.Pick.Kind)) {
		return desk.Show(c, status, chooseChangePage(m.visit.View, m))
	}
	return desk.Show(c, status, changePage(m.visit.View, m))
}

func (m *changeModel) read(tx tenant.Tx) (err error) {
	list := &listing{visit: m.visit, Query: m.Pick.list()}
	q, err := list.query(tx)
	if err != nil {
		return err
	}
	m.Settings, m.Tree = list.Settings, list.Tree
	if m.Pick.IDs == "" {
		m.Articles, err = catalog.Pick(tx, q, transfer.MaxEdit)
		return err
	}
	for text := range strings.SplitSeq(m.Pick.IDs, ",") {
		p, err := id.Parse[catalog.Product](text)
		if err != nil {
			return err
		}
		m.Articles = append(m.Articles, p)
	}
	return nil
}

// may tells whether the person may make such a change at all.
func (m *changeModel) may(k bulk.Kind) bool { return k != bulk.Stock || m.visit.Can("stock.edit") }

// mayRun refuses a change that asks for a permission of its own.
func mayRun(v *desk.Visit, o *bulk.Operation) error {
	if o.Kind == bulk.Stock && !v.Can("stock.edit") || o.Kind == bulk.State && o.To == string(catalog.Archived) && !v.Can("articles.delete") {
		return web.ErrNoGuard
	}
	return nil
}

// previewChange compares the articles with what they would become and leads to what would differ.
func (d *Desk) previewChange(c echo.Context) error {
	p, err := web.Form[pick](c)
	if err != nil {
		return err
	}
	typed, err := web.Form[changeFields](c)
	if err != nil {
		return err
	}
	m, ctx := &changeModel{visit: desk.Here(c), Pick: p, Typed: typed}, c.Request().Context()
	if err := m.visit.Shop.Read(ctx, m.read); err != nil {
		return err
	}
	op, err := m.operation()
	if err == nil {
		err = mayRun(m.visit, &op)
	}
	var run *transfer.Run
	if err == nil {
		run, err = d.editor.Submit(ctx, m.visit.Shop, m.visit.Actor(), transfer.Edit{Operation: op, Articles: m.Articles})
	}
	if mendable(err) {
		m.Answers = ui.Refused(m.visit.View, nil, err)
		return m.show(c, status(err))
	}
	if err != nil {
		return err
	}
	return c.Redirect(seeOther, m.visit.Href("products/changes/"+run.ID.String()))
}

// toChange leads from ticked articles to the way of changing them.
func toChange(c echo.Context, chosen []catalog.ProductID) error {
	texts := make([]string, len(chosen))
	for i, p := range chosen {
		texts[i] = p.String()
	}
	return c.Redirect(seeOther, desk.Here(c).Href("products/changes/new")+"?ids="+strings.Join(texts, ","))
}

// number is how many articles a change is for, at most as many as may be.
func (m *changeModel) number() string {
	if len(m.Articles) > transfer.MaxEdit {
		return strconv.Itoa(transfer.MaxEdit) + "+"
	}
	return m.visit.View.Number(len(m.Articles))
}
