package seed

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/transfer"
)

//go:embed data/*.csv
var data embed.FS

// Trade is one of the demo's shops.
type Trade string

// The demo's shops.
const (
	Atelier   Trade = "atelier"   // clothes with sizes and colours; companies may see net prices
	Papeterie Trade = "papeterie" // stationery for businesses: net prices entered and shown
	Editions  Trade = "editions"  // books, at the reduced rate, by author and collection; booksellers apart
)

// Trades lists the demo's shops in the order they are shown.
func Trades() []Trade { return []Trade{Atelier, Papeterie, Editions} }

// Modes stores ways to pay; payment.Modes does.
type Modes interface {
	SaveIn(tx tenant.Tx, who tenant.Actor, d payment.Draft) (payment.Mode, error)
	List(tx tenant.Tx) ([]payment.Mode, error)
}

// Kit is what stocking a demo shop takes.
type Kit struct {
	Library Uploader
	Bucket  blob.Bucket // where the import keeps its file and report
	Modes   Modes       // nil leaves the ways to pay as Defaults made them
	Width   int         // of the pictures in pixels; 0 for the usual one, tests draw small ones
}

// ErrProblems means that a data file of this package does not import cleanly, which its test excludes.
var ErrProblems = errors.New("the data has problems")

// Furnish gives a shop what one of the demo's companies has decided: who it is, the answers to the
// first questions, ways to pay that work, what it takes off. The shop has had Defaults. It is quick, and done once.
func Furnish(ctx context.Context, k Kit, shop *tenant.Shop, which Trade) error {
	asked := false
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		steps, err := start.Read(tx)
		asked = steps.Asked
		return err
	})
	if err == nil && !asked {
		err = start.Answer(ctx, shop, tenant.ByProgram, start.Answers{Country: "FR", Trade: start.Physical})
	}
	if err == nil {
		err = shop.Write(ctx, func(tx tenant.Tx) error { return furnish(tx, k, which) })
	}
	if err != nil {
		return fmt.Errorf("furnish %s: %w", which, err)
	}
	return nil
}

// Demo makes a shop one of the demo's: furnished, and stocked through the import. It may be interrupted
// anywhere and called again: pictures that are there are not drawn again, and an import goes on where
// it was. A shop that has articles from elsewhere is left alone; samples
// do not count.
func Demo(ctx context.Context, k Kit, shop *tenant.Shop, which Trade) error {
	if err := Furnish(ctx, k, shop, which); err != nil {
		return err
	}
	d := delivery{importer: transfer.New(k.Bucket), shop: shop, who: tenant.ByProgram, file: string(which) + ".csv"}
	run, err := d.begun(ctx)
	if err != nil {
		return err
	}
	if run == nil {
		stocked := false
		err := shop.Read(ctx, func(tx tenant.Tx) error {
			return tx.DB().Raw("select exists (select from products where code not like ?)", sampleMark+"%").Scan(&stocked).Error
		})
		if err != nil || stocked {
			return err
		}
		if err := Pictures(ctx, k, shop, which); err != nil {
			return err
		}
	}
	if err := d.complete(ctx, run); err != nil {
		return err
	}
	if err := adorn(ctx, shop); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error { return reduce(tx, which, true) })
}

// identities are the demo's companies. They do not exist; the numbers are well-formed and nobody's.
var identities = map[Trade]struct {
	name    string
	slogan  i18n.Text
	address address.Address
}{
	Atelier: {"Atelier Lune", i18n.Text{"fr": "Des vêtements pour longtemps. 10 % sur la première commande avec le code BIENVENUE.", "en": "Clothes for a long time. 10% off the first order with code BIENVENUE.", "es": "Ropa para mucho tiempo. 10 % en el primer pedido con el código BIENVENUE.", "de": "Kleidung für lange Zeit. 10 % auf die erste Bestellung mit dem Code BIENVENUE."},
		address.Address{Company: "Atelier Lune", Line1: "12 rue des Tisserands", Postcode: "69001", City: "Lyon", Country: "FR"}},
	Papeterie: {"Papeterie Rivage", i18n.Text{"fr": "Le papier des gens qui écrivent", "en": "Paper for people who write", "es": "El papel de quienes escriben", "de": "Papier für Menschen, die schreiben"},
		address.Address{Company: "Papeterie Rivage", Line1: "3 quai des Encres", Postcode: "44000", City: "Nantes", Country: "FR"}},
	Editions: {"Éditions du Phare", i18n.Text{"fr": "Des livres qui éclairent", "en": "Books that give light", "es": "Libros que iluminan", "de": "Bücher, die leuchten"},
		address.Address{Company: "Éditions du Phare", Line1: "8 rue de la Lanterne", Postcode: "29200", City: "Brest", Country: "FR"}},
}

// furnish writes the demo shop's settings, classifications, ways to pay and customer profiles, once.
func furnish(tx tenant.Tx, k Kit, which Trade) error {
	who, ok := identities[which]
	if !ok {
		return fmt.Errorf("no demo shop %q", which)
	}
	s, err := settings.Load(tx)
	if err != nil || s.Identity.Name == who.name && !s.Identity.Slogan.IsZero() {
		return err
	}
	identity, vat, currencies := s.Identity, s.Tax, s.Currencies
	identity.Name, identity.LegalName, identity.Slogan, identity.Address = who.name, who.name+" SARL", who.slogan, who.address
	currencies.Display = []settings.DisplayCurrency{{Code: "USD", Rate: "1.08", Active: true}, {Code: "GBP", Rate: "0.85", Active: true}, {Code: "CHF", Rate: "0.95", Active: true}}
	if which == Papeterie {
		vat.EntryGross, vat.ShowGross = false, false
	}
	for _, d := range []struct {
		name settings.Name
		doc  settings.Document
	}{{settings.NameIdentity, identity}, {settings.NameTax, vat}, {settings.NameCurrencies, currencies}} {
		if err := settings.SaveIn(tx, tenant.ByProgram, d.doc, s.Rev(d.name)); err != nil {
			return err
		}
	}
	if which == Editions {
		if err := collections(tx); err != nil {
			return err
		}
	}
	if err := reduce(tx, which, false); err != nil {
		return err
	}
	if err := pay(tx, k.Modes, who.name, who.address); err != nil {
		return err
	}
	return split(tx, k.Modes, which, s.Rev(settings.NameProfiles))
}

// collections makes the second classification of the publisher; authors the import makes by itself.
func collections(tx tenant.Tx) error {
	return catalog.SaveTaxonomyIn(tx, tenant.ByProgram, &catalog.Taxonomy{ID: id.New[catalog.Taxonomy](), Code: "collection", Facet: true, Position: 3,
		Names: i18n.Text{"fr": "Collections", "en": "Series", "es": "Colecciones", "de": "Reihen"}})
}

// demoIBAN is the example number of the register of IBANs: well-formed, and of no account.
const demoIBAN = "FR1420041010050500013M02606"

// pay completes the ways to pay that Defaults left for the merchant to complete.
func pay(tx tenant.Tx, modes Modes, owner string, where address.Address) error {
	if modes == nil {
		return nil
	}
	have, err := modes.List(tx)
	if err != nil {
		return err
	}
	for _, m := range have {
		d := payment.Draft{ID: m.ID, Kind: m.Kind, Names: m.Names, Texts: m.Texts, Scope: m.Scope, Active: true,
			Position: m.Position, Rev: m.Rev, Locale: i18n.French}
		switch m.Kind {
		case "transfer":
			d.Config = map[string][]string{"owner": {owner}, "iban": {demoIBAN}}
		case "cheque":
			d.Config = map[string][]string{"payee": {owner}, "address": {where.Line1 + "\n" + where.Postcode + " " + where.City}}
		default:
			continue
		}
		if _, err := modes.SaveIn(tx, tenant.ByProgram, d); err != nil {
			return fmt.Errorf("way to pay %q: %w", m.Kind, err)
		}
	}
	return nil
}

var _ Modes = (*payment.Modes)(nil)
