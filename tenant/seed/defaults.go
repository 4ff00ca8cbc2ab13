package seed

import (
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// New is what is known of a shop when it opens.
type New struct {
	Name   string
	Email  string
	Locale i18n.Locale // of the merchant: the shop's first language
}

// Defaults writes what a new shop begins with: who it is, its languages, the classifications every
// shop has, ways to deliver and to pay, and the pages the law asks for. A shop that has been given
// them is left alone, so it may be called again, also at the same time: a sign-up and the chore that
// mends interrupted sign-ups may meet in one shop, and the second finds the work of the first done.
func Defaults(tx tenant.Tx, n New) error {
	if err := tx.DB().Exec("select from page_version for update").Error; err != nil {
		return fmt.Errorf("wait for another seed: %w", err)
	}
	s, err := settings.Load(tx)
	if err != nil || s.Rev(settings.NameIdentity) > 0 {
		return err
	}
	b := &batch{tx: tx}
	pages := b.pages()
	b.taxonomies()
	b.deliveries()
	b.payments()
	if b.err != nil {
		return b.err
	}
	if err := tx.Raw().SendBatch(tx.Context(), &b.Batch).Close(); err != nil {
		return fmt.Errorf("seed shop: %w", err)
	}
	tx.Touch()
	return writeSettings(tx, s, n, pages)
}

func writeSettings(tx tenant.Tx, s *settings.Settings, n New, pages map[string]content.ID) error {
	identity := s.Identity
	if n.Name != "" {
		identity.Name = n.Name
	}
	identity.Email = n.Email
	languages := s.Languages
	if languages.Serves(n.Locale) {
		languages.Default = n.Locale
	}
	orders := s.Orders
	orders.TermsPageID, orders.PrivacyID = pages["terms"].String(), pages["privacy"].String()
	for _, doc := range []settings.Document{identity, languages, orders} {
		if err := settings.SaveIn(tx, tenant.ByProgram, doc, 0); err != nil {
			return err
		}
	}
	return nil
}

// batch gathers statements for one round trip.
type batch struct {
	pgx.Batch
	tx  tenant.Tx
	err error
}

// json is v as a parameter.
func (b *batch) json(v any) string {
	text, err := json.Marshal(v)
	if err != nil && b.err == nil {
		b.err = fmt.Errorf("seed shop: %w", err)
	}
	return string(text)
}

// Brands is the code of the taxonomy of brands.
const Brands = "brand"

func (b *batch) taxonomies() {
	for i, t := range []struct {
		code  string
		names i18n.Text
		tree  bool
	}{
		{catalog.Families, i18n.Text{"fr": "Familles", "en": "Families", "es": "Familias", "de": "Warengruppen"}, true},
		{Brands, i18n.Text{"fr": "Marques", "en": "Brands", "es": "Marcas", "de": "Marken"}, false},
	} {
		b.Queue(`insert into taxonomies (id, code, names, tree, facet, position, created_at) values ($1, $2, $3::text::jsonb, $4, true, $5, $6)
			on conflict (code) do nothing`,
			id.New[catalog.Taxonomy]().String(), t.code, b.json(t.names), t.tree, i, b.tx.Now())
	}
}

// zone is where a mode goes, as package shipping stores it.
type zone struct {
	Zones []shipping.Zone `json:"zones"`
	Tax   bool            `json:"includes_tax"`
}

// deliveries are a parcel by weight and one at a flat fee that is free from 60, for the country of
// most first shops, and a flat fee for the rest of the Union. Fees are with tax, weights in
// kilograms, as baskets are weighed. The answer to where a shop is takes them there (package start),
// which is why no name of theirs names a place or an amount.
func (b *batch) deliveries() {
	row := func(upTo, fee string) form.Values {
		return form.Values{"up_to": form.TextValue(upTo), "value": form.TextValue(fee)}
	}
	for i, m := range []struct {
		kind   string
		names  i18n.Text
		texts  i18n.Text
		config form.Values
		where  string
	}{
		{"weight_scale",
			i18n.Text{"fr": "Colis postal", "en": "Postal parcel", "es": "Paquete postal", "de": "Postpaket"},
			i18n.Text{"fr": "Chez vous en 2 à 3 jours ouvrés", "en": "At your door in 2 to 3 working days", "es": "En su casa en 2 o 3 días laborables", "de": "In 2 bis 3 Werktagen bei Ihnen"},
			form.Values{"rows": form.RowsValue(row("0.25", "4.95"), row("0.5", "6.70"), row("1", "8.25"), row("2", "9.55"), row("5", "14.65"), row("10", "21.30"), row("30", "32.70")),
				"beyond": form.TextValue("none")}, "FR"},
		{"flat",
			i18n.Text{"fr": "Point relais", "en": "Pick-up point", "es": "Punto de recogida", "de": "Abholpunkt"},
			i18n.Text{"fr": "À retirer près de chez vous en 3 à 5 jours", "en": "Collect near you in 3 to 5 days", "es": "Recójalo cerca de casa en 3 a 5 días", "de": "In 3 bis 5 Tagen in Ihrer Nähe abholen"},
			form.Values{"fee": form.TextValue("4.50"), "free_from": form.TextValue("60.00")}, "FR"},
		{"flat",
			i18n.Text{"fr": "Colis Europe", "en": "Parcel to Europe", "es": "Paquete a Europa", "de": "Paket nach Europa"},
			i18n.Text{"fr": "Union européenne, 4 à 7 jours ouvrés", "en": "European Union, 4 to 7 working days", "es": "Unión Europea, de 4 a 7 días laborables", "de": "Europäische Union, 4 bis 7 Werktage"},
			form.Values{"fee": form.TextValue("12.90")}, shipping.Union},
	} {
		b.Queue(`insert into shipping_modes (id, kind, names, texts, config, scope, active, position, rev, created_at, updated_at)
			values ($1, $2, $3::text::jsonb, $4::text::jsonb, $5::text::jsonb, $6::text::jsonb, true, $7, 1, $8, $8)`,
			id.New[shipping.Mode]().String(), m.kind, b.json(m.names), b.json(m.texts), b.json(m.config),
			b.json(zone{[]shipping.Zone{{Country: m.where}}, true}), i+1, b.tx.Now())
	}
}

// payments are ways to pay that lack only what the merchant knows, an account and a name, and are
// switched off until he has written them down. Cash lacks nothing, but is no first shop's choice: the
// first questions switch it on where nothing else works yet (package start).
func (b *batch) payments() {
	for i, m := range []struct {
		kind  string
		names i18n.Text
	}{
		{offline.Transfer{}.Key(), i18n.Text{"fr": "Virement bancaire", "en": "Bank transfer", "es": "Transferencia bancaria", "de": "Überweisung"}},
		{offline.Cheque{}.Key(), i18n.Text{"fr": "Chèque", "en": "Cheque", "es": "Cheque", "de": "Scheck"}},
		{offline.Cash{}.Key(), i18n.Text{"fr": "Paiement à la livraison", "en": "Cash on delivery", "es": "Contra reembolso", "de": "Nachnahme"}},
	} {
		b.Queue(`insert into payment_modes (id, kind, names, active, test, position, rev, created_at, updated_at)
			values ($1, $2, $3::text::jsonb, false, false, $4, 1, $5, $5)`,
			id.New[payment.Mode]().String(), m.kind, b.json(m.names), i+1, b.tx.Now())
	}
}
