package profiles

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/profile"
)

// list shows the profiles, and when visitors are asked for theirs.
func (d *Desk) list(c echo.Context) error {
	k, err := d.load(c.Request().Context(), desk.Here(c).Shop)
	if err != nil {
		return err
	}
	return showList(c, http.StatusOK, k, ui.Asked(url.Values{"choose": {string(k.chosen())}}))
}

// chosen is when visitors are asked, as the merchant said it: also where there is nothing to choose.
func (k *known) chosen() profile.Choose {
	if k.book.Choose == "" {
		return profile.Never
	}
	return k.book.Choose
}

func showList(c echo.Context, status int, k *known, a ui.Answers) error {
	v := desk.Here(c)
	return desk.Show(c, status, listPage(k.editor(v, a), k))
}

type chooseForm struct {
	Choose string `form:"choose,required"`
	Rev    int    `form:"rev,revision"`
}

// choose saves when visitors are asked (PROF-06).
func (d *Desk) choose(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[chooseForm](c)
	if err == nil {
		err = keep(ctx, v, f.Rev, func(_ tenant.Tx, b *profile.Book) error {
			b.Choose = profile.Choose(f.Choose)
			return nil
		})
	}
	if desk.Repairable(err) {
		k, readErr := d.load(ctx, v.Shop)
		if readErr != nil {
			return readErr
		}
		return showList(c, web.Status(err), k, ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "profiles", "profiles.saved", nil)
}

func header(v *desk.Visit) ui.Header {
	h := ui.Header{Title: v.T("profiles.title"), Lead: v.T("profiles.lead")}
	if !v.Can("settings.edit") {
		return h
	}
	for _, kind := range made {
		h.Actions = append(h.Actions, ui.Action{Label: v.T("profiles.new." + string(kind)), Icon: ui.IconPlus, Href: v.Href(newPath(kind))})
	}
	h.Actions[0].Look = ui.Primary
	return h
}

func table(v *desk.Visit, k *known) ui.Table {
	t := ui.Table{
		Caption: v.T("profiles.title"),
		Columns: []ui.Column{
			{Title: v.T("profiles.profile"), Main: true}, {Title: v.T("profiles.what")},
			{Title: v.T("profiles.customers"), End: true}, {Title: v.T("profiles.state"), Fit: true},
		},
	}
	for i := range k.book.Profiles {
		p := &k.book.Profiles[i]
		name, href := named(v, k, p), v.Href("profiles/"+string(p.Code))
		row := ui.Row{ID: string(p.Code), Name: name, Muted: !p.Active, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: name, Href: href, Sub: v.T("profiles.kind." + string(p.Kind))}),
			ui.TextCell(sentence(v, k, p)), customersCell(v, k, p), ui.BadgeCell(v.View, badges(v, k, p)...),
		}}
		if v.Can("settings.edit") {
			row.More = actions(v, href, p, i > 1, i > 0 && i < len(k.book.Profiles)-1)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func customersCell(v *desk.Visit, k *known, p *profile.Profile) templ.Component {
	n := v.View.Number(k.customers[p.Code])
	if k.customers[p.Code] == 0 || !v.Can("customers.view") {
		return ui.TextCell(n)
	}
	return ui.LinkCell(v.Href("customers")+"?"+url.Values{"profile": {string(p.Code)}}.Encode(), n)
}

func badges(v *desk.Visit, k *known, p *profile.Profile) []ui.Badge {
	list := []ui.Badge{{Label: v.T("profiles.active"), Tone: ui.Good, Dot: true}}
	if !p.Active {
		list[0] = ui.Badge{Label: v.T("profiles.inactive"), Tone: ui.Neutral, Dot: true}
	}
	if n := len(warnings(v, k, p)); n > 0 {
		list = append(list, ui.Badge{Label: v.T("profiles.look"), Tone: ui.Warn})
	}
	return list
}

func actions(v *desk.Visit, href string, p *profile.Profile, up, down bool) []ui.Action {
	list := []ui.Action{{Label: v.T("profiles.edit"), Icon: ui.IconPencil, Href: href}}
	if p.Kind == profile.KindAnonymous {
		return list
	}
	turn := ui.Action{Label: v.T("profiles.switch_on"), Icon: ui.IconPlayerPlay, Post: href + "/switch", Name: "active", Value: "1"}
	if p.Active {
		turn.Label, turn.Icon, turn.Value = v.T("profiles.switch_off"), ui.IconPlayerPause, "0"
	}
	list = append(list, turn)
	if up {
		list = append(list, ui.Action{Label: v.T("profiles.up"), Icon: ui.IconArrowUp, Post: href + "/move", Name: "up", Value: "1"})
	}
	if down {
		list = append(list, ui.Action{Label: v.T("profiles.down"), Icon: ui.IconArrowDown, Post: href + "/move", Name: "up", Value: "0"})
	}
	return append(list, ui.Action{Label: v.T("profiles.remove_do"), Icon: ui.IconTrash, Look: ui.Danger, Href: href + "/remove"})
}

// chooseField asks when visitors are asked, with what then happens.
func chooseField(s editor) ui.Field {
	return s.Choice("choose", string(profile.Never), string(profile.OnPrice), string(profile.OnEntry))
}

// chooseWarning is why asking comes to nothing, "" when it does not. What was typed counts, saved or not.
func chooseWarning(s editor, k *known) string {
	if s.Values.Get("choose") == string(profile.Never) {
		return ""
	}
	switch len(k.book.Public()) {
	case 0:
		return s.T("choose.none")
	case 1:
		return s.T("choose.single", ui.Args{"name": named(s.Visit, k, k.book.Public()[0])})
	}
	return ""
}

func hiddenRev(k *known) map[string]string { return map[string]string{"rev": strconv.Itoa(k.rev())} }
