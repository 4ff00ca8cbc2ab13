package stockroom

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/supply"
)

// suppliersModel is the list of suppliers.
type suppliersModel struct {
	room
	List []supply.Supplier
}

func (d *Desk) suppliers(c echo.Context) error {
	v := desk.Here(c)
	var m suppliersModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		m.List, err = supply.ListSuppliers(tx)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, suppliersPage(m))
}

func (m suppliersModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("tab.suppliers"),
		Columns: []ui.Column{{Title: m.t("field.supplier"), Main: true}, {Title: m.t("field.email")}, {Title: m.t("field.phone")}, {Title: m.t("field.days"), End: true}},
		Empty:   ui.Empty{Icon: ui.IconTruck, Title: m.t("no_suppliers"), Text: m.t("no_suppliers_text"), Actions: m.add()},
	}
	for _, s := range m.List {
		title := ui.Title{Text: s.Name, Sub: s.Contact, Href: m.href("/suppliers/" + s.ID.String())}
		days := ""
		if s.Days > 0 {
			days = m.view().Number(s.Days)
		}
		t.Rows = append(t.Rows, ui.Row{ID: s.ID.String(), Name: s.Name, Muted: !s.Active, Cells: []templ.Component{
			ui.TitleCell(m.view(), title), ui.TextCell(s.Email), ui.TextCell(s.Phone), ui.TextCell(days),
		}})
	}
	return t
}

func (m suppliersModel) add() []ui.Action {
	if !m.can() {
		return nil
	}
	return []ui.Action{{Label: m.t("add_supplier"), Href: m.href("/suppliers/new"), Icon: ui.IconPlus, Look: ui.Primary}}
}

// supplierModel is the form of a supplier.
type supplierModel struct {
	room
	Supplier *supply.Supplier
	Form     sheet.Sheet
}

type supplierForm struct {
	Name    string            `form:"name"`
	Active  bool              `form:"active"`
	Contact string            `form:"contact"`
	Email   string            `form:"email"`
	Phone   string            `form:"phone"`
	Account string            `form:"account"`
	Days    int               `form:"days"`
	Note    string            `form:"note"`
	Rev     int               `form:"rev,revision"`
	Address map[string]string `form:"address"`
}

func (d *Desk) newSupplier(c echo.Context) error {
	m, err := d.readSupplier(c)
	if err != nil {
		return err
	}
	m.Form = m.sheet(ui.Asked(values("active", "1", "address.country", m.Settings.Identity.Address.Country)))
	return desk.Show(c, http.StatusOK, supplierPage(m))
}

func (d *Desk) supplier(c echo.Context) error {
	m, err := d.readSupplier(c)
	if err != nil {
		return err
	}
	s := m.Supplier
	asked := values("name", s.Name, "contact", s.Contact, "email", s.Email, "phone", s.Phone, "account", s.Account, "note", s.Note,
		"address.line1", s.Address.Line1, "address.postcode", s.Address.Postcode, "address.city", s.Address.City,
		"address.country", s.Address.Country)
	asked["active"] = sheet.Yes(s.Active)
	if s.Days > 0 {
		asked.Set("days", strconv.Itoa(s.Days))
	}
	m.Form = m.sheet(ui.Asked(asked))
	return desk.Show(c, http.StatusOK, supplierPage(m))
}

// readSupplier reads the supplier of the address; a new one when it names none.
func (d *Desk) readSupplier(c echo.Context) (m supplierModel, err error) {
	v := desk.Here(c)
	m.Supplier = &supply.Supplier{}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil || c.Param("supplier") == "" {
			return err
		}
		which, err := id.Parse[supply.Supplier](c.Param("supplier"))
		if err != nil {
			return err
		}
		m.Supplier, err = supply.FindSupplier(tx, which)
		return err
	})
	return m, err
}

func (d *Desk) saveSupplier(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.readSupplier(c)
	if err != nil {
		return err
	}
	f, err := web.Form[supplierForm](c)
	if err == nil {
		s := *m.Supplier
		s.Name, s.Active, s.Contact, s.Email, s.Phone = f.Name, f.Active, f.Contact, f.Email, f.Phone
		s.Account, s.Days, s.Note, s.Rev = f.Account, f.Days, f.Note, f.Rev
		s.Address = address.Address{Line1: f.Address["line1"], Postcode: f.Address["postcode"], City: f.Address["city"], Country: f.Address["country"]}
		err = supply.SaveSupplier(c.Request().Context(), v.Shop, v.Actor(), &s)
	}
	if desk.Repairable(err) {
		m.Form = m.sheet(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), supplierPage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "stock/suppliers", "stockroom.saved", nil)
}

func (m supplierModel) title() string {
	if m.Supplier.ID.IsZero() {
		return m.t("add_supplier")
	}
	return m.Supplier.Name
}

func (m supplierModel) country() ui.Field {
	return m.Form.Of("address.country", sheet.Countries(m.view().Locale))
}
