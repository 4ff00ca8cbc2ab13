package storefront

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// contactRate is what a person with many questions needs, and no more.
var contactRate = web.Rate{Limit: 5, Per: 10 * time.Minute}

// What a message may hold.
const (
	maxContactName    = 100
	maxContactOrder   = 40
	maxContactMessage = 5000
)

// Messenger carries a shopper's message to the merchant, as a job. It is a port: notify implements it.
type Messenger interface {
	Contact(ctx context.Context, shop *tenant.Shop, m Message) error
}

// Message is what a shopper wrote.
type Message struct {
	Name, Email, Order, Text string
	Locale                   i18n.Locale
}

type contactForm struct {
	Name    string `form:"name"`
	Email   string `form:"email"`
	Order   string `form:"order"`
	Message string `form:"message"`
	Trap    string `form:"website"`
}

// check refuses what cannot be a message, and cleans the fields in place.
func (f *contactForm) check() error {
	var c form.Checker
	f.Name = c.Line("name", f.Name, maxContactName)
	c.Required("name", f.Name)
	c.Required("email", f.Email)
	c.Email("email", f.Email)
	f.Order = c.Line("order", f.Order, maxContactOrder)
	f.Message = c.Block("message", f.Message, maxContactMessage)
	c.Required("message", f.Message)
	return c.Err()
}

// contactSend takes a message to the merchant. Whoever fills in the trap is thanked like anybody.
func (h *Handler) contactSend(c echo.Context) error {
	v, err := h.here(c)
	if err != nil {
		return err
	}
	f, err := web.Form[contactForm](c)
	if err == nil {
		err = f.check()
	}
	if err == nil && f.Trap == "" {
		err = h.conf.Messenger.Contact(c.Request().Context(), v.shop,
			Message{Name: f.Name, Email: f.Email, Order: f.Order, Text: f.Message, Locale: v.locale()})
	}
	if err != nil {
		wrong, refused, err := v.refused(err)
		if err != nil {
			return err
		}
		return h.answer(c, v, http.StatusUnprocessableEntity, "contact", v.contactPage(f, wrong, refused))
	}
	return seeOther(c, v.links.contact()+"?sent=1")
}
