package products

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// save takes the whole form of the editor: to save the article, or for one of the steps.
func (d *Desk) save(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	typed, wrong := web.Form[sheet](c)
	if wrong != nil && len(fault.FieldsOf(wrong)) == 0 {
		return wrong
	}
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return err
	}
	m := &editor{visit: v, Sheet: typed}
	if err := m.stored(c, p); err != nil {
		return err
	}
	refused, err := d.takePhotos(c, &m.Sheet)
	if err != nil {
		return err
	}
	if m.Sheet.step() && wrong == nil && refused == nil {
		return m.show(c, http.StatusOK, nil)
	}
	ch, err := m.Sheet.read(m.Product, m.Settings, v.View.Locale)
	if err = firstOf(wrong, refused, err); err == nil {
		ch.permit(v, m.Product)
		err = d.room(ctx, v.Shop, ch.product.State.Weight()-m.Product.State.Weight())
	}
	if err == nil {
		err = formNames(store(ctx, v.Shop, v.Actor(), &ch), m.Settings.Languages.Default)
	}
	if errors.Is(err, catalog.ErrStale) {
		return m.clash(c, err)
	}
	if errors.Is(err, errStockMoved) {
		m.Sheet.StockWas = fmt.Sprint(fault.ArgsOf(err)["now"]) // the next save knows
	}
	if mendable(err) {
		return m.show(c, status(err), err)
	}
	if err != nil {
		return err
	}
	m.Now = ch.product.UpdatedAt
	if odd(warningsOf(ch.product, m)) {
		web.AddFlash(c, web.Note, "products.prices.odd", nil)
	}
	if !m.many() {
		warnUncrossed(c, ch.product.Variants)
	}
	return desk.Back(c, "products/"+p.String(), "products.saved", map[string]string{"name": m.nameOf(ch.product)})
}

// stored reads the article as it is and what the answer may need.
func (m *editor) stored(c echo.Context, p catalog.ProductID) error {
	return m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Product, err = catalog.FindIn(tx, p); err != nil {
			return err
		}
		m.Settings, err = settings.Load(tx)
		return err
	})
}

// takePhotos stores the pictures that came with the form and names them in the sheet. The error of
// refused ones is one the person can mend.
func (d *Desk) takePhotos(c echo.Context, s *sheet) (refused, err error) {
	v := desk.Here(c)
	taken, bad, err := pictures.Take(c.Request().Context(), v, d.library, s.Photos)
	if err != nil {
		return nil, err
	}
	for _, m := range taken {
		s.addPicture(catalog.Picture{Media: m.ID}, m)
	}
	if len(bad) == 0 {
		return nil, nil
	}
	return fault.Invalid(fault.Field{Name: "photos", Key: "products.photos_refused", Args: fault.Args{
		"files": strings.Join(pictures.Explain(v, bad), " · ")}}), nil
}

// permit leaves out what the person may not change.
func (ch *change) permit(v *desk.Visit, stored *catalog.Product) {
	if !v.Can("stock.edit") {
		ch.counts = nil
		counted := make(map[catalog.VariantID]bool, len(stored.Variants))
		for _, have := range stored.Variants {
			counted[have.ID] = have.Tracked
		}
		for i, have := range ch.product.Variants {
			ch.product.Variants[i].Tracked = counted[have.ID]
		}
	}
	if !v.Can("articles.delete") && ch.product.State == catalog.Archived {
		ch.product.State = stored.State
	}
}

// firstOf joins what is wrong with the form: all fields together.
func firstOf(errs ...error) error {
	var fields []fault.Field
	for _, err := range errs {
		if err == nil {
			continue
		}
		found := fault.FieldsOf(err)
		if len(found) == 0 {
			return err
		}
		fields = append(fields, found...)
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.Invalid(fields...)
}

// mendable tells whether the form is shown again: also when a thing it names is gone.
func mendable(err error) bool {
	return desk.Repairable(err) || err != nil && len(fault.FieldsOf(err)) > 0
}

func status(err error) int {
	if !desk.Repairable(err) {
		return http.StatusUnprocessableEntity
	}
	return web.Status(err)
}

// show draws the sheet again.
func (m *editor) show(c echo.Context, status int, refusal error) error {
	if refusal != nil {
		m.Answers = ui.Refused(m.visit.View, nil, refusal)
	}
	if err := m.visit.Shop.Read(c.Request().Context(), m.furnish); err != nil {
		return err
	}
	return desk.Show(c, status, editPage(m.visit.View, m))
}

func (m *editor) nameOf(p *catalog.Product) string {
	return p.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name
}
