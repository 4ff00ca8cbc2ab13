package discounts

import (
	"context"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

// known is what the pages of the desk are drawn from.
type known struct {
	settings *settings.Settings
	tree     *catalog.Tree
	rules    []promotion.Stored // all of them
	names    discount.Names
	keys     map[string]string // of the articles that rules name
	now      time.Time
}

func read(ctx context.Context, shop *tenant.Shop) (*known, error) {
	k := &known{}
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		k.now = tx.Now()
		if k.settings, err = settings.Load(tx); err != nil {
			return err
		}
		if k.tree, err = catalog.ReadTree(tx); err != nil {
			return err
		}
		if k.rules, err = promotion.List(tx); err != nil {
			return err
		}
		var ids []string
		for _, r := range k.bare() {
			if r.Scope.Of == discount.Articles {
				ids = append(ids, r.Scope.Members...)
			}
		}
		if k.keys, err = promotion.ArticleKeys(tx, ids); err != nil {
			return err
		}
		k.names, err = promotion.ReadNames(tx, k.bare()...)
		return err
	})
	return k, err
}

// bare are the rules without what is kept beside them.
func (k *known) bare() []discount.Rule {
	rules := make([]discount.Rule, len(k.rules))
	for i := range k.rules {
		rules[i] = k.rules[i].Rule
	}
	return rules
}

// find is the discount that the address names. Errors: promotion.ErrUnknown.
func (k *known) find(c echo.Context) (*promotion.Stored, error) {
	if _, err := id.Parse[discount.Rule](c.Param("id")); err != nil {
		return nil, err
	}
	for i := range k.rules {
		if k.rules[i].ID == c.Param("id") {
			return &k.rules[i], nil
		}
	}
	return nil, promotion.ErrUnknown
}

// readOne is read and find.
func readOne(c echo.Context) (*known, *promotion.Stored, error) {
	k, err := read(c.Request().Context(), desk.Here(c).Shop)
	if err != nil {
		return nil, nil, err
	}
	s, err := k.find(c)
	return k, s, err
}

// top tells whether a family stands under none.
func (k *known) top(family string) bool {
	n, ok := k.tree.ByText(family)
	return ok && n.Depth() == 1
}

func (k *known) main() i18n.Locale { return k.settings.Languages.Default }

func (k *known) name(v *desk.Visit, r *discount.Rule) string {
	if name := r.Name.In(v.View.Locale, k.main()); name != "" {
		return name
	}
	return v.T("discounts.nameless")
}

// sentence says what a rule does; a broken one says why it is.
func (k *known) sentence(v *desk.Visit, s *promotion.Stored) string {
	if s.Broken != nil {
		return v.View.Explain(s.Broken)
	}
	return s.Sentence(discount.Voice{Catalog: v.View.Words, Locale: v.View.Locale, Currency: k.settings.Rules().Currency, Names: k.names})
}

// familyOptions are the families to choose from, those of other classifications after them; sub leaves
// out the tops. What is chosen already is always there.
func (k *known) familyOptions(l i18n.Locale, sub bool, chosen []string) []ui.Option {
	var options []ui.Option
	var walk func(prefix string, list []*catalog.Node)
	walk = func(prefix string, list []*catalog.Node) {
		for _, n := range list {
			label := prefix + n.Text(l, k.main()).Name
			if which := n.ID.String(); !sub || n.Depth() > 1 || slices.Contains(chosen, which) {
				options = append(options, ui.Option{Value: which, Label: label})
			}
			walk(label+" › ", k.tree.Children(n.ID))
		}
	}
	for _, x := range k.tree.Taxonomies {
		prefix := ""
		if x.Code != catalog.Families {
			prefix = x.Names.In(l, k.main()) + " › "
		}
		walk(prefix, k.tree.Top(x.ID))
	}
	return options
}

// profileOptions are the profiles a rule can be for, and those it names that are gone.
func (k *known) profileOptions(v *desk.Visit, chosen []string) []ui.Option {
	options := []ui.Option{{Value: string(profile.Anonymous), Label: v.T("discounts.anonymous")}}
	for _, p := range k.settings.Profiles.Profiles {
		if p.Code == profile.Anonymous {
			continue
		}
		options = append(options, ui.Option{Value: string(p.Code), Label: p.Names.In(v.View.Locale, k.main())})
	}
	for _, code := range chosen {
		known := false
		for _, o := range options {
			known = known || o.Value == code
		}
		if !known {
			options = append(options, ui.Option{Value: code, Label: v.T("discounts.profile_gone", ui.Args{"code": code})})
		}
	}
	return options
}
