package backoffice

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

var (
	errSignIn = fault.New(fault.SignIn, "error.sign_in")
	errDenied = fault.New(fault.Denied, "error.denied")
	// errNoShop is also what somebody gets who has no role in the shop: he learns nothing of it.
	errNoShop = fault.New(fault.NotFound, "error.not_found")
)

// enter finds out who is asking, and inside a shop's office makes the visit.
func (o *Office) enter(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.HasPrefix(c.Request().URL.Path, ui.AssetPrefix) {
			return next(c)
		}
		who, known, err := o.person(c)
		if err != nil {
			return err
		}
		if !known {
			return next(c)
		}
		web.Put(c, who)
		if slug := c.Param("shop"); slug != "" {
			visit, err := o.visit(c, who, slug)
			if err != nil {
				return err
			}
			web.Put(c, visit)
		}
		return next(c)
	}
}

func (o *Office) person(c echo.Context) (who account.Account, known bool, err error) {
	subject, err := web.SessionOf(c).Subject()
	if err != nil {
		return who, false, err
	}
	named, err := id.Parse[account.Account](subject)
	if err != nil {
		return who, false, nil // nobody is signed in
	}
	who, err = o.Accounts.Find(c.Request().Context(), named)
	if errors.Is(err, account.ErrUnknown) {
		return who, false, nil
	}
	return who, err == nil && !who.Blocked, err
}

// visit opens the shop for somebody who works in it.
func (o *Office) visit(c echo.Context, who account.Account, slug string) (*desk.Visit, error) {
	ctx := c.Request().Context()
	row, err := o.Registry.BySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	role, err := o.Accounts.Role(ctx, who.ID, row.ID)
	if errors.Is(err, account.ErrUnknown) {
		return nil, errNoShop
	}
	if err != nil {
		return nil, err
	}
	shop, err := o.Open(row)
	if err != nil {
		return nil, err
	}
	v := &desk.Visit{Row: row, Shop: shop, Account: who, Role: role, View: o.Screens.View(c)}
	v.View.Key = rand.Text
	if err := o.look(ctx, v); err != nil {
		return nil, err
	}
	if err := o.frame(ctx, v); err != nil {
		return nil, err
	}
	return v, nil
}

// look reads from the shop what every page shows: in one snapshot, because it is read every time.
func (o *Office) look(ctx context.Context, v *desk.Visit) error {
	return v.Shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		v.View.Zone = s.Rules().Zone
		if o.Count != nil {
			v.Office.Counts, err = o.Count(tx)
		}
		return err
	})
}

// frame is the shell around the desk's page.
func (o *Office) frame(ctx context.Context, v *desk.Visit) error {
	places, err := o.Accounts.Workplaces(ctx, v.Account.ID)
	if err != nil {
		return err
	}
	f := officeui.Office{
		Base: base(v.Row.Slug), Platform: o.Brand, Person: officeui.Person{Name: v.Account.Title(), Email: v.Account.Email},
		Can: o.allowed(v.Role, v.Row), SignOut: "/sign-out", Account: "/account", Help: o.Sites.Platform() + "/help",
		Counts: v.Office.Counts, Notice: o.notice(v),
	}
	for _, p := range places {
		shop := officeui.Shop{Name: title(p.Name, p.Slug), Address: p.Slug + ".shop", Office: base(p.Slug) + "/"}
		if p.Shop == v.Row.ID {
			shop.URL, shop.State = o.Sites.Shop(v.Row), stateBadge(v.View, v.Row)
			f.Shop = shop
		}
		f.Shops = append(f.Shops, shop)
	}
	v.Office = f
	return nil
}

func (o *Office) allowed(role authz.Role, row *registry.Shop) func(string) bool {
	domain := authz.Shop(row.ID.String())
	grants := []authz.Grant{{Role: role, Domain: domain}}
	return func(permission string) bool { return o.Policy.Can(grants, domain, permission) }
}

// guard answers for the permissions of the routes.
func (o *Office) guard(c echo.Context, permission string) error {
	v, inside := web.Find[*desk.Visit](c)
	if !inside {
		return errSignIn
	}
	if !v.Can(permission) {
		return errDenied
	}
	return nil
}

func base(slug string) string { return "/shops/" + slug }

func title(name, slug string) string {
	if name != "" {
		return name
	}
	return slug
}
