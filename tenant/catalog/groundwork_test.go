package catalog_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// lay makes the groundwork of new articles in a unit of work that cannot write.
func lay(t *testing.T, shop *tenant.Shop, p *catalog.Product) (g *catalog.Groundwork) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		g, err = catalog.Lay(tx, []catalog.Change{{After: p}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// put stores a new article on its groundwork.
func put(t *testing.T, shop *tenant.Shop, g *catalog.Groundwork, p *catalog.Product) {
	t.Helper()
	err := shop.Write(t.Context(), func(tx tenant.Tx) error { return g.Apply(tx, []catalog.Change{{After: p}}) })
	if err != nil {
		t.Fatal(err)
	}
}

// What was made ahead is what Postgres makes of the texts as they are stored, whatever stands in them.
func TestGroundwork_IMP03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("L'art:1A", "L'été \\ d'\"Œuvre\" – 24,5 cm 'à' 🍵")
	p.Texts = map[i18n.Locale]catalog.Text{
		"fr": {Name: p.Texts["fr"].Name, Summary: "l''ombre:2B & (la|le) pot-au-feu !", Body: "<p onclick=x>Grès <b>émaillé</b></p><script>no</script>"},
		"de": {Name: "Wickelkleid Größe 38", Body: "Zwei\n\nAbsätze"},
		"en": {Name: "Cups", Body: "<p>" + strings.Repeat("cup and saucer ", 400) + "</p>"},
		"ja": {Name: "湯呑み"},
	}
	given := *p
	given.Texts = maps.Clone(p.Texts)
	g := lay(t, shop, p)
	if diff := cmp.Diff(&given, p, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
		t.Errorf("the article was altered: %s", diff)
	}
	put(t, shop, g, p)
	for l, config := range map[i18n.Locale]string{"fr": "french", "de": "german", "en": "english", "ja": "simple"} {
		var same bool
		err := shop.Read(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Raw(`select t.folded = ext.fold(t.name || ' ' || (select string_agg(sku, ' ' order by position) from variants))
				and t.search = setweight(to_tsvector(cast(@config as regconfig), ext.fold(t.name)), 'A') || setweight(to_tsvector('simple', ext.fold(p.code)), 'B')
					|| setweight(to_tsvector(cast(@config as regconfig), ext.fold(t.summary)), 'B') || setweight(to_tsvector(cast(@config as regconfig), ext.fold(@plain)), 'C')
				from product_texts t join products p on p.id = t.product_id where t.locale = @locale`,
				map[string]any{"config": config, "locale": l, "plain": markup.Plain(p.Texts[l].Body)}).Scan(&same).Error
		})
		if err != nil || !same {
			t.Errorf("%s is searched by something else: %v", l, err)
		}
	}
	if body := p.Texts["fr"].Body; body != "<p>Grès <b>émaillé</b></p>" {
		t.Errorf("stored %q", body)
	}
}

// An article that has changed since its groundwork was laid is found by what it says now.
func TestGroundwork_ChangedSince_IMP03(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, gone, now string
		edit            func(*catalog.Product)
	}{
		{"name", "Chemise", "Veste", func(p *catalog.Product) { p.Texts["fr"] = catalog.Text{Name: "Veste"} }},
		{"summary", "Veste", "lin", func(p *catalog.Product) { p.Texts["fr"] = catalog.Text{Name: "Chemise", Summary: "de lin"} }},
		{"body", "corozo", "nacre", func(p *catalog.Product) { p.Texts["fr"] = catalog.Text{Name: "Chemise", Body: "nacre"} }},
		{"code", "code-1", "code-2", func(p *catalog.Product) { p.Code = "code-2" }},
		{"part of a number", "irst-sk", "econd-sk", func(p *catalog.Product) { p.Variants[0].SKU = "second-sku" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			shop := tenanttest.Open(t)
			p := shirt("code-1", "Chemise")
			p.Texts = map[i18n.Locale]catalog.Text{"fr": {Name: "Chemise", Body: "boutons de corozo"}}
			p.Variants = p.Variants[:1]
			p.Variants[0].SKU = "first-sku"
			g := lay(t, shop, p)
			tt.edit(p)
			put(t, shop, g, p)
			if l := list(t, shop, catalog.Query{Search: tt.gone}); l.Total != 0 && !l.Loose {
				t.Errorf("still found for %q", tt.gone)
			}
			if l := list(t, shop, catalog.Query{Search: tt.now}); l.Total != 1 || l.Loose {
				t.Errorf("%d found for %q, loosely: %v", l.Total, tt.now, l.Loose)
			}
		})
	}
}
