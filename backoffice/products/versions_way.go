package products

import (
	"errors"
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
	"echoppe.dev/tenant/catalog"
)

// wayModel is the page that asks before an article goes back to how it was.
type wayModel struct {
	editor
	Version catalog.VersionID
	Way     catalog.Way
	Parts   []catalog.Part
	Differ  []difference
}

// openWay reads the way back before a version.
func openWay(c echo.Context, before catalog.VersionID) (*wayModel, error) {
	m := &wayModel{editor: editor{visit: desk.Here(c)}, Version: before}
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return nil, err
	}
	return m, m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if m.Way, err = catalog.FindWay(tx, p, m.Version, m.may()); err != nil {
			return err
		}
		if m.Parts, err = m.Way.Parts(); err != nil {
			return err
		}
		m.Product = m.Way.Have
		if err := m.furnish(tx); err != nil {
			return err
		}
		l, zone := m.visit.View.Locale, m.Settings.Rules().Zone
		have, then := sheetOf(m.Way.Have, nil, nil, l, zone), sheetOf(m.Way.Then, nil, nil, l, zone)
		m.Differ = m.compare(&have, &then)
		return nil
	})
}

func (m *editor) may() catalog.May {
	return catalog.May{Count: m.visit.Can("stock.edit"), Archive: m.visit.Can("articles.delete")}
}

// askRestore says what going back would change.
func (d *Desk) askRestore(c echo.Context) error {
	before, err := id.Parse[catalog.Version](c.Param("version"))
	if err != nil {
		return err
	}
	m, err := openWay(c, before)
	if err != nil {
		return refuseWay(c, err)
	}
	return desk.Show(c, http.StatusOK, wayPage(m.visit.View, m))
}

type restoreFields struct {
	Rev int `form:"rev,revision"`
}

// restore puts the article back.
func (d *Desk) restore(c echo.Context) error {
	form, err := web.Form[restoreFields](c)
	if err != nil {
		return err
	}
	before, err := id.Parse[catalog.Version](c.Param("version"))
	if err != nil {
		return err
	}
	m, err := openWay(c, before)
	if err != nil {
		return refuseWay(c, err)
	}
	return d.goBack(c, m, form.Rev)
}

// askUndo leads to what going back before the last change would change.
func (d *Desk) askUndo(c echo.Context) error {
	last, found, err := lastVersion(c)
	if err != nil {
		return err
	}
	v, list := desk.Here(c), "products/"+c.Param("id")+"/versions"
	if !found {
		web.AddFlash(c, web.Note, "products.versions.none", nil)
		return c.Redirect(seeOther, v.Href(list))
	}
	return c.Redirect(seeOther, v.Href(list+"/"+last.String()))
}

// undo puts the article back before its last change at once: that can be undone in the same way. Where not all of it
// can be brought back it asks first.
func (d *Desk) undo(c echo.Context) error {
	form, err := web.Form[restoreFields](c)
	if err != nil {
		return err
	}
	last, found, err := lastVersion(c)
	if err != nil {
		return err
	}
	if !found {
		return d.askUndo(c)
	}
	m, err := openWay(c, last)
	if err != nil {
		return refuseWay(c, err)
	}
	if m.gone() != "" || len(m.left()) > 0 {
		return d.askUndo(c)
	}
	return d.goBack(c, m, form.Rev)
}

func refuseWay(c echo.Context, err error) error {
	return desk.Refuse(c, "products/"+c.Param("id")+"/versions", "products.refused", err)
}

// goBack puts the article of a revision back, and says what did not come back.
func (d *Desk) goBack(c echo.Context, m *wayModel, rev int) (err error) {
	v, ctx, at := m.visit, c.Request().Context(), "products/"+m.Product.ID.String()
	if err = d.room(ctx, v.Shop, m.Way.Then.State.Weight()-m.Way.Have.State.Weight()); err == nil {
		m.Way, err = catalog.Restore(ctx, v.Shop, v.Actor(), m.Product.ID, m.Version, rev, m.may())
	}
	if errors.Is(err, catalog.ErrStale) {
		web.AddFlash(c, web.Bad, "products.versions.stale", nil)
		return c.Redirect(seeOther, v.Href(at+"/versions/"+m.Version.String()))
	}
	if err != nil {
		return desk.Refuse(c, at+"/versions/"+m.Version.String(), "products.refused", err)
	}
	if gone := m.gone(); gone != "" {
		web.AddFlash(c, web.Note, "products.versions.gone", map[string]string{"what": gone})
	}
	for _, left := range m.left() {
		web.AddFlash(c, web.Note, left.Key, map[string]string{"n": strconv.Itoa(left.N)})
	}
	return desk.Back(c, at, "products.versions.done", map[string]string{"when": v.View.DayTime(m.Way.At)})
}

func (m *wayModel) header() ui.Header {
	v := m.visit.View
	title := v.T("products.versions.before")
	return ui.Header{Title: title, Crumbs: []ui.Crumb{
		{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: m.name(), Href: m.path()},
		{Label: v.T("products.versions.title"), Href: m.path("versions")}, {Label: title},
	}}
}

func (m *wayModel) confirm() ui.Confirm {
	v := m.visit.View
	return ui.Confirm{
		ID: "restore", Title: v.T("products.versions.ask", ui.Args{"when": v.DayTime(m.Way.At)}), Text: v.T("products.versions.means"),
		Points: m.points(), Label: v.T("products.versions.do"), Tone: ui.Info, Post: m.path("versions", m.Version.String()),
		Cancel: m.path("versions"), Hidden: map[string]string{"rev": strconv.Itoa(m.Way.Have.Rev)},
	}
}

// partFields are the fields of the form that tell a part in words.
var partFields = map[catalog.Part][]string{
	catalog.PartState:    {"state"},
	catalog.PartTexts:    {"name", "summary", "body", "slug", "seo_title", "seo_description"},
	catalog.PartPrices:   {"price", "compare_at", "prices"},
	catalog.PartPictures: {"pictures"},
	catalog.PartNodes:    {"nodes"},
	catalog.PartMarks:    {"available_on"},
	catalog.PartGoods:    {"sku", "weight", "barcode", "content", "code", "unit", "measure"},
}

// points say what going back changes, from what to what where that is short, and what does not come back.
func (m *wayModel) points() []string {
	var points []string
	for _, p := range m.Parts {
		said := m.said(p)
		if len(said) == 0 {
			said = []string{m.visit.T("products.versions.as_then", ui.Args{"part": m.part(p)})}
		}
		points = append(points, said...)
	}
	if gone := m.gone(); gone != "" {
		points = append(points, m.visit.T("products.versions.gone", ui.Args{"what": gone}))
	}
	for _, left := range m.left() {
		points = append(points, m.visit.T(left.Key, ui.Args{"n": left.N}))
	}
	return points
}

// said are the differences of a part, from what to what.
func (m *wayModel) said(p catalog.Part) (points []string) {
	have, then, number := m.Way.Have, m.Way.Then, m.visit.View.Number
	add := func(label, a, b string) {
		if a != b {
			points = append(points, m.turn(label, a, b))
		}
	}
	for _, d := range m.Differ {
		if slices.Contains(partFields[p], d.Name) {
			add(d.Label, d.Theirs, d.Yours)
		}
	}
	switch p {
	case catalog.PartPrices:
		if m.many() {
			add(m.visit.T("products.field.price"), m.priceRange(have), m.priceRange(then))
		}
	case catalog.PartVariants:
		add(m.part(p), number(len(have.Variants)), number(len(then.Variants)))
	case catalog.PartLinks:
		add(m.part(p), number(len(have.Links)), number(len(then.Links)))
	case catalog.PartPanels:
		add(m.part(p), number(len(have.Panels)), number(len(then.Panels)))
		m.panelTurns(add)
	case catalog.PartPictures:
		m.altTurns(add)
	case catalog.PartState, catalog.PartTexts, catalog.PartNodes, catalog.PartMarks, catalog.PartGoods:
	}
	return points
}

// panelTurns tell the words of own panels that would be others, language by language.
func (m *wayModel) panelTurns(add func(label, have, then string)) {
	for _, then := range m.Way.Then.OwnPanels {
		i := slices.IndexFunc(m.Way.Have.OwnPanels, func(p catalog.Panel) bool { return p.ID == then.ID })
		if i < 0 {
			continue // one that comes back, which the number tells
		}
		have := m.Way.Have.OwnPanels[i]
		name := then.Titles.In(m.visit.View.Locale, m.Settings.Languages.Default)
		for _, l := range m.Locales {
			add(m.visit.T("products.versions.panel_title", ui.Args{"name": name})+" ("+l.Name()+")", have.Titles[l], then.Titles[l])
			add(m.visit.T("products.versions.panel_body", ui.Args{"name": name})+" ("+l.Name()+")", have.Bodies[l], then.Bodies[l])
		}
	}
}

// altTurns tell the descriptions of pictures that would be others, language by language.
func (m *wayModel) altTurns(add func(label, have, then string)) {
	for i, pic := range m.Way.Then.Pictures {
		have, shown := m.Way.Have.Alts[pic.Media]
		if !shown {
			continue // a picture that comes back, which the number tells
		}
		for _, l := range m.Locales {
			add(m.visit.T("products.versions.alt", ui.Args{"n": i + 1})+" ("+l.Name()+")", have[l], m.Way.Then.Alts[pic.Media][l])
		}
	}
}

// maxSaid is how long a text may be to be told beside another.
const maxSaid = 80

// turn is one difference: from what, to what.
func (m *wayModel) turn(label, from, to string) string {
	if lengthy(from) || lengthy(to) {
		return m.visit.T("products.versions.as_then", ui.Args{"part": label})
	}
	nothing := m.visit.T("products.versions.empty")
	if from == "" {
		from = nothing
	}
	if to == "" {
		to = nothing
	}
	return m.visit.T("products.versions.turn", ui.Args{"part": label, "from": from, "to": to})
}

func lengthy(text string) bool {
	return len([]rune(text)) > maxSaid || strings.ContainsAny(text, "<\n")
}

// gone are the things a version names that were deleted since.
func (m *wayModel) gone() string {
	var words []string
	for _, one := range []remark{{"pictures", m.Way.Left.Pictures}, {"nodes", m.Way.Left.Nodes}, {"links", m.Way.Left.Links}, {"panels", m.Way.Left.Panels}} {
		if one.N > 0 {
			words = append(words, m.visit.T("products.versions.gone."+one.Key, ui.Args{"n": one.N}))
		}
	}
	return strings.Join(words, ", ")
}

// remark is a number and what it is of.
type remark struct {
	Key string
	N   int
}

// left are the remarks about variants and addresses.
func (m *wayModel) left() []remark {
	return slices.DeleteFunc([]remark{
		{"products.versions.left.off", m.Way.Left.Off}, {"products.versions.left.dropped", m.Way.Left.Dropped},
		{"products.versions.left.empty", m.Way.Left.Empty}, {"products.versions.left.addresses", m.Way.Left.Addresses},
	}, func(r remark) bool { return r.N == 0 })
}
