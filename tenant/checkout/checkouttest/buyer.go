package checkouttest

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/stock"
)

// Buyer is somebody with a browser.
type Buyer struct {
	stage *Stage
	Who   checkout.Visitor
	Token cart.Token
	Key   string // of the checkout page he has open
	Draft checkout.Draft
}

// Guest is a buyer without an account, who lives in Paris and reads French.
func (s *Stage) Guest(email string) *Buyer {
	return &Buyer{stage: s, Who: checkout.Visitor{Locale: i18n.French}, Key: email, Draft: checkout.Draft{Email: email, Same: true,
		Delivery: address.Address{Name: "Zoé Achat", Line1: "5 rue Neuve", Postcode: "75002", City: "Paris", Country: "FR"}}}
}

// Reader is the buyer as the cart knows him.
func (b *Buyer) Reader() cart.Reader {
	return cart.Reader{Token: b.Token, Customer: b.Who.Customer, Locale: b.Who.Locale}
}

// Add puts articles into his cart.
func (b *Buyer) Add(v stock.VariantID, qty int) error {
	return b.Want(cart.Wish{Variant: v, Qty: qty})
}

// Want puts articles with extras into his cart, all of them or none.
func (b *Buyer) Want(wishes ...cart.Wish) error {
	kept, err := b.want(wishes)
	if err == nil {
		b.Token = kept.Token
	}
	return err
}

func (b *Buyer) want(wishes []cart.Wish) (cart.Kept, error) {
	if len(wishes) == 1 {
		return b.stage.Carts.Add(b.stage.t.Context(), b.stage.Shop, b.Reader(), wishes[0])
	}
	return b.stage.Carts.AddAll(b.stage.t.Context(), b.stage.Shop, b.Reader(), wishes)
}

// Cart is his cart as he sees it.
func (b *Buyer) Cart() *cart.View {
	b.stage.t.Helper()
	v, err := b.stage.Carts.Show(b.stage.t.Context(), b.stage.Shop, b.Reader())
	b.stage.must(err)
	return v
}

// Prepare opens the checkout page.
func (b *Buyer) Prepare() (*checkout.Sheet, error) {
	return b.stage.Desk.Prepare(b.stage.t.Context(), b.stage.Shop, b.Who, b.Token, b.Draft)
}

// Order is the command his page sends: with the total he saw.
func (b *Buyer) Order(mode string) (checkout.PlaceOrder, error) {
	b.Draft.Payment = b.stage.ModeOf(mode).String()
	sheet, err := b.Prepare()
	if err != nil {
		return checkout.PlaceOrder{}, err
	}
	return checkout.PlaceOrder{Cart: b.Token, Key: b.Key, Draft: sheet.Draft, Shown: sheet.Shown, Terms: true}, nil
}

// Place opens the page and orders.
func (b *Buyer) Place(mode string) (*checkout.Placed, error) {
	cmd, err := b.Order(mode)
	if err != nil {
		return nil, err
	}
	return b.Send(cmd)
}

// Send sends the page.
func (b *Buyer) Send(cmd checkout.PlaceOrder) (*checkout.Placed, error) {
	return b.stage.Desk.Place(b.stage.t.Context(), b.stage.Shop, b.Who, cmd)
}

// Find reads an order.
func (s *Stage) Find(o order.ID) *order.Order {
	s.t.Helper()
	var found *order.Order
	s.Read(func(tx tenant.Tx) (err error) {
		found, err = order.Find(tx, o)
		return err
	})
	return found
}
