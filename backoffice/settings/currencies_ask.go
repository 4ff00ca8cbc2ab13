package shopsettings

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// currencyUse is what in the shop hangs on its currencies.
type currencyUse struct {
	carts    map[string]int // open carts by the currency they are shown in
	modes    []payment.Mode // those that are offered
	cheapest decimal.Decimal
}

func readCurrencyUse(tx tenant.Tx, k *known) (err error) {
	if k.use.carts, err = cart.ShownIn(tx); err != nil {
		return err
	}
	if k.use.modes, err = payment.ListModes(tx); err != nil {
		return err
	}
	k.use.modes = slices.DeleteFunc(k.use.modes, func(m payment.Mode) bool { return !m.Active })
	k.use.cheapest, err = catalog.LowestPrice(tx)
	return err
}

// The fields by which somebody says that he means it: a box to tick, and what it was ticked for. It is for those
// questions only, and any other is asked again.
const (
	sureField  = "sure"
	askedField = "asked"
)

// doubts asks about what may be a slip: a rate far from the one known, and a currency that goes while payments or
// carts depend on it. It writes into what was sent what it has asked.
func doubts(v *desk.Visit, k *known, doc settings.Currencies, q settings.Quotes, sent url.Values) error {
	var asked, why []string
	var fields []fault.Field
	for _, far := range k.Currencies.FarRates(doc, q) {
		x := doc.Display[far.Row]
		asked = append(asked, x.Code+"="+x.Rate)
		key := "setup.currencies.far_before"
		if far.Bank {
			key = "setup.currencies.far_ecb"
		}
		fields = append(fields, fault.Field{Name: sheet.Cell(displayTable, far.Row, "rate"), Key: key, Args: fault.Args{
			"own": doc.Management, "code": x.Code, "known": i18n.FormatNumber(v.View.Locale, far.Known), "meant": i18n.FormatNumber(v.View.Locale, far.Meant),
		}})
	}
	for _, l := range k.Currencies.Leavers(doc, k.now.In(k.Rules().Zone).Format(time.DateOnly)) {
		if text := k.use.left(v, k.Languages.Default, doc, l); text != "" {
			asked, why = append(asked, "-"+l.Code), append(why, text)
		}
	}
	text := strings.Join(asked, " ")
	sure := sent.Get(sureField) != "" && sent.Get(askedField) == text
	sent.Del(sureField)
	sent.Del(askedField)
	if text == "" || sure {
		return nil
	}
	sent.Set(askedField, text)
	return fault.Invalid(append(fields, fault.Field{Name: sureField, Key: "setup.currencies.sure_why", Args: fault.Args{"why": strings.Join(why, " ")}})...)
}

// left says what becomes of carts and payment modes when a currency goes; "" when nothing does.
func (u currencyUse) left(v *desk.Visit, main i18n.Locale, after settings.Currencies, l settings.Leaver) string {
	var said []string
	if n := u.carts[l.Code]; l.Hidden && n > 0 {
		said = append(said, v.T("setup.currencies.gone_carts", ui.Args{"n": n, "code": l.Code, "own": after.Management}))
	}
	unpaid, instead := u.settled(v.View.Locale, main, after, l)
	for _, in := range slices.Sorted(maps.Keys(instead)) {
		said = append(said, v.T("setup.currencies.gone_paid", ui.Args{"modes": strings.Join(instead[in], ", "), "in": in, "code": l.Code}))
	}
	if len(unpaid) > 0 {
		said = append(said, v.T("setup.currencies.gone_unpaid", ui.Args{"modes": strings.Join(unpaid, ", "), "code": l.Code}))
	}
	return strings.Join(said, " ")
}

// settled are the payment modes that settle in a currency which goes, by the currency they will charge instead, and
// those that can charge nothing any more. A mode that settles in it alone goes on while there is a rate.
func (u currencyUse) settled(l, main i18n.Locale, after settings.Currencies, gone settings.Leaver) (unpaid []string, instead map[string][]string) {
	instead = map[string][]string{}
	rated := []string{after.Management}
	for _, x := range after.Display {
		rated = append(rated, x.Code)
	}
	for _, m := range u.modes {
		if !slices.Contains(m.Scope.Currencies, gone.Code) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(m.Scope.Currencies), func(code string) bool { return code == gone.Code || !slices.Contains(rated, code) })
		name := m.Names.In(l, main)
		switch {
		case slices.Contains(others, after.Management):
			instead[after.Management] = append(instead[after.Management], name)
		case !gone.Removed:
		case len(others) > 0:
			instead[others[0]] = append(instead[others[0]], name)
		default:
			unpaid = append(unpaid, name)
		}
	}
	return unpaid, instead
}

// endingNotes tells beside an ending that the cheapest article is far below where such prices begin.
func endingNotes(s sheet.Sheet, k *known, rows ui.Rows) ui.Rows {
	own := k.Rules().Currency
	for i, line := range rows.Lines {
		x := settings.DisplayCurrency{Code: line.Values["code"], Rate: readDecimal(s.View().Locale, line.Values["rate"]),
			Ending: strings.Replace(line.Values["ending"], ",", ".", 1), Active: line.Values["active"] != strconv.FormatBool(false)}
		low, plain, shown, lifts := x.Lifts(money.New(k.use.cheapest, own))
		if x.Ending == "" || !lifts || !plain.IsPositive() {
			continue
		}
		text := func(a money.Amount) string { return i18n.FormatMoney(s.View().Locale, a) }
		rows.Lines[i].Notes = map[string]string{"ending": s.T("ending_high", ui.Args{"low": text(low), "price": text(plain), "shown": text(shown)})}
	}
	return rows
}
