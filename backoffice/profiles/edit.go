package profiles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

// errUnknown: there is no such profile (any more).
var errUnknown = fault.New(fault.NotFound, fault.NotFound.Key())

// errTaken refuses a code that another profile has.
var errTaken = fault.New(fault.Malformed, "profile.error.code_twice")

// new shows the empty form of a profile.
func (d *Desk) new(kind profile.Kind) echo.HandlerFunc {
	return func(c echo.Context) error {
		k, err := d.load(c.Request().Context(), desk.Here(c).Shop)
		if err != nil {
			return err
		}
		p := profile.Profile{Kind: kind, Active: true}
		return show(c, http.StatusOK, model{known: k, Profile: p, New: true, Answers: ui.Asked(values(desk.Here(c).View.Locale, &p))})
	}
}

func (d *Desk) add(kind profile.Kind) echo.HandlerFunc {
	return func(c echo.Context) error { return d.put(c, profile.Profile{Kind: kind}) }
}

func (d *Desk) edit(c echo.Context) error {
	v := desk.Here(c)
	k, err := d.load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	p, ok := k.find(profile.Code(c.Param("code")))
	if !ok {
		return errUnknown
	}
	return show(c, http.StatusOK, model{known: k, Profile: p, Answers: ui.Asked(values(v.View.Locale, &p))})
}

// save saves a profile. One that somebody has removed while it was being edited is added again, if whoever
// was told so still wants it.
func (d *Desk) save(c echo.Context) error {
	return d.put(c, profile.Profile{Code: profile.Code(c.Param("code"))})
}

// put saves what was sent, over a stored profile or as a new one.
func (d *Desk) put(c echo.Context, p profile.Profile) error {
	v, ctx := desk.Here(c), c.Request().Context()
	k, err := d.load(ctx, v.Shop)
	if err != nil {
		return err
	}
	fresh := p.Code == ""
	if stored, ok := k.find(p.Code); ok {
		p = stored
	}
	p, f, err := read(c, k, p)
	if p.Kind == "" {
		return errUnknown
	}
	if err == nil && fresh && at(k.book, p.Code) >= 0 {
		err = errTaken.On("code")
	}
	shut := p.CodeHash != "" && (f.SharedRemove || f.Shared != "")
	var hash string
	if err == nil || desk.Repairable(err) {
		var sealed error
		hash, sealed = d.seal(ctx, k, &p, f)
		err = together(err, sealed)
	}
	if err == nil {
		err = keep(ctx, v, f.Rev, func(tx tenant.Tx, b *profile.Book) error {
			p := p
			p.CodeHash = hash
			if i := at(*b, p.Code); i >= 0 {
				b.Profiles[i] = p
			} else {
				b.Profiles = append(b.Profiles, p)
			}
			if shut {
				return customer.Shut(tx, p.Code)
			}
			return nil
		})
	}
	if desk.Repairable(err) {
		return d.refuse(c, p, fresh, err)
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "profiles", "profiles.saved", nil)
}

// seal is the hash of the profile's shared code after the form. Errors: refused field "shared".
func (d *Desk) seal(ctx context.Context, k *known, p *profile.Profile, f profileForm) (string, error) {
	switch {
	case p.Kind != profile.KindPrivate || f.SharedRemove:
		return "", nil
	case f.Shared == "":
		return p.CodeHash, nil
	}
	others := profile.Book{}
	for _, other := range k.book.Profiles {
		if other.Code != p.Code {
			other.Active = true // one that is switched on tomorrow must not share it either
			others.Profiles = append(others.Profiles, other)
		}
	}
	if _, err := d.accounts.OpenProfile(ctx, &others, f.Shared); err == nil {
		return "", errShared.On("shared")
	}
	hash, err := d.accounts.HashCode(ctx, f.Shared)
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		fields[0].Name = "shared"
		return "", fault.Invalid(fields...)
	}
	return hash, err
}

// together is what is wrong with the fields of a form that two checks looked at, or the second's failure.
func together(first, second error) error {
	if first == nil || second != nil && !desk.Repairable(second) {
		return second
	}
	if second == nil {
		return first
	}
	return fault.Invalid(append(fault.FieldsOf(first), fault.FieldsOf(second)...)...)
}

// errShared refuses a shared code that opens another profile.
var errShared = fault.New(fault.Malformed, "profiles.shared_taken")

// refuse shows the form as it was sent. When somebody else was faster, what is stored now stands beside it
// where it differs.
func (d *Desk) refuse(c echo.Context, p profile.Profile, fresh bool, refusal error) error {
	v := desk.Here(c)
	k, err := d.load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	m := model{known: k, Profile: p, New: fresh, Answers: ui.Refused(v.View, c.Request().PostForm, refusal)}
	if web.Status(refusal) == http.StatusConflict {
		m.Stale = true
		if stored, ok := k.find(p.Code); ok && !fresh {
			m.Others = differences(k.editor(v, m.Answers), values(v.View.Locale, &stored))
		}
	}
	return show(c, web.Status(refusal), m)
}

// model is what the form shows.
type model struct {
	known   *known
	Profile profile.Profile
	Answers ui.Answers
	New     bool
	Stale   bool // somebody else was faster
	Others  []sheet.Difference
}

func show(c echo.Context, status int, m model) error {
	v := desk.Here(c)
	return desk.Show(c, status, editPage(m.known.editor(v, m.Answers), m))
}
