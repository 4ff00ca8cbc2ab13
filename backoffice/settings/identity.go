package shopsettings

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// identity is who sells. The registry is told the shop's name, which the switcher of the office and
// the operators' lists show.
func (d *Desk) identity() document {
	return document{
		path: "identity", name: settings.NameIdentity,
		values: identityValues, read: readIdentity, fields: identityFields,
		after: func(ctx context.Context, v *desk.Visit, saved settings.Document) error {
			name := saved.(settings.Identity).Name
			if name == v.Row.Name {
				return nil
			}
			_, err := d.Registry.SetName(ctx, registry.Change{Shop: v.Row.ID, By: v.Account.Actor()}, name)
			return err
		},
	}
}

// addressParts are the fields of the seller's address; his name and phone have fields of their own.
var addressParts = []string{address.Line1, address.Line2, address.Postcode, address.City, address.Region, address.CountryOf}

func identityValues(_ *desk.Visit, k *known) url.Values {
	i := k.Identity
	values := url.Values{
		"name": {i.Name}, "legal_name": {i.LegalName}, "company_id": {i.CompanyID}, "vat_number": {i.VATNumber},
		"email": {i.Email}, "phone": {i.Phone}, "time_zone": {i.TimeZone},
	}
	for _, part := range addressParts {
		values.Set("address."+part, i.Address.Get(part))
	}
	sheet.PutText(values, "slogan", i.Slogan)
	return values
}

type identityForm struct {
	Name      string            `form:"name"`
	Slogan    map[string]string `form:"slogan"`
	LegalName string            `form:"legal_name"`
	CompanyID string            `form:"company_id"`
	VATNumber string            `form:"vat_number"`
	Email     string            `form:"email"`
	Phone     string            `form:"phone"`
	Line1     string            `form:"address.line1"`
	Line2     string            `form:"address.line2"`
	Postcode  string            `form:"address.postcode"`
	City      string            `form:"address.city"`
	Region    string            `form:"address.region"`
	Country   string            `form:"address.country"`
	TimeZone  string            `form:"time_zone"`
}

func readIdentity(c echo.Context, _ *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[identityForm](c)
	i := k.Identity
	i.Name, i.Slogan, i.LegalName, i.CompanyID = f.Name, sheet.ReadText(f.Slogan), f.LegalName, f.CompanyID
	i.VATNumber, i.Email, i.Phone, i.TimeZone = address.CleanVATNumber(f.VATNumber), f.Email, f.Phone, f.TimeZone
	i.Address = address.Address{Line1: f.Line1, Line2: f.Line2, Postcode: f.Postcode, City: f.City, Region: f.Region, Country: f.Country}.Clean()
	return i, err
}

// timeZones offers time zones by their cities; the one in use is always among them.
func timeZones(current string) []ui.Option {
	names := start.Zones()
	if current != "" && !slices.Contains(names, current) {
		names = append(names, current)
	}
	options := make([]ui.Option, len(names))
	for i, name := range names {
		continent, city, ok := strings.Cut(name, "/")
		options[i] = ui.Option{Value: name, Label: strings.ReplaceAll(city, "_", " "), Group: continent}
		if !ok {
			options[i].Label, options[i].Group = name, ""
		}
	}
	return options
}
