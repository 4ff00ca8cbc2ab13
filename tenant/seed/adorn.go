package seed

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// Articles of the demo that show what a file does not carry.
const (
	printedShirt = "tee-simple"      // has a print to choose (ART-08)
	tableShirt   = "mariniere-groix" // is ordered from a table of sizes (ART-09)
)

// adorn gives two articles of the demo, where a shop has them as the import made them, what is chosen and
// how it is ordered: no column of a file says so.
func adorn(ctx context.Context, shop *tenant.Shop) error {
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		found, err := catalog.Lock(tx, []string{printedShirt, tableShirt})
		if err != nil {
			return err
		}
		for code, p := range found {
			if p.Rev != 1 {
				continue // somebody has edited it, or this has been done
			}
			if code == printedShirt {
				p.Extras = []catalog.Extra{shirtPrint()}
			} else {
				p.Arrange(true, p.Options[len(p.Options)-1].Code)
			}
			if err := catalog.SaveChoices(tx, tenant.ByProgram, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("options of the demo: %w", err)
	}
	return nil
}

// shirtPrint is the print of the example of ART-08: none, the house's sign, or one's own text for a part of
// the price.
func shirtPrint() catalog.Extra {
	return catalog.Extra{
		Code: "print", Name: i18n.Text{"fr": "Impression", "en": "Print", "es": "Estampado", "de": "Aufdruck"},
		Values: []catalog.ExtraValue{
			{Code: "logo", Fixed: decimal.NewFromInt(3), Name: i18n.Text{"fr": "Logo de l’atelier", "en": "Workshop logo", "es": "Logotipo del taller", "de": "Logo der Werkstatt"}},
			{Code: "words", Percent: decimal.NewFromInt(20), Name: i18n.Text{"fr": "Brodée à la main", "en": "Embroidered by hand", "es": "Bordado a mano", "de": "Von Hand gestickt"}},
		},
	}
}
