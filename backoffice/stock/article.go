package stockroom

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// articleModel is an article with its variants and its pre-orders.
type articleModel struct {
	room
	Product *catalog.Product
	Name    string
	Items   []supply.Item
	Advance sheet.Sheet
}

func (d *Desk) article(c echo.Context) error {
	m, err := d.readArticle(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, articlePage(m))
}

func (d *Desk) readArticle(c echo.Context) (m articleModel, err error) {
	v := desk.Here(c)
	which, err := id.Parse[catalog.Product](c.Param("product"))
	if err != nil {
		return m, err
	}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		found, err := catalog.FindAll(tx, []catalog.ProductID{which})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return catalog.ErrProduct
		}
		m.Product = found[0]
		m.Items, err = supply.ItemsOf(tx, which, v.View.Locale)
		return err
	})
	if err != nil {
		return m, err
	}
	p := m.Product
	m.Name = p.Text(v.View.Locale, m.Settings.Languages.Default).Name
	asked := values()
	if p.AvailableOn != nil {
		asked.Set("on", p.AvailableOn.Format(time.DateOnly))
	}
	asked["allowed"] = sheet.Yes(p.Preorder > 0)
	if p.Preorder > 0 && p.Preorder < stock.NoLimit {
		asked.Set("limit", strconv.Itoa(p.Preorder))
	}
	asked.Set("charge", string(p.Terms.Kind))
	asked.Set("deposit", sheet.Number(v.View.Locale, p.Terms.Value))
	m.Advance = m.sheet(ui.Asked(asked))
	return m, nil
}

type advanceForm struct {
	On      string `form:"on"`
	Allowed bool   `form:"allowed"`
	Limit   string `form:"limit"`
	Charge  string `form:"charge"`
	Deposit string `form:"deposit"`
}

// saveAdvance says when an article comes and whether it can be ordered before (STK-04).
func (d *Desk) saveAdvance(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.readArticle(c)
	if err != nil {
		return err
	}
	f, err := web.Form[advanceForm](c)
	if err == nil {
		var a stock.Advance
		if a, err = f.read(v.View.Locale); err == nil {
			err = v.Shop.Write(c.Request().Context(), func(tx tenant.Tx) error {
				return stock.SetAdvance(tx, v.Actor(), m.Product.ID, a)
			})
		}
	}
	if desk.Repairable(err) {
		m.Advance = m.sheet(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), articlePage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "stock/articles/"+m.Product.ID.String(), "stockroom.saved", nil)
}

// depositPlaces are enough for a share and for an amount of any currency.
const depositPlaces = 3

func (f advanceForm) read(l i18n.Locale) (stock.Advance, error) {
	var c form.Checker
	var a stock.Advance
	if on := c.Date("on", f.On); !on.IsZero() {
		a.On = &on
	}
	if f.Allowed {
		a.Limit = stock.NoLimit
		if f.Limit != "" {
			a.Limit = sheet.ReadWhole(&c, "limit", l, f.Limit, 1, stock.NoLimit)
		}
		a.Terms.Kind = deposit.Kind(f.Charge)
		if a.Terms.Kind == deposit.Percent || a.Terms.Kind == deposit.Each {
			c.Required("deposit", f.Deposit)
			a.Terms.Value = c.Decimal("deposit", l, f.Deposit, depositPlaces)
		}
	}
	return a, c.Err()
}

func (m articleModel) sum() stock.Figures {
	all := make([]stock.Figures, 0, len(m.Items))
	for _, i := range m.Items {
		if i.Tracked {
			all = append(all, i.Figures)
		}
	}
	return stock.Sum(all...)
}

func (m articleModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("variants"), Bare: true,
		Columns: []ui.Column{
			{Title: m.t("article"), Main: true}, {Title: m.t("current"), End: true}, {Title: m.t("pending"), End: true},
			{Title: m.t("on_order"), End: true}, {Title: m.t("virtual"), End: true}, {Title: m.t("state"), Fit: true},
		},
	}
	for _, i := range m.Items {
		key := i.Variant.String()
		t.Rows = append(t.Rows, ui.Row{ID: key, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: i.Name, Sub: i.SKU, Href: m.href("/variants/" + key)}),
			m.number(i, i.Current), m.number(i, i.Pending), m.number(i, i.OnOrder), m.number(i, i.Virtual()), ui.BadgeCell(m.view(), m.badge(i)),
		}})
	}
	return t
}
