package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

func cardsPage(l links) string { return l.to("/account/cards") }

// keepsCards tells whether the account has a page of cards. Where that cannot be asked it has none for once.
func (h *Handler) keepsCards(c echo.Context, v *visit) (keeps bool) {
	err := v.shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		keeps, err = payment.KeepsCards(tx)
		return err
	})
	if err != nil {
		web.Log(c).Warn("look for saved cards", "error", err)
	}
	return keeps
}

// cardsShow lists the cards banks keep for the customer (PGW-32).
func (h *Handler) cardsShow(c echo.Context, v *visit, b buyer) error {
	cards, err := h.conf.Desk.ListCards(c.Request().Context(), v.shop, b.customer)
	if err != nil {
		return err
	}
	page := &view.CardsPage{Site: h.own(c, v, b, sheet{template: "account_cards", title: v.say("storefront.saved_cards", nil), at: cardsPage})}
	for _, one := range cards {
		page.Cards = append(page.Cards, &view.KeptCard{Name: cardName(one.Card), Expired: one.Expired(v.now), Test: one.Test,
			Since: one.Agreed.At.In(v.rules().Zone), Remove: post(cardsPage(v.links) + "/" + one.ID.String() + "/remove")})
	}
	return h.answer(c, v, http.StatusOK, "account_cards", page)
}

// cardRemove takes a card back. One that is gone already is gone.
func (h *Handler) cardRemove(c echo.Context, v *visit, b buyer) error {
	card, err := id.Parse[payment.SavedCard](c.Param("id"))
	if err != nil {
		return err
	}
	err = h.conf.Desk.RemoveCard(c.Request().Context(), v.shop, b.customer, card)
	if err != nil && !errors.Is(err, payment.ErrNoCard) {
		return err
	}
	web.AddFlash(c, web.Good, "storefront.card_removed", nil)
	return seeOther(c, cardsPage(v.links))
}
