package storefront

import (
	"crypto/sha256"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

// buyer is who stands behind a request: a guest with a cart perhaps, or a customer.
type buyer struct {
	cart     cart.Token
	customer customer.ID // zero for a guest
	name     string
	email    string
	// profile is what the merchant gave him, or a shared code opened; "" for none.
	profile profile.Code
}

var (
	sessionCookie = web.Cookie{Name: "session"}
	cartCookie    = web.Cookie{Name: "cart", TTL: cart.Life}
)

// What a session remembers of its customer, so that no page has to read him.
const (
	valueName  = "name"
	valueEmail = "email"
)

// sessions live in the shop's own data; nobody but a signed-in customer has one.
func sessions() *web.Sessions {
	return &web.Sessions{
		Cookie: sessionCookie,
		Store: func(c echo.Context) (web.SessionStore, error) {
			return customer.NewStore(web.Get[*arrival](c).shop), nil
		},
		Scope: func(c echo.Context) string { return web.Get[*arrival](c).shop.ID().String() },
	}
}

// buyer finds out who is asking. A guest costs no query.
func (h *Handler) buyer(c echo.Context) (buyer, error) {
	var b buyer
	if token, ok := cartCookie.Get(c); ok {
		b.cart = cart.Token(token)
	}
	row, ok, err := web.SessionOf(c).Row()
	if err != nil || !ok {
		return b, err
	}
	b.profile = profile.Code(row.Values[customer.SessionProfile])
	if row.Subject == "" {
		return b, nil
	}
	b.customer, err = id.Parse[customer.Customer](row.Subject)
	b.name, b.email = row.Values[valueName], row.Values[valueEmail]
	return b, err
}

// guest tells that nobody has signed in.
func (b buyer) guest() bool { return b.customer.IsZero() }

func (v *visit) reader(b buyer) cart.Reader {
	return cart.Reader{Token: b.cart, Customer: b.customer, Locale: v.locale(), Display: v.display.Currency.Code(),
		Profile: v.profile.Code}
}

func (v *visit) visitor(b buyer) checkout.Visitor {
	return checkout.Visitor{Customer: b.customer, Name: b.name, Locale: v.locale(), Profile: v.profile.Code,
		Display: v.display.Currency.Code(), Client: v.client}
}

// keep gives the browser its cart: the token for us, the number of pieces for the theme's script.
func keep(c echo.Context, k cart.Kept) {
	if k.Token != "" {
		cartCookie.Set(c, string(k.Token))
	}
	tell(c, "cart_count", strconv.Itoa(k.Count), cart.Life)
}

// tell leaves a word for the theme's script. Unlike web.Cookie its name is the same everywhere, so
// that a theme can be written against it; it says nothing that anything depends on.
func tell(c echo.Context, name, value string, life time.Duration) {
	place := web.PlaceOf(c)
	cookie := &http.Cookie{
		Name: name, Value: url.PathEscape(value), Path: place.Base + "/", MaxAge: int(life / time.Second),
		Secure: web.RequestOf(c).Scheme == "https", SameSite: http.SameSiteLaxMode,
	}
	if value == "" || life <= 0 {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

// signIn opens a session for a customer and gives him the cart he filled as a guest, and the browser his
// language.
func (h *Handler) signIn(c echo.Context, v *visit, b buyer, who *customer.Customer) (buyer, error) {
	kept, err := h.conf.Carts.SignIn(c.Request().Context(), v.shop,
		cart.Reader{Token: b.cart, Customer: who.ID, Locale: v.locale()})
	if err != nil {
		return b, err
	}
	if err := h.keepOpened(c, v, b, who); err != nil {
		return b, err
	}
	b.customer, b.name, b.email = who.ID, who.Name, who.Email
	err = web.SessionOf(c).Start(who.ID.String(), map[string]string{valueName: who.Name, valueEmail: who.Email})
	if err != nil {
		return b, err
	}
	b.cart = kept.Token
	keep(c, kept)
	v.bringProfile(c, profile.Code(who.Profile))
	v.bringLanguage(c, who.Locale)
	tell(c, "customer_name", who.Name, yearLong)
	return b, nil
}

// EnteredAt tells the router since when a visitor is in the shop: since he signed in, or since he
// first put something into his cart.
func (h *Handler) EnteredAt(c echo.Context, shop *registry.Shop) (at time.Time, ok bool, err error) {
	opened, err := h.shops.open(router.Visit{Shop: shop, Canonical: h.shops.canonical(shop.ID)})
	if err != nil {
		return at, false, err
	}
	ctx := c.Request().Context()
	if token, sent := sessionCookie.Get(c); sent {
		row, err := customer.NewStore(opened).Load(ctx, sha256.Sum256([]byte(token)))
		switch {
		case err == nil && h.conf.Clock.Now().Before(row.Expires):
			return row.Created, true, nil
		case err != nil && !fault.Is(err, fault.NotFound):
			return at, false, err
		}
	}
	token, sent := cartCookie.Get(c)
	if !sent {
		return at, false, nil
	}
	err = opened.Read(ctx, func(tx tenant.Tx) error {
		found, err := cart.Find(tx, cart.Reader{Token: cart.Token(token)})
		if found != nil {
			at, ok = found.ID.Time(), true
		}
		return err
	})
	return at, ok, err
}

var _ router.Visitors = (*Handler)(nil)
