package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/customer"
)

// newAddress stands in an address for one that does not exist yet.
const newAddress = "new"

func addressBook(l links) string { return l.to("/account/addresses") }

// addressesShow is the customer's address book.
func (h *Handler) addressesShow(c echo.Context, v *visit, b buyer) error {
	book, err := h.book(c, v, b)
	if err != nil {
		return err
	}
	page := &view.AddressesPage{
		Site:   h.own(c, v, b, sheet{template: "account_addresses", title: v.say("storefront.addresses", nil), at: addressBook}),
		NewURL: addressBook(v.links) + "/" + newAddress,
	}
	for _, e := range book {
		page.Addresses = append(page.Addresses, v.addressCard(e))
	}
	return h.answer(c, v, http.StatusOK, "account_addresses", page)
}

type addressForm struct {
	Address  map[string]string `form:"address"`
	Delivery bool              `form:"default_delivery"`
	Billing  bool              `form:"default_billing"`
}

// addressShow is one address to be changed, or a new one.
func (h *Handler) addressShow(c echo.Context, v *visit, b buyer) error {
	e, err := h.entry(c, v, b)
	if err != nil {
		return err
	}
	return h.addressPage(c, v, b, e, http.StatusOK, nil, "")
}

// entry is the address a request names. Errors: customer.ErrAddress for one that is not the
// customer's.
func (h *Handler) entry(c echo.Context, v *visit, b buyer) (customer.Entry, error) {
	if c.Param("id") == newAddress {
		return customer.Entry{Address: address.Address{Name: b.name, Country: v.settings().Identity.Address.Country}}, nil
	}
	which, err := id.Parse[customer.Entry](c.Param("id"))
	if err != nil {
		return customer.Entry{}, err
	}
	book, err := h.book(c, v, b)
	for _, e := range book {
		if e.ID == which {
			return e, nil
		}
	}
	if err == nil {
		err = customer.ErrAddress
	}
	return customer.Entry{}, err
}

// addressSave keeps an address.
func (h *Handler) addressSave(c echo.Context, v *visit, b buyer) error {
	e, err := h.typedEntry(c, v, b)
	if err != nil {
		return err
	}
	if _, err := h.conf.Accounts.SaveAddress(c.Request().Context(), v.shop, b.customer, e); err != nil {
		wrong, whole, err := v.refused(err)
		if err != nil {
			return err
		}
		return h.addressPage(c, v, b, e, http.StatusUnprocessableEntity, wrong, whole)
	}
	web.AddFlash(c, web.Good, "storefront.saved", nil)
	return seeOther(c, addressBook(v.links))
}

// addressRefresh shows the fields of another country, with what was typed.
func (h *Handler) addressRefresh(c echo.Context, v *visit, b buyer) error {
	e, err := h.typedEntry(c, v, b)
	if err != nil {
		return err
	}
	return h.addressPage(c, v, b, e, http.StatusOK, nil, "")
}

// typedEntry is the address a form names, as it was typed.
func (h *Handler) typedEntry(c echo.Context, v *visit, b buyer) (customer.Entry, error) {
	f, err := web.Form[addressForm](c)
	if err != nil {
		return customer.Entry{}, err
	}
	e, err := h.entry(c, v, b)
	e.Address, e.Delivery, e.Billing = readAddress(f.Address), f.Delivery, f.Billing
	return e, err
}

// addressRemove takes an address out of the book.
func (h *Handler) addressRemove(c echo.Context, v *visit, b buyer) error {
	which, err := id.Parse[customer.Entry](c.Param("id"))
	if err == nil {
		err = h.conf.Accounts.RemoveAddress(c.Request().Context(), v.shop, b.customer, which)
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "storefront.removed", nil)
	return seeOther(c, addressBook(v.links))
}

func (h *Handler) addressPage(c echo.Context, v *visit, b buyer, e customer.Entry, status int, wrong map[string]string, whole string) error {
	prefixed := make(map[string]string, len(wrong))
	for name, text := range wrong {
		prefixed["address."+name] = text
	}
	at := func(l links) string { return addressBook(l) + "/" + c.Param("id") }
	return h.answer(c, v, status, "account_address", &view.AddressPage{
		Site:    h.own(c, v, b, sheet{template: "account_address", title: v.say("storefront.address", nil), at: at}),
		Form:    view.Form{Action: post(at(v.links)), Error: whole},
		Refresh: at(v.links) + "/refresh",
		Address: v.addressForm(addressSpec{name: "address", section: "section-book", add: []string{address.VATNumber}}, e.Address, prefixed),
		New:     e.ID.IsZero(), Back: addressBook(v.links),
		Delivery: view.Check{Name: "default_delivery", Checked: e.Delivery},
		Billing:  view.Check{Name: "default_billing", Checked: e.Billing},
	})
}
