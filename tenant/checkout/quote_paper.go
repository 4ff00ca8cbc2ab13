package checkout

import (
	"bytes"
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pdf"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// QuotePDF is the paper of the quote behind a link, in its customer's language. Errors: quote.ErrLink;
// quote.ErrUnknown, also for one that was never sent.
func (d *Desk) QuotePDF(ctx context.Context, shop *tenant.Shop, link string) (*mail.Attachment, error) {
	return d.drawQuote(ctx, shop, func(tx tenant.Tx) (quote.ID, error) { return d.Quotes.Read(tx, link) })
}

// QuotePaper is the paper that goes with the letter of a quote.
func (d *Desk) QuotePaper(ctx context.Context, shop *tenant.Shop, which notify.QuoteID) (*mail.Attachment, error) {
	return d.drawQuote(ctx, shop, func(tenant.Tx) (quote.ID, error) { return id.As[quote.Quote](which), nil })
}

// drawQuote reads what stands on the paper, and draws it when the unit of work is over.
func (d *Desk) drawQuote(ctx context.Context, shop *tenant.Shop, find func(tenant.Tx) (quote.ID, error)) (*mail.Attachment, error) {
	var paper *pdf.Paper
	var number string
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		which, err := find(tx)
		if err != nil {
			return err
		}
		q, err := quote.Find(tx, which)
		if err != nil {
			return err
		}
		if q.Sent == nil {
			return quote.ErrUnknown
		}
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		number, paper = q.Number, quotePaper(r.Settings, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	if err := paper.Write(&file); err != nil {
		return nil, err
	}
	return &mail.Attachment{Name: strings.ToLower(number) + ".pdf", ContentType: "application/pdf", Content: file.Bytes()}, nil
}

// Parts of the width of the paper.
const (
	wideColumn, unitColumn, qtyColumn, vatColumn, sumColumn = 0.46, 0.17, 0.08, 0.10, 0.19
)

func quotePaper(s *settings.Settings, q *quote.Quote) *pdf.Paper {
	l, sheet := q.Locale, lay(q, q.Sent)
	t := func(key string, args map[string]any) string { return Words().T(l, "checkout.paper."+key, args) }
	p := &pdf.Paper{
		Lang: string(l), Title: t("quote", map[string]any{"number": q.Number}), Sender: sender(s, l), To: []string{q.Name, q.Email},
		Footer: strings.Join(imprint(s, l), " · "), Page: t("page", nil), At: *q.SentAt,
		Facts: []pdf.Fact{
			{Name: t("date", nil), Value: i18n.FormatDate(l, q.SentAt.In(s.Rules().Zone), i18n.Long)},
			{Name: t("until", nil), Value: day(l, q.Sent.Until)},
		},
		Columns: []pdf.Column{
			{Title: t("article", nil), Share: wideColumn}, {Title: t(unitTitle(q.Sent.Priced), nil), Share: unitColumn, End: true},
			{Title: t("qty", nil), Share: qtyColumn, End: true}, {Title: t("vat", nil), Share: vatColumn, End: true},
			{Title: t("amount", nil), Share: sumColumn, End: true},
		},
	}
	for i, x := range q.Sent.Lines {
		row := []pdf.Cell{{Text: x.Name, Sub: joined(OptionsIn(x.Options, l), x.SKU)}, {}, {Text: i18n.FormatNumber(l, decimal.NewFromInt(int64(x.Qty)))}, {}, {}}
		if i < len(sheet.Lines) {
			row[1].Text = i18n.FormatMoney(l, sheet.Lines[i].Unit)
			row[3].Text = i18n.FormatPercent(l, q.Sent.Priced.Lines[i].Rate.Percent())
			row[4].Text = i18n.FormatMoney(l, sheet.Lines[i].Total)
		}
		p.Rows = append(p.Rows, row)
	}
	for _, row := range totalRows(sheet.Totals, l) {
		p.Sums = append(p.Sums, pdf.Sum{Label: row.Label, Amount: row.Amount, Strong: row.Strong})
	}
	if sheet.Later() {
		p.Notes = append(p.Notes, pdf.Note{Text: t("later", nil)})
	}
	if q.Sent.Remark != "" {
		p.Notes = append(p.Notes, pdf.Note{Title: t("remark", nil), Text: q.Sent.Remark})
	}
	return p
}

// unitTitle says on which side the prices of the paper are.
func unitTitle(p *pricing.Priced) string {
	if p != nil && p.View.Side(pricing.Goods) == pricing.Net {
		return "unit_net"
	}
	return "unit_gross"
}

// sender is who writes, as a letter-head has it.
func sender(s *settings.Settings, l i18n.Locale) []string {
	who := s.Identity
	lines := []string{who.Name}
	if who.LegalName != "" && who.LegalName != who.Name {
		lines = append(lines, who.LegalName)
	}
	a := who.Address
	a.Name, a.Company = "", ""
	return append(lines, a.Lines(l)...)
}

// imprint is what the law wants at the foot of a seller's papers.
func imprint(s *settings.Settings, l i18n.Locale) []string {
	who := s.Identity
	var parts []string
	for _, one := range []struct{ key, value string }{
		{"company_id", who.CompanyID}, {"vat_number", who.VATNumber}, {"email", who.Email}, {"phone", who.Phone},
	} {
		if one.value != "" {
			parts = append(parts, notify.Words().T(l, "notify.imprint."+one.key, map[string]any{"value": one.value}))
		}
	}
	return parts
}
