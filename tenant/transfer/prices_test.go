package transfer_test

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/transfer"
)

func liveRules(p *catalog.Product) (list []pricelist.Rule) {
	for _, r := range p.Prices {
		if r.Live() {
			list = append(list, r)
		}
	}
	return list
}

const priced = "code;name;measure;tiers;prices_json;sku;price;content\n" +
	`wine;Vin;l;10:9,50 | 50:8;"[{""sku"":""W-1"",""profile"":""trade"",""price"":""7.5""},{""currency"":""USD"",""price"":""12""}]";W-1;10,00;0,75` + "\n"

// ART-05 IMP-02 IMP-03: measure, content, quantity prices and every other price come in with a file, leave with it,
// and come back in another shop; a price that stays keeps running, and undoing puts back what was.
func TestPrices_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(priced)
	p := d.product("wine")
	rules := liveRules(p)
	if p.Measure != catalog.Litre || !p.Variants[0].Content.Equal(amount("0.75")) || len(rules) != 3 {
		t.Fatalf("%s %v %+v", p.Measure, p.Variants[0].Content, rules)
	}
	if r := rules[0]; len(r.Tiers) != 2 || r.Tiers[1].From != 50 || !r.Tiers[0].Price.Equal(amount("9.5")) {
		t.Errorf("ART-05 %+v", r)
	}
	if r := rules[1]; r.Profile != "trade" || r.Variant != p.Variants[0].ID || !r.Price.Equal(amount("7.5")) {
		t.Errorf("PROF-01 %+v", r)
	}
	for _, o := range []transfer.ExportOptions{{}, {Separator: ";", Decimal: ","}} {
		out := d.export(o)
		if r := d.check(out, transfer.Options{Decimal: o.Decimal}); r.Report.Counts.Same != 1 {
			t.Errorf("IMP-02 the same file changes %+v\n%s", r.Report.Rows, out)
		}
		other := open(t)
		other.load(out)
		if again := other.export(o); again != out {
			t.Errorf("IMP-02 another shop exports\n%s\nof\n%s", again, out)
		}
	}

	// Other tiers end the rule that held; the others go on.
	run := d.load("code,tiers\nwine,10:9\n")
	after := d.product("wine")
	if now := liveRules(after); len(after.Prices) != 4 || len(now) != 3 || now[0].ID != rules[1].ID || now[1].ID != rules[2].ID || !now[2].Tiers[0].Price.Equal(amount("9")) {
		t.Errorf("LAW-03 %+v", after.Prices)
	}
	if _, err := d.Undo(t.Context(), d.shop, clerk, run.ID); err != nil {
		t.Fatal(err)
	}
	if back := liveRules(d.product("wine")); len(back) != 3 || !hasTier(back, "9.5") {
		t.Errorf("SEC-03 undone %+v", back)
	}
	d.load("code,tiers,prices_json,measure\nwine,,,\n")
	if p = d.product("wine"); len(liveRules(p)) != 0 || p.Measure != "" {
		t.Errorf("blank cells leave %+v", liveRules(p))
	}
}

func hasTier(rules []pricelist.Rule, price string) bool {
	for _, r := range rules {
		if len(r.Tiers) > 0 && r.Tiers[0].Price.Equal(amount(price)) {
			return true
		}
	}
	return false
}

// What is wrong with prices is told for the row and column it is in.
func TestPrices_refused(t *testing.T) {
	t.Parallel()
	d := open(t)
	for name, tt := range map[string]struct{ column, cell, want string }{
		"tiers in prose":         {"tiers", "ten for nine", "transfer.tiers"},
		"tiers without a price":  {"tiers", "10:", "transfer.tiers"},
		"a price in words":       {"tiers", "10:nine", "transfer.number"},
		"tiers that fall":        {"tiers", "10:9|5:8", "pricelist.error.rising"},
		"no JSON":                {"prices_json", "cheap", "transfer.prices"},
		"words of another":       {"prices_json", `[{"cost":"1"}]`, "transfer.prices"},
		"a variant of another":   {"prices_json", `[{"sku":"X","price":"1"}]`, "transfer.prices_sku"},
		"a negative price":       {"prices_json", `[{"price":"-1"}]`, "form.too_small"},
		"an unknown measure":     {"measure", "pint", "transfer.word"},
		"a content of nothing":   {"content", "0", "catalog.content"},
		"a content in words":     {"content", "much", "transfer.number"},
		"a content of fractions": {"content", "0.00001", "transfer.decimals"},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.check("code\tname\tsku\tprice\t"+tt.column+"\na\tA\tA-1\t1\t\""+strings.ReplaceAll(tt.cell, `"`, `""`)+"\"\n", transfer.Options{Separator: "\t", Decimal: "."})
			if got := problem(r, 2, tt.column); got != tt.want {
				t.Errorf("%q, want %q: %+v", got, tt.want, r.Report.Rows)
			}
		})
	}
	if out := d.export(transfer.ExportOptions{}); !strings.Contains(out, "tiers,prices_json") {
		t.Error("the columns are missing from an export")
	}
}
