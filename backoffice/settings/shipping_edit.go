package shopsettings

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// The names of the fields every mode has, delivery and payment alike. They begin with a word no
// schema uses, because a schema's own fields stand in the same form.
const (
	nameField   = "mode-name"
	textField   = "mode-text"
	activeField = "mode-active"
	zoneTable   = "mode-zones"
)

// chooseShipping asks how a new mode computes.
func (d *Desk) chooseShipping(c echo.Context) error {
	v := desk.Here(c)
	return desk.Show(c, http.StatusOK, chooseShippingPage(v, d.calculatorOptions(v)))
}

// newShipping shows the empty form of a mode.
func (d *Desk) newShipping(c echo.Context) error {
	v := desk.Here(c)
	kind := c.Param("kind")
	calc, err := d.Calculators.Find(kind)
	if err != nil {
		return err
	}
	modes, s, err := readShipping(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	m := shipping.Stored{Mode: shipping.Mode{Calculator: kind, Values: calc.Config().Defaults()}, Active: true}
	return d.showShipping(c, http.StatusOK, carriage{s, modes}, calc, m, ui.Asked(shippingValues(v.View.Locale, calc.Config(), m)))
}

func (d *Desk) calculatorOptions(v *desk.Visit) []ui.Choice {
	options := make([]ui.Choice, len(d.Calculators))
	for i, calc := range d.Calculators {
		options[i] = ui.Choice{
			Title: v.T("shipping.calculator." + calc.Key()), Text: v.T("setup.shipping.about." + calc.Key()),
			Href: v.Href("settings/shipping/new/" + calc.Key()),
		}
	}
	return options
}

func (d *Desk) editShipping(c echo.Context) error {
	v := desk.Here(c)
	m, all, err := findShipping(c)
	if err != nil {
		return err
	}
	calc, err := d.Calculators.Find(m.Calculator)
	if err != nil {
		web.AddFlash(c, web.Bad, "setup.shipping.gone", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("settings/shipping"))
	}
	return d.showShipping(c, http.StatusOK, all, calc, m, ui.Asked(shippingValues(v.View.Locale, calc.Config(), m)))
}

// carriage is all ways to deliver, with the settings they are shown by.
type carriage struct {
	*settings.Settings
	modes []shipping.Stored
}

// findShipping is the mode that the address names, among the others. Errors: shipping.ErrMode.
func findShipping(c echo.Context) (shipping.Stored, carriage, error) {
	if _, err := id.Parse[shipping.Mode](c.Param("mode")); err != nil {
		return shipping.Stored{}, carriage{}, err
	}
	modes, s, err := readShipping(c.Request().Context(), desk.Here(c).Shop)
	if err != nil {
		return shipping.Stored{}, carriage{}, err
	}
	i := slices.IndexFunc(modes, func(m shipping.Stored) bool { return m.ID == c.Param("mode") })
	if i < 0 {
		return shipping.Stored{}, carriage{}, shipping.ErrMode
	}
	return modes[i], carriage{s, modes}, nil
}

// shippingValues is a mode as its form shows it.
func shippingValues(l i18n.Locale, schema form.Schema, m shipping.Stored) url.Values {
	values := schema.Encode(l, m.Values)
	sheet.PutText(values, nameField, m.Name)
	sheet.PutText(values, textField, m.Texts)
	zones.Put(values, zoneTable, m.Zones)
	values[activeField] = sheet.Yes(m.Active)
	values["mode-tax"] = sheet.Yes(m.IncludesTax)
	values["mode-insurance_must"] = sheet.Yes(m.Insurance.Compulsory)
	values.Set("mode-class", string(m.Class))
	values.Set("mode-measure", m.Measure)
	values.Set("mode-fallback", sheet.Optional(l, m.Fallback))
	values.Set("mode-max_parcel", sheet.Number(l, m.MaxParcel))
	values.Set("mode-insurance_rate", sheet.Number(l, m.Insurance.Rate.Percent()))
	return values
}

type shippingForm struct {
	Name          map[string]string `form:"mode-name"`
	Text          map[string]string `form:"mode-text"`
	Zones         []zones.Row       `form:"mode-zones"`
	Active        bool              `form:"mode-active"`
	IncludesTax   bool              `form:"mode-tax"`
	Class         string            `form:"mode-class"`
	Measure       string            `form:"mode-measure"`
	Fallback      string            `form:"mode-fallback"`
	MaxParcel     string            `form:"mode-max_parcel"`
	InsuranceRate string            `form:"mode-insurance_rate"`
	InsuranceMust bool              `form:"mode-insurance_must"`
	Rev           int               `form:"rev,revision"`
}

func (d *Desk) addShipping(c echo.Context) error {
	return d.keepShipping(c, shipping.Stored{Mode: shipping.Mode{Calculator: c.Param("kind")}})
}

func (d *Desk) saveShipping(c echo.Context) error {
	m, _, err := findShipping(c)
	if err != nil {
		return err
	}
	return d.keepShipping(c, m)
}

// keepShipping puts what was sent over a mode, stored or new.
func (d *Desk) keepShipping(c echo.Context, m shipping.Stored) error {
	v, ctx := desk.Here(c), c.Request().Context()
	calc, err := d.Calculators.Find(m.Calculator)
	if err != nil {
		return err
	}
	modes, s, err := readShipping(ctx, v.Shop)
	if err != nil {
		return err
	}
	if m.ID == "" && len(modes) > 0 {
		m.Position = modes[len(modes)-1].Position + 1
	}
	fresh := m
	if m, err = shippingOf(c, calc, m); err == nil {
		_, err = d.Calculators.Save(ctx, v.Shop, v.Actor(), m)
	}
	if desk.Repairable(err) {
		return d.showShipping(c, web.Status(err), carriage{s, modes}, calc, fresh, ui.Refused(v.View, c.Request().PostForm, modeFields(err, s.Languages.Default)))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/shipping", "setup.saved", nil)
}

// shippingOf reads the form; what the schema refuses and what the mode refuses are told at once.
func shippingOf(c echo.Context, calc shipping.Calculator, m shipping.Stored) (shipping.Stored, error) {
	v := desk.Here(c)
	f, err := web.Form[shippingForm](c)
	if err != nil {
		return m, err
	}
	sent := c.Request().PostForm
	var check form.Checker
	values, err := calc.Config().Revise(v.View.Locale, sent, nil)
	if err := check.Add("values.", err); err != nil {
		return m, err
	}
	m.Name, m.Texts, m.Zones = sheet.ReadText(f.Name), sheet.ReadText(f.Text), zones.Read(sent, zoneTable, f.Zones)
	m.Values, m.Active, m.IncludesTax, m.Class, m.Rev = values, f.Active, f.IncludesTax, pricing.Class(f.Class), f.Rev
	const places = 3
	m.Measure, m.Fallback = f.Measure, sheet.ReadOptional(&check, "fallback", v.View.Locale, f.Fallback, money.MaxPlaces)
	m.MaxParcel = check.Decimal("max_parcel", v.View.Locale, f.MaxParcel, places)
	m.Insurance = shipping.Insurance{
		Rate: money.Percent(check.Decimal("insurance.rate", v.View.Locale, f.InsuranceRate, places)), Compulsory: f.InsuranceMust,
	}
	return m, check.Err()
}

// modeFields gives the refused fields of a mode the names they have in its form.
func modeFields(err error, main i18n.Locale) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	for i, f := range fields {
		fields[i].Name = modeField(f.Name, main)
	}
	return fault.Invalid(fields...)
}

func modeField(name string, main i18n.Locale) string {
	first, rest, _ := strings.Cut(name, ".")
	switch first {
	case "values", "config":
		return rest
	case "name", "names":
		if rest == "" {
			rest = string(main)
		}
		return nameField + "." + rest
	case "texts":
		return textField + "." + rest
	case "zones":
		return zones.Field(zoneTable, name)
	case "max_parcel", "measure", "fallback":
		return "mode-" + first
	case "insurance":
		return "mode-insurance_rate"
	case "scope":
		if strings.HasPrefix(rest, "zones") {
			return zones.Field(zoneTable, rest)
		}
		return "mode-" + rest
	}
	return name
}

func (d *Desk) showShipping(c echo.Context, status int, all carriage, calc shipping.Calculator, m shipping.Stored, a ui.Answers) error {
	s := sheet.New(desk.Here(c), "setup.shipping", a)
	s.Known = ui.SchemaLabels(s.View(), calc.Config())
	_, weighs := calc.(shipping.Weigher)
	if t, err := d.Calculators.Open(all.Rules().Currency, m.Mode); err == nil {
		weighs = t.Weighs() // a stored one may count articles instead
	}
	says, warnings := d.review(s.Visit, all, m)
	action := ""
	if m.ID == "" {
		action = s.Visit.Href("settings/shipping/new/" + calc.Key())
	}
	return desk.Show(c, status, shippingPage(s, shippingModel{
		Action: action, Says: says, Warnings: warnings,
		Schema: calc.Config(), Mode: m, Languages: all.Languages.Offered, Currency: all.Currencies.Management, Taxes: all.Tax,
		Weighs: weighs, Hidden: map[string]string{"rev": strconv.Itoa(m.Rev)},
	}))
}

// shippingModel is what the form of a mode shows besides its answers.
type shippingModel struct {
	Schema    form.Schema
	Mode      shipping.Stored
	Languages []i18n.Locale
	Currency  string
	Taxes     settings.Tax
	Weighs    bool   // the cost depends on weight
	Action    string // where the form goes; the page itself when empty
	Says      string // what the mode does, in a sentence
	Warnings  []string
	Hidden    map[string]string
}

// unit is what the mode counts in.
func (m shippingModel) unit() string {
	if m.Mode.Measure != "" {
		return m.Mode.Measure
	}
	return "kg"
}
