package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
)

// trapField is a field people do not see; programs fill it in.
const trapField = "website"

// contactShow is the form to write to the merchant; ?sent=1 thanks for it.
func (h *Handler) contactShow(c echo.Context) error {
	return h.public(func(_ tenant.Tx, v *visit) (drawing, error) {
		return func() (string, any, error) {
			page := v.contactPage(contactForm{}, nil, "")
			page.Sent = v.query.Get("sent") == "1"
			return "contact", page, nil
		}, nil
	})(c)
}

func (v *visit) contactPage(f contactForm, wrong map[string]string, refused string) *view.ContactPage {
	title := v.say("storefront.contact", nil)
	input := func(name, value string) view.Input { return view.Input{Name: name, Value: value, Error: wrong[name]} }
	return &view.ContactPage{
		Site: v.site(sheet{template: "contact", title: title, at: links.contact,
			crumbs: []*view.Link{{Label: title, URL: v.links.contact()}}}),
		Form: view.Form{Action: post(v.links.contact()), Error: refused},
		Name: input("name", f.Name), Email: input("email", f.Email), Order: input("order", f.Order),
		Message: input("message", f.Message), Trap: view.Input{Name: trapField},
	}
}
