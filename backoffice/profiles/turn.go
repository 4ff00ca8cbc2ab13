package profiles

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

type turnForm struct {
	Active bool `form:"active"`
}

// turn switches a profile on or off. Its customers keep it.
func (d *Desk) turn(c echo.Context) error {
	f, err := web.Form[turnForm](c)
	if err != nil {
		return err
	}
	return d.change(c, "profiles.saved", func(_ tenant.Tx, b *profile.Book, i int) error {
		b.Profiles[i].Active = f.Active
		return nil
	})
}

type moveForm struct {
	Up bool `form:"up"`
}

// move puts a profile before or after its neighbour, also where visitors choose. The anonymous one stays
// in front.
func (d *Desk) move(c echo.Context) error {
	f, err := web.Form[moveForm](c)
	if err != nil {
		return err
	}
	return d.change(c, "profiles.saved", func(_ tenant.Tx, b *profile.Book, i int) error {
		to := i + 1
		if f.Up {
			to = i - 1
		}
		if to > 0 && to < len(b.Profiles) {
			b.Profiles[i], b.Profiles[to] = b.Profiles[to], b.Profiles[i]
		}
		return nil
	})
}

// change alters the profile of the address as it is stored now: nobody has typed anything that could be lost.
func (d *Desk) change(c echo.Context, done string, do func(tenant.Tx, *profile.Book, int) error) error {
	v, ctx := desk.Here(c), c.Request().Context()
	k, err := d.load(ctx, v.Shop)
	if err == nil {
		err = keep(ctx, v, k.rev(), on(profile.Code(c.Param("code")), do))
	}
	return answer(c, "profiles", done, err)
}

// on does something to a profile of the book other than the anonymous one. Errors: errUnknown.
func on(code profile.Code, do func(tenant.Tx, *profile.Book, int) error) func(tenant.Tx, *profile.Book) error {
	return func(tx tenant.Tx, b *profile.Book) error {
		i := at(*b, code)
		if i <= 0 {
			return errUnknown
		}
		return do(tx, b, i)
	}
}

// answer says that something is done, or why it could not be, and shows a page of the office.
func answer(c echo.Context, path, done string, err error) error {
	if err != nil {
		return desk.Refuse(c, path, "profiles.refused", err)
	}
	return desk.Back(c, path, done, nil)
}

// askRemove says what a removal does before it is done.
func (d *Desk) askRemove(c echo.Context) error {
	v := desk.Here(c)
	k, err := d.load(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	p, ok := k.find(profile.Code(c.Param("code")))
	if !ok || p.Kind == profile.KindAnonymous {
		return errUnknown
	}
	name, n := named(v, k, &p), k.customers[p.Code]
	points := []string{v.T("profiles.remove.customers", ui.Args{"n": n})}
	if n == 0 {
		points[0] = v.T("profiles.remove.nobody")
	}
	points = append(points, v.T("profiles.remove.carts"), v.T("profiles.remove.orders"), v.T("profiles.remove.offers"))
	if p.CodeHash != "" {
		points = append(points, v.T("profiles.remove.code"))
	}
	return desk.Show(c, http.StatusOK, removePage(v, name, ui.Confirm{
		ID: "remove", Title: v.T("profiles.remove", ui.Args{"name": name}), Text: v.T("profiles.remove.text"), Points: points,
		Post: v.Href("profiles/" + string(p.Code) + "/remove"), Label: v.T("profiles.remove_do"), Cancel: v.Href("profiles"),
		Hidden: map[string]string{"rev": strconv.Itoa(k.rev())},
	}))
}

type removeForm struct {
	Rev int `form:"rev,revision"`
}

// remove removes a profile and takes leave of its customers.
func (d *Desk) remove(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[removeForm](c)
	if err != nil {
		return err
	}
	code := profile.Code(c.Param("code"))
	err = keep(c.Request().Context(), v, f.Rev, on(code, func(tx tenant.Tx, b *profile.Book, i int) error {
		b.Profiles = append(b.Profiles[:i], b.Profiles[i+1:]...)
		_, err := customer.Release(tx, code)
		return err
	}))
	if desk.Repairable(err) {
		return answer(c, "profiles/"+string(code)+"/remove", "", err)
	}
	return answer(c, "profiles", "profiles.removed", err)
}
