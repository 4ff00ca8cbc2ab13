package storefront

import (
	"crypto/sha256"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/customer"
)

type profileForm struct {
	Name        string `form:"name"`
	Email       string `form:"email"`
	Password    string `form:"password,raw"`
	NewPassword string `form:"new_password,raw"`
}

// profileShow is the customer's name, mail address and password.
func (h *Handler) profileShow(c echo.Context, v *visit, b buyer) error {
	return h.profilePage(c, v, b, profileForm{Name: b.name, Email: b.email}, nil, "")
}

// profileSave changes them; a new mail address or password needs the present password. A new
// password ends the customer's other sessions.
func (h *Handler) profileSave(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[profileForm](c)
	if err != nil {
		return err
	}
	locale := v.locale()
	patch := customer.Patch{Name: &f.Name, Email: &f.Email, Locale: &locale, Password: f.Password}
	if f.NewPassword != "" {
		patch.NewPassword = &f.NewPassword
		if token, ok := sessionCookie.Get(c); ok {
			digest := sha256.Sum256([]byte(token))
			patch.Session = digest[:]
		}
	}
	changed, err := h.conf.Accounts.Change(c.Request().Context(), v.shop, b.customer, patch)
	if err != nil {
		return h.refuseProfile(c, v, b, f, err)
	}
	session := web.SessionOf(c)
	for name, value := range map[string]string{valueName: changed.Name, valueEmail: changed.Email} {
		if err := session.Set(name, value); err != nil {
			return err
		}
	}
	tell(c, "customer_name", changed.Name, yearLong)
	web.AddFlash(c, web.Good, "storefront.saved", nil)
	return seeOther(c, v.links.to("/account/profile"))
}

func (h *Handler) refuseProfile(c echo.Context, v *visit, b buyer, f profileForm, cause error) error {
	if text, ok := v.signInRefusal(cause); ok {
		return h.profilePage(c, v, b, f, map[string]string{"password": text}, v.say(fault.InvalidKey, nil))
	}
	wrong, whole, err := v.refused(cause)
	if err != nil {
		return err
	}
	return h.profilePage(c, v, b, f, wrong, whole)
}

func (h *Handler) profilePage(c echo.Context, v *visit, b buyer, f profileForm, wrong map[string]string, whole string) error {
	at := func(l links) string { return l.to("/account/profile") }
	input := func(name, value string) view.Input { return view.Input{Name: name, Value: value, Error: wrong[name]} }
	status := http.StatusOK
	if whole != "" {
		status = http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "account_profile", &view.ProfilePage{
		Site: h.own(c, v, b, sheet{template: "account_profile", title: v.say("storefront.profile", nil), at: at}),
		Form: view.Form{Action: post(at(v.links)), Error: whole},
		Name: input("name", f.Name), Email: input("email", f.Email), Password: input("password", ""), NewPassword: newPassword("new_password", wrong),
	})
}
