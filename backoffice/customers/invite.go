package customers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

// askInvite is the form of an invitation; the list may have said which profile is meant.
func (d *Desk) askInvite(c echo.Context) error {
	v := desk.Here(c)
	h, err := read(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	values := url.Values{"language": {string(h.langs.Default)}, "profile": {string(profile.Anonymous)}}
	if code := c.QueryParam("profile"); h.gives(profile.Code(code)) == nil {
		values.Set("profile", code)
	}
	return desk.Show(c, http.StatusOK, invitePage(v, h, ui.Asked(values)))
}

type inviteForm struct {
	Name     string `form:"name"`
	Email    string `form:"email"`
	Language string `form:"language,required"`
	Profile  string `form:"profile"` // not asked where there is nothing to choose
}

// invite makes somebody a customer with a profile and writes him a letter (PROF-10).
func (d *Desk) invite(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	h, err := read(ctx, v.Shop)
	if err != nil {
		return err
	}
	in, err := invitation(c, h)
	var who *customer.Customer
	if err == nil {
		who, err = d.accounts.Invite(ctx, v.Shop, v.Actor(), in)
	}
	if desk.Repairable(err) {
		return desk.Show(c, web.Status(err), invitePage(v, h, ui.Refused(v.View, c.Request().PostForm, err)))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+who.ID.String(), "customers.invited", map[string]string{"email": who.Email})
}

// invitation reads the form.
func invitation(c echo.Context, h house) (customer.Invitation, error) {
	f, err := web.Form[inviteForm](c)
	var check form.Checker
	if err := check.Add("", err); err != nil {
		return customer.Invitation{}, err
	}
	in := customer.Invitation{Email: f.Email, Name: f.Name, Locale: i18n.Locale(f.Language), Profile: profile.Anonymous}
	if f.Profile != "" {
		in.Profile = profile.Code(f.Profile)
	}
	if f.Language != "" && !h.langs.Serves(in.Locale) {
		check.Refuse("language", form.KeyChoice, nil)
	}
	if h.gives(in.Profile) != nil {
		check.Refuse("profile", customer.ErrProfile.Key(), nil)
	}
	check.Required("name", f.Name)
	check.Required("email", f.Email)
	check.Email("email", f.Email)
	return in, check.Err()
}

// inviteLabels name the fields in the list of errors.
func inviteLabels(v *desk.Visit) map[string]string {
	labels := map[string]string{}
	for _, name := range []string{"name", "email", "language", "profile"} {
		labels[name] = v.T("customers." + name)
	}
	return labels
}
