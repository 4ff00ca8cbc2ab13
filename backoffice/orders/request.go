package orders

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
)

// requestForm is what somebody is asked to pay for, as it was typed (PGW-34).
type requestForm struct {
	Do       string        `form:"do"`   // "total" only reckons
	Seen     string        `form:"seen"` // the total that was shown last
	Name     string        `form:"name"`
	Email    string        `form:"email"`
	Locale   string        `form:"locale"`
	Country  string        `form:"country"`
	Postcode string        `form:"postcode"`
	Lines    []requestLine `form:"lines"`
	Side     string        `form:"side"`
	Due      string        `form:"due"`
	Note     string        `form:"note"`
	Send     bool          `form:"send"`
	Every    string        `form:"every"` // "once", or a rhythm
	Times    string        `form:"times"`
}

type requestLine struct {
	Text   string `form:"text"`
	Amount string `form:"amount"`
	Class  string `form:"class"`
}

const (
	requestTable = "lines"
	grossSide    = "gross"
	netSide      = "net"
	once         = "once"
)

// requestModel is the page on which a payment is asked for.
type requestModel struct {
	Sheet    sheet.Sheet
	Settings *settings.Settings
	Priced   *pricing.Priced // what it comes to, when that was asked; nil else
	Differs  bool            // and it is not what was typed
}

// askRequest is the empty form: at home, in the shop's main language.
func (d *Desk) askRequest(c echo.Context) error {
	set, err := loadSettings(c)
	if err != nil {
		return err
	}
	side := grossSide
	if set.Rules().View.Goods == pricing.Net {
		side = netSide
	}
	return showRequest(c, http.StatusOK, set, nil, false, ui.Asked(url.Values{"locale": {string(set.Languages.Default)}, "country": {set.Identity.Address.Country},
		"side": {side}, "send": sheet.Yes(true), "every": {once}}))
}

// request writes the order and sends the link, or says what it would come to.
func (d *Desk) request(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	set, err := loadSettings(c)
	if err != nil {
		return err
	}
	f, err := web.Form[requestForm](c)
	if err != nil {
		return err
	}
	ask, typed := f.read(v.View.Locale, set)
	priced, err := d.Desk.RequestTotal(ctx, v.Shop, ask)
	if err = typed.Add("", err); err == nil { // all that is wrong is told at once
		err = typed.Err()
	}
	if err != nil {
		return refuseRequest(c, set, f, err)
	}
	if f.Do == "total" || otherSum(ask, priced) && f.Seen != priced.Totals.ToPay.String() {
		return showRequest(c, http.StatusOK, set, priced, f.Do != "total", ui.Asked(f.values()))
	}
	o, err := d.Desk.RequestPayment(ctx, v.Shop, v.Actor(), ask)
	if err != nil {
		return refuseRequest(c, set, f, err)
	}
	key := "orders.request.done"
	if ask.Send {
		key = "orders.request.done_sent"
	}
	return desk.Back(c, "orders/"+o.ID.String(), key, map[string]string{"number": o.Number, "email": o.Email})
}

func refuseRequest(c echo.Context, set *settings.Settings, f requestForm, err error) error {
	if !desk.Repairable(err) {
		return err
	}
	return showRequest(c, web.Status(err), set, nil, false, ui.Refused(desk.Here(c).View, f.values(), err))
}

func showRequest(c echo.Context, status int, set *settings.Settings, p *pricing.Priced, differs bool, a ui.Answers) error {
	v := desk.Here(c)
	return desk.Show(c, status, requestPage(v, requestModel{Sheet: sheet.New(v, "orders.request", a), Settings: set, Priced: p, Differs: differs}))
}

// otherSum tells that what is going to be asked is not what was typed with its tax: the buyer's country has another, or none.
func otherSum(ask checkout.PayRequest, p *pricing.Priced) bool {
	if !ask.Gross {
		return false // the tax comes on top, as was said
	}
	typed := decimal.Zero
	for _, l := range ask.Lines {
		typed = typed.Add(l.Amount)
	}
	return !p.Totals.ToPay.Decimal().Equal(typed)
}

// hidden is the total that is shown, so that it is asked for when the form is sent again.
func (m requestModel) hidden() map[string]string {
	if m.Priced == nil {
		return nil
	}
	return map[string]string{"seen": m.Priced.Totals.ToPay.String()}
}

func loadSettings(c echo.Context) (set *settings.Settings, err error) {
	err = desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		set, err = settings.Load(tx)
		return err
	})
	return set, err
}

// read is the form in the words of package checkout. Rows in which nothing was typed are the spare ones; the others are numbered
// anew, as they are shown again.
func (f *requestForm) read(l i18n.Locale, set *settings.Settings) (checkout.PayRequest, *form.Checker) {
	c := new(form.Checker)
	f.Lines = slices.DeleteFunc(f.Lines, func(x requestLine) bool { return x.Text == "" && x.Amount == "" })
	ask := checkout.PayRequest{Name: f.Name, Email: f.Email, Locale: i18n.Locale(f.Locale), Country: f.Country, Postcode: f.Postcode,
		Gross: f.Side != netSide, Due: c.Date("due", f.Due), Note: f.Note, Send: f.Send}
	if f.Every != once {
		ask.Every = order.Rhythm(f.Every)
	}
	if f.Times != "" {
		ask.Times = c.Int("times", f.Times, 2, checkout.MaxTimes)
	}
	for i, x := range f.Lines {
		at := sheet.Cell(requestTable, i, "amount")
		c.Required(at, x.Amount)
		ask.Lines = append(ask.Lines, checkout.RequestLine{Text: x.Text, Class: pricing.Class(x.Class),
			Amount: c.Decimal(at, l, x.Amount, int(set.Rules().Currency.Digits()))})
	}
	return ask, c
}

// values are the fields as they are shown again.
func (f *requestForm) values() url.Values {
	v := url.Values{"name": {f.Name}, "email": {f.Email}, "locale": {f.Locale}, "country": {f.Country}, "postcode": {f.Postcode}, "side": {f.Side},
		"due": {f.Due}, "note": {f.Note}, "send": sheet.Yes(f.Send), "every": {f.Every}, "times": {f.Times}}
	for i, x := range f.Lines {
		sheet.PutRow(v, requestTable, i, map[string]string{"text": x.Text, "amount": x.Amount, "class": x.Class})
	}
	return v
}

func (m requestModel) rows(v *desk.Visit) ui.Rows {
	classes := make([]ui.Option, 0, len(m.Settings.Tax.AllClasses()))
	for _, class := range m.Settings.Tax.AllClasses() {
		classes = append(classes, ui.Option{Value: string(class), Label: m.className(v, class)})
	}
	return m.Sheet.Rows(ui.Rows{Name: requestTable, Blank: 2, Columns: []ui.Field{
		{Name: "text", MaxLen: checkout.MaxRequestText}, {Name: "amount", InputMode: "decimal", Suffix: m.Settings.Rules().Currency.Code()},
		{Name: "class", Options: classes}}})
}

func (m requestModel) className(v *desk.Visit, class pricing.Class) string {
	if name := m.Settings.Tax.ClassName(class); name != "" {
		return name
	}
	return v.T("tax.class." + string(class))
}

// rhythms are the ways to ask for it again.
func (m requestModel) rhythms(v *desk.Visit) ui.Field {
	options := []ui.Option{{Value: once, Label: v.T("orders.request.once")}}
	for _, r := range order.Rhythms() {
		options = append(options, ui.Option{Value: string(r), Label: checkout.RhythmIn(v.View.Locale, r)})
	}
	return m.Sheet.Of("every", options)
}

func (m requestModel) times() ui.Field {
	f := m.Sheet.Field("times")
	f.Width, f.Min, f.Max = ui.Narrow, "2", strconv.Itoa(checkout.MaxTimes)
	return f
}

func (m requestModel) locales() ui.Field {
	var options []ui.Option
	for _, l := range m.Settings.Languages.Offered {
		options = append(options, ui.Option{Value: string(l), Label: l.Name()})
	}
	return m.Sheet.Of("locale", options)
}

func (m requestModel) countries(v *desk.Visit) ui.Field {
	f := m.Sheet.Of("country", sheet.Countries(v.View.Locale, ui.Option{}))
	f.Required = true
	return f
}

func (m requestModel) email() ui.Field {
	f := m.Sheet.Typed("email", "email", "off")
	f.Required = true
	return f
}

// total is what it comes to, with the tax in it.
func (m requestModel) total(v *desk.Visit) []ui.Term {
	var terms []ui.Term
	for _, t := range bill.Totals(m.Priced) {
		key, args := t.Label()
		terms = append(terms, ui.Term{Name: v.T(key, args), Text: v.View.Money(t.Amount)})
	}
	return terms
}
