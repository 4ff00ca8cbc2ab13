package shopsettings

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/settings"
)

// risks are what counts against an order, who is always or never believed, and from when on orders wait (FRD-05).
func (d *Desk) risks() document {
	return document{path: "fraud", name: settings.NameFraud, values: fraudValues, read: d.readFraud, fields: fraudFields, table: true, after: d.afterFraud, beside: d.news}
}

// news reads what the operators say about fraud (FRD-04).
func (d *Desk) news(ctx context.Context, k *known) (err error) {
	k.news, err = d.Advisory.Find(ctx)
	return err
}

// fraudNews is their notice in the reader's language, or in one they wrote.
func fraudNews(s sheet.Sheet, k *known) ui.Flash {
	return ui.Flash{Tone: ui.Info, Title: s.T("news", ui.Args{"date": s.View().Day(k.news.At)}), Text: k.news.Text.In(s.View().Locale)}
}

// fraudList is the name of the table of who is believed or not.
const fraudList = "list"

func fraudValues(_ *desk.Visit, k *known) url.Values {
	r := k.Fraud
	values := url.Values{
		"hold": sheet.Yes(r.Hold), "threshold": {strconv.Itoa(r.Threshold)}, "per_hour": {strconv.Itoa(r.PerHour)}, "per_day": {strconv.Itoa(r.PerDay)},
		"refusals": {strconv.Itoa(r.Refusals)}, "times": {strconv.Itoa(r.Times)}, "domains": {strings.Join(r.Domains, "\n")},
		"share": sheet.Yes(r.Share), "fianet": sheet.Yes(r.FiaNet.On), "site": {r.FiaNet.Site}, "test": sheet.Yes(r.FiaNet.Test), "trust": sheet.Yes(r.Trust),
	}
	for _, rule := range fraud.Weighed() {
		values.Set("points."+string(rule), strconv.Itoa(r.Points[rule]))
	}
	for i, e := range r.List {
		putEntry(values, i, entryForm{string(e.Verdict), string(e.Kind), e.Value})
	}
	return values
}

func putEntry(values url.Values, row int, e entryForm) {
	sheet.PutRow(values, fraudList, row, map[string]string{"verdict": e.Verdict, "kind": e.Kind, "value": e.Value})
}

type fraudForm struct {
	Hold      bool              `form:"hold"`
	Threshold int               `form:"threshold,required"`
	Points    map[string]string `form:"points"`
	PerHour   int               `form:"per_hour,required"`
	PerDay    int               `form:"per_day,required"`
	Refusals  int               `form:"refusals,required"`
	Times     int               `form:"times,required"`
	Domains   string            `form:"domains"`
	List      []entryForm       `form:"list"`
	Share     bool              `form:"share"`
	FiaNet    bool              `form:"fianet"`
	Site      string            `form:"site"`
	Password  string            `form:"password"` // "" keeps the one there is
	Forget    bool              `form:"password.clear"`
	Test      bool              `form:"test"`
	Trust     bool              `form:"trust"`
}

type entryForm struct {
	Verdict string `form:"verdict"`
	Kind    string `form:"kind"`
	Value   string `form:"value"`
}

// readFraud drops the spare rows and numbers the others anew, in what was sent as well.
func (d *Desk) readFraud(c echo.Context, v *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[fraudForm](c)
	r := fraud.Rules(k.Fraud).Clone()
	if err != nil {
		return settings.Fraud(r), err
	}
	r.Hold, r.Threshold, r.PerHour, r.PerDay, r.Refusals, r.Times = f.Hold, f.Threshold, f.PerHour, f.PerDay, f.Refusals, f.Times
	r.Domains, r.List, r.Share = sheet.Items(f.Domains), []fraud.Entry{}, f.Share
	r.Trust = f.Trust
	if r.FiaNet, err = d.contract(v, r.FiaNet, f); err != nil {
		return settings.Fraud(r), err
	}
	var check form.Checker
	const most = 100
	for _, rule := range fraud.Weighed() {
		r.Points[rule] = check.Int("points."+string(rule), f.Points[string(rule)], 0, most)
	}
	sent := c.Request().PostForm
	sheet.DropRows(sent, fraudList)
	for _, row := range f.List {
		if row.Value == "" {
			continue
		}
		putEntry(sent, len(r.List), row)
		r.List = append(r.List, fraud.Entry{Verdict: fraud.Verdict(row.Verdict), Kind: fraud.EntryKind(row.Kind), Value: row.Value})
	}
	if err := r.Check(); err != nil {
		if err := check.Add("", err); err != nil {
			return settings.Fraud(r), err
		}
	}
	return settings.Fraud(r), check.Err()
}

// contract is the account with the outside scorer as it was sent, with the password sealed.
func (d *Desk) contract(v *desk.Visit, before fraud.Contract, f fraudForm) (fraud.Contract, error) {
	c := fraud.Contract{On: f.FiaNet, Site: f.Site, Test: f.Test, Password: before.Password}
	if f.Forget {
		c.Password = ""
	}
	if f.Password == "" {
		return c, nil
	}
	var check form.Checker
	check.OneLine("password", f.Password, maxPassword)
	if err := check.Err(); err != nil {
		return c, err
	}
	var err error
	c.Password, err = d.Scorer.Seal(v.Shop.ID().String(), f.Password)
	return c, err
}

// maxPassword bounds what is sealed.
const maxPassword = 200

// afterFraud takes back what a shop reported that takes part no longer (FRD-03).
func (d *Desk) afterFraud(ctx context.Context, v *desk.Visit, saved settings.Document) error {
	if r, ok := saved.(settings.Fraud); !ok || r.Share {
		return nil
	}
	return d.Signals.Forget(ctx, v.Shop.ID().String())
}

// fraudSecret is the password of the outside scorer, which is never shown.
func fraudSecret(s sheet.Sheet, k *known) ui.Secret {
	f := s.Field("password")
	f.Value = ""
	return ui.Secret{Field: f, Set: k.Fraud.FiaNet.Password != "", Clear: true}
}

// fraudRows is the table of who is believed or not.
func fraudRows(s sheet.Sheet) ui.Rows {
	kinds := make([]ui.Option, 0, len(fraud.EntryKinds()))
	for _, kind := range fraud.EntryKinds() {
		kinds = append(kinds, ui.Option{Value: string(kind), Label: s.T("list.kind." + string(kind))})
	}
	return s.Rows(ui.Rows{
		Name: fraudList, Blank: 2,
		Columns: []ui.Field{
			{Name: "verdict", Options: []ui.Option{
				{Value: string(fraud.Deny), Label: s.T("list.verdict.deny")}, {Value: string(fraud.Allow), Label: s.T("list.verdict.allow")},
			}},
			{Name: "kind", Options: kinds},
			{Name: "value", Autocomplete: "off"},
		},
	})
}
