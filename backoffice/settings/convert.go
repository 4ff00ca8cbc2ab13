package shopsettings

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
)

// convertForm is a conversion as it is typed: in the address of the page while it is only looked at.
type convertForm struct {
	To     string `query:"to" form:"to"`
	Rate   string `query:"rate" form:"rate"`
	Step   string `query:"step" form:"step"`
	Ending string `query:"ending" form:"ending"`
	Shown  bool   `query:"shown" form:"shown"`
	Asked  bool   `query:"asked"`
	Rev    int    `form:"rev,revision"`
}

func (f convertForm) values() url.Values {
	return url.Values{"to": {f.To}, "rate": {f.Rate}, "step": {f.Step}, "ending": {f.Ending}, "shown": sheet.Yes(f.Shown)}
}

const (
	ratePlaces = 12
	sumPlaces  = 3
)

// plan reads the form; a rate that was left empty is the one that is proposed, and then stands in the form.
func (d *Desk) plan(ctx context.Context, v *desk.Visit, set *settings.Settings, f *convertForm) (conversion.Plan, error) {
	var c form.Checker
	p := conversion.Plan{Old: settings.OldKept}
	if f.Shown {
		p.Old = settings.OldShown
	}
	p.Exchange.From = set.Rules().Currency
	to, err := money.ParseCurrency(f.To)
	if err != nil {
		c.Refuse("to", "settings.currency", nil)
		return p, c.Err()
	}
	p.Exchange.To = to
	rule := currency.Rounding{Step: c.Decimal("step", v.View.Locale, f.Step, sumPlaces), Ending: c.Decimal("ending", v.View.Locale, f.Ending, sumPlaces)}
	if f.Rate == "" && to != p.Exchange.From {
		rate, known := d.proposed(ctx, set.Currencies, f.To)
		if !known {
			c.Refuse("rate", "setup.convert.no_rate", nil)
			return p, c.Err()
		}
		f.Rate = writeDecimal(v.View.Locale, rate)
	}
	p.Exchange.Factor = c.Decimal("rate", v.View.Locale, f.Rate, ratePlaces)
	p.Exchange.Rounding = rule
	if err := c.Err(); err != nil {
		return p, err
	}
	return p, p.Exchange.Check()
}

// proposed is the rate of the shop's own display currency, else that of the central bank, as far as it answers.
func (d *Desk) proposed(ctx context.Context, of settings.Currencies, to string) (string, bool) {
	if rate, known := of.Proposal(to, nil); known {
		return rate.Round(ratePlaces).String(), true
	}
	quotes, _, err := d.Quotes(ctx)
	if err != nil {
		return "", false
	}
	rate, known := of.Proposal(to, quotes)
	return rate.Round(ratePlaces).String(), known
}

// showConvert asks for the new currency and shows what a conversion would do (CUR-01). Nothing is written.
func (d *Desk) showConvert(c echo.Context) error {
	f, err := web.Query[convertForm](c)
	if err != nil {
		return err
	}
	if !f.Asked {
		f.Shown = true
	}
	return d.answerConvert(c, f, f.Asked, nil)
}

// answerConvert draws the page, with the preview when somebody asked for it, and why a conversion was refused.
func (d *Desk) answerConvert(c echo.Context, f convertForm, asked bool, refusal error) error {
	v, ctx := desk.Here(c), c.Request().Context()
	m := convertModel{Form: f}
	err := v.Shop.Read(ctx, func(tx tenant.Tx) (err error) {
		m.Settings, err = settings.Load(tx)
		return err
	})
	if err != nil {
		return err
	}
	status, problem := http.StatusOK, refusal
	if asked {
		plan, err := d.plan(ctx, v, m.Settings, &m.Form)
		if err == nil {
			err = v.Shop.Read(ctx, func(tx tenant.Tx) (err error) {
				m.Preview, err = d.conversion().Preview(tx, v.View.Locale, plan)
				return err
			})
		}
		if problem == nil {
			problem = err
		}
		if err != nil && !desk.Repairable(err) {
			return err
		}
	}
	s := sheet.New(v, "setup.convert", ui.Asked(m.Form.values()))
	if problem != nil {
		status = web.Status(problem)
		s.Answers = ui.Refused(v.View, m.Form.values(), problem)
	}
	return desk.Show(c, status, convertPage(s, m))
}

// convert runs the conversion that was looked at.
func (d *Desk) convert(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[convertForm](c)
	if err != nil {
		return err
	}
	var set *settings.Settings
	err = v.Shop.Read(ctx, func(tx tenant.Tx) (err error) {
		set, err = settings.Load(tx)
		return err
	})
	if err != nil {
		return err
	}
	plan, err := d.plan(ctx, v, set, &f)
	if err == nil {
		err = d.conversion().Convert(ctx, v.Shop, v.Actor(), plan, f.Rev)
	}
	if desk.Repairable(err) {
		return d.answerConvert(c, f, true, err)
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/currencies", "setup.convert.done", map[string]string{"currency": f.To})
}

func (d *Desk) conversion() conversion.Service {
	return conversion.Service{Calculators: d.Calculators, Quotes: d.Unsent}
}

// convertModel is what the page shows.
type convertModel struct {
	Form     convertForm
	Settings *settings.Settings
	Preview  *conversion.Preview // nil until it was asked for
}

func (m convertModel) hidden() map[string]string {
	h := map[string]string{"to": m.Form.To, "rate": m.Form.Rate, "step": m.Form.Step, "ending": m.Form.Ending, "rev": strconv.Itoa(m.Preview.Rev)}
	if m.Form.Shown {
		h["shown"] = "1"
	}
	return h
}
