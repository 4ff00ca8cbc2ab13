package storefront

import (
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

type guiseForm struct {
	Profile string `form:"profile"`
	Back    string `form:"back"`
}

// guiseSet declares a public profile, or none, and goes back to the page; a customer's stays with his
// account (PROF-09). What is not offered changes nothing. A guest gives up so what a shared code opened; whoever has a
// private profile from the merchant does not.
func (h *Handler) guiseSet(c echo.Context, v *visit, b buyer) error {
	form, err := web.Form[guiseForm](c)
	if err != nil {
		return err
	}
	code, offered := profile.Code(form.Profile), false
	for _, choice := range v.profiles(sheet{personal: true, at: guisePath}).Choices {
		offered = offered || choice.Value == form.Profile
	}
	if !offered {
		return seeOther(c, v.safe(form.Back))
	}
	if v.profile.opened {
		if code == v.profile.Code {
			return seeOther(c, v.safe(form.Back))
		}
		if err := web.SessionOf(c).End(); err != nil {
			return err
		}
	}
	if code == profile.Anonymous {
		profileCookie.Clear(c)
	} else {
		profileCookie.Set(c, form.Profile)
	}
	if !b.guest() {
		if err := h.conf.Accounts.Declare(c.Request().Context(), v.shop, v.rules().Profiles, b.customer, code); err != nil {
			return err
		}
	}
	return seeOther(c, v.safe(form.Back))
}

// bringProfile gives the browser of a customer who signs in the profile of his account.
func (v *visit) bringProfile(c echo.Context, code profile.Code) {
	book := v.rules().Profiles
	if _, ok := book.FindPublic(code); ok {
		profileCookie.Set(c, string(code))
		return
	}
	if p := book.Find(code); p.Kind == profile.KindPrivate {
		profileCookie.Set(c, memberMark)
	}
}

// keepOpened gives an account the private profile that its holder opened with a shared code before he signed in or
// registered: what he was shown is what he is charged. One the merchant gave him stays.
func (h *Handler) keepOpened(c echo.Context, v *visit, b buyer, who *customer.Customer) error {
	book := v.rules().Profiles
	opened := book.Find(b.profile)
	if opened.Kind != profile.KindPrivate || book.Find(profile.Code(who.Profile)).Kind == profile.KindPrivate {
		return nil
	}
	by := tenant.Actor{Kind: tenant.Customer, ID: who.ID.String(), Name: who.Name}
	if err := h.conf.Accounts.Assign(c.Request().Context(), v.shop, by, who.ID, opened.Code); err != nil {
		return err
	}
	who.Profile = string(opened.Code)
	return nil
}

// codeRate lets nobody try codes out: a shared code is weaker than a password (PROF-10).
var codeRate = web.Rate{Limit: 10, Per: 10 * time.Minute}

type guiseCodeForm struct {
	Code string `form:"code"`
	Next string `form:"next"`
}

// guiseCode opens a private profile to who knows the code the merchant gave to its customers, for as long
// as the browser's session lasts.
func (h *Handler) guiseCode(c echo.Context, v *visit, b buyer) error {
	form, err := web.Form[guiseCodeForm](c)
	if err != nil {
		return err
	}
	p, err := h.conf.Accounts.OpenProfile(c.Request().Context(), v.rules().Profiles, form.Code)
	if err != nil {
		fields, whole, err := v.refused(err)
		if err != nil {
			return err
		}
		if fields["code"] != "" {
			whole = fields["code"]
		}
		return h.guisePage(c, v, b, form.Next, refusedCode{typed: form.Code, wrong: whole})
	}
	if b.guest() {
		err = web.SessionOf(c).Start("", map[string]string{customer.SessionProfile: string(p.Code)})
	} else {
		who := tenant.Actor{Kind: tenant.Customer, ID: b.customer.String(), Name: b.name}
		err = h.conf.Accounts.Assign(c.Request().Context(), v.shop, who, b.customer, p.Code)
	}
	if err != nil {
		return err
	}
	profileCookie.Set(c, memberMark)
	return seeOther(c, v.safe(form.Next))
}
