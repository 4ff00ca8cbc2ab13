package products

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

type bulkFields struct {
	IDs []string `form:"id"`
	To  string   `form:"to"`
}

// errNobody refuses a button over the list without a chosen row.
var errNobody = fault.New(fault.Malformed, "products.bulk.none")

// toMore is the button that leads to changes with a preview.
const toMore = "more"

// bulk publishes, withdraws or archives the chosen articles, or leads to the other changes.
func (d *Desk) bulk(c echo.Context) error {
	v := desk.Here(c)
	form, err := web.Form[bulkFields](c)
	if err != nil {
		return err
	}
	var chosen []catalog.ProductID
	for _, text := range form.IDs {
		p, err := id.Parse[catalog.Product](text)
		if err != nil {
			return err
		}
		chosen = append(chosen, p)
	}
	if len(chosen) == 0 {
		web.AddFlash(c, web.Bad, errNobody.Key(), nil)
		return c.Redirect(seeOther, v.Href("products"))
	}
	if form.To == toMore {
		return toChange(c, chosen)
	}
	if err := d.moveTo(c.Request().Context(), v, chosen, catalog.State(form.To)); err != nil {
		return refuse(c, err)
	}
	return desk.Back(c, "products", "products.bulk.done."+form.To, map[string]string{"n": strconv.Itoa(len(chosen))})
}

// setState is bulk for the article of one row.
func (d *Desk) setState(c echo.Context) error {
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return err
	}
	form, err := web.Form[bulkFields](c)
	if err != nil {
		return err
	}
	if err := d.moveTo(c.Request().Context(), desk.Here(c), []catalog.ProductID{p}, catalog.State(form.To)); err != nil {
		return refuse(c, err)
	}
	return desk.Back(c, "products", "products.bulk.done."+form.To, map[string]string{"n": "1"})
}

// refuse leads back to the list when the plan has no room for what was to leave the archive.
func refuse(c echo.Context, err error) error {
	if !fault.Is(err, fault.Quota) {
		return err
	}
	v := desk.Here(c)
	web.AddFlash(c, web.Bad, "products.refused", map[string]string{"why": v.View.Explain(err)})
	return c.Redirect(seeOther, v.Href("products"))
}

// moveTo changes the state of articles. Before they are published, pictures without a description
// get the article's name as one.
//
// Errors: a fault of kind Quota when they do not fit outside the archive.
func (d *Desk) moveTo(ctx context.Context, v *desk.Visit, chosen []catalog.ProductID, to catalog.State) error {
	if to == catalog.Archived && !v.Can("articles.delete") {
		return web.ErrNoGuard
	}
	if err := d.roomFor(ctx, v, chosen, to); err != nil {
		return err
	}
	if to == catalog.Published {
		if err := v.Shop.Write(ctx, func(tx tenant.Tx) error {
			found, err := catalog.FindAll(tx, chosen)
			if err != nil {
				return err
			}
			alts := map[media.ID]i18n.Text{}
			if err := catalog.NamePictures(tx, found, alts); err != nil {
				return err
			}
			return media.DescribeAll(tx, alts)
		}); err != nil {
			return err
		}
	}
	return catalog.SetState(ctx, v.Shop, v.Actor(), chosen, to)
}
