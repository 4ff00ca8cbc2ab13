package shopsettings

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/form"
)

// previewLasts is how long a preview link works: as long as a shop may be rebuilt before somebody
// thinks of making a new one.
const previewLasts = 30 * 24 * time.Hour

// minuteForm is how a browser's field for day and time writes its value.
const minuteForm = "2006-01-02T15:04"

// opening shows whether the doors are open, and what those outside are told (MNT-01 to MNT-04).
func (d *Desk) opening(c echo.Context) error {
	row, k, err := d.shopRow(c)
	if err != nil {
		return err
	}
	return d.showOpening(c, http.StatusOK, row, k, ui.Asked(openingValues(row, k)))
}

// shopRow is the registry's row past its memory, with the shop's settings.
func (d *Desk) shopRow(c echo.Context) (*registry.Shop, *known, error) {
	v, ctx := desk.Here(c), c.Request().Context()
	row, err := d.Registry.Fresh(ctx, v.Row.ID)
	if err != nil {
		return nil, nil, err
	}
	k, err := load(ctx, v.Shop)
	return row, k, err
}

func openingValues(row *registry.Shop, k *known) url.Values {
	m := row.Maintenance
	allow := make([]string, len(m.Allow))
	for i, p := range m.Allow {
		allow[i] = p.String()
		if p.IsSingleIP() {
			allow[i] = p.Addr().String()
		}
	}
	values := url.Values{"mode": {string(row.Mode)}, "allow": {strings.Join(allow, "\n")}, "downloads": sheet.Yes(m.Downloads)}
	if !m.Reopens.IsZero() {
		values.Set("reopens", m.Reopens.In(k.Rules().Zone).Format(minuteForm))
	}
	sheet.PutText(values, "message", m.Message)
	return values
}

type openingForm struct {
	Mode      string            `form:"mode"`
	Message   map[string]string `form:"message"`
	Reopens   string            `form:"reopens"`
	Allow     string            `form:"allow"`
	Downloads bool              `form:"downloads"`
	Rev       int               `form:"rev,revision"`
}

// saveOpening opens or closes the shop.
func (d *Desk) saveOpening(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	row, k, err := d.shopRow(c)
	if err != nil {
		return err
	}
	f, err := web.Form[openingForm](c)
	if err != nil {
		return err
	}
	to, terms, err := f.terms(row, k)
	if err == nil {
		_, err = d.Registry.SetMode(ctx, registry.Change{Shop: row.ID, Rev: f.Rev, By: v.Account.Actor()}, to, terms)
	}
	if desk.Repairable(err) {
		return d.showOpening(c, web.Status(err), row, k, ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/opening", "setup.opening.done."+string(to), nil)
}

// maxMessage is what fits on the page of a closed shop.
const maxMessage = 1000

// terms reads the form over what is stored.
func (f openingForm) terms(row *registry.Shop, k *known) (registry.Mode, registry.Maintenance, error) {
	m := row.Maintenance
	var c form.Checker
	to, err := registry.ParseMode(f.Mode)
	if err := c.Add("", err); err != nil {
		return to, m, err
	}
	m.Allow, err = registry.ParseAllow(f.Allow)
	if err := c.Add("", err); err != nil {
		return to, m, err
	}
	m.Message, m.Downloads, m.Reopens = sheet.ReadText(f.Message), f.Downloads, time.Time{}
	for l, text := range m.Message {
		c.MaxLen("message."+string(l), text, maxMessage)
	}
	if f.Reopens != "" {
		m.Reopens, err = time.ParseInLocation(minuteForm, f.Reopens, k.Rules().Zone)
		switch {
		case err != nil:
			c.Refuse("reopens", form.KeyDate, nil)
		case m.Reopens.After(k.now):
		case to == registry.Production:
			m.Reopens = time.Time{} // the promise was kept: the shop is open
		default:
			c.Refuse("reopens", "setup.opening.reopens_past", nil)
		}
	}
	m.Zone = k.Rules().Zone.String()
	if m.Preview == "" {
		m.Preview = secret.Token()
	}
	return to, m, c.Err()
}

// renewPreview makes the preview links void that were given away.
func (d *Desk) renewPreview(c echo.Context) error {
	v := desk.Here(c)
	row, err := d.Registry.Fresh(c.Request().Context(), v.Row.ID)
	if err != nil {
		return err
	}
	terms := row.Maintenance
	terms.Preview = secret.Token()
	_, err = d.Registry.SetMode(c.Request().Context(), registry.Change{Shop: row.ID, Rev: row.Rev, By: v.Account.Actor()}, row.Mode, terms)
	if err != nil {
		return desk.Refuse(c, "settings/opening", "setup.refused", err)
	}
	return desk.Back(c, "settings/opening", "setup.opening.preview_renewed", nil)
}

func (d *Desk) showOpening(c echo.Context, status int, row *registry.Shop, k *known, a ui.Answers) error {
	s := sheet.New(desk.Here(c), "setup.opening", a)
	m := openingModel{
		Row: row, Languages: k.Languages.Offered, Rev: strconv.Itoa(row.Rev), Zone: k.Rules().Zone.String(), You: clientAddress(c),
	}
	if row.Maintenance.Preview != "" && row.Mode != registry.Production {
		m.Preview = d.Previews.Link(row, previewLasts)
	}
	return desk.Show(c, status, openingPage(s, m))
}

// clientAddress is where the visitor himself comes from, to be put on the list at a glance.
func clientAddress(c echo.Context) string {
	if ip := web.RequestOf(c).IP; ip.IsValid() {
		return ip.String()
	}
	return ""
}
