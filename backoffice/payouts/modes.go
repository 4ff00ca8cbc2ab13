package payouts

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
)

// modesModel is how the files of each way to pay are read, and when its money is to come.
type modesModel struct {
	room
	Setups map[payment.ModeID]payout.Setup
}

func (d *Desk) modes(c echo.Context) error {
	v := desk.Here(c)
	var m modesModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		m.Setups, err = payout.Setups(tx)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, modesPage(m))
}

func (m modesModel) table() ui.Table {
	t := ui.Table{Caption: m.t("modes"), Columns: []ui.Column{{Title: m.t("mode"), Main: true}, {Title: m.t("layout")}, {Title: m.t("delay")}, {Title: m.t("tariff")}},
		Empty: ui.Empty{Icon: ui.IconCreditCard, Title: m.t("no_modes")}}
	for _, one := range m.Modes {
		s := m.Setups[one.ID]
		title := ui.Title{Text: m.name(one), Sub: m.view().T(payment.KindKey(one.Kind))}
		if m.visit.Can("orders.settle") {
			title.Href = m.href("/modes/" + one.ID.String())
		}
		delay, tariff := "–", "–"
		if s.Delay != nil {
			delay = m.t("days", ui.Args{"n": *s.Delay})
		}
		if s.Tariff != nil {
			tariff = m.view().Percent(s.Tariff.Percent) + " + " + m.view().Decimal(s.Tariff.Fixed)
		}
		t.Rows = append(t.Rows, ui.Row{Name: title.Text, Cells: []templ.Component{ui.TitleCell(m.view(), title), ui.TextCell(m.view().T(s.Layout.Key())), ui.TextCell(delay), ui.TextCell(tariff)}})
	}
	return t
}

// modeModel is the form about one way to pay.
type modeModel struct {
	room
	Mode    payment.Mode
	Answers ui.Answers
}

func (m modeModel) sheet() sheet.Sheet { return sheet.New(m.visit, "payouts", m.Answers) }

func (m modeModel) layouts() ui.Field {
	f := m.sheet().Field("layout")
	f.Help = ""
	for _, l := range payout.Layouts() {
		f.Options = append(f.Options, ui.Option{Value: string(l), Label: m.view().T(l.Key())})
	}
	return f
}

func (m modeModel) decimals() ui.Field {
	f := m.sheet().Field("decimal")
	f.Options = []ui.Option{{Label: m.t("decimal.auto")}, {Value: ",", Label: m.t("decimal.comma")}, {Value: ".", Label: m.t("decimal.point")}}
	return f
}

// column is the field for the heading of a column.
func (m modeModel) column(col payout.Column) ui.Field {
	return m.Answers.Fill(ui.Field{Name: "columns." + string(col), Label: m.t("column." + string(col)), MaxLen: 100, Autocomplete: "off"})
}

// ownOpen tells that the fields for headings are to be seen at once.
func (m modeModel) ownOpen() bool {
	if m.Answers.Values.Get("layout") == string(payout.Own) {
		return true
	}
	for name := range m.Answers.Errors {
		if strings.HasPrefix(name, "columns.") {
			return true
		}
	}
	return false
}

// form is the form, with the names of its columns among the labels.
func (m modeModel) form() ui.Form {
	s := m.sheet()
	s.Known = map[string]string{}
	for _, col := range payout.Columns() {
		s.Known["columns."+string(col)] = m.t("column." + string(col))
	}
	f := s.Form(nil)
	f.Guard = true
	return f
}

// modeForm is what a merchant says of a way to pay.
type modeForm struct {
	Layout  string            `form:"layout"`
	Columns map[string]string `form:"columns"`
	Decimal string            `form:"decimal"`
	Delay   string            `form:"delay"`
	Since   string            `form:"since"`
	Percent string            `form:"percent"`
	Fixed   string            `form:"fixed"`
}

// setup reads it. Errors: refused fields.
func (f modeForm) setup(v *desk.Visit) (payout.Setup, error) {
	var c form.Checker
	s := payout.Setup{Layout: payout.Layout(f.Layout), Decimal: f.Decimal, Since: c.Date("since", f.Since)}
	for _, col := range payout.Columns() {
		if heading := f.Columns[string(col)]; heading != "" {
			if s.Columns == nil {
				s.Columns = map[payout.Column]string{}
			}
			s.Columns[col] = heading
		}
	}
	if f.Delay != "" {
		days := sheet.ReadWhole(&c, "delay", v.View.Locale, f.Delay, 0, form.MaxInt)
		s.Delay = &days
	}
	percent, fixed := sheet.ReadOptional(&c, "percent", v.View.Locale, f.Percent, 3), sheet.ReadOptional(&c, "fixed", v.View.Locale, f.Fixed, 4)
	if percent != nil || fixed != nil {
		s.Tariff = &payout.Tariff{}
		if percent != nil {
			s.Tariff.Percent = *percent
		}
		if fixed != nil {
			s.Tariff.Fixed = *fixed
		}
	}
	if err := c.Err(); err != nil {
		return s, err
	}
	return s, s.Check()
}

// typed writes a setup into the fields.
func typed(v *desk.Visit, s payout.Setup) url.Values {
	values := url.Values{"layout": {string(s.Layout)}, "decimal": {s.Decimal}}
	for col, heading := range s.Columns {
		values.Set("columns."+string(col), heading)
	}
	if s.Delay != nil {
		values.Set("delay", strconv.Itoa(*s.Delay))
	}
	if !s.Since.IsZero() {
		values.Set("since", s.Since.Format(time.DateOnly))
	}
	if t := s.Tariff; t != nil {
		values.Set("percent", sheet.Number(v.View.Locale, t.Percent))
		values.Set("fixed", sheet.Number(v.View.Locale, t.Fixed))
	}
	return values
}

func (d *Desk) askMode(c echo.Context) error {
	v := desk.Here(c)
	m, err := openMode(c)
	if err != nil {
		return err
	}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := payout.FindSetup(tx, m.Mode.ID)
		m.Answers = ui.Asked(typed(v, s))
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, modePage(m))
}

func (d *Desk) saveMode(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[modeForm](c)
	if err != nil {
		return err
	}
	m, err := openMode(c)
	if err != nil {
		return err
	}
	s, err := f.setup(v)
	if err == nil {
		err = payout.SaveSetup(c.Request().Context(), v.Shop, v.Actor(), m.Mode.ID, s)
	}
	if desk.Repairable(err) {
		m.Answers = ui.Refused(v.View, c.Request().PostForm, err)
		return desk.Show(c, web.Status(err), modePage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, base+"/modes", "payouts.saved", nil)
}

func openMode(c echo.Context) (modeModel, error) {
	v := desk.Here(c)
	which, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return modeModel{}, fault.New(fault.NotFound, payment.ErrMode.Key()).Because(err)
	}
	var m modeModel
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		m.room, err = here(tx, v)
		return err
	})
	for _, one := range m.Modes {
		if one.ID == which {
			m.Mode = one
			return m, err
		}
	}
	if err == nil {
		err = payment.ErrMode
	}
	return m, err
}
