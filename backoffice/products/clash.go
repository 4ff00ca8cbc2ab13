package products

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// difference is a field that two people wrote differently.
type difference struct {
	Name                 string // of the field
	Label, Theirs, Yours string
}

// clash shows what was typed beside what somebody else has saved meanwhile. The sheet takes the new
// revision, so saving again is a decision for what it says.
func (m *editor) clash(c echo.Context, refusal error) error {
	var theirs sheet
	err := m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Product, err = catalog.FindIn(tx, m.Product.ID); err != nil {
			return err
		}
		pics, err := mediaOf(tx, m.Product.Pictures)
		if err != nil {
			return err
		}
		panels, err := catalog.Panels(tx, m.Product.Panels)
		if err != nil {
			return err
		}
		theirs = sheetOf(m.Product, pics, panels, m.visit.View.Locale, m.Settings.Rules().Zone)
		if err := m.readSaved(tx); err != nil {
			return err
		}
		return m.furnish(tx)
	})
	if err != nil {
		return err
	}
	m.Answers = ui.Refused(m.visit.View, nil, refusal)
	m.Clash = m.compare(&theirs, &m.Sheet)
	m.Sheet.Rev, m.Sheet.StockWas = theirs.Rev, theirs.StockWas
	return m.show(c, http.StatusConflict, refusal)
}

// readSaved reads who has saved the article last, and when.
func (m *editor) readSaved(tx tenant.Tx) (err error) {
	m.Saved, err = catalog.LastSaved(tx, m.Product.ID)
	return err
}

// savedBy says who was faster, and when.
func (m *editor) savedBy() string {
	args := ui.Args{"name": m.Saved.By.Name, "when": m.visit.View.DayTime(m.Saved.At)}
	if m.Saved.By.Name == "" {
		return m.visit.T("products.clash.when", args)
	}
	return m.visit.T("products.clash.by", args)
}

// firstFailure is err, or refusal when there is none.
func firstFailure(err, refusal error) error {
	if err != nil {
		return err
	}
	return refusal
}

// compare lists the fields in which two sheets differ, in the order of the page.
func (m *editor) compare(theirs, yours *sheet) []difference {
	var found []difference
	add := func(label, a, b string) {
		if a != b {
			found = append(found, difference{label, m.visit.T("products.field." + label), a, b})
		}
	}
	texts := func(label string, a, b map[string]string) {
		for _, l := range m.Locales {
			if k := string(l); a[k] != b[k] {
				found = append(found, difference{label, m.visit.T("products.field."+label) + " (" + l.Name() + ")", a[k], b[k]})
			}
		}
	}
	texts("name", theirs.Name, yours.Name)
	add("state", m.stateName(theirs.State), m.stateName(yours.State))
	if !m.many() {
		add("price", theirs.Price, yours.Price)
		add("stock", theirs.Stock, yours.Stock)
		add("sku", theirs.SKU, yours.SKU)
		add("compare_at", theirs.CompareAt, yours.CompareAt)
		add("weight", theirs.Weight, yours.Weight)
		add("barcode", theirs.Barcode, yours.Barcode)
		add("content", theirs.Content, yours.Content)
	}
	add("prices", m.priceWords(theirs.Prices), m.priceWords(yours.Prices))
	add("pictures", m.visit.View.Number(len(theirs.Pictures)), m.visit.View.Number(len(yours.Pictures)))
	texts("summary", theirs.Summary, yours.Summary)
	texts("body", theirs.Body, yours.Body)
	texts("slug", theirs.Slug, yours.Slug)
	texts("seo_title", theirs.SEOTitle, yours.SEOTitle)
	texts("seo_description", theirs.SEODescription, yours.SEODescription)
	add("code", theirs.Code, yours.Code)
	add("unit", theirs.Unit, yours.Unit)
	add("measure", m.labelIn(m.measureField().Options, theirs.Measure), m.labelIn(m.measureField().Options, yours.Measure))
	add("available_on", theirs.AvailableOn, yours.AvailableOn)
	add("nodes", m.nodeNames(theirs.Nodes), m.nodeNames(yours.Nodes))
	return found
}

func (m *editor) stateName(state string) string { return m.visit.T("products.state." + state) }
