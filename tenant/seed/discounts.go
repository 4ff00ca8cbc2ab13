package seed

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

// offer is a discount of a demo shop; its family, if it is on one, by the French name.
type offer struct {
	rule   discount.Rule
	family string
}

// welcome is the code that the first page of the clothes shop tells.
const welcome = "BIENVENUE"

// offers are what the demo's shops take off.
func offers(which Trade) []offer {
	whole := discount.Scope{Of: discount.Order}
	switch which {
	case Atelier:
		return []offer{
			{rule: discount.Rule{Name: i18n.Text{"fr": "Première commande", "en": "First order", "es": "Primer pedido", "de": "Erste Bestellung"},
				Off: percent("10"), Scope: whole, Codes: []string{welcome}, FirstOrder: true, Limits: discount.Limits{PerCustomer: 1}}},
			{family: "Sacs", rule: discount.Rule{Name: i18n.Text{"fr": "Sacs de saison", "en": "Bags of the season", "es": "Bolsos de temporada", "de": "Taschen der Saison"}, Off: percent("15")}},
			{rule: discount.Rule{Name: i18n.Text{"fr": "Port offert dès 150 €", "en": "Free shipping from €150", "es": "Envío gratis desde 150 €", "de": "Versand frei ab 150 €"},
				Off: discount.Off{Kind: discount.FreeShipping}, Scope: whole, Minimum: least("150", true)}},
		}
	case Papeterie:
		return []offer{
			{rule: discount.Rule{Name: i18n.Text{"fr": "Remise de volume", "en": "Volume discount", "es": "Descuento por volumen", "de": "Mengenrabatt"}, Scope: whole,
				Scale: discount.Scale{By: discount.Value, Tiers: []discount.Tier{step("150", "5"), step("300", "8")}}}},
			{family: "Carnets", rule: discount.Rule{Name: i18n.Text{"fr": "Carnets par dix", "en": "Notebooks by ten", "es": "Cuadernos por decenas", "de": "Hefte im Zehnerpack"},
				Scale: discount.Scale{By: discount.Quantity, Per: discount.PerArticle, Tiers: []discount.Tier{step("10", "5")}}}},
		}
	case Editions:
		return []offer{
			{rule: discount.Rule{Name: i18n.Text{"fr": "Port offert", "en": "Free shipping", "es": "Envío gratis", "de": "Versand frei"},
				Off: discount.Off{Kind: discount.FreeShipping}, Scope: whole, Codes: []string{"PHARE"}, Minimum: least("35", true)}},
			{rule: discount.Rule{Name: i18n.Text{"fr": "Remise libraires", "en": "Booksellers’ discount", "es": "Descuento para libreros", "de": "Buchhandelsrabatt"},
				Off: percent("10"), Scope: whole, Profiles: []string{string(Booksellers)}, Minimum: least("150", false)}},
		}
	}
	return nil
}

func percent(rate string) discount.Off {
	return discount.Off{Kind: discount.Rate, Rate: money.MustRate(rate)}
}

func step(from, rate string) discount.Tier {
	return discount.Tier{From: decimal.RequireFromString(from), Off: percent(rate)}
}

func least(amount string, gross bool) discount.Minimum {
	return discount.Minimum{Price: pricing.Price{Amount: money.Must(money.Parse(amount, money.EUR)), IncludesTax: gross}}
}

// reduce gives a demo shop its discounts: at first those that are on no family, then, when the import has
// brought the families, the others, once. A shop that counts in another currency is left alone.
func reduce(tx tenant.Tx, which Trade, onFamilies bool) error {
	s, err := settings.Load(tx)
	if err != nil || s.Rules().Currency != money.EUR {
		return err
	}
	have, err := promotion.List(tx)
	if err != nil || onFamilies && slices.ContainsFunc(have, func(p promotion.Stored) bool { return p.Scope.Of == discount.Families }) {
		return err
	}
	for _, o := range offers(which) {
		if onFamilies != (o.family != "") {
			continue
		}
		if onFamilies {
			found, err := familyNamed(tx, o.family)
			if err != nil {
				return err
			}
			if found == "" {
				continue // the merchant has renamed it
			}
			o.rule.Scope = discount.Scope{Of: discount.Families, Members: []string{found}}
		}
		if _, err := promotion.SaveIn(tx, tenant.ByProgram, promotion.Stored{Rule: o.rule, Active: true}); err != nil {
			return fmt.Errorf("discounts of %s: %w", which, err)
		}
	}
	return nil
}

// familyNamed is the id of the family of a French name, "" for none.
func familyNamed(tx tenant.Tx, name string) (string, error) {
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return "", err
	}
	x, ok := tree.Taxonomy(catalog.Families)
	if !ok {
		return "", nil
	}
	found := ""
	var look func(list []*catalog.Node)
	look = func(list []*catalog.Node) {
		for _, n := range list {
			if n.Texts[i18n.French].Name == name {
				found = n.ID.String()
			}
			look(tree.Children(n.ID))
		}
	}
	look(tree.Top(x.ID))
	return found, nil
}
