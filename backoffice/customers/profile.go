package customers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// house is what the shop has decided, as far as customers are concerned.
type house struct {
	book  profile.Book
	langs settings.Languages
}

func read(ctx context.Context, shop *tenant.Shop) (h house, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			h = houseOf(s)
		}
		return err
	})
	return h, err
}

func houseOf(s *settings.Settings) house {
	return house{profile.Book(s.Profiles), s.Languages}
}

// split tells that there are profiles to tell apart, switched on or not.
func (h house) split() bool {
	return slices.ContainsFunc(h.book.Profiles, func(p profile.Profile) bool { return p.Kind != profile.KindAnonymous })
}

// profileName is what the profile of a code is called; one that is switched off says so, and one there is
// no more is told by its code.
func (h house) profileName(v *desk.Visit, code profile.Code) string {
	for _, p := range h.book.Profiles {
		if p.Code != code {
			continue
		}
		if name := p.Names.In(v.View.Locale, h.langs.Default); !p.Active {
			return v.T("customers.profile_off", ui.Args{"name": name})
		} else if name != "" {
			return name
		}
	}
	if code == profile.Anonymous {
		return v.T("customers.profile_none")
	}
	return v.T("customers.profile_gone", ui.Args{"code": string(code)})
}

// profiles are the profiles a customer can be given: those that are in use, none of them first, and the one
// he has.
func (h house) profiles(v *desk.Visit, has profile.Code) []ui.Option {
	codes := []profile.Code{profile.Anonymous}
	for _, p := range h.book.Profiles {
		if p.Active && p.Kind != profile.KindAnonymous || p.Code == has && has != profile.Anonymous {
			codes = append(codes, p.Code)
		}
	}
	if has != "" && !slices.Contains(codes, has) {
		codes = append(codes, has)
	}
	return h.options(v, codes)
}

// every are all profiles, to find customers by.
func (h house) every(v *desk.Visit) []ui.Option {
	codes := []profile.Code{profile.Anonymous}
	for _, p := range h.book.Profiles {
		if p.Kind != profile.KindAnonymous {
			codes = append(codes, p.Code)
		}
	}
	return h.options(v, codes)
}

func (h house) options(v *desk.Visit, codes []profile.Code) []ui.Option {
	options := make([]ui.Option, len(codes))
	for i, code := range codes {
		options[i] = ui.Option{Value: string(code), Label: h.profileName(v, code)}
	}
	return options
}

// gives refuses a profile that cannot be given (any more). Errors: customer.ErrProfile on "profile".
func (h house) gives(code profile.Code) error {
	if code == profile.Anonymous || h.book.Find(code).Code == code {
		return nil
	}
	return customer.ErrProfile.On("profile")
}

// locales are the languages a customer can be written to, the shop's own first.
func (h house) locales() []ui.Option {
	var options []ui.Option
	for _, l := range append([]i18n.Locale{h.langs.Default}, h.langs.Offered...) {
		if !slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == string(l) }) {
			options = append(options, ui.Option{Value: string(l), Label: l.Name()})
		}
	}
	return options
}

type profileForm struct {
	Profile string `form:"profile,required"`
}

// assign gives a customer a profile, or takes it away (PROF-10).
func (d *Desk) assign(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[profileForm](c)
	if err != nil && !desk.Repairable(err) {
		return err
	}
	which, keyErr := key(c)
	if keyErr != nil {
		return keyErr
	}
	m, readErr := d.read(c)
	if readErr != nil {
		return readErr
	}
	if code := profile.Code(f.Profile); err == nil && f.Profile != m.Customer.Profile {
		if err = m.gives(code); err == nil {
			err = d.accounts.Assign(ctx, v.Shop, v.Actor(), which, code)
		}
	}
	if desk.Repairable(err) {
		m.Given = ui.Refused(v.View, c.Request().PostForm, err)
		return desk.Show(c, web.Status(err), showPage(v, m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+which.String(), "customers.profile_set", nil)
}

// inviteAgain writes the invitation of somebody who has not come yet once more, with a fresh link.
func (d *Desk) inviteAgain(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.read(c)
	if err != nil {
		return err
	}
	if !m.awaited() {
		web.AddFlash(c, web.Note, "customers.invite_needless", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("customers/"+m.ID.String()))
	}
	who, err := d.accounts.Invite(c.Request().Context(), v.Shop, v.Actor(),
		customer.Invitation{Email: m.Email, Name: m.Name, Locale: m.Locale, Profile: profile.Code(m.Customer.Profile)})
	if err != nil {
		return err
	}
	return desk.Back(c, "customers/"+who.ID.String(), "customers.invited", map[string]string{"email": who.Email})
}
