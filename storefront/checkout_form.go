package storefront

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
)

// The ways to order, by equal effort (ORD-08).
const (
	asGuest    = "guest"
	asNew      = "register"
	asCustomer = "sign_in"
)

// checkoutForm is the whole checkout as it is sent, by whichever of its buttons.
type checkoutForm struct {
	Key      string            `form:"key"`   // names the page: sent twice, it places one order
	Shown    string            `form:"shown"` // the total the buyer saw
	Who      string            `form:"who"`
	Email    string            `form:"email"`
	Password string            `form:"password,raw"`
	Phone    string            `form:"phone"`
	Saved    string            `form:"saved"` // an address of his book
	Delivery map[string]string `form:"delivery"`
	Same     bool              `form:"same"`
	Billing  map[string]string `form:"billing"`
	Shipping string            `form:"shipping"`
	Parcels  string            `form:"parcels"`
	Payment  string            `form:"payment"`
	Save     []string          `form:"save"` // modes beside which the box is ticked
	Note     string            `form:"note"`
	Terms    bool              `form:"terms"`
	Code     string            `form:"code"`        // a coupon, typed and not added yet
	Remove   string            `form:"remove_code"` // one to take out
	Apply    bool              `form:"apply"`       // Enter in a field: not a change the script noticed

	of checked // what is ordered
}

// checked is what a checkout is about: the visitor's cart, or the version of a quote he has seen.
type checked struct {
	quote   string // its link, "" for the cart
	version int
}

// checkedOf reads it from the address.
func checkedOf(c echo.Context) checked {
	link := c.Param("link")
	if link == "" {
		return checked{}
	}
	version, err := strconv.Atoi(c.Param("version"))
	if err != nil {
		version = 0 // no version: it is told that there is another one
	}
	return checked{unpackLink(link), version}
}

// at is the address of the checkout.
func (of checked) at(l links) string {
	if of.quote == "" {
		return l.checkout()
	}
	return l.quote(of.quote) + "/order/" + strconv.Itoa(of.version)
}

// from is where what is ordered can be looked at.
func (of checked) from(l links) string {
	if of.quote == "" {
		return l.cart()
	}
	return l.quote(of.quote)
}

// newCheckout is the form nobody has filled in yet. A customer's own bill address is looked up unless
// he says that it is that of the parcel.
func newCheckout(c echo.Context, b buyer) checkoutForm {
	return checkoutForm{of: checkedOf(c), Key: secret.Token(), Who: asGuest, Same: b.guest()}
}

// longestKey is above any key a page gives.
const longestKey = 64

// readCheckout reads the form; what cannot be read is missing, and refused when the order is placed.
func readCheckout(c echo.Context) (checkoutForm, error) {
	f, err := web.Form[checkoutForm](c)
	f.of = checkedOf(c)
	if f.Key == "" || len(f.Key) > longestKey { // none of ours
		f.Key = secret.Token()
	}
	if f.Who != asNew && f.Who != asCustomer {
		f.Who = asGuest
	}
	return f, err
}

// draft is the form in the words of the desk.
func (h *Handler) draft(ctx context.Context, v *visit, b buyer, f checkoutForm) (checkout.Draft, error) {
	mode, with := readWay(f.Payment, f.Save)
	d := checkout.Draft{
		Email: f.Email, Phone: f.Phone, Delivery: readAddress(f.Delivery), Same: f.Same, Billing: readAddress(f.Billing),
		Shipping: f.Shipping, Payment: mode, With: with, Note: f.Note, Parcels: order.Parcels(f.Parcels),
	}
	if d.Same && d.Delivery.VATNumber == "" { // without script the fields of the bill can be seen all the same
		d.Delivery.VATNumber = d.Billing.VATNumber
	}
	if b.guest() {
		return d, nil
	}
	if d.Email == "" {
		d.Email = b.email
	}
	if f.Saved == "" {
		return d, nil
	}
	err := v.shop.Read(ctx, func(tx tenant.Tx) error {
		book, err := customer.Book(tx, b.customer)
		for _, e := range book {
			if e.ID.String() == f.Saved {
				d.Delivery = e.Address
			}
		}
		return err
	})
	return d, err
}

// forget drops an address of which only the country is there, so that the customer's own may stand in.
func forget(a address.Address) address.Address {
	if blank(a) {
		return address.Address{}
	}
	return a
}

// remember keeps in the cart what its price depends on, so that the cart says what the checkout said. Of a
// quote there is nothing to keep but the rates.
func (h *Handler) remember(ctx context.Context, v *visit, b buyer, of checked, s *checkout.Sheet) error {
	if of.quote != "" {
		return h.conf.Desk.KeepRates(ctx, v.shop, of.quote, s.Keep())
	}
	to := s.Draft.Delivery
	if !s.Cart.NeedsShipping {
		to = s.Draft.Billed()
	}
	to = to.Clean()
	number := address.CleanVATNumber(s.Draft.Billed().VATNumber)
	return h.conf.Carts.Choose(ctx, v.shop, v.reader(b), cart.Choices{
		Country: to.Country, Region: to.Region, Postcode: to.Postcode, Business: number != "", VATNumber: number,
		Shipping: s.Draft.Shipping, Insured: s.Draft.Insured, Payment: s.Draft.Payment, Lock: s.Keep(), Proof: s.Proof,
	})
}
