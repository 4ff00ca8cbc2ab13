package discounts

import (
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
)

// ruleForm is the form of a discount as it is sent. Lists typed in one field are divided by commas or
// line ends.
type ruleForm struct {
	Name          map[string]string `form:"name"`
	Active        bool              `form:"active"`
	Kind          string            `form:"kind"`
	Rate          string            `form:"rate"`
	Amount        string            `form:"amount"`
	Gross         bool              `form:"gross"`
	By            string            `form:"by"`
	Per           string            `form:"per"`
	Tiers         []tierForm        `form:"tiers"`
	Of            string            `form:"of"`
	Families      []string          `form:"families"`
	Articles      string            `form:"articles"`
	Codes         string            `form:"codes"`
	Issued        bool              `form:"issued"`
	From          string            `form:"from"`
	Until         string            `form:"until"`
	Profiles      []string          `form:"profiles"`
	Zones         []zones.Row       `form:"zones"`
	Minimum       string            `form:"minimum"`
	MinimumGross  bool              `form:"minimum_gross"`
	MinimumBefore bool              `form:"minimum_before"`
	FirstOrder    bool              `form:"first_order"`
	CountBlocked  bool              `form:"count_blocked"`
	LimitTotal    string            `form:"limit_total"`
	LimitCustomer string            `form:"limit_customer"`
	Combine       string            `form:"combine"`
	Group         string            `form:"group"`
	Priority      string            `form:"priority"`
	Rev           int               `form:"rev,revision"`
}

type tierForm struct {
	From   string `form:"from"`
	Rate   string `form:"rate"`
	Amount string `form:"amount"`
}

// Bounds of what is typed; what is above them is a slip of the finger.
const (
	maxLimit    = 1_000_000_000
	maxPriority = 1000
	ratePlaces  = 4
)

// reading turns a form into a rule and collects what is wrong with it.
type reading struct {
	form.Checker
	form   ruleForm
	sent   url.Values
	locale i18n.Locale
	cur    money.Currency
	zone   *time.Location
}

// ruleOf reads the form over a stored rule, or a new one. Rows are numbered anew in what was sent,
// because a refusal names a row by its place.
func (k *known) ruleOf(c echo.Context, method promotion.Method, s promotion.Stored) (promotion.Stored, error) {
	v := desk.Here(c)
	f, err := web.Form[ruleForm](c)
	if err != nil {
		return s, err
	}
	in := &reading{form: f, sent: c.Request().PostForm, locale: v.View.Locale,
		cur: k.settings.Rules().Currency, zone: k.settings.Rules().Zone}
	r := discount.Rule{ID: s.ID, Name: sheet.ReadText(f.Name), Issued: f.Issued, FirstOrder: f.FirstOrder, CountBlocked: f.CountBlocked,
		Combine: discount.Combine(f.Combine), Group: f.Group, Codes: sheet.Items(f.Codes)}
	in.off(&r)
	in.scale(&r)
	in.scope(&r)
	in.dates(&r)
	in.limits(&r)
	r.Zones = zones.Read(in.sent, zoneTable, f.Zones)
	for _, code := range f.Profiles {
		if code == string(profile.Anonymous) {
			code = ""
		}
		r.Profiles = append(r.Profiles, code)
	}
	in.named(k, &r)
	if method == promotion.Coupon && !r.IsCoupon() {
		in.Refuse("codes", "discounts.error.no_code", nil)
	}
	s.Rule, s.Active, s.Rev = r, f.Active, f.Rev
	if err := in.articles(c, &s.Rule); err != nil {
		return s, err
	}
	return s, in.all(&s.Rule, k.main())
}

// all is what the form refuses and what the rule refuses, told at once. Of a field that could not be
// read only that is told: the first refusal of a field is the one that is shown.
func (in *reading) all(r *discount.Rule, main i18n.Locale) error {
	if in.Err() == nil {
		return nil
	}
	whole := *r
	if whole.ID == "" {
		whole.ID = "new"
	}
	if err := in.Add("", refused(whole.Check(in.cur), r, main)); err != nil {
		return err
	}
	return in.Err()
}

// amount reads an amount on the side the form says.
func (in *reading) amount(name, text string) pricing.Price {
	n := in.Decimal(name, in.locale, text, int(in.cur.Digits()))
	return pricing.Price{Amount: money.New(n, in.cur), IncludesTax: in.form.Gross}
}

func (in *reading) off(r *discount.Rule) {
	f := in.form
	switch r.Off.Kind = discount.Kind(f.Kind); r.Off.Kind {
	case discount.Rate:
		r.Off.Rate = money.Percent(in.Decimal("rate", in.locale, f.Rate, ratePlaces))
	case discount.Amount:
		r.Off.Price = in.amount("amount", f.Amount)
	case discount.FreeShipping:
	}
}

// scale reads the rows of tiers; empty ones are the spare ones. A row with a percentage and an amount is
// refused, and so is one with neither: by package discount.
func (in *reading) scale(r *discount.Rule) {
	sheet.DropRows(in.sent, tierTable)
	for _, row := range in.form.Tiers {
		if row == (tierForm{}) {
			continue
		}
		i := len(r.Scale.Tiers)
		at := sheet.Cell(tierTable, i, "")
		putTier(in.sent, i, row.From, row.Rate, row.Amount)
		t := discount.Tier{From: in.Decimal(at+"from", in.locale, row.From, money.MaxPlaces)}
		switch {
		case row.Rate != "" && row.Amount != "":
			in.Refuse(at+"rate", "discount.error.two_kinds", nil)
		case row.Rate != "":
			t.Off = discount.Off{Kind: discount.Rate, Rate: money.Percent(in.Decimal(at+"rate", in.locale, row.Rate, ratePlaces))}
		case row.Amount != "":
			t.Off = discount.Off{Kind: discount.Amount, Price: in.amount(at+"amount", row.Amount)}
		case r.Off.Kind == discount.FreeShipping:
			t.Off.Kind = discount.FreeShipping
		}
		r.Scale.Tiers = append(r.Scale.Tiers, t)
	}
	if len(r.Scale.Tiers) == 0 {
		return
	}
	r.Scale.By, r.Scale.Per = discount.Measure(in.form.By), discount.Basis(in.form.Per)
	if r.Off.Kind == discount.FreeShipping {
		r.Off = discount.Off{} // it is what the tiers give
	}
}

func (in *reading) scope(r *discount.Rule) {
	switch r.Scope.Of = discount.Of(in.form.Of); r.Scope.Of {
	case discount.Families:
		r.Scope.Members = in.form.Families
	case discount.Articles:
		r.Scope.Members = sheet.Items(in.form.Articles)
	case discount.Order:
	}
}

// articles puts the ids of articles in the place of what was typed: their keys, SKUs of their variants,
// or ids.
func (in *reading) articles(c echo.Context, r *discount.Rule) error {
	if r.Scope.Of != discount.Articles || len(r.Scope.Members) == 0 {
		return nil
	}
	var found, known map[string]string
	err := desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if found, err = promotion.FindArticles(tx, r.Scope.Members); err != nil {
			return err
		}
		known, err = promotion.ArticleKeys(tx, r.Scope.Members)
		return err
	})
	if err != nil {
		return err
	}
	var ids []string
	for _, word := range r.Scope.Members {
		which := found[word]
		if which == "" && known[word] != "" {
			which = word
		}
		switch {
		case which == "":
			in.Refuse("articles", "discounts.error.no_article", fault.Args{"name": word})
		case !slices.Contains(ids, which):
			ids = append(ids, which)
		}
	}
	r.Scope.Members = ids
	return nil
}

// named refuses families and profiles that were deleted since the form was drawn: a rule for nothing else would
// never apply, and one that lost them unseen would be for everybody.
func (in *reading) named(k *known, r *discount.Rule) {
	if r.Scope.Of == discount.Families && slices.ContainsFunc(r.Scope.Members, func(family string) bool {
		_, there := k.tree.ByText(family)
		return !there
	}) {
		in.Refuse("families", "discounts.error.family_gone", nil)
	}
	for _, code := range r.Profiles {
		if code != "" && !slices.ContainsFunc(k.settings.Profiles.Profiles, func(p profile.Profile) bool { return string(p.Code) == code }) {
			in.Refuse("profiles", "discounts.error.profile_gone", fault.Args{"code": code})
			break
		}
	}
}

// dates reads days of the shop: until is the last one, which a rule keeps as the first instant after it.
func (in *reading) dates(r *discount.Rule) {
	if d := in.Date("from", in.form.From); !d.IsZero() {
		r.From = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, in.zone)
	}
	if d := in.Date("until", in.form.Until); !d.IsZero() {
		r.Until = time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, in.zone)
	}
}

func (in *reading) limits(r *discount.Rule) {
	f := in.form
	if n := in.Decimal("minimum", in.locale, f.Minimum, int(in.cur.Digits())); f.Minimum != "" {
		r.Minimum = discount.Minimum{Price: pricing.Price{Amount: money.New(n, in.cur), IncludesTax: f.MinimumGross}, Before: f.MinimumBefore}
	}
	r.Limits.Total = int64(in.Int("limit_total", f.LimitTotal, 1, maxLimit))
	r.Limits.PerCustomer = int64(in.Int("limit_customer", f.LimitCustomer, 1, maxLimit))
	r.Priority = in.Int("priority", f.Priority, -maxPriority, maxPriority)
}
