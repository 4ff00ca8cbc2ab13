package storefront

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// wayGlue joins a way to pay and a saved card of it in the value of a choice.
const wayGlue = ":"

// readWay reads a choice and what was ticked beside it: the mode, and how it is paid with. saves are the modes whose box is ticked.
func readWay(value string, saves []string) (mode string, with checkout.With) {
	mode, card, _ := strings.Cut(value, wayGlue)
	with.Save = slices.Contains(saves, mode)
	if card == "" {
		return mode, with
	}
	key, err := id.Parse[payment.SavedCard](card)
	if err != nil {
		key = id.New[payment.SavedCard]() // none of his: he is told so
	}
	return mode, checkout.With{Card: key}
}

// saveName is the name of the boxes by which buyers agree that their card is kept.
const saveName = "save"

// withCards puts the reader's own cards before a way to pay, and the box beside it by which he may have another one kept.
func (v *visit) withCards(way *view.PaymentChoice, cards []payment.SavedCard, own bool, saves bool, with checkout.With) []*view.PaymentChoice {
	if !own || !saves {
		return []*view.PaymentChoice{way}
	}
	var list []*view.PaymentChoice
	for _, c := range cards {
		if c.Mode.String() != way.Value {
			continue
		}
		one := *way
		one.Value, one.Name, one.Instructions, one.Saved = way.Value+wayGlue+c.ID.String(), cardName(c.Card), "", true
		one.Selected = way.Selected && c.ID == with.Card
		list = append(list, &one)
	}
	if len(list) > 0 {
		way.Name = v.say("storefront.other_card", map[string]any{"way": way.Name})
	}
	way.Selected = way.Selected && with.Card.IsZero()
	if way.Save != nil {
		return append(list, way) // the box is that of a mandate
	}
	way.Save = &view.SaveCard{Name: saveName, Value: way.Value, Checked: with.Save && way.Selected,
		Text: v.say(payment.ConsentKey, map[string]any{"shop": v.settings().Identity.Name})}
	return append(list, way)
}

// brands are the names of schemes as people know them, by what banks write.
var brands = map[string]string{"visa": "Visa", "mastercard": "Mastercard", "mc": "Mastercard", "amex": "American Express", "cb": "CB", "cartes_bancaires": "CB",
	"diners": "Diners Club", "discover": "Discover", "jcb": "JCB", "maestro": "Maestro", "unionpay": "UnionPay"}

// cardName is a card as its owner knows it: "Visa •••• 4242, 12/29".
func cardName(c payment.Card) string {
	name := brands[strings.ToLower(c.Brand)]
	if name == "" {
		name = c.Brand
	}
	if c.Last != "" {
		name = strings.TrimSpace(name + " •••• " + c.Last)
	}
	if c.Expiry != "" {
		name = strings.TrimPrefix(name+", "+c.Expiry, ", ")
	}
	return name
}

// recognise adds to an order's page what its own customer may do.
func (h *Handler) recognise(c echo.Context, v *visit, b buyer, p *checkout.Paper) error {
	return h.conf.Desk.Recognise(c.Request().Context(), v.shop, v.visitor(b), p)
}
