package acceptance

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/analysis"
	"echoppe.dev/tenant/settings"
)

// model is what the report shows.
type model struct {
	visit       *desk.Visit
	Query       periodQuery
	From, Until time.Time // Until is the midnight after the last day
	Refused     error     // what of the query could not be read
	Found       analysis.Report
	modes       map[string]i18n.Text
}

// report shows how payments went (PGW-38).
func (d *Desk) report(c echo.Context) error {
	m, err := d.read(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if m.Refused != nil {
		status = web.Status(m.Refused)
	}
	return desk.Show(c, status, reportPage(m))
}

// read reads the report of the address.
func (d *Desk) read(c echo.Context) (model, error) {
	v := desk.Here(c)
	q, err := web.Query[periodQuery](c)
	if err != nil {
		return model{}, err
	}
	m := model{visit: v, Query: q, modes: map[string]i18n.Text{}}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		v.View.Zone = s.Rules().Zone
		if m.From, m.Until, m.Refused = q.span(tx.Now().In(v.View.Zone)); m.Refused != nil {
			return nil
		}
		modes, err := d.modes.List(tx)
		if err != nil {
			return err
		}
		for _, mode := range modes {
			m.modes[mode.ID.String()] = mode.Names
		}
		m.Found, err = analysis.Read(tx, m.From, m.Until)
		return err
	})
	return m, err
}

func (m model) view() ui.View { return m.visit.View }

func (m model) t(key string, args ...ui.Args) string { return m.visit.T("acceptance."+key, args...) }

func (m model) answers() ui.Answers {
	typed := url.Values{"from": {m.Query.From}, "until": {m.Query.Until}}
	if m.Refused != nil {
		return ui.Refused(m.view(), typed, m.Refused)
	}
	return ui.Asked(typed)
}

// groups are the ways to group, in the order of the page.
var groups = []analysis.By{analysis.ByMode, analysis.ByBuyer, analysis.ByIssued, analysis.ByBrand, analysis.ByIssuer}

// told tells whether a bank told anything a table would be about.
func (m model) told(by analysis.By) bool {
	for _, row := range m.Found.Rows[by] {
		if row.Key != "" {
			return true
		}
	}
	return false
}

// name is what a group is called.
func (m model) name(by analysis.By, row analysis.Row) string {
	switch {
	case by == analysis.ByMode:
		if name := m.modes[row.Key].In(m.view().Locale); name != "" {
			return name
		}
		if key := payment.KindKey(row.Kind); m.view().Words.Has(m.view().Locale, key) {
			return m.view().T(key)
		}
		return row.Kind
	case row.Key == "":
		return m.t("untold")
	case by == analysis.ByBuyer, by == analysis.ByIssued:
		return address.CountryName(m.view().Locale, row.Key)
	}
	return row.Key
}

// why is a reason in a few words.
func (m model) why(w analysis.Why) string {
	if w.Reason == "" {
		return m.t("why.none")
	}
	return m.t("why." + strings.ReplaceAll(string(w.Reason), "-", "_"))
}

// took is a time a person reads.
func (m model) took(d time.Duration) string {
	switch {
	case d == 0:
		return "–"
	case d < time.Minute:
		return m.t("seconds", ui.Args{"n": int(d / time.Second)})
	case d < 2*time.Hour:
		return m.t("minutes", ui.Args{"n": int(d.Round(time.Minute) / time.Minute)})
	case d < 48*time.Hour:
		return m.t("hours", ui.Args{"n": int(d.Round(time.Hour) / time.Hour)})
	}
	const day = 24 * time.Hour
	return m.t("days", ui.Args{"n": int(d.Round(day) / day)})
}
