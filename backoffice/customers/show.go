package customers

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// showModel is a customer with what belongs to him.
type showModel struct {
	*customer.Customer
	house
	Book   []customer.Entry
	Orders order.Page
	Note   ui.Answers
	Given  ui.Answers // the profile
}

// show is one customer with addresses and orders.
func (d *Desk) show(c echo.Context) error {
	m, err := d.read(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, showPage(desk.Here(c), m))
}

// recent is how many orders stand on the page; the list of orders has the rest.
const recent = 20

func (d *Desk) read(c echo.Context) (m showModel, err error) {
	which, err := key(c)
	if err != nil {
		return m, err
	}
	v := desk.Here(c)
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		v.View.Zone = s.Rules().Zone
		m.house = houseOf(s)
		if m.Customer, err = customer.Find(tx, which); err != nil {
			return err
		}
		if m.Book, err = customer.Book(tx, which); err != nil {
			return err
		}
		m.Orders, err = order.List(tx, order.Filter{Customer: which, Limit: recent})
		m.Note = ui.Asked(url.Values{"note": {m.Customer.Note}})
		return err
	})
	return m, err
}

// awaited tells that somebody who was invited has not come yet.
func (m showModel) awaited() bool { return !m.HasPassword && !m.Blocked() }

func key(c echo.Context) (customer.ID, error) {
	return id.Parse[customer.Customer](c.Param("customer"))
}

type noteForm struct {
	Note string `form:"note"`
}

// note keeps what the merchant wants to remember of him.
func (d *Desk) note(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[noteForm](c)
	if err != nil {
		return err
	}
	which, err := key(c)
	if err != nil {
		return err
	}
	err = d.accounts.SetNote(c.Request().Context(), v.Shop, v.Actor(), which, f.Note)
	if desk.Repairable(err) {
		m, readErr := d.read(c)
		if readErr != nil {
			return readErr
		}
		m.Note = ui.Refused(v.View, c.Request().PostForm, err)
		return desk.Show(c, web.Status(err), showPage(v, m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+which.String(), "customers.noted", nil)
}

// askBlock asks before an account is shut.
func (d *Desk) askBlock(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.read(c)
	if err != nil {
		return err
	}
	at := "customers/" + m.ID.String()
	return desk.Show(c, http.StatusOK, blockPage(v, m, ui.Confirm{
		ID: "block", Title: v.T("customers.block_title", ui.Args{"name": m.Name}), Text: v.T("customers.block_text"),
		Post: v.Href(at + "/block"), Label: v.T("customers.block"), Cancel: v.Href(at),
	}))
}

func (d *Desk) block(c echo.Context) error {
	v := desk.Here(c)
	which, err := key(c)
	if err == nil {
		err = d.accounts.Block(c.Request().Context(), v.Shop, v.Actor(), which)
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+which.String(), "customers.blocked", nil)
}

func (d *Desk) unblock(c echo.Context) error {
	v := desk.Here(c)
	which, err := key(c)
	if err == nil {
		err = d.accounts.Unblock(c.Request().Context(), v.Shop, v.Actor(), which)
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+which.String(), "customers.unblocked", nil)
}

func (m showModel) header(v *desk.Visit) ui.Header {
	h := ui.Header{
		Title: m.Name, Badges: m.badges(v),
		Crumbs: []ui.Crumb{{Label: v.T("customers.title"), Href: v.Href("customers")}, {Label: m.Name}},
	}
	if !v.Can("customers.edit") {
		return h
	}
	at := v.Href("customers/" + m.ID.String())
	if m.awaited() {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("customers.invite_again"), Icon: ui.IconMail, Post: at + "/invite"})
	}
	if m.Blocked() {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("customers.unblock"), Icon: ui.IconPlayerPlay, Post: at + "/unblock"})
	} else {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("customers.block"), Icon: ui.IconBan, Href: at + "/block"})
	}
	return h
}

func (m showModel) badges(v *desk.Visit) []ui.Badge {
	list := []ui.Badge{badge(v, m.Blocked())}
	if m.awaited() {
		list = append(list, ui.Badge{Label: v.T("customers.awaited"), Tone: ui.Info})
	}
	return list
}

func (m showModel) facts(v *desk.Visit) []ui.Term {
	last, news := "–", v.T("ui.no")
	if m.LastSignInAt != nil {
		last = v.View.DayTime(*m.LastSignInAt)
	}
	if m.AcceptsNews {
		news = v.T("ui.yes")
	}
	return []ui.Term{
		{Name: v.T("customers.email"), Body: ui.LinkCell("mailto:"+m.Email, m.Email)}, {Name: v.T("customers.phone"), Text: m.Phone},
		{Name: v.T("customers.language"), Text: m.Locale.Name()}, {Name: v.T("customers.since"), Text: v.View.Day(m.CreatedAt)},
		{Name: v.T("customers.last_sign_in"), Text: last}, {Name: v.T("customers.news"), Text: news},
	}
}

func (m showModel) orders(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("customers.orders"), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("customers.order"), Main: true}, {Title: v.T("customers.state")}, {Title: v.T("customers.money")}, {Title: v.T("customers.total"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconShoppingBag, Title: v.T("customers.no_orders")},
	}
	for _, o := range m.Orders.Rows {
		title := ui.Title{Text: o.Number, Sub: v.View.DayTime(o.PlacedAt)}
		if v.Can("orders.view") {
			title.Href = v.Href("orders/" + o.ID.String())
		}
		t.Rows = append(t.Rows, ui.Row{ID: o.ID.String(), Name: o.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, title), ui.TextCell(v.T(o.State.Key())), ui.TextCell(v.T(o.Payment.Key())), ui.TextCell(v.View.Money(o.Total)),
		}})
	}
	return t
}

// addresses is the customer's book; the first of each kind is proposed to him at the checkout.
func (m showModel) addresses(v *desk.Visit) []ui.Term {
	terms := make([]ui.Term, len(m.Book))
	for i, e := range m.Book {
		name := v.T("customers.address")
		switch {
		case e.Delivery && e.Billing:
			name = v.T("customers.address.both")
		case e.Delivery:
			name = v.T("customers.address.delivery")
		case e.Billing:
			name = v.T("customers.address.billing")
		}
		terms[i] = ui.Term{Name: name, Body: addressLines(append(e.Address.Lines(v.View.Locale), phones(e.Address.Phone)...))}
	}
	return terms
}

func phones(phone string) []string {
	if phone == "" {
		return nil
	}
	return []string{phone}
}
