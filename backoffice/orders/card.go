package orders

import (
	_ "embed"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/terminal"
)

// openCards opens sealed cards in the merchant's browser.
//
//go:embed card.js
var openCards []byte

// cardScript serves it.
func (d *Desk) cardScript(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", openCards)
}

// waitingCard is a sealed card that waits to be keyed, with its order.
type waitingCard struct {
	Payment payment.Payment
	Order   *order.Order
	Until   time.Time
}

// cards are the orders whose card waits to be keyed, the first to be forgotten first (PAY-03).
func (d *Desk) cards(c echo.Context) error {
	v := desk.Here(c)
	var list []waitingCard
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		v.View.Zone = s.Rules().Zone
		payments, err := payment.ListCards(tx)
		if err != nil {
			return err
		}
		for _, p := range payments {
			o, err := order.Find(tx, checkout.OrderOf(p))
			if err != nil {
				return err
			}
			card, err := payment.FindCard(tx, p.ID)
			if err != nil {
				return err
			}
			if card != nil {
				list = append(list, waitingCard{p, o, card.Until()})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, cardsPage(v, cardTable(v, list)))
}

func cardTable(v *desk.Visit, list []waitingCard) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.cards"),
		Columns: []ui.Column{{Title: v.T("orders.order"), Main: true}, {Title: v.T("orders.buyer")}, {Title: v.T("orders.amount"), End: true}, {Title: v.T("orders.card_until"), Fit: true}},
		Empty:   ui.Empty{Icon: ui.IconCreditCard, Title: v.T("orders.cards_none")},
	}
	for _, one := range list {
		t.Rows = append(t.Rows, ui.Row{ID: one.Payment.ID.String(), Name: one.Order.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: one.Order.Number, Href: v.Href("orders/" + one.Order.ID.String())}), ui.TextCell(one.Order.Buyer),
			ui.TextCell(v.View.Money(one.Payment.Amount)), ui.TextCell(v.View.DayTime(one.Until)),
		}})
	}
	return t
}

// opened is a sealed card as the merchant's browser is given it.
type opened struct {
	Box  string `json:"box"`
	Code string `json:"code"` // "" when it was deleted by an earlier opening
}

// openCard hands a sealed card to the merchant's browser; the opening is written down first.
func (d *Desk) openCard(c echo.Context) error {
	v := desk.Here(c)
	which, attempt, err := cardAt(c)
	if err != nil {
		return err
	}
	card, err := d.Desk.OpenCard(c.Request().Context(), v.Shop, v.Actor(), which, attempt, web.RequestOf(c).IP.String())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, opened{card.Box, card.Code})
}

// refuseCard records that the merchant's terminal refused the card.
func (d *Desk) refuseCard(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[remarkFields](c)
	if err != nil {
		return err
	}
	which, attempt, err := cardAt(c)
	if err != nil {
		return err
	}
	err = d.Desk.RefuseCard(c.Request().Context(), v.Shop, v.Actor(), which, attempt, f.remark())
	return d.done(c, err, "orders.done.card_refused", func(r *refusals, a ui.Answers) { r.Card = a })
}

// cardAt reads the order and the attempt of an address.
func cardAt(c echo.Context) (order.ID, payment.ID, error) {
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return order.ID{}, payment.ID{}, err
	}
	attempt, err := id.Parse[payment.Payment](c.Param("payment"))
	return which, attempt, err
}

// awaitsCard tells that the buyer has yet to enter his card.
func (m fileModel) awaitsCard() bool {
	n := len(m.Payments)
	return n > 0 && m.Payments[n-1].Kind == terminal.Kind && m.Payments[n-1].State.Open() && m.Card == nil
}

// sealed is the attempt whose card waits to be keyed.
func (m fileModel) sealed() payment.Payment { return m.Payments[len(m.Payments)-1] }

// sealKey is the key it was sealed with, which may have been replaced since.
func (m fileModel) sealKey() terminal.Key {
	if k := m.Terminal.Find(m.Card.Key); k != nil {
		return *k
	}
	return terminal.Key{ID: m.Card.Key}
}

// cardFacts are what is known of a sealed card.
func (m fileModel) cardFacts(v *desk.Visit) []ui.Term {
	code := v.T("orders.card_code_kept")
	if m.Card.Code == "" {
		code = v.T("orders.card_code_gone")
	}
	return []ui.Term{
		{Name: v.T("orders.card_came"), Text: v.View.DayTime(m.Card.At)}, {Name: v.T("orders.card_until"), Text: v.View.DayTime(m.Card.Until())},
		{Name: v.T("orders.card_times"), Text: v.View.Number(m.Card.Opened)}, {Name: v.T("orders.card_code"), Text: code},
		{Name: v.T("orders.card_key"), Text: m.Card.Key},
	}
}

// cardTold says what became of a card, for the timeline; "" when the line is about something else.
func cardTold(v ui.View, h order.Happening) string {
	switch h.Data[checkout.KeyCard] {
	case checkout.CardKept:
		return v.T("orders.card_kept")
	case checkout.CardOpened:
		return v.T("orders.card_opened", ui.Args{"from": h.Data[checkout.KeyFrom]})
	case checkout.CardRefused:
		return v.T("orders.card_refused")
	case checkout.CardExpired:
		return v.T("orders.card_expired")
	}
	return ""
}
