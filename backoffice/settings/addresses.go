package shopsettings

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/registry"
)

// addresses shows under which addresses the shop is reached (HST-04, HST-05).
func (d *Desk) addresses(c echo.Context) error {
	return d.showAddresses(c, http.StatusOK, ui.Answers{}, ui.Answers{})
}

// showAddresses draws the page; name and host are the answers of its two forms, untouched when zero.
func (d *Desk) showAddresses(c echo.Context, status int, name, host ui.Answers) error {
	v, ctx := desk.Here(c), c.Request().Context()
	row, err := d.Registry.Fresh(ctx, v.Row.ID)
	if err != nil {
		return err
	}
	list, err := d.Domains.List(ctx, row.ID)
	if err != nil {
		return err
	}
	if name.Values == nil {
		name = ui.Asked(url.Values{"slug": {row.Slug}})
	}
	return desk.Show(c, status, addressesPage(v, addressesModel{
		Name: sheet.New(v, "setup.addresses", name), Host: sheet.New(v, "setup.addresses", host),
		Row: row, Domains: list, Forms: d.forms(v, row), Rev: strconv.Itoa(row.Rev), Suffix: d.Sites.Host,
	}))
}

// forms are the addresses the shop can choose from, the one in use marked by the field's value.
func (d *Desk) forms(v *desk.Visit, row *registry.Shop) ui.Field {
	f := ui.Field{Name: "canonical", Label: v.T("setup.addresses.canonical"), Help: v.T("setup.addresses.canonical_help"), Value: string(row.Canonical)}
	for _, form := range []registry.Canonical{registry.ByPath, registry.BySubdomain, registry.ByDomain} {
		as := *row
		as.Canonical = form
		o := ui.Option{Value: string(form), Label: v.T("setup.addresses.form." + string(form)), Help: d.Sites.Shop(&as)}
		if form == registry.ByDomain && row.Domain == "" {
			o.Disabled, o.Help = true, v.T("setup.addresses.no_domain")
		}
		f.Options = append(f.Options, o)
	}
	return f
}

type renameForm struct {
	Slug string `form:"slug"`
	Rev  int    `form:"rev,revision"`
}

// rename gives the shop another name in its addresses. The office moves with it.
func (d *Desk) rename(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[renameForm](c)
	if err != nil {
		return err
	}
	row, err := d.Registry.Rename(c.Request().Context(), registry.Change{Shop: v.Row.ID, Rev: f.Rev, By: v.Account.Actor()}, f.Slug)
	if desk.Repairable(err) {
		return d.showAddresses(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err), ui.Answers{})
	}
	if err != nil {
		return err
	}
	d.tellBanks(c)
	web.AddFlash(c, web.Good, "setup.addresses.renamed", map[string]string{"name": row.Slug})
	before, _ := strings.CutSuffix(v.Href(""), "/"+v.Row.Slug)
	return c.Redirect(http.StatusSeeOther, before+"/"+row.Slug+"/settings/addresses")
}

type canonicalForm struct {
	Canonical string `form:"canonical"`
	Rev       int    `form:"rev,revision"`
}

// setCanonical chooses the address the others lead to.
func (d *Desk) setCanonical(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[canonicalForm](c)
	if err != nil {
		return err
	}
	form, err := registry.ParseCanonical(f.Canonical)
	if err == nil {
		_, err = d.Registry.SetCanonical(c.Request().Context(), registry.Change{Shop: v.Row.ID, Rev: f.Rev, By: v.Account.Actor()}, form)
	}
	if err != nil {
		return desk.Refuse(c, "settings/addresses", "setup.refused", err)
	}
	d.tellBanks(c)
	return desk.Back(c, "settings/addresses", "setup.saved", nil)
}

type hostForm struct {
	Host string `form:"host"`
}

// connectDomain claims a domain and shows the records to create.
func (d *Desk) connectDomain(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[hostForm](c)
	if err != nil {
		return err
	}
	claimed, err := d.Domains.Connect(c.Request().Context(), v.Row.ID, f.Host, v.Account.Actor())
	if desk.Repairable(err) {
		return d.showAddresses(c, web.Status(err), ui.Answers{}, ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/addresses", "setup.addresses.connected", map[string]string{"host": claimed.Unicode()})
}

// verifyDomain looks for the records.
func (d *Desk) verifyDomain(c echo.Context) error {
	v := desk.Here(c)
	proved, err := d.Domains.Verify(c.Request().Context(), v.Row.ID, c.Param("host"), v.Account.Actor())
	if err != nil {
		return refuseDomain(c, err)
	}
	d.tellBanks(c)
	return desk.Back(c, "settings/addresses", "setup.addresses.verified", map[string]string{"host": proved.Unicode()})
}

// refuseDomain is refuse, for a name service that does not answer as well: that is no fault of ours
// to report, and trying again is the cure.
func refuseDomain(c echo.Context, err error) error {
	if web.Status(err) == http.StatusBadGateway {
		web.AddFlash(c, web.Bad, "setup.refused", map[string]string{"why": desk.Here(c).View.Explain(err)})
		return c.Redirect(http.StatusSeeOther, desk.Here(c).Href("settings/addresses"))
	}
	return desk.Refuse(c, "settings/addresses", "setup.refused", err)
}

func (d *Desk) setMainDomain(c echo.Context) error {
	v := desk.Here(c)
	if err := d.Domains.SetMain(c.Request().Context(), v.Row.ID, c.Param("host"), v.Account.Actor()); err != nil {
		return desk.Refuse(c, "settings/addresses", "setup.refused", err)
	}
	return desk.Back(c, "settings/addresses", "setup.saved", nil)
}

func (d *Desk) askReleaseDomain(c echo.Context) error {
	v := desk.Here(c)
	host := domains.Domain{Host: c.Param("host")}
	return desk.Show(c, http.StatusOK, confirmPage(v, frame(v, "addresses", ui.Crumb{Label: host.Unicode()}), ui.Confirm{
		ID: "release", Title: v.T("setup.addresses.release", ui.Args{"host": host.Unicode()}), Text: v.T("setup.addresses.release_text"),
		Post: v.Href("settings/addresses/domains/" + url.PathEscape(host.Host) + "/release"), Label: v.T("setup.addresses.release_do"),
		Cancel: v.Href("settings/addresses"),
	}))
}

func (d *Desk) releaseDomain(c echo.Context) error {
	v := desk.Here(c)
	if err := d.Domains.Release(c.Request().Context(), v.Row.ID, c.Param("host"), v.Account.Actor()); err != nil {
		return desk.Refuse(c, "settings/addresses", "setup.refused", err)
	}
	return desk.Back(c, "settings/addresses", "setup.addresses.released", nil)
}
