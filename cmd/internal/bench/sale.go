package bench

import (
	"context"
	"fmt"
	"math/rand/v2"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/stock"
)

// market is where buyers buy: through the program's own use cases.
type market struct {
	shop     *tenant.Shop
	carts    *cart.Carts
	desk     *checkout.Desk
	goods    []stock.VariantID
	shipping string
	payment  string
}

func (r *rig) market(s *stall) *market {
	return &market{s.shop, r.app.Rooms.Carts, r.app.Rooms.Desk, s.goods, s.shipping, s.payment}
}

func (m *market) article() stock.VariantID { return m.goods[rand.IntN(len(m.goods))] }

// addsPerCart is how many times a buyer puts something into his cart before the next one comes.
const addsPerCart = 5

// adding is a buyer who fills one cart after the other.
func (m *market) adding() client {
	var token cart.Token
	adds := 0
	return func(ctx context.Context) error {
		if adds == addsPerCart {
			token, adds = "", 0
		}
		kept, err := m.carts.Add(ctx, m.shop, cart.Reader{Token: token, Locale: i18n.French}, cart.Wish{Variant: m.article(), Qty: 1})
		if err != nil {
			return fmt.Errorf("add to cart: %w", err)
		}
		token, adds = kept.Token, adds+1
		return nil
	}
}

// linesPerOrder is the number of articles of an order.
const linesPerOrder = 2

// fill fills a cart that is ready to be ordered.
func (m *market) fill(ctx context.Context, goods ...stock.VariantID) (cart.Token, error) {
	var token cart.Token
	for _, v := range goods {
		kept, err := m.carts.Add(ctx, m.shop, cart.Reader{Token: token, Locale: i18n.French}, cart.Wish{Variant: v, Qty: 1})
		if err != nil {
			return "", fmt.Errorf("fill cart: %w", err)
		}
		token = kept.Token
	}
	return token, nil
}

// visitor is a guest who reads French.
var visitor = checkout.Visitor{Locale: i18n.French}

// draft is a checkout filled in.
func (m *market) draft() checkout.Draft {
	return checkout.Draft{
		Email: "lea@example.com", Same: true, Shipping: m.shipping, Payment: m.payment,
		Delivery: address.Address{Name: "Léa Martin", Line1: "12 rue des Lilas", Postcode: "75011", City: "Paris", Country: "FR"},
	}
}

// command is the order of a cart, with the total its buyer was shown.
func (m *market) command(ctx context.Context, token cart.Token) (checkout.PlaceOrder, error) {
	sheet, err := m.desk.Prepare(ctx, m.shop, visitor, token, m.draft())
	if err != nil {
		return checkout.PlaceOrder{}, fmt.Errorf("show checkout: %w", err)
	}
	return checkout.PlaceOrder{Cart: token, Key: id.New[checkout.PlaceOrder]().String(), Draft: m.draft(), Shown: sheet.Shown, Terms: true}, nil
}

// prepare fills n carts with articles nobody waits for, and shows their checkouts.
func (m *market) prepare(ctx context.Context, n int) ([]checkout.PlaceOrder, error) {
	commands := make([]checkout.PlaceOrder, 0, n)
	for range n {
		token, err := m.fill(ctx, m.some(linesPerOrder)...)
		if err != nil {
			return nil, err
		}
		c, err := m.command(ctx, token)
		if err != nil {
			return nil, err
		}
		commands = append(commands, c)
	}
	return commands, nil
}

// some are n different articles.
func (m *market) some(n int) []stock.VariantID {
	first := rand.IntN(len(m.goods))
	list := make([]stock.VariantID, n)
	for i := range list {
		list[i] = m.goods[(first+i*7)%len(m.goods)]
	}
	return list
}

// place places an order.
func (m *market) place(ctx context.Context, c checkout.PlaceOrder) error {
	placed, err := m.desk.Place(ctx, m.shop, visitor, c)
	if err != nil {
		return fmt.Errorf("place order: %w", err)
	}
	return placed.Unstarted
}
