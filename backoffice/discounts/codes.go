package discounts

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

// How much of codes and uses a page shows; the file has all.
const (
	shownCodes = 200
	shownUses  = 100
)

// codes shows the codes for one use of a discount, and the orders that used it.
func (d *Desk) codes(c echo.Context) error {
	return showCodes(c, http.StatusOK, ui.Asked(map[string][]string{"count": {"100"}}))
}

func showCodes(c echo.Context, status int, a ui.Answers) error {
	v := desk.Here(c)
	k, s, err := readOne(c)
	if err != nil {
		return err
	}
	codes, uses, err := readCodes(c.Request().Context(), v.Shop, id.MustParse[discount.Rule](s.ID))
	if err != nil {
		return err
	}
	return desk.Show(c, status, codesPage(sheet.New(v, words, a), s, k.name(v, &s.Rule), codeTable(v, codes), useTable(v, uses)))
}

func readCodes(ctx context.Context, shop *tenant.Shop, which promotion.ID) (codes []promotion.Code, uses []promotion.Use, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if codes, err = promotion.ListCodes(tx, which, shownCodes); err != nil {
			return err
		}
		uses, err = promotion.ListUses(tx, which, shownUses)
		return err
	})
	return codes, uses, err
}

func codeTable(v *desk.Visit, codes []promotion.Code) ui.Table {
	t := ui.Table{
		Caption: v.T("discounts.codes.title"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("discounts.codes.code"), Main: true}, {Title: v.T("discounts.codes.issued")}, {Title: v.T("discounts.codes.order")}},
		Empty:   ui.Empty{Icon: ui.IconTags, Title: v.T("discounts.codes.none"), Text: v.T("discounts.codes.none_text")},
	}
	for _, code := range codes {
		t.Rows = append(t.Rows, ui.Row{Muted: code.Order != "", Cells: []templ.Component{
			ui.TextCell(code.Text), ui.TextCell(v.View.Day(code.IssuedAt)), ui.TextCell(code.Order),
		}})
	}
	return t
}

func useTable(v *desk.Visit, uses []promotion.Use) ui.Table {
	t := ui.Table{
		Caption: v.T("discounts.codes.used"), Bare: true, Dense: true,
		Columns: []ui.Column{
			{Title: v.T("discounts.codes.order"), Main: true}, {Title: v.T("discounts.codes.buyer")},
			{Title: v.T("discounts.codes.code")}, {Title: v.T("discounts.codes.at")},
		},
		Empty: ui.Empty{Icon: ui.IconReceipt, Title: v.T("discounts.codes.unused")},
	}
	for _, u := range uses {
		number := ui.TextCell(u.Number)
		if v.Can("orders.view") {
			number = ui.LinkCell(v.Href("orders/"+u.Order.String()), u.Number)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			number, ui.TextCell(u.Buyer), ui.TextCell(u.Code), ui.TextCell(v.View.DayTime(u.At)),
		}})
	}
	return t
}

type issueForm struct {
	Count  string `form:"count"`
	Prefix string `form:"prefix"`
}

// issue makes codes for one use each.
func (d *Desk) issue(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[issueForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[discount.Rule](c.Param("id"))
	if err != nil {
		return err
	}
	var check form.Checker
	count := check.Int("count", f.Count, 1, promotion.MaxIssue)
	check.Required("count", f.Count)
	if err = check.Err(); err == nil {
		err = promotion.Issue(c.Request().Context(), v.Shop, v.Actor(), which, promotion.Issuing{Count: count, Prefix: f.Prefix})
	}
	if desk.Repairable(err) {
		return showCodes(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "discounts/"+which.String()+"/codes", "discounts.codes.made", map[string]string{"n": strconv.Itoa(count)})
}

// export gives all codes for one use as a CSV file.
func (d *Desk) export(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[discount.Rule](c.Param("id"))
	if err != nil {
		return err
	}
	head := [3]string{v.T("discounts.codes.code"), v.T("discounts.codes.issued"), v.T("discounts.codes.order")}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="codes.csv"`)
	h.Set("Cache-Control", "no-store")
	return promotion.Export(c.Request().Context(), v.Shop, which, c.Response(), head)
}
