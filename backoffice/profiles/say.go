package profiles

import (
	"slices"
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// named is what a profile is called; the anonymous one may have no name of its own.
func named(v *desk.Visit, k *known, p *profile.Profile) string {
	if name := p.Names.In(v.View.Locale, k.Languages.Default); name != "" || p.Kind != profile.KindAnonymous {
		return name
	}
	return v.T("profiles.anonymous")
}

// sentence says what a profile is: "Prices without tax; payment by card; delivery to EU countries".
func sentence(v *desk.Visit, k *known, p *profile.Profile) string {
	view := p.View(k.Rules().View)
	first := "profiles.say." + string(view.Goods)
	if view.Shipping != view.Goods {
		first += "_other"
	}
	parts := []string{v.T(first)}
	add := func(key string, args ui.Args) { parts = append(parts, v.T("profiles.say."+key, args)) }
	if len(p.Payments) > 0 {
		add("pay", ui.Args{"modes": listed(v, names(v, k.payOptions(v), p.Payments))})
	}
	if len(p.Carriages) > 0 {
		add("ship", ui.Args{"modes": listed(v, names(v, k.shipOptions(v), p.Carriages))})
	}
	switch send, bill := places(v, p.SendTo), places(v, p.BillTo); {
	case send == "" && bill == "":
	case send == bill:
		add("both_to", ui.Args{"countries": send})
	default:
		if send != "" {
			add("send_to", ui.Args{"countries": send})
		}
		if bill != "" {
			add("bill_to", ui.Args{"countries": bill})
		}
	}
	if p.Minimum.Amount.IsPositive() {
		key := "from_net"
		if p.Minimum.Side == pricing.Gross {
			key = "from_gross"
		}
		add(key, ui.Args{"amount": money.New(p.Minimum.Amount, k.Rules().Currency)})
	}
	if len(parts) == 1 {
		add("all", nil)
	}
	if p.Quotes {
		add("quotes", nil)
	}
	if p.CodeHash != "" {
		add("code", nil)
	}
	return strings.Join(parts, v.T("profiles.say.and"))
}

// names are the labels of some of the options; what is none of them is told as gone.
func names(v *desk.Visit, options []ui.Option, values []string) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = v.T("profiles.mode_gone")
		if at := slices.IndexFunc(options, func(o ui.Option) bool { return o.Value == value }); at >= 0 {
			list[i] = options[at].Label
		}
	}
	return list
}

// places names countries.
func places(v *desk.Visit, codes []string) string {
	list := make([]string, len(codes))
	for i, code := range codes {
		if list[i] = address.CountryName(v.View.Locale, code); code == profile.Union {
			list[i] = v.T("profiles.union_in")
		}
	}
	return listed(v, list)
}

// listed writes a list on a line, as far as it fits.
func listed(v *desk.Visit, list []string) string {
	const most = 5
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:most], ", ") + " " + v.T("ui.and_more", ui.Args{"n": len(list) - most})
}
