package shopsettings

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/kit/id"
)

// team lists who works in the shop.
func (d *Desk) team(c echo.Context) error { return d.showTeam(c, http.StatusOK, ui.Answers{}) }

func (d *Desk) showTeam(c echo.Context, status int, a ui.Answers) error {
	v := desk.Here(c)
	members, err := d.Accounts.Members(c.Request().Context(), v.Row.ID)
	if err != nil {
		return err
	}
	return desk.Show(c, status, teamPage(sheet.New(v, "setup.team", a), members))
}

type inviteForm struct {
	Email string `form:"email"`
	Role  string `form:"role,required"`
}

// invite adds a person, who gets a link by mail. The plan says how many there may be.
func (d *Desk) invite(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[inviteForm](c)
	if err == nil {
		err = d.mayInvite(ctx, v, f)
	}
	if desk.Repairable(err) {
		return d.showTeam(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/team", "setup.team.invited", map[string]string{"email": f.Email})
}

func (d *Desk) mayInvite(ctx context.Context, v *desk.Visit, f inviteForm) error {
	row, err := d.Registry.Fresh(ctx, v.Row.ID)
	if err != nil {
		return err
	}
	plan, err := d.Plans.Find(ctx, row.Plan)
	if err != nil {
		return err
	}
	email, err := account.CleanEmail(f.Email)
	if err != nil {
		return err
	}
	_, err = d.Accounts.Invite(ctx, account.Invitation{
		By: v.Account.Actor(), Shop: row.ID, Email: email, Role: authz.Role(f.Role), Locale: v.View.Locale,
		Allow: func(have int) error { return quota.Staff(plan.Quotas, have, 1) },
	})
	return err
}

type roleForm struct {
	Role string `form:"role"`
}

// setRole changes what a member may do.
func (d *Desk) setRole(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[roleForm](c)
	if err != nil {
		return err
	}
	who, err := id.Parse[account.Account](c.Param("member"))
	if err != nil {
		return err
	}
	if err := d.Accounts.SetRole(c.Request().Context(), v.Account.Actor(), account.Membership{Shop: v.Row.ID, Member: who}, authz.Role(f.Role)); err != nil {
		return desk.Refuse(c, "settings/team", "setup.refused", err)
	}
	return desk.Back(c, "settings/team", "setup.saved", nil)
}

func (d *Desk) askRemoveMember(c echo.Context) error {
	v := desk.Here(c)
	who, err := id.Parse[account.Account](c.Param("member"))
	if err != nil {
		return err
	}
	found, err := d.Accounts.Find(c.Request().Context(), who)
	if err != nil {
		return err
	}
	if _, err := d.Accounts.Role(c.Request().Context(), who, v.Row.ID); err != nil {
		return err // a person who works elsewhere is not named here
	}
	return desk.Show(c, http.StatusOK, confirmPage(v, frame(v, "team", ui.Crumb{Label: found.Title()}), ui.Confirm{
		ID: "remove", Title: v.T("setup.team.remove", ui.Args{"name": found.Title()}), Text: v.T("setup.team.remove_text"),
		Post: v.Href("settings/team/" + who.String() + "/remove"), Label: v.T("setup.team.remove_do"), Cancel: v.Href("settings/team"),
	}))
}

func (d *Desk) removeMember(c echo.Context) error {
	v := desk.Here(c)
	who, err := id.Parse[account.Account](c.Param("member"))
	if err != nil {
		return err
	}
	if err := d.Accounts.Leave(c.Request().Context(), v.Account.Actor(), account.Membership{Shop: v.Row.ID, Member: who}); err != nil {
		return desk.Refuse(c, "settings/team", "setup.refused", err)
	}
	return desk.Back(c, "settings/team", "setup.team.removed", nil)
}
