package shopsettings

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/banks"
	"echoppe.dev/tenant/terminal"
)

// chooseQuery is what a merchant looks for, in the address of the page.
type chooseQuery struct {
	Search   string `query:"q"`
	Contract string `query:"contract"`
}

// The answers to "do you have a contract with a bank?" (PGW-28).
const (
	anyContract     = ""
	withContract    = "with"
	withoutContract = "without"
)

// ways are the kinds of payment a merchant can add: with a contract at a bank, under the name that stands on it, by
// country; with an account that needs none; and without anybody.
type ways struct {
	Query    chooseQuery
	Groups   []wayGroup // banks, those of the shop's own country first
	Accounts []ui.Choice
	Others   []ui.Choice
}

// wayGroup is the banks of a country; "" for those of several.
type wayGroup struct {
	Country string
	Banks   []ui.Choice
}

func (w ways) empty() bool { return len(w.Groups)+len(w.Accounts)+len(w.Others) == 0 }

// choosePayment asks which kind of payment to add.
func (d *Desk) choosePayment(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[chooseQuery](c)
	if err != nil {
		return err
	}
	modes, s, err := d.readPayment(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	look := &looking{visit: v, query: q, all: d.Modes.Gateways(), home: s.Rules().Currency, modes: modes}
	return desk.Show(c, http.StatusOK, choosePaymentPage(v, look.ways(s.Identity.Address.Country)))
}

// looking is one search.
type looking struct {
	visit *desk.Visit
	query chooseQuery
	all   *payment.Gateways
	home  money.Currency
	modes []payment.Mode
}

// ways are what was found, by name; what is no longer sold comes last.
func (l *looking) ways(country string) ways {
	w := ways{Query: l.query}
	for _, b := range l.found() {
		about := banks.AboutBrand(b.Key)
		switch {
		case about.AllInOne && l.query.Contract != withContract:
			w.Accounts = append(w.Accounts, l.choice(b, about))
		case !about.AllInOne && l.query.Contract != withoutContract:
			at := slices.IndexFunc(w.Groups, func(g wayGroup) bool { return g.Country == about.Country })
			if at < 0 {
				at, w.Groups = len(w.Groups), append(w.Groups, wayGroup{Country: about.Country})
			}
			w.Groups[at].Banks = append(w.Groups[at].Banks, l.choice(b, about))
		}
	}
	rank := func(g wayGroup) string {
		switch g.Country {
		case country:
			return "0"
		case "":
			return "2"
		}
		return "1" + address.CountryName(l.visit.View.Locale, g.Country)
	}
	slices.SortStableFunc(w.Groups, func(a, b wayGroup) int { return strings.Compare(rank(a), rank(b)) })
	if l.query.Contract != withContract {
		w.Others = l.others()
	}
	return w
}

// found are the brands that match, and those that took over from one that does.
func (l *looking) found() []payment.Brand {
	var list []payment.Brand
	add := func(b payment.Brand) {
		if !slices.ContainsFunc(list, func(have payment.Brand) bool { return have.Key == b.Key }) {
			list = append(list, b)
		}
	}
	for _, b := range l.all.Brands() {
		if !banks.Matches(b, l.query.Search) {
			continue
		}
		add(b)
		if next, ok := l.all.Brand(b.Next); ok {
			add(next)
		}
	}
	slices.SortStableFunc(list, func(a, b payment.Brand) int {
		if dead := a.Status == payment.Dead; dead != (b.Status == payment.Dead) {
			if dead {
				return 1
			}
			return -1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

func (l *looking) choice(b payment.Brand, about banks.About) ui.Choice {
	parts := []string{b.Bank, fate(l.visit, b, about)}
	for _, old := range l.all.Brands() { // who looks for the old name sees here that it goes on
		if l.query.Search != "" && old.Next == b.Key && banks.Matches(old, l.query.Search) {
			parts = append(parts, l.visit.T("setup.payment.takes_over", ui.Args{"name": old.Name}))
		}
	}
	parts = append(parts, l.cost(b.Key))
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return ui.Choice{Title: b.Name, Text: strings.Join(parts, " · "), Href: l.visit.Href("settings/payment/new/" + b.Key)}
}

// cost is what a hundred costs with a brand, by what the merchant has entered of his contract (PGW-43).
func (l *looking) cost(kind string) string {
	for _, m := range l.modes {
		if m.Kind == kind && !m.Scope.Provider.IsZero() {
			hundred := money.New(decimal.NewFromInt(100), l.home)
			return l.visit.T("setup.payment.costs_you", ui.Args{"amount": m.Scope.Provider.Of(hundred), "hundred": hundred})
		}
	}
	return ""
}

// fate is what became of a brand, with what to ask the bank.
func fate(v *desk.Visit, b payment.Brand, about banks.About) string {
	switch b.Status {
	case payment.Renamed:
		return v.T("setup.payment.renamed")
	case payment.Dead:
		gone := v.T("setup.payment.dead")
		if about.Ended != "" {
			gone = v.T("setup.payment.dead_since", ui.Args{"year": about.Ended})
		}
		return gone + " · " + v.T(b.AskKey())
	case payment.Alive:
	}
	return ""
}

// others are the ways to be paid without a bank.
func (l *looking) others() []ui.Choice {
	var list []ui.Choice
	for _, key := range l.all.Keys() {
		name := l.visit.T(payment.KindKey(key))
		if _, is := l.all.Brand(key); is || !banks.Matches(payment.Brand{Key: key, Name: name}, l.query.Search) {
			continue
		}
		if key == terminal.Kind && !l.visit.Shop.Terminal() {
			continue // no operator has allowed it
		}
		option := ui.Choice{Title: name, Href: l.visit.Href("settings/payment/new/" + key)}
		if key == terminal.Kind {
			option.Href = l.visit.Href("settings/payment/terminal") // the duty and the keys come first
		}
		if about := "setup.payment.about." + key; l.visit.View.Words.Has(l.visit.View.Locale, about) {
			option.Text = l.visit.T(about)
		}
		list = append(list, option)
	}
	return list
}

func (w ways) filter(v *desk.Visit) ui.Filter {
	f := ui.Filter{Search: w.Query.Search, SearchLabel: v.T("setup.payment.find"), Fields: 1}
	if w.Query != (chooseQuery{}) {
		f.Clear = v.Href("settings/payment/new")
	}
	return f
}

func (w ways) contract(v *desk.Visit) ui.Field {
	return ui.Field{Name: "contract", Label: v.T("setup.payment.contract"), Value: w.Query.Contract, Options: []ui.Option{
		{Value: anyContract, Label: v.T("setup.payment.contract_any")}, {Value: withContract, Label: v.T("setup.payment.contract_with")},
		{Value: withoutContract, Label: v.T("setup.payment.contract_without")},
	}}
}

func (g wayGroup) title(v *desk.Visit) string {
	if g.Country == "" {
		return v.T("setup.payment.banks_everywhere")
	}
	return v.T("setup.payment.banks_of", ui.Args{"country": address.CountryName(v.View.Locale, g.Country)})
}

// note is what became of a brand, and where to go instead; the zero value for nothing to say.
type note struct{ Text, Next, Href string }

// brandNote says what to ask the bank, of a contract that goes by another name today or is no longer sold, and leads
// to the brand that took over.
func brandNote(v *desk.Visit, g payment.Gateway, all *payment.Gateways) note {
	branded, is := g.(payment.Branded)
	if !is || branded.Brand().Status == payment.Alive {
		return note{}
	}
	n := note{Text: v.T(branded.Brand().AskKey())}
	if about := banks.AboutBrand(branded.Brand().Key); about.Ended != "" {
		n.Text = v.T("setup.payment.sold_until", ui.Args{"year": about.Ended}) + " " + n.Text
	}
	if next, known := all.Brand(branded.Brand().Next); known {
		n.Next, n.Href = v.T("setup.payment.next", ui.Args{"name": next.Name}), v.Href("settings/payment/new/"+next.Key)
	}
	return n
}
