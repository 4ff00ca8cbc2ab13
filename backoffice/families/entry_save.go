package families

import (
	"errors"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// saveEntry makes or saves an entry; or looks for a place to move it to and shows the form again.
func (d *Desk) saveEntry(c echo.Context) error {
	v := desk.Here(c)
	typed, err := web.Form[sheet](c)
	if err != nil {
		return err
	}
	m := &entryModel{room: room{visit: v}, Node: &catalog.Node{}, Sheet: typed}
	if c.Param("id") != "" {
		if err := m.stored(c); err != nil {
			return err
		}
	} else if err := v.Shop.Read(c.Request().Context(), m.room.read); err != nil {
		return err
	}
	refused, err := d.takePhoto(c, &m.Sheet)
	if err != nil {
		return err
	}
	if m.Sheet.Do == "find" && refused == nil {
		return m.show(c, http.StatusOK)
	}
	n := m.apply()
	if err = refused; err == nil {
		err = formNames(m.write(c.Request().Context(), n), string(m.Locales[0]))
	}
	if errors.Is(err, catalog.ErrStale) {
		return m.clash(c, err)
	}
	if err != nil && (desk.Repairable(err) || len(fault.FieldsOf(err)) > 0) {
		m.Answers = ui.Refused(v.View, nil, err)
		status := web.Status(err)
		if !desk.Repairable(err) {
			status = http.StatusUnprocessableEntity
		}
		return m.show(c, status)
	}
	if err != nil {
		return err
	}
	return desk.Back(c, m.treeAt(n), "families.saved", map[string]string{"name": m.name(n)})
}

// apply is the entry as the sheet wants it.
func (m *entryModel) apply() *catalog.Node {
	n := *m.Node
	n.Rev, n.Visible, n.Texts = m.Sheet.Rev, m.Sheet.Visible, m.textsOf()
	n.ShowStock = settings.Show(m.Sheet.ShowStock)
	n.Parent, n.Media = catalog.NodeID{}, nil
	if parent, err := id.Parse[catalog.Node](m.Sheet.Parent); err == nil {
		n.Parent = parent
	}
	if which, err := id.Parse[media.Media](m.Sheet.Picture); err == nil && !m.Sheet.NoPicture {
		n.Media = &which
	}
	if n.ID.IsZero() {
		n.Position = m.lastPlace(n.Parent)
	}
	return &n
}

// lastPlace is the position after all sisters.
func (m *entryModel) lastPlace(parent catalog.NodeID) int {
	code := m.Sheet.List
	if code == "" {
		code = catalog.Families
	}
	list, ok := m.Tree.Taxonomy(code)
	if !ok {
		return 0
	}
	last := -1
	for _, s := range m.sisters(&catalog.Node{Taxonomy: list.ID, Parent: parent}) {
		last = max(last, s.Position)
	}
	return last + 1
}

// takePhoto stores the picture that came with the form and names it in the sheet.
func (d *Desk) takePhoto(c echo.Context, s *sheet) (refused, err error) {
	if s.Photo == nil || s.Photo.Size == 0 && s.Photo.Filename == "" {
		return nil, nil
	}
	v := desk.Here(c)
	taken, bad, err := pictures.Take(c.Request().Context(), v, d.library, []*multipart.FileHeader{s.Photo})
	if err != nil {
		return nil, err
	}
	if len(bad) > 0 {
		return fault.Invalid(fault.Field{Name: "photo", Key: "families.photo_refused", Args: fault.Args{
			"file": strings.Join(pictures.Explain(v, bad), "")}}), nil
	}
	s.Picture, s.NoPicture = taken[0].ID.String(), false
	return nil, nil
}

// clash shows what was typed beside what somebody else has saved; the next save is a decision.
func (m *entryModel) clash(c echo.Context, refusal error) error {
	yours := m.Sheet
	if err := m.stored(c); err != nil {
		return err
	}
	theirs := sheetOf(m.Node)
	add := func(label, a, b string) {
		if a != b {
			m.Clash = append(m.Clash, ui.Term{Name: label, Body: clashBoth(m.visit.View, a, b)})
		}
	}
	texts := func(field string, a, b map[string]string) {
		for _, l := range m.Locales {
			add(m.visit.T("families.field."+field)+" ("+l.Name()+")", a[string(l)], b[string(l)])
		}
	}
	texts("name", theirs.Name, yours.Name)
	add(m.visit.T("families.field.parent"), m.parentName(theirs.Parent), m.parentName(yours.Parent))
	add(m.visit.T("families.field.visible"), m.yesNo(theirs.Visible), m.yesNo(yours.Visible))
	add(m.visit.T("families.field.show_stock"), m.showName(settings.Show(theirs.ShowStock)), m.showName(settings.Show(yours.ShowStock)))
	texts("body", theirs.Body, yours.Body)
	texts("slug", theirs.Slug, yours.Slug)
	texts("seo_title", theirs.SEOTitle, yours.SEOTitle)
	texts("seo_description", theirs.SEODescription, yours.SEODescription)
	m.Sheet.Rev = theirs.Rev
	m.Answers = ui.Refused(m.visit.View, nil, refusal)
	return m.show(c, http.StatusConflict)
}

func (m *entryModel) parentName(text string) string {
	if n, err := id.Parse[catalog.Node](text); err == nil {
		if found, ok := m.Tree.Node(n); ok {
			return m.path(found)
		}
	}
	return m.visit.T("families.top")
}

func (m *entryModel) yesNo(on bool) string {
	if on {
		return m.visit.T("ui.yes")
	}
	return m.visit.T("ui.no")
}

// formNames gives what the catalogue refuses the names of the form's fields.
func formNames(err error, main string) error {
	fields := fault.FieldsOf(err)
	var one *fault.Error
	if len(fields) == 0 || !errors.As(err, &one) {
		return err
	}
	named := make([]fault.Field, len(fields))
	for i, f := range fields {
		parts := strings.Split(f.Name, ".")
		switch {
		case f.Name == "name" || f.Name == "slug":
			f.Name += "." + main
		case len(parts) == 3 && parts[0] == "texts":
			f.Name = parts[2] + "." + parts[1]
		}
		named[i] = f
	}
	if !fault.Is(err, fault.Malformed) {
		return one.On(named[0].Name)
	}
	return fault.Invalid(named...)
}
