package shopsettings

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// newPayment shows the empty form of a mode.
func (d *Desk) newPayment(c echo.Context) error {
	v := desk.Here(c)
	kind := c.Param("kind")
	gateway, err := d.Modes.Gateways().Find(kind)
	if err != nil {
		return err
	}
	modes, s, err := d.readPayment(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	m := payment.Mode{Kind: kind, Config: gateway.Config().Defaults(), Active: true}
	trial, tries := d.trial(gateway)
	m.Test = tries && c.QueryParam("trial") != ""
	values := paymentValues(v.View.Locale, gateway.Config(), m)
	for _, l := range s.Languages.Offered {
		values.Set(nameField+"."+string(l), v.View.Words.T(l, payment.KindKey(kind), nil))
	}
	if m.Test {
		maps.Copy(values, trial)
	}
	return d.showPayment(c, http.StatusOK, s, modes, gateway, m, ui.Asked(values))
}

func (d *Desk) editPayment(c echo.Context) error {
	v := desk.Here(c)
	m, _, err := d.findPayment(c)
	if err != nil {
		return err
	}
	modes, s, err := d.readPayment(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	gateway, err := d.Modes.Gateways().Find(m.Kind)
	if err != nil {
		web.AddFlash(c, web.Bad, "setup.payment.gone", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("settings/payment"))
	}
	values := paymentValues(v.View.Locale, gateway.Config(), m)
	if prepared(m) {
		values[activeField] = sheet.Yes(true)
	}
	return d.showPayment(c, http.StatusOK, s, modes, gateway, m, ui.Asked(values))
}

// prepared tells whether a mode is as the shop was given it, lacking what only the merchant knows: who
// fills it in wants it to be offered.
func prepared(m payment.Mode) bool {
	return !m.Active && m.Rev == 1 && len(m.Config)+len(m.Secrets) == 0
}

func (d *Desk) findPayment(c echo.Context) (m payment.Mode, s *settings.Settings, err error) {
	key, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return m, nil, err
	}
	err = desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		m, err = d.Modes.Find(tx, key)
		return err
	})
	return m, s, err
}

// paymentValues is a mode as its form shows it; secrets are never among them.
func paymentValues(l i18n.Locale, schema form.Schema, m payment.Mode) url.Values {
	values := schema.Encode(l, m.Config)
	sheet.PutText(values, nameField, m.Names)
	sheet.PutText(values, textField, m.Texts)
	values[activeField] = sheet.Yes(m.Active)
	values["mode-test"] = sheet.Yes(m.Test)
	zones.Put(values, zoneTable, m.Scope.Zones)
	values["mode-currencies"] = m.Scope.Currencies
	values.Set("mode-moment", string(m.Scope.Moment))
	values.Set("mode-least", sheet.Optional(l, m.Scope.Least))
	values.Set("mode-most", sheet.Optional(l, m.Scope.Most))
	putCost(values, l, m.Scope.Cost)
	putProvider(values, l, m.Scope.Provider)
	putStandIn(values, m.Scope.StandIn)
	values["mode-saves"] = sheet.Yes(m.Scope.Saves)
	return values
}

type paymentForm struct {
	Name    map[string]string `form:"mode-name"`
	Text    map[string]string `form:"mode-text"`
	Active  bool              `form:"mode-active"`
	Test    bool              `form:"mode-test"`
	Zones   []zones.Row       `form:"mode-zones"`
	Settles []string          `form:"mode-currencies"`
	Least   string            `form:"mode-least"`
	Most    string            `form:"mode-most"`
	Moment  string            `form:"mode-moment"`

	FeeFixed      string `form:"mode-fee_fixed"`
	FeePercent    string `form:"mode-fee_percent"`
	RebateFixed   string `form:"mode-rebate_fixed"`
	RebatePercent string `form:"mode-rebate_percent"`
	CostSide      string `form:"mode-cost_side"`
	BankFixed     string `form:"mode-bank_fixed"`
	BankPercent   string `form:"mode-bank_percent"`
	StandIn       string `form:"mode-stand_in"`
	Saves         bool   `form:"mode-saves"`

	Rev int `form:"rev,revision"`
}

func (d *Desk) addPayment(c echo.Context) error {
	return d.keepPayment(c, payment.Mode{Kind: c.Param("kind")})
}

func (d *Desk) savePayment(c echo.Context) error {
	m, _, err := d.findPayment(c)
	if err != nil {
		return err
	}
	return d.keepPayment(c, m)
}

// keepPayment saves what was sent, over a mode or as a new one.
func (d *Desk) keepPayment(c echo.Context, m payment.Mode) error {
	v, ctx := desk.Here(c), c.Request().Context()
	gateway, err := d.Modes.Gateways().Find(m.Kind)
	if err != nil {
		return err
	}
	modes, s, err := d.readPayment(ctx, v.Shop)
	if err != nil {
		return err
	}
	if m.ID.IsZero() && len(modes) > 0 {
		m.Position = modes[len(modes)-1].Position + 1
	}
	draft, err := paymentDraft(c, m)
	var saved payment.Mode
	if err == nil {
		saved, err = d.Modes.Save(ctx, v.Shop, v.Actor(), draft)
	}
	if desk.Repairable(err) {
		return d.showPayment(c, web.Status(err), s, modes, gateway, m, ui.Refused(v.View, c.Request().PostForm, modeFields(err, s.Languages.Default)))
	}
	if err != nil {
		return err
	}
	if m.ID.IsZero() && gateway.Capabilities().Declared { // nothing is heard of before the bank knows where to call
		return desk.Back(c, "settings/payment/"+saved.ID.String(), "setup.payment.declare_now", nil)
	}
	return desk.Back(c, "settings/payment", "setup.saved", nil)
}

func paymentDraft(c echo.Context, m payment.Mode) (payment.Draft, error) {
	l := desk.Here(c).View.Locale
	f, err := web.Form[paymentForm](c)
	if err != nil {
		return payment.Draft{}, err
	}
	const places = 2
	var check form.Checker
	scope := payment.Scope{Zones: zones.Read(c.Request().PostForm, zoneTable, f.Zones), Currencies: f.Settles, Moment: payment.Moment(f.Moment)}
	scope.Least = sheet.ReadOptional(&check, "scope.least", l, f.Least, places)
	scope.Most = sheet.ReadOptional(&check, "scope.most", l, f.Most, places)
	scope.Cost = costOf(&check, l, f)
	scope.Provider = providerOf(&check, l, f)
	scope.StandIn, scope.Saves = standInOf(&check, f), f.Saves
	return payment.Draft{
		ID: m.ID, Kind: m.Kind, Names: sheet.ReadText(f.Name), Texts: sheet.ReadText(f.Text), Scope: scope, Active: f.Active, Test: f.Test,
		Config: c.Request().PostForm, Locale: l, Position: m.Position, Rev: f.Rev,
	}, check.Err()
}

func (d *Desk) showPayment(c echo.Context, status int, set *settings.Settings, modes []payment.Mode, gateway payment.Gateway, m payment.Mode, a ui.Answers) error {
	s := sheet.New(desk.Here(c), "setup.payment", a)
	s.Known = ui.SchemaLabels(s.View(), gateway.Config())
	wallets, err := d.wallets(c, m)
	if err != nil {
		return err
	}
	stored := form.Values{}
	for _, name := range m.Secrets {
		stored[name] = form.TextValue("") // only that it is there
	}
	try, err := d.tried(c, s, set, gateway, m)
	if err != nil {
		return err
	}
	trial, tries := d.trial(gateway)
	return desk.Show(c, status, paymentPage(s, paymentModel{
		Notice: d.notice(s.Visit.Shop, gateway, m), Declared: gateway.Capabilities().Declared, Tries: tries && m.ID.IsZero() && !m.Test,
		Secrets: secretsOf(s, gateway, trial, m.Test && m.ID.IsZero()),
		Brand:   brandNote(s.Visit, gateway, d.Modes.Gateways()), Schema: gateway.Config(), Stored: stored, Mode: m, Languages: set.Languages.Offered, Currency: set.Currencies.Management,
		Settles: settleable(set, gateway), Gate: gateOf(s, set, gateway), Unready: unready(s.Visit, set, m.Kind), StandIns: standIns(s, modes, m, gateway),
		Offline: gateway.Capabilities().Offline, Saves: saves(gateway),
		Moment: gateway.Capabilities().Moment, Hidden: map[string]string{"rev": strconv.Itoa(m.Rev)}, Wallets: wallets, Try: try,
	}))
}

// settleable are the currencies of the shop that a family carries.
func settleable(set *settings.Settings, g payment.Gateway) []ui.Option {
	codes := []string{set.Currencies.Management}
	for _, d := range set.Currencies.Display {
		codes = append(codes, d.Code)
	}
	var options []ui.Option
	for _, code := range codes {
		if c, err := money.ParseCurrency(code); err == nil && g.Capabilities().Carries(c) {
			options = append(options, ui.Option{Value: code, Label: code})
		}
	}
	return options
}

// paymentModel is what the form of a mode shows besides its answers.
type paymentModel struct {
	Brand     note
	Schema    form.Schema
	Stored    form.Values
	Notice    string    // where the bank's notices go, "" before the mode is saved and where none are sent
	Declared  bool      // the bank has to be told that
	Tries     bool      // there is a contract to try with
	Secrets   []ui.Copy // what of it the form does not fill in
	Mode      payment.Mode
	Wallets   walletsModel
	Try       tryModel
	Languages []i18n.Locale
	Currency  string
	Offline   bool
	Saves     bool           // the family can have cards kept
	Settles   []ui.Option    // the currencies it could settle in; fewer than two are no choice
	Gate      string         // what the law says of a fee
	StandIns  []ui.Option    // the modes that could take over; nil where no bank is called
	Moment    payment.Moment // when stock leaves, usually
	Unready   string         // what the shop still has to do before the mode is offered
	Hidden    map[string]string
}

// saves tells whether a family can have customers' cards kept (PGW-32).
func saves(g payment.Gateway) bool {
	_, ok := g.(payment.Saver)
	return ok
}
