package settings

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// Tax is how VAT is handled; the rates the program knows are data of package tax.
type Tax struct {
	// Registered is false for a seller without VAT (in France: art. 293 B CGI); no VAT is then charged.
	Registered bool `json:"registered"`
	// EntryGross says that prices are entered with VAT.
	EntryGross bool `json:"entry_gross"`
	// ShowGross says that shoppers see prices with VAT.
	ShowGross bool `json:"show_gross"`
	// Destination charges the VAT of the consumer's country (OSS) instead of the shop's own.
	Destination bool `json:"destination"`
	// GrossFixed keeps the price with VAT the same in every EU country; otherwise the net price is kept.
	GrossFixed bool `json:"gross_fixed"`
	// Verify looks VAT numbers of businesses abroad up in VIES.
	Verify tax.Verify `json:"verify,omitempty"`
	// Classes are the merchant's own classes of goods, beside those of package tax.
	Classes []TaxClass `json:"classes,omitempty"`
	// Own are the merchant's own rates: from their first day on instead of those the program knows of the same territory and class.
	Own []tax.Row `json:"own,omitempty"`
}

// TaxClass is a class of goods of the merchant's own.
type TaxClass struct {
	Code pricing.Class `json:"code"`
	Name string        `json:"name"`
}

const (
	maxClasses  = 30
	maxRates    = 300
	maxCode     = 40
	maxSource   = 200
	maxPercents = 100
)

// Check accepts every combination of choices, each is somebody's law, and wants own classes and rates
// that can be found again: "classes.0.code", "own.3.from".
func (t Tax) Check() error {
	var c form.Checker
	c.OneOf("verify", string(t.Verify), string(tax.VerifyNever), string(tax.VerifyTrust), string(tax.VerifyCharge))
	if len(t.Classes) > maxClasses {
		c.Refuse("classes", form.KeyTooMany, fault.Args{"max": maxClasses})
	}
	if len(t.Own) > maxRates {
		c.Refuse("own", form.KeyTooMany, fault.Args{"max": maxRates})
	}
	known := tax.Classes()
	for i, class := range t.Classes {
		at := "classes." + strconv.Itoa(i) + "."
		c.Required(at+"code", string(class.Code))
		c.Slug(at+"code", string(class.Code))
		c.MaxLen(at+"code", string(class.Code), maxCode)
		c.Required(at+"name", class.Name)
		c.OneLine(at+"name", class.Name, maxName)
		if class.Code != "" && slices.Contains(known, class.Code) {
			c.Refuse(at+"code", "settings.tax_class_twice", nil)
		}
		known = append(known, class.Code)
	}
	for i, row := range t.Own {
		at := "own." + strconv.Itoa(i) + "."
		c.Required(at+"territory", row.Territory)
		c.Required(at+"class", string(row.Class))
		c.Required(at+"from", row.From)
		c.Date(at+"from", row.From)
		c.Range(at+"rate", row.Rate.Percent(), decimal.Zero, decimal.NewFromInt(maxPercents))
		c.MaxLen(at+"source", row.Source, maxSource)
		if row.Territory != "" && !tax.IsTerritory(row.Territory) {
			c.Refuse(at+"territory", form.KeyCountry, nil)
		}
		if row.Class != "" && !slices.Contains(known, row.Class) {
			c.Refuse(at+"class", form.KeyChoice, nil)
		}
		if slices.ContainsFunc(t.Own[:i], func(other tax.Row) bool {
			return other.Territory == row.Territory && other.Class == row.Class && other.From == row.From
		}) {
			c.Refuse(at+"from", "settings.tax_rate_twice", nil)
		}
	}
	return c.Err()
}

// AllClasses are the classes goods of this shop can have, the merchant's own last.
func (t Tax) AllClasses() []pricing.Class {
	all := tax.Classes()
	for _, own := range t.Classes {
		all = append(all, own.Code)
	}
	return all
}

// ClassName is what the merchant calls a class of his own, "" for those of package tax.
func (t Tax) ClassName(class pricing.Class) string {
	for _, own := range t.Classes {
		if own.Code == class {
			return own.Name
		}
	}
	return ""
}

var _ Document = Tax{}
