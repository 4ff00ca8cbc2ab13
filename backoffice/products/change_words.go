package products

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/transfer"
)

// say is a change in one line: "Price +3 %, ending in …,90".
func (m *changeRun) say(o *bulk.Operation) string {
	v := m.visit.View
	args := ui.Args{"number": signed(v, o.Number)}
	key := "products.change.say." + string(o.Kind)
	switch o.Kind {
	case bulk.Price:
		switch o.How {
		case bulk.Percent:
			args["number"] = sign(o.Number) + v.Percent(o.Number)
		case bulk.Amount:
			args["number"] = sign(o.Number) + v.Money(money.New(o.Number, m.Settings.Rules().Currency))
		case bulk.Set:
			args["number"] = v.Money(money.New(o.Number, m.Settings.Rules().Currency))
		case bulk.Keep, bulk.Present, bulk.None, bulk.Add, bulk.Remove:
		}
		text := v.T(key+"."+string(o.How), args)
		if o.Ending != "" && o.How != bulk.Keep {
			text += v.T("products.change.say.ending", ui.Args{"ending": endingWords(v, o.Ending)})
		} else if o.Ending != "" {
			text = v.T(key+"."+string(o.How), ui.Args{"ending": endingWords(v, o.Ending)})
		}
		return text
	case bulk.State:
		args["to"] = v.T("products.state." + o.To)
	case bulk.Tax:
		args["to"] = m.class(o.To)
	case bulk.Family:
		args["to"] = v.T("products.changes.gone")
		if n, ok := m.Tree.Node(o.Node); ok {
			args["to"] = n.Text(v.Locale, m.Settings.Languages.Default).Name
		}
	case bulk.Stock:
		if o.How == bulk.Set {
			args["number"] = v.Decimal(o.Number)
		}
	case bulk.LowAt:
		args["number"] = v.Decimal(o.Number)
	case bulk.Cross:
	}
	if o.How != "" {
		key += "." + string(o.How)
	}
	return v.T(key, args)
}

func sign(n decimal.Decimal) string {
	if n.IsPositive() {
		return "+"
	}
	return ""
}

func signed(v ui.View, n decimal.Decimal) string { return sign(n) + i18n.FormatNumber(v.Locale, n) }

func runBadge(v ui.View, r *transfer.Run) ui.Badge {
	tones := map[transfer.State]ui.Tone{
		transfer.Checking: ui.Info, transfer.Checked: ui.Warn, transfer.Running: ui.Info, transfer.Done: ui.Good,
		transfer.Failed: ui.Bad, transfer.Undone: ui.Neutral, transfer.Cancelled: ui.Neutral,
	}
	key := "products.changes.state." + string(r.State)
	if r.State == transfer.Running && r.Undoing {
		key = "products.changes.state.undoing"
	}
	return ui.Badge{Label: v.T(key), Tone: tones[r.State], Dot: true}
}

// maxChanges is how many changes the history shows.
const maxChanges = 50

// changesModel is the history of changes of many articles.
type changesModel struct {
	changeRun
	Runs []*transfer.Run
}

// changes shows what was changed in many articles at once, so that it can be undone.
func (d *Desk) changes(c echo.Context) error {
	m := &changesModel{changeRun: changeRun{visit: desk.Here(c)}}
	err := m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		if m.Tree, err = catalog.ReadTree(tx); err != nil {
			return err
		}
		m.Now = tx.Now()
		m.Runs, err = transfer.ListEdits(tx, maxChanges)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, changesPage(m.visit.View, m))
}

func (m *changesModel) header() ui.Header {
	v := m.visit.View
	return ui.Header{Title: v.T("products.changes.title"), Lead: v.T("products.changes.lead"),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: v.T("products.changes.title")}}}
}

func (m *changesModel) history() ui.Table {
	v := m.visit.View
	t := ui.Table{
		Caption: v.T("products.changes.title"),
		Columns: []ui.Column{{Title: v.T("products.changes.what"), Main: true}, {Title: v.T("products.field.state")},
			{Title: v.T("products.changes.count.update"), End: true}, {Title: v.T("products.changes.when")}},
		Empty: ui.Empty{Icon: ui.IconHistory, Title: v.T("products.changes.none"), Text: v.T("products.changes.none_text"),
			Actions: []ui.Action{{Label: v.T("office.nav.products"), Href: m.visit.Href("products"), Icon: ui.IconPackage}}},
	}
	for _, r := range m.Runs {
		one := m.changeRun
		one.Run = r
		row := ui.Row{Name: m.say(r.Edit), Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: m.say(r.Edit), Href: one.path(""), Sub: r.Actor.Name}),
			ui.BadgeCell(v, runBadge(v, r)), ui.TextCell(v.Number(max(r.Report.Counts.Update, r.Report.Counts.Written))), ui.When(v, r.Created),
		}}
		if one.undoable() {
			row.More = []ui.Action{{Label: v.T("products.changes.undo"), Icon: ui.IconArrowBackUp, Post: one.path("/undo")}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
