package trading

import (
	"context"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/quote"
)

// asker is who has asked for a quote.
const asker = "accueil@grand-cafe.example.com"

// less is the part of its price at which each piece is offered.
var less = decimal.RequireFromString("0.9")

// offer lets a company ask for a quote, and sends it.
func (h *House) offer(ctx context.Context) error {
	q, err := h.asked(ctx)
	if err != nil || q.State != quote.Draft {
		return err
	}
	e := checkout.QuoteEdit{Rev: q.Rev, Remark: "Brodés à votre nom, livrés en trois semaines."}
	for _, l := range q.Draft.Lines {
		unit := l.Proposed.Amount.Mul(less).Round(money.HalfUp).Decimal()
		e.Lines = append(e.Lines, checkout.QuoteLine{ID: l.ID, Qty: l.Qty, Unit: unit})
	}
	if q, err = h.desk.SaveQuote(ctx, h.shop, tenant.ByProgram, q.ID, e); err != nil {
		return err
	}
	_, err = h.desk.SendQuote(ctx, h.shop, tenant.ByProgram, q.ID, q.Rev)
	return err
}

// asked is the quote the company has asked for, just now or before this process was killed.
func (h *House) asked(ctx context.Context) (q *quote.Quote, err error) {
	var found []quote.ID
	err = h.shop.Read(ctx, func(tx tenant.Tx) error {
		if err := tx.DB().Raw("select id from quotes where email = ? order by id limit 1", asker).Scan(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		q, err = quote.Find(tx, found[0])
		return err
	})
	if err != nil || q != nil {
		return q, err
	}
	who := checkout.Visitor{Locale: i18n.French, Profile: companies}
	token, err := h.fill(ctx, who, []want{{"TAB24", 4}, {"CAB22", 6}})
	if err != nil {
		return nil, err
	}
	asked, err := h.desk.AskQuote(ctx, h.shop, who, checkout.AskQuote{Cart: token, Key: asker, Name: "Grand Café de la Gare", Email: asker,
		Message: "Bonjour, il nous faudrait ces tabliers et cabas brodés à notre nom pour la saison. Merci !"})
	if err != nil {
		return nil, err
	}
	return asked.Quote, nil
}
