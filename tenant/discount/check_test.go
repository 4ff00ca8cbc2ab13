package discount_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// refused lists the fields of an error, with their keys.
func refused(err error) []string {
	var list []string
	for _, f := range fault.FieldsOf(err) {
		list = append(list, f.Name+" "+f.Key)
	}
	return list
}

func TestRule_Check(t *testing.T) {
	yen := pricing.Price{Amount: money.FromMinor(100, money.JPY)}
	by := func(m discount.Measure, per discount.Basis, t ...discount.Tier) change { return tiers(m, per, t...) }
	five := percent("5")
	for _, tt := range []struct {
		name   string
		change change
		want   []string
	}{
		{"nothing wrong", func(*discount.Rule) {}, nil},
		{"no name", func(r *discount.Rule) { r.ID, r.Name = "", i18n.Text{"fr": ""} }, []string{"id form.required", "name form.required"}},
		{"nothing off", off(discount.Off{}), []string{"off.kind form.required"}},
		{"an unknown kind", off(discount.Off{Kind: "gift"}), []string{"off.kind form.choice"}},
		{"a rate above all", off(percent("100.01")), []string{"off.rate discount.error.rate"}},
		{"a rate below nothing", off(percent("-1")), []string{"off.rate discount.error.rate"}},
		{"a rate of nothing", off(percent("0")), []string{"off.rate discount.error.rate"}},
		{"a rate and an amount", off(discount.Off{Kind: discount.Rate, Rate: money.MustRate("5"), Price: net("1.00")}), []string{"off.kind discount.error.two_kinds"}},
		{"another currency", off(amount(yen)), []string{"off.price discount.error.currency"}},
		{"a negative amount", off(amount(net("-1.00"))), []string{"off.price discount.error.zero"}},
		{"a part of a cent", off(amount(net("1.005"))), []string{"off.price form.decimals"}},
		{"no scope", func(r *discount.Rule) { r.Scope = discount.Scope{} }, []string{"scope.of form.required", "scope.members discount.error.no_members"}},
		{"a scope without members", onFamilies(), []string{"scope.members discount.error.no_members"}},
		{"a member without a name", onArticles("A", " "), []string{"scope.members.1 form.required"}},
		{"members of the order", func(r *discount.Rule) { r.Scope.Members = []string{"A"} }, []string{"scope.members discount.error.members_of_order"}},
		{"a scale without tiers", func(r *discount.Rule) { r.Scale.By = discount.Value }, []string{"scale.tiers discount.error.no_tiers"}},
		{"tiers of nothing", by("", discount.PerOrder, tier("1", five)), []string{"scale.by form.required"}},
		{"tiers that do not rise", by(discount.Value, discount.PerOrder, tier("100", five), tier("100", five)), []string{"scale.tiers.1.from discount.error.not_rising"}},
		{"a tier from nothing on", by(discount.Value, discount.PerOrder, tier("0", five)), []string{"scale.tiers.0.from discount.error.zero"}},
		{"half an article", by(discount.Quantity, discount.PerOrder, tier("1.5", five)), []string{"scale.tiers.0.from form.whole_number"}},
		{"a tier of another currency", by(discount.Value, discount.PerOrder, tier("1", amount(yen))), []string{"scale.tiers.0.off.price discount.error.currency"}},
		{"value by article", by(discount.Value, discount.PerArticle, tier("1", five)), []string{"scale.per discount.error.per_order"}},
		{"free shipping by article", by(discount.Quantity, discount.PerArticle, tier("1", freeShipping)), []string{"scale.per discount.error.per_order"}},
		{"by family, for the order", by(discount.Quantity, discount.PerFamily, tier("1", five)), []string{"scale.per discount.error.per_family"}},
		{"goods, then shipping", by(discount.Value, discount.PerOrder, tier("1", five), tier("2", freeShipping)), []string{"scale.tiers.1.off.kind discount.error.mixed"}},
		{"free below the tiers", func(r *discount.Rule) {
			by(discount.Value, discount.PerOrder, tier("1", freeShipping))(r)
			r.Off = freeShipping
		}, []string{"off.kind discount.error.mixed"}},
		{"an empty code", coded("A", " "), []string{"codes.1 form.required"}},
		{"a code twice", coded("spring", "SPR ING"), []string{"codes.1 discount.error.code_twice"}},
		{"a code too long", coded("0123456789012345678901234567890123456789012345678901234567890123X"), []string{"codes.0 form.too_long"}},
		{"until before from", func(r *discount.Rule) { r.From, r.Until = noon, noon.Add(-time.Hour) }, []string{"until discount.error.until"}},
		{"no time at all", func(r *discount.Rule) { r.From, r.Until = noon, noon }, []string{"until discount.error.until"}},
		{"no such country", func(r *discount.Rule) { r.Zones = []shipping.Zone{{Country: "ZZ"}} }, []string{"zones.0.country form.country"}},
		{"a pattern of nothing", func(r *discount.Rule) { r.Zones = []shipping.Zone{{Country: "FR", Postcodes: []string{"*7"}}} },
			[]string{"zones.0.postcodes.0 shipping.error.postcode_pattern"}},
		{"a minimum in another currency", func(r *discount.Rule) { r.Minimum.Price = yen }, []string{"minimum.amount discount.error.currency"}},
		{"a negative minimum", func(r *discount.Rule) { r.Minimum.Price = gross("-1.00") }, []string{"minimum.amount discount.error.zero"}},
		{"negative limits", func(r *discount.Rule) { r.Limits = discount.Limits{Total: -1, PerCustomer: -1} },
			[]string{"limits.total form.too_small", "limits.per_customer form.too_small"}},
		{"an unknown combination", combine("sometimes"), []string{"combine form.choice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := rule("a", tt.change)
			err := r.Check(money.EUR)
			if diff := cmp.Diff(tt.want, refused(err)); diff != "" {
				t.Error(diff)
			}
			if err != nil && !fault.Is(err, fault.Malformed) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestCompile_Refuses(t *testing.T) {
	_, err := discount.Compile(money.EUR, []discount.Rule{
		rule("a", coded("X")), rule("a"), rule("b", coded(" x")), rule("c", off(percent("101"))),
	}, tree)
	want := []string{"rules.1.id discount.error.id_taken", "rules.2.codes.0 discount.error.code_taken", "rules.3.off.rate discount.error.rate"}
	if diff := cmp.Diff(want, refused(err)); diff != "" {
		t.Error(diff)
	}
}

// A family tree with a circle is a mistake elsewhere, and no reason to hang.
func TestCompile_CircleOfFamilies(t *testing.T) {
	rules, err := discount.Compile(money.EUR, []discount.Rule{rule("a", onFamilies("x"))}, discount.Tree{"x": "y", "y": "x"})
	if err != nil || rules == nil {
		t.Errorf("DSC-05: %v", err)
	}
}

func TestRule_LaterVersion(t *testing.T) {
	var r discount.Rule
	if err := r.UnmarshalJSON([]byte(`{"version":2,"id":"a"}`)); !errors.Is(err, discount.ErrVersion) {
		t.Errorf("got %v", err)
	}
	for _, text := range []string{`{"id":"a","weekdays":["monday"]}`, `[]`, `{"version":0}`, `{"off":{"kind":"rate","percent":"5"}}`} {
		if err := r.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%s was read as %+v", text, r)
		}
	}
	if err := r.UnmarshalJSON([]byte(`{"id":"a"}`)); err != nil || r.ID != "a" {
		t.Errorf("without a version: %v", err)
	}
}

func TestCode(t *testing.T) {
	same := []string{"Été 26", " été26", "ÉTÉ\t2 6", "e\u0301te\u0301 26"}
	if got := slices.CompactFunc(same, func(a, b string) bool { return discount.Code(a) == discount.Code(b) }); len(got) != 1 {
		t.Errorf("DSC-03: told apart: %q", got)
	}
}
