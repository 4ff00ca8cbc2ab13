package notify

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"
	texttemplate "text/template"

	"github.com/vanng822/go-premailer/premailer"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/settings"
)

//go:embed templates
var templates embed.FS

var (
	htmlTemplate = sync.OnceValue(func() *template.Template {
		return template.Must(template.ParseFS(templates, "templates/letter.html"))
	})
	textTemplate = sync.OnceValue(func() *texttemplate.Template {
		return texttemplate.Must(texttemplate.ParseFS(templates, "templates/letter.txt"))
	})
)

// layout is everything a letter is made of.
type layout struct {
	locale i18n.Locale
	shop   *settings.Settings
	words  map[string]string
	order  *Order // nil for a letter about none
	link   string
	home   string
}

// page is what the templates see.
type page struct {
	Locale   string
	Shop     string
	Home     string
	Subject  string
	Title    string
	Greeting string
	Intro    []string
	Quote    []string // what the merchant wrote
	Tracking []Instruction
	Pay      string // heading of Instructions, "" for none
	Order    *Order
	Button   string
	Link     string
	Outro    []string
	Imprint  []string
	Test     string
	L        labels
}

// labels are the words of the tables.
type labels struct {
	Number, Date, Article, Qty, Amount, Delivery, Billing, Shipping, Payment, Note, Charged, ToCharge, Expected string
	DateText                                                                                                    string
}

// parts says which parts a kind of letter has besides title, introduction and button; a paper
// goes with it outside.
type parts struct{ articles, pay, tracking, quote, paper bool }

var partsOf = map[Kind]parts{
	OrderPlaced:       {articles: true, pay: true},
	OrderReceived:     {articles: true},
	OrderPaid:         {articles: true, quote: true},
	OrderRepeatAgreed: {quote: true},
	OrderDeposit:      {articles: true},
	OrderRest:         {articles: true},
	OrderRestReminder: {articles: true},
	OrderShipped:      {articles: true, tracking: true, quote: true},
	OrderCancelled:    {articles: true, quote: true},
	OrderRefunded:     {quote: true},
	OrderLate:         {articles: true},
	OrderLateStaff:    {articles: true},
	OrderDispute:      {articles: true},
	OrderHeld:         {articles: true},
	OrderNote:         {quote: true},
	OrderInstructions: {pay: true, articles: true},
	OrderPayLink:      {articles: true, quote: true},
	OrderRepeatSoon:   {articles: true}, OrderRepeatSoonLink: {articles: true}, OrderRepeatRefused: {articles: true}, OrderRepeatFailed: {articles: true},
	OrderRepeatStopped: {}, OrderRepeatStoppedStaff: {articles: true}, OrderRepeatPausedStaff: {articles: true},
	PasswordReset: {},
	Welcome:       {},
	Invitation:    {},
	Contact:       {quote: true},
	StockDigest:   {quote: true},
	QuoteAsked:    {articles: true},
	QuoteReceived: {articles: true},
	QuoteSent:     {articles: true, quote: true, paper: true},
	QuoteDeclined: {quote: true},
	QuoteAccepted: {articles: true},
	QuoteRefused:  {quote: true},
}

// forStaff are the letters that lead to the office and greet nobody.
var forStaff = map[Kind]bool{OrderRepeatStoppedStaff: true, OrderRepeatPausedStaff: true, OrderReceived: true, OrderLateStaff: true, OrderDispute: true, OrderHeld: true, Contact: true, StockDigest: true, QuoteReceived: true, QuoteAccepted: true, QuoteRefused: true}

// Kinds lists every kind of letter.
func Kinds() []Kind {
	return []Kind{OrderPlaced, OrderReceived, OrderPaid, OrderDeposit, OrderRest, OrderRestReminder, OrderShipped, OrderCancelled, OrderRefunded, OrderLate, OrderLateStaff, OrderDispute, OrderHeld, OrderNote,
		OrderInstructions, OrderPayLink, OrderRepeatAgreed, OrderRepeatSoon, OrderRepeatSoonLink, OrderRepeatRefused, OrderRepeatFailed, OrderRepeatStopped, OrderRepeatStoppedStaff, OrderRepeatPausedStaff, PasswordReset, Welcome, Invitation, Contact, StockDigest,
		QuoteAsked, QuoteReceived, QuoteSent, QuoteDeclined, QuoteAccepted, QuoteRefused}
}

func (l *layout) t(key string, args map[string]any) string { return Words().T(l.locale, key, args) }

// sender is whom the letter is from.
func (l *layout) sender() string {
	if l.shop.Mail.FromName != "" {
		return l.shop.Mail.FromName
	}
	return l.shop.Identity.Name
}

// reply is where an answer goes.
func (l *layout) reply() string {
	if l.words["email"] != "" {
		return l.words["email"]
	}
	if l.shop.Mail.ReplyTo != "" {
		return l.shop.Mail.ReplyTo
	}
	return l.shop.Identity.Email
}

// target is where the button of a letter leads when nothing secret is behind it.
func (l *layout) target(k Kind) string {
	switch {
	case l.order == nil:
		return l.home
	case forStaff[k]:
		return l.order.OfficeURL
	}
	return l.order.URL
}

// message writes the letter, twice.
func (l *layout) message(k Kind) (*mail.Message, error) {
	p := l.page(k)
	var html, text bytes.Buffer
	if err := htmlTemplate().Execute(&html, p); err != nil {
		return nil, fmt.Errorf("write letter %s: %w", k, err)
	}
	if err := textTemplate().Execute(&text, p); err != nil {
		return nil, fmt.Errorf("write letter %s: %w", k, err)
	}
	inlined, err := inline(html.String())
	if err != nil {
		return nil, fmt.Errorf("inline styles of letter %s: %w", k, err)
	}
	return &mail.Message{Subject: p.Subject, HTML: inlined, Text: tidy(text.String())}, nil
}

// inline writes the style sheet into the elements, since many mail programs drop it; rules for
// narrow and dark screens stay where they are.
func inline(html string) (string, error) {
	options := premailer.NewOptions()
	options.RemoveClasses = false
	p, err := premailer.NewPremailerFromString(html, options)
	if err != nil {
		return "", err
	}
	return p.Transform()
}

// tidy takes the gaps out that absent parts leave.
func tidy(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " ")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n")) + "\n"
}

func (l *layout) page(k Kind) *page {
	args := map[string]any{"shop": l.shop.Identity.Name, "name": l.words["name"], "email": l.words["email"], "amount": l.words["amount"], "deadline": l.words["deadline"], "score": l.words["score"],
		"card": l.words["card"], "why": l.words["why"]}
	if l.order != nil {
		args["number"], args["total"], args["buyer"], args["name"] = l.order.Number, l.order.Total, l.order.Buyer, l.order.Buyer
		args["until"], args["due"] = l.order.Until, l.order.Due
	}
	key := "notify." + string(k) + "."
	p := &page{
		Locale: string(l.locale), Shop: l.shop.Identity.Name, Home: l.home, Link: l.link,
		Subject: l.t(key+"subject", args), Title: l.t(key+"title", args), Button: l.t(key+"button", args),
		Intro: paragraphs(l.t(key+"intro", args)), Imprint: l.imprint(), L: l.labels(k),
	}
	if !forStaff[k] && args["name"] != "" {
		p.Greeting = l.t("notify.greeting", args)
	}
	if Words().Has(l.locale, key+"outro") {
		p.Outro = paragraphs(l.t(key+"outro", args))
	}
	if k == OrderReceived && l.order != nil && l.order.Unpaid {
		p.Subject = l.t(key+"subject_unpaid", args)
	}
	if k == OrderPlaced && l.order != nil && l.order.AtBank {
		p.Intro, p.Button = append(p.Intro, paragraphs(l.t(key+"intro_unpaid", args))...), l.t(key+"button_unpaid", args)
	}
	l.fill(p, partsOf[k])
	if l.order != nil && l.order.Test {
		p.Test = l.t("notify.test", nil)
	}
	return p
}

func (l *layout) fill(p *page, has parts) {
	if has.articles {
		p.Order = l.order
	}
	if has.pay && l.order != nil && len(l.order.Instructions) > 0 {
		p.Pay = l.t("notify.pay", nil)
	}
	if has.quote {
		p.Quote = paragraphs(l.words["note"])
	}
	if has.tracking {
		for _, name := range []string{"inside", "carrier", "tracking", "url"} {
			if value := l.words[name]; value != "" {
				p.Tracking = append(p.Tracking, Instruction{Text: l.t("notify.label."+name, nil), Value: value})
			}
		}
	}
}

// imprint is who writes, as the law wants it on business letters.
func (l *layout) imprint() []string {
	who := l.shop.Identity
	var lines []string
	for _, line := range append([]string{who.LegalName}, who.Address.Lines(l.locale)...) {
		if line != "" && line != who.Name {
			lines = append(lines, line)
		}
	}
	for _, one := range []struct{ key, value string }{
		{"company_id", who.CompanyID}, {"vat_number", who.VATNumber}, {"email", who.Email}, {"phone", who.Phone},
	} {
		if one.value != "" {
			lines = append(lines, l.t("notify.imprint."+one.key, map[string]any{"value": one.value}))
		}
	}
	return lines
}

func (l *layout) labels(k Kind) labels {
	t := func(name string) string { return l.t("notify.label."+name, nil) }
	words := labels{Number: t("number"), Date: t("date"), Article: t("article"), Qty: t("qty"), Amount: t("amount"),
		Delivery: t("delivery"), Billing: t("billing"), Shipping: t("shipping"), Payment: t("payment"), Note: t("note"),
		Charged: t("charged"), ToCharge: t("to_charge"), Expected: t("expected")}
	if forStaff[k] {
		words.Note = t("note_buyer")
	}
	if l.order != nil {
		words.DateText = i18n.FormatDate(l.locale, l.order.PlacedAt, i18n.Long)
		if l.order.Quote {
			words.Number = t("quote")
		}
	}
	return words
}

// paragraphs splits a text at its line ends.
func paragraphs(text string) []string {
	var out []string
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
