package shopsettings

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/vat"
)

// document is how one document of the settings becomes a form and back.
type document struct {
	path   string // below /settings/, and the name of its words
	name   settings.Name
	values func(v *desk.Visit, k *known) url.Values
	// read makes the document of what was sent; what the form does not hold is taken from k.
	read   func(c echo.Context, v *desk.Visit, k *known) (settings.Document, error)
	fields func(s sheet.Sheet, k *known) templ.Component
	// more reads what only this page shows; nil when that is nothing.
	more func(tx tenant.Tx, k *known) error
	// beside reads what the page shows that is not the shop's; nil when that is nothing.
	beside func(ctx context.Context, k *known) error
	table  bool // has a table of rows, whose small buttons no sticking bar may lie over
	// after is told what was saved; nil when nobody else has to know.
	after func(ctx context.Context, v *desk.Visit, saved settings.Document) error
}

// documents lists them in the order of the index.
func (d *Desk) documents() []document {
	return []document{
		d.identity(), languagesDocument(), d.currencies(), vatDocument(), rates(), stock(), catalogue(), numbering(), quotes(), d.risks(), letters(),
	}
}

// known is what the pages of the documents are drawn from.
type known struct {
	*settings.Settings
	pages []*content.Page
	now   time.Time
	// distance is where the shop stands with its sales at a distance, on the page of VAT.
	distance vat.Distance
	// use is what hangs on the currencies, on their page.
	use currencyUse
	// news is what the operators say about fraud, on its page.
	news advisory.Notice
}

func load(ctx context.Context, shop *tenant.Shop) (*known, error) {
	return loadFor(ctx, shop, document{})
}

// loadFor is load with what only the page of one document shows.
func loadFor(ctx context.Context, shop *tenant.Shop, doc document) (*known, error) {
	k := &known{}
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if k.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		if k.pages, err = content.List(tx); err != nil {
			return err
		}
		k.now = tx.Now()
		if doc.more == nil {
			return nil
		}
		return doc.more(tx, k)
	})
	if err == nil && doc.beside != nil {
		err = doc.beside(ctx, k)
	}
	return k, err
}

func (d *Desk) editDocument(doc document) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := desk.Here(c)
		k, err := loadFor(c.Request().Context(), v.Shop, doc)
		if err != nil {
			return err
		}
		return showDocument(c, http.StatusOK, doc, k, ui.Asked(doc.values(v, k)), nil)
	}
}

func (d *Desk) saveDocument(doc document) echo.HandlerFunc {
	return func(c echo.Context) error {
		v, ctx := desk.Here(c), c.Request().Context()
		k, err := loadFor(ctx, v.Shop, doc)
		if err != nil {
			return err
		}
		made, err := doc.read(c, v, k)
		if err == nil {
			err = settings.Save(ctx, v.Shop, v.Actor(), made, form.Revision(c.Request().PostForm.Get("rev")))
		}
		if desk.Repairable(err) {
			return refuseDocument(c, doc, err)
		}
		if err == nil && doc.after != nil {
			err = doc.after(ctx, v, made)
		}
		if err != nil {
			return err
		}
		return desk.Back(c, "settings/"+doc.path, "setup.saved", nil)
	}
}

// refuseDocument shows the form as it was sent. When somebody else was faster, it is read again and
// shown beside it.
func refuseDocument(c echo.Context, doc document, refusal error) error {
	v := desk.Here(c)
	k, err := loadFor(c.Request().Context(), v.Shop, doc)
	if err != nil {
		return err
	}
	typed := c.Request().PostForm
	s := sheet.New(v, "setup."+doc.path, ui.Refused(v.View, typed, refusal))
	var others []sheet.Difference
	if web.Status(refusal) == http.StatusConflict {
		others = differences(s, typed, doc.values(v, k))
	}
	return showDocument(c, web.Status(refusal), doc, k, s.Answers, others)
}

func showDocument(c echo.Context, status int, doc document, k *known, a ui.Answers, others []sheet.Difference) error {
	s := sheet.New(desk.Here(c), "setup."+doc.path, a)
	return desk.Show(c, status, documentPage(s, doc, k, others))
}

func differences(s sheet.Sheet, typed, stored url.Values) []sheet.Difference {
	names := map[string]bool{}
	for name := range typed {
		names[name] = true
	}
	for name := range stored {
		names[name] = true
	}
	var list []sheet.Difference
	for name := range names {
		mine, theirs := strings.Join(typed[name], ", "), strings.Join(stored[name], ", ")
		if label := s.Label(name); label != "" && mine != theirs {
			list = append(list, sheet.Difference{Label: label, Typed: mine, Stored: theirs})
		}
	}
	slices.SortFunc(list, func(a, b sheet.Difference) int { return strings.Compare(a.Label, b.Label) })
	return list
}
