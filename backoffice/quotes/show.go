package quotes

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/quote"
)

// fileModel is what the page of a quote shows.
type fileModel struct {
	room
	*checkout.QuoteFile
	Sheet sheet.Sheet
	// Choice is what has to be said of the article with this code, before it can be added; nil for nothing.
	Choice *checkout.QuoteChoice
	code   string
}

func (d *Desk) show(c echo.Context) error {
	m, err := d.open(c)
	if err != nil {
		return err
	}
	m.answer(ui.Asked(m.values()))
	return desk.Show(c, http.StatusOK, filePage(m))
}

// open reads the quote of the address.
func (d *Desk) open(c echo.Context) (m fileModel, err error) {
	v, ctx := desk.Here(c), c.Request().Context()
	q, err := which(c)
	if err != nil {
		return m, err
	}
	err = v.Shop.Read(ctx, func(tx tenant.Tx) (err error) { m.room, err = here(tx, v); return err })
	if err != nil {
		return m, err
	}
	m.QuoteFile, err = d.desk.OpenQuote(ctx, v.Shop, q)
	return m, err
}

// lineField is the name of a field of a line. It has the line in it, not its place: somebody else may have
// taken out another one meanwhile.
func lineField(column string, l quote.Line) string { return column + "." + l.ID.String() }

// values is the draft as its form shows it.
func (m fileModel) values() url.Values {
	l, o := m.view().Locale, &m.Quote.Draft
	v := url.Values{"remark": {o.Remark}}
	if !o.Until.IsZero() {
		v.Set("until", o.Until.Format(time.DateOnly))
	}
	if c := o.Carriage; c != nil {
		v.Set("carriage", c.Mode)
		v.Set("cost", i18n.FormatInput(l, c.Price.Amount.Decimal(), m.Quote.Currency.Digits()))
	}
	for _, line := range o.Lines {
		v.Set(lineField("qty", line), strconv.Itoa(line.Qty))
		v.Set(lineField("unit", line), i18n.FormatInput(l, line.Unit.Amount.Decimal(), m.Quote.Currency.Digits()))
	}
	return v
}

// open tells that the quote can be edited by the reader.
func (m fileModel) open() bool { return m.Quote.Open() && m.can() }

func (m fileModel) at(path string) string { return m.href("/" + m.Quote.ID.String() + path) }

func (m fileModel) header() ui.Header {
	h := m.frame(m.Quote.Number).Header
	h.Lead = m.view().DayTime(m.Quote.CreatedAt) + " · " + m.Quote.Name
	h.Badges = []ui.Badge{m.badge(m.Quote.State)}
	if m.Quote.Changed() && m.Quote.Open() {
		h.Badges = append(h.Badges, ui.Badge{Label: m.t("changed"), Tone: ui.Warn})
	}
	if m.Sent != nil {
		h.Actions = append(h.Actions, ui.Action{Label: m.t("pdf"), Href: m.at("/pdf"), Icon: ui.IconPrinter})
	}
	if m.Address != "" {
		h.Actions = append(h.Actions, ui.Action{Label: m.t("customer_page"), Href: m.Address, Icon: ui.IconExternalLink, NewTab: true})
	}
	if m.can() {
		h.More = append(h.More, ui.Action{Label: m.t("copy"), Post: m.at("/copy"), Icon: ui.IconCopy})
		if m.Quote.State == quote.Refused || m.Quote.State == quote.Expired {
			h.Actions = append(h.Actions, ui.Action{Label: m.t("renew"), Post: m.at("/renew"), Icon: ui.IconRefresh})
		}
		if m.Quote.Can(quote.Refuse) {
			h.More = append(h.More, ui.Action{Label: m.t("decline"), Href: m.at("/decline"), Icon: ui.IconBan, Look: ui.Danger})
		}
	}
	return h
}

// facts are who it is for, what he was sent and what became of it.
func (m fileModel) facts() []ui.Term {
	q := m.Quote
	who := ui.Term{Name: m.t("customer"), Text: q.Name}
	if !q.Customer.IsZero() && m.visit.Can("customers.view") {
		who.Body = ui.LinkCell(m.visit.Href("customers/"+q.Customer.String()), q.Name)
	}
	name := m.Profile.Names.In(m.view().Locale, m.Settings.Languages.Default)
	if name == "" {
		name = m.t("everybody")
	}
	terms := []ui.Term{who, {Name: m.t("email"), Body: ui.LinkCell("mailto:"+q.Email, q.Email)}, {Name: m.t("profile"), Text: name},
		{Name: m.t("language"), Text: q.Locale.Name()}}
	if q.SentAt != nil {
		terms = append(terms, ui.Term{Name: m.t("sent"), Text: m.t("version", ui.Args{"n": q.Version}) + " · " + m.view().DayTime(*q.SentAt)},
			ui.Term{Name: m.t("until"), Text: m.day(q.Sent.Until)})
	}
	if !q.Order.IsZero() {
		terms = append(terms, ui.Term{Name: m.t("order"), Body: m.order(q.Order, q.OrderNumber)})
	}
	return terms
}

func (m fileModel) total() string {
	if p := m.Quote.Draft.Priced; p != nil {
		return m.view().Money(p.Totals.ToPay)
	}
	return m.view().Money(money.Zero(m.Quote.Currency))
}

func (m fileModel) orderHref(o order.ID) string { return m.visit.Href("orders/" + o.String()) }

// asked is what the customer asked for, in a line an article.
func (m fileModel) asked() []string {
	if m.Quote.Asked == nil {
		return nil
	}
	var lines []string
	for _, l := range m.Quote.Asked.Lines {
		lines = append(lines, m.view().Number(l.Qty)+" × "+joined(l.Name, checkout.OptionsIn(l.Options, m.view().Locale), l.SKU))
	}
	return lines
}
