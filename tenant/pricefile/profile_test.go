package pricefile_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricing"
)

// profiled is the worked example with these profiles, bought as one of them.
func profiled(t *testing.T, who, profiles string) string {
	t.Helper()
	text := strings.Replace(worked(t), `"time_zone"`, `"profiles": `+profiles+`, "time_zone"`, 1)
	return strings.Replace(text, `"codes"`, `"profile": "`+who+`", "codes"`, 1)
}

const trade = `{
	"anonymous": {"payments": ["card"], "send_to": ["DE"]},
	"trade": {"goods": "net", "minimum": {"amount": "70.00", "side": "net", "listed": true}, "carriages": ["colissimo"], "send_to": ["EU"]}
}`

// CAT-05: a file with profiles prices as the shop would for one of them: its view, its minimum, its countries; what
// it may not use is named, and refused when it was chosen.
func TestFile_Profiles(t *testing.T) {
	refusals := func(a *pricefile.Answer) (keys []string) {
		for _, r := range a.Blocked() {
			keys = append(keys, r.Source+" "+r.Reason.Key)
		}
		return keys
	}
	barred := func(a *pricefile.Answer) (modes []string) {
		for _, b := range a.Barred {
			modes = append(modes, string(b.Kind)+" "+b.Mode+" "+b.Reason.Key)
		}
		return modes
	}
	plain := price(t, worked(t))
	for _, tt := range []struct {
		name, who, profiles string
		view                pricing.View
		refused, barred     []string
	}{
		{"CAT-05 no profiles", "trade", "{}", pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross}, nil, nil},
		{"CAT-05 PROF-03 the view of the profile", "trade", trade, pricing.View{Goods: pricing.Net, Shipping: pricing.Gross}, nil, nil},
		{"CAT-05 PROF-01 the anonymous one may not", "", trade, pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross},
			[]string{"profile:anonymous profile.send_to", "payment:cod price_file.payment"}, []string{"fee cod price_file.payment"}},
		{"CAT-05 the anonymous one by its name", "anonymous", trade, pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross},
			[]string{"profile:anonymous profile.send_to", "payment:cod price_file.payment"}, []string{"fee cod price_file.payment"}},
		{"CAT-05 PROF-02 too small an order", "trade", strings.Replace(trade, "70.00", "72.01", 1), pricing.View{Goods: pricing.Net, Shipping: pricing.Gross},
			[]string{"profile:trade profile.minimum_net"}, nil},
		{"CAT-05 PROF-02 after the discounts", "trade", strings.Replace(trade, `, "listed": true`, "", 1), pricing.View{Goods: pricing.Net, Shipping: pricing.Gross},
			[]string{"profile:trade profile.minimum_net_reduced"}, nil},
		{"CAT-05 PROF-01 a mode that is not the profile's", "trade", strings.Replace(trade, `["colissimo"]`, `["courier"]`, 1), pricing.View{Goods: pricing.Net, Shipping: pricing.Gross},
			[]string{"shipping:colissimo price_file.carriage"}, []string{"shipping colissimo price_file.carriage"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := price(t, profiled(t, tt.who, tt.profiles))
			if a.View != tt.view || !a.Totals.ToPay.Equal(plain.Totals.ToPay) {
				t.Errorf("view %+v, to pay %s, without profiles %s", a.View, a.Totals.ToPay, plain.Totals.ToPay)
			}
			if diff := cmp.Diff(tt.refused, refusals(a)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.barred, barred(a)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := pricefile.Read(strings.NewReader(profiled(t, "gone", trade))); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "basket.profile" {
		t.Errorf("CAT-05 a profile the file does not bring: %v", err)
	}
	for name, tt := range map[string]struct{ from, to, field string }{
		"a negative minimum": {"70.00", "-1", "rules.profiles.trade.minimum.amount"},
		"an odd side":        {`"goods": "net"`, `"goods": "up"`, "rules.profiles.trade.goods"},
		"no country":         {`["EU"]`, `["XX"]`, "rules.profiles.trade.send_to"},
		"an odd code":        {`"trade": {`, `"Trade!": {`, "rules.profiles.Trade!.code"},
	} {
		_, err := read(t, profiled(t, "", strings.Replace(trade, tt.from, tt.to, 1))).Price()
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
			t.Errorf("CAT-05 %s: %v", name, fields)
		}
	}
}

// CAT-05: the calculation stored with an order is told in the form of an answer; the buyer's form has the same
// sums, and of the trace what is for him.
func TestExplain(t *testing.T) {
	priced := price(t, worked(t))
	full := pricefile.Explain("1001", &priced.Priced, priced.Charged)
	short := full.Short()
	if full.Order != "1001" || len(full.Trace) != len(priced.Trace) || len(full.Adjustments) == 0 || len(full.Rows) != len(priced.Rows) {
		t.Errorf("CAT-05 the office is told %+v", full)
	}
	if len(short.Trace) == 0 || len(short.Trace) >= len(full.Trace) || slices.ContainsFunc(short.Trace, func(e pricing.Entry) bool { return e.For == pricing.Staff }) {
		t.Errorf("CAT-05 the buyer is told\n%s", short.Trace)
	}
	sum := money.Zero(money.EUR)
	for _, r := range short.Rows {
		if !r.Included {
			sum = sum.Add(r.Amount)
		}
	}
	if !sum.Equal(short.Totals.ToPay) || len(short.Adjustments) != 0 || len(full.Adjustments) == 0 {
		t.Errorf("CAT-05 the buyer's rows come to %s of %s", sum, short.Totals.ToPay)
	}
	text, err := json.Marshal(short)
	if err != nil || !strings.Contains(string(text), `"adjustments":[]`) || strings.Contains(string(text), `"shown"`) {
		t.Errorf("CAT-05 written as %s, %v", text, err)
	}
}
