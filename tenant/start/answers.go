package start

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Trade is what a shop sells. The words are stored.
type Trade string

// The trades.
const (
	Physical Trade = "physical"
	Digital  Trade = "digital"
	Services Trade = "services"
	All      Trade = "all"
)

// Trades lists them in the order of a form.
func Trades() []Trade { return []Trade{Physical, Digital, Services, All} }

// Carries tells whether anything has to be sent to anybody.
func (t Trade) Carries() bool { return t != Digital && t != Services }

// Answers are what a merchant says at the beginning; every one may be left empty.
type Answers struct {
	Country string `json:"country,omitempty"`
	Trade   Trade  `json:"trade,omitempty"`
	// Elsewhere tells that articles exist in another shop or a file.
	Elsewhere bool `json:"elsewhere,omitempty"`
}

// ErrSold refuses another currency once prices or orders exist in the present one (CUR-01).
var ErrSold = fault.New(fault.Conflict, "start.currency_in_use")

func (a Answers) check() error {
	var c form.Checker
	if _, ok := FindPack(a.Country); a.Country != "" && !ok {
		c.Refuse("country", form.KeyCountry, nil)
	}
	if a.Trade != "" && !slices.Contains(Trades(), a.Trade) {
		c.Refuse("trade", form.KeyChoice, nil)
	}
	return c.Err()
}

// Answer keeps the answers and puts them into the settings, all or nothing. It may be repeated.
// Afterwards a shop whose goods are carried can sell: a parcel goes to its own country, and somebody
// can pay. Currency and deliveries are left as they are when articles or orders exist: prices do not
// change their meaning, and nobody's fees are moved behind his back.
//
// Errors: refused fields "country", "trade".
func Answer(ctx context.Context, shop *tenant.Shop, who tenant.Actor, a Answers) error {
	if err := a.check(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if pack, ok := FindPack(a.Country); ok {
			if err := settle(tx, who, s, pack); err != nil {
				return err
			}
		}
		if a.Trade.Carries() {
			if err := letPay(tx, who); err != nil {
				return err
			}
		}
		if err := keep(tx, a); err != nil {
			return err
		}
		return tx.Record(who, "start.answered", "settings/"+document, nil, a)
	})
}

// Skip notes that the questions were put and not answered.
func Skip(ctx context.Context, shop *tenant.Shop, who tenant.Actor) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := keep(tx, Answers{}); err != nil {
			return err
		}
		return tx.Record(who, "start.skipped", "settings/"+document, nil, nil)
	})
}

// settle changes the settings to what the country suggests; what it says nothing about stays.
func settle(tx tenant.Tx, who tenant.Actor, s *settings.Settings, p Pack) error {
	identity := s.Identity
	identity.Address.Country = p.Country
	if identity.TimeZone == "" || p.Zone != "UTC" {
		identity.TimeZone = p.Zone
	}
	languages := settings.Languages{Default: p.Language, Offered: slices.Clone(s.Languages.Offered)}
	if !languages.Serves(p.Language) {
		languages.Offered = append(languages.Offered, p.Language)
	}
	vat := s.Tax
	vat.Registered = p.Taxed
	documents := []struct {
		name settings.Name
		doc  settings.Document
	}{{settings.NameIdentity, identity}, {settings.NameLanguages, languages}, {settings.NameTax, vat}}
	for _, d := range documents {
		if err := settings.SaveIn(tx, who, d.doc, s.Rev(d.name)); err != nil {
			return err
		}
	}
	stocked, err := stocked(tx)
	if err != nil || stocked {
		return err
	}
	if from := s.Rules().Currency; p.Currency != from {
		calculators := conversion.Service{Calculators: shipping.Builtin()}
		if err := calculators.ConvertIn(tx, who, conversion.Rough(from, p.Currency), s.Rev(settings.NameCurrencies)); err != nil {
			return err
		}
	}
	if err := prepare(tx, who, p.Country); err != nil {
		return err
	}
	return deliver(tx, who, s.Identity.Address.Country, p.Country)
}

// prepare puts in what the pack of the country holds beside its currency: how VAT is handled, and ways to
// deliver that wait, switched off, for the merchant to look at their fees.
func prepare(tx tenant.Tx, who tenant.Actor, country string) error {
	p, ok := pack.Find(country)
	if !ok {
		return nil
	}
	plan, err := pack.Make(tx, p, pack.Options{Quiet: true})
	if err != nil {
		return err
	}
	_, err = plan.Apply(tx, who, shipping.Builtin(), plan.Keys()) // the shop is in the pack's currency: nothing is left
	return err
}

// stocked tells whether prices have been typed, offered or charged.
func stocked(tx tenant.Tx) (bool, error) {
	var found bool
	err := tx.DB().Raw("select exists (select from products) or exists (select from orders) or exists (select from quotes)").Scan(&found).Error
	if err != nil {
		return false, fmt.Errorf("look for articles and orders: %w", err)
	}
	return found, nil
}

// CurrencyFree returns ErrSold once the management currency may only be changed by a conversion the merchant has
// seen, at a rate he has chosen (package conversion).
func CurrencyFree(tx tenant.Tx) error {
	in, err := stocked(tx)
	if err == nil && in {
		err = ErrSold
	}
	return err
}

// document is the row of table settings with the answers.
const document = "start"

func keep(tx tenant.Tx, a Answers) error {
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("keep answers: %w", err)
	}
	err = tx.DB().Exec(`insert into settings (name, doc, rev, updated_at) values (?, ?::jsonb, 1, ?)
		on conflict (name) do update set doc = excluded.doc, rev = settings.rev + 1, updated_at = excluded.updated_at`,
		document, string(text), tx.Now()).Error
	if err != nil {
		return fmt.Errorf("keep answers: %w", err)
	}
	return nil
}

// read gives the answers; false when the questions were not put yet.
func read(tx tenant.Tx) (Answers, bool, error) {
	var rows [][]byte
	if err := tx.DB().Raw("select doc from settings where name = ?", document).Scan(&rows).Error; err != nil {
		return Answers{}, false, fmt.Errorf("read answers: %w", err)
	}
	if len(rows) == 0 {
		return Answers{}, false, nil
	}
	var a Answers
	if err := json.Unmarshal(rows[0], &a); err != nil {
		return Answers{}, false, fmt.Errorf("read answers: %w", err)
	}
	return a, true, nil
}
