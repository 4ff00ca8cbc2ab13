package simulator

import (
	"encoding/json"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// known is what the form offers, and the discount that is tried.
type known struct {
	settings *settings.Settings
	modes    []shipping.Stored
	payments []payment.Mode
	draft    *discount.Rule // nil when none is named
	names    discount.Names
	sku      string // of an article to begin with, "" when there is none
}

func (d *Desk) read(c echo.Context, f *tryForm) (*known, error) {
	k := &known{}
	err := desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if k.settings, err = settings.Load(tx); err != nil {
			return err
		}
		if k.modes, err = shipping.ListModes(tx); err != nil {
			return err
		}
		if k.payments, err = d.pricer.Ways(tx); err != nil {
			return err
		}
		if err := k.readDraft(tx, f); err != nil {
			return err
		}
		return k.readArticle(tx)
	})
	return k, err
}

// readDraft reads the discount to try: the typed one, or the stored one that is named. Errors:
// promotion.ErrUnknown, also for one that cannot be given.
func (k *known) readDraft(tx tenant.Tx, f *tryForm) (err error) {
	switch {
	case f.Draft != "":
		k.draft, err = k.typed(f.Draft)
	case f.Rule != "":
		k.draft, err = stored(tx, f.Rule)
	}
	if k.draft == nil || err != nil {
		return err
	}
	k.names, err = promotion.ReadNames(tx, *k.draft)
	return err
}

// typed is a discount as a page of ours wrote it.
func (k *known) typed(draft string) (*discount.Rule, error) {
	var r discount.Rule
	if json.Unmarshal([]byte(draft), &r) != nil || r.Check(k.settings.Rules().Currency) != nil {
		return nil, promotion.ErrUnknown
	}
	return &r, nil
}

func stored(tx tenant.Tx, rule string) (*discount.Rule, error) {
	which, err := id.Parse[discount.Rule](rule)
	if err != nil {
		return nil, err
	}
	s, err := promotion.Find(tx, which)
	if err != nil {
		return nil, err
	}
	if s.Broken != nil || s.Archived {
		return nil, promotion.ErrUnknown
	}
	return &s.Rule, nil
}

// readArticle looks for an article that the discount is for, otherwise for any.
func (k *known) readArticle(tx tenant.Tx) error {
	q := catalog.Query{Locale: k.settings.Languages.Default, Fallback: k.settings.Languages.Default, Page: 1, PerPage: 1}
	if k.draft != nil && len(k.draft.Scope.Members) > 0 {
		switch first := k.draft.Scope.Members[0]; k.draft.Scope.Of {
		case discount.Articles:
			if which, err := id.Parse[catalog.Product](first); err == nil {
				q.IDs = []catalog.ProductID{which}
			}
		case discount.Families:
			if which, err := id.Parse[catalog.Node](first); err == nil {
				q.Node = which
			}
		case discount.Order:
		}
	}
	found, err := catalog.List(tx, q)
	if err != nil || len(found.Cards) == 0 {
		return err
	}
	p, err := catalog.FindIn(tx, found.Cards[0].ID)
	if err == nil && len(p.Variants) > 0 {
		k.sku = p.Variants[0].SKU
	}
	return err
}

func (k *known) profiles(s sheet.Sheet) []ui.Option {
	options := []ui.Option{{Label: s.T("anonymous")}}
	for _, p := range k.settings.Profiles.Profiles {
		if p.Code != profile.Anonymous {
			options = append(options, ui.Option{Value: string(p.Code), Label: p.Names.In(s.View().Locale, k.settings.Languages.Default)})
		}
	}
	return options
}

func (k *known) ways(s sheet.Sheet) []ui.Option {
	options := []ui.Option{{Label: s.T("not_chosen")}}
	for _, m := range k.modes {
		if m.Active {
			options = append(options, ui.Option{Value: m.ID, Label: m.Name.In(s.View().Locale, k.settings.Languages.Default)})
		}
	}
	return options
}

func (k *known) payWays(s sheet.Sheet) []ui.Option {
	options := []ui.Option{{Label: s.T("not_chosen")}}
	for _, m := range k.payments {
		options = append(options, ui.Option{Value: m.ID.String(), Label: m.Names.In(s.View().Locale, k.settings.Languages.Default)})
	}
	return options
}

// sentence says what the tried discount does.
func (k *known) sentence(s sheet.Sheet) string {
	return k.draft.Sentence(discount.Voice{Catalog: s.View().Words, Locale: s.View().Locale, Currency: k.settings.Rules().Currency, Names: k.names})
}
