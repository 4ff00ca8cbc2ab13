package products

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

// newcomer is what the page of a new article shows.
type newcomer struct {
	visit    *desk.Visit
	Key      catalog.ProductID // the article's id, given with the page: sent twice it makes one article
	Settings *settings.Settings
	Sheet    sheet
	Media    map[media.ID]*media.Media
	Answers  ui.Answers
	Many     ui.Answers // of the form for several photos
	Made     int        // drafts made, although some photos were refused
}

// quick shows the form for a new article: photo, name, price, stock.
func (d *Desk) quick(c echo.Context) error {
	m := &newcomer{visit: desk.Here(c), Key: id.New[catalog.Product]()}
	return m.show(c, http.StatusOK)
}

func (m *newcomer) show(c echo.Context, status int) error {
	err := m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		if m.Sheet.Gross == "" {
			m.Sheet.Gross = "0"
			if m.Settings.Tax.EntryGross {
				m.Sheet.Gross = "1"
			}
		}
		var named []catalog.Picture
		for _, f := range m.Sheet.Pictures {
			if pic, err := id.Parse[media.Media](f.ID); err == nil {
				named = append(named, catalog.Picture{Media: pic})
			}
		}
		m.Media, err = mediaOf(tx, named)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, status, newPage(m.visit.View, m))
}

// createOne makes one article of the quick form.
func (d *Desk) createOne(c echo.Context) error {
	v := desk.Here(c)
	typed, wrong := web.Form[sheet](c)
	if wrong != nil && len(fault.FieldsOf(wrong)) == 0 {
		return wrong
	}
	m := &newcomer{visit: v, Sheet: typed}
	switch made, err := m.made(c.Request().Context()); {
	case err != nil:
		return err
	case made:
		return desk.Back(c, "products/"+m.Key.String(), "products.created_before", nil)
	}
	refused, err := d.takePhotos(c, &m.Sheet)
	if err != nil {
		return err
	}
	s, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	m.Sheet.step() // "withdraw" makes a draft of it
	ch, err := m.Sheet.read(blank(v, s, &m.Sheet), s, v.View.Locale)
	ch.product.ID = m.Key
	if err = firstOf(wrong, refused, err); err == nil {
		err = d.room(c.Request().Context(), v.Shop, ch.product.State.Weight())
	}
	if err == nil {
		err = formNames(storeNew(c.Request().Context(), v, &ch), s.Languages.Default)
	}
	if errors.Is(err, catalog.ErrStale) { // its twin made the article while this one was on its way
		return desk.Back(c, "products/"+m.Key.String(), "products.created_before", nil)
	}
	if mendable(err) {
		m.Answers = ui.Refused(v.View, nil, err)
		return m.show(c, status(err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "products/"+ch.product.ID.String(), "products.created",
		map[string]string{"name": ch.product.Text(v.View.Locale, s.Languages.Default).Name})
}

// made reads the key of the page and tells whether it has made its article already. A page without one
// gets one now.
func (m *newcomer) made(ctx context.Context) (bool, error) {
	var err error
	if m.Key, err = id.Parse[catalog.Product](m.Sheet.Key); err != nil {
		m.Key = id.New[catalog.Product]()
		return false, nil
	}
	_, err = catalog.Find(ctx, m.visit.Shop, m.Key)
	if errors.Is(err, catalog.ErrProduct) {
		return false, nil
	}
	return err == nil, err
}

func load(ctx context.Context, shop *tenant.Shop) (s *settings.Settings, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		s, err = settings.Load(tx)
		return err
	})
	return s, err
}

// blank is an article before anything is known of it, and gives the sheet what the quick form does
// not ask for.
func blank(v *desk.Visit, s *settings.Settings, form *sheet) *catalog.Product {
	name := form.Name[string(s.Languages.Default)]
	if form.Code == "" {
		form.Code = catalog.Slug(s.Languages.Default, name)
	}
	if form.Code == "" {
		form.Code = "a" + tail(id.New[catalog.Product]())
	}
	if form.SKU == "" {
		form.SKU = strings.ToUpper(form.Code)
	}
	if form.State == "" {
		form.State = string(catalog.Draft)
	}
	form.Kind, form.TaxClass = string(catalog.Physical), string(tax.Standard)
	if !v.Can("stock.edit") {
		form.Stock = ""
	}
	return &catalog.Product{State: catalog.Draft, Texts: map[i18n.Locale]catalog.Text{}}
}

// tail is the random end of an id, enough to tell two things of one name apart.
func tail(p catalog.ProductID) string {
	text := p.String()
	return text[len(text)-6:]
}

// storeNew writes a new article. A code or SKU made from its name that is taken gets an ending.
func storeNew(ctx context.Context, v *desk.Visit, ch *change) error {
	first := *ch.product
	err := store(ctx, v.Shop, v.Actor(), ch)
	if !errors.Is(err, catalog.ErrCodeTaken) && !errors.Is(err, catalog.ErrSKUTaken) {
		return err
	}
	end := tail(id.New[catalog.Product]())
	first.Code += "-" + end
	first.Variants = append([]catalog.Variant(nil), first.Variants...)
	first.Variants[0].SKU += "-" + strings.ToUpper(end)
	ch.product = &first
	return store(ctx, v.Shop, v.Actor(), ch)
}

// createMany makes a draft of every photo, named like its file.
func (d *Desk) createMany(c echo.Context) error {
	v := desk.Here(c)
	form, err := web.Form[sheet](c)
	if err != nil {
		return err
	}
	m := &newcomer{visit: v}
	sent := len(form.Photos)
	// Asked before the photos are stored: they would be in the library without an article.
	if err := d.room(c.Request().Context(), v.Shop, sent); desk.Repairable(err) {
		m.Many = ui.Refused(v.View, nil, err)
		return m.show(c, web.Status(err))
	} else if err != nil {
		return err
	}
	refused, err := d.takePhotos(c, &form)
	if err != nil {
		return err
	}
	if sent == 0 {
		refused = fault.Invalid(fault.Field{Name: "photos", Key: "form.required"})
	}
	s, err := load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	for _, pic := range form.Pictures {
		if err := m.draft(c.Request().Context(), s, pic); err != nil {
			return err
		}
		m.Made++
	}
	if refused != nil {
		m.Many = ui.Refused(v.View, nil, refused)
		return m.show(c, http.StatusUnprocessableEntity)
	}
	return desk.Back(c, "products?state=draft", "products.drafts_made", map[string]string{"n": v.View.Number(m.Made)})
}

// draft makes a draft of one picture that is stored.
func (m *newcomer) draft(ctx context.Context, s *settings.Settings, pic pictureField) error {
	which, err := id.Parse[media.Media](pic.ID)
	if err != nil {
		return err
	}
	found, err := media.Find(ctx, m.visit.Shop, which)
	if err != nil {
		return err
	}
	main := string(s.Languages.Default)
	form := sheet{
		Name: map[string]string{main: nameOfFile(found.FileName)}, Price: "0", Gross: "0", Pictures: []pictureField{{ID: pic.ID}},
	}
	if s.Tax.EntryGross {
		form.Gross = "1"
	}
	ch, err := form.read(blank(m.visit, s, &form), s, m.visit.View.Locale)
	if err != nil {
		return err
	}
	return storeNew(ctx, m.visit, &ch)
}

// nameOfFile makes "vase_bleu-01.jpg" into "vase bleu 01".
func nameOfFile(file string) string {
	name := strings.TrimSuffix(file, filepath.Ext(file))
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == ' ' }), " ")
	if name == "" {
		return file
	}
	return name
}
