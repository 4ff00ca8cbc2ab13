package content_test

import (
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tenanttest"
)

var who = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Lucie"}

func page(title string) content.Page {
	return content.Page{Kind: content.Legal, Place: content.Footer, Visible: true, Texts: map[i18n.Locale]content.Text{"fr": {Title: title}}}
}

func save(t *testing.T, shop *tenant.Shop, p content.Page) *content.Page {
	t.Helper()
	saved, err := content.Save(t.Context(), shop, who, p)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func titles(t *testing.T, shop *tenant.Shop, list func(tenant.Tx) ([]*content.Page, error)) (out []string) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		pages, err := list(tx)
		for _, p := range pages {
			out = append(out, p.In("fr").Title)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSave(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := page("Conditions générales de vente")
	p.Code = "terms"
	p.Texts["fr"] = content.Text{Title: p.Texts["fr"].Title, Body: `<p onclick="x()">Bonjour<script>alert(1)</script></p>`}
	p.Texts["en"] = content.Text{}
	saved := save(t, shop, p)
	want := map[i18n.Locale]content.Text{"fr": {Title: "Conditions générales de vente", Slug: "conditions-generales-de-vente", Body: "<p>Bonjour</p>"}}
	if diff := cmp.Diff(want, saved.Texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	var found *content.Page
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = content.FindByCode(tx, "terms"); return err })
	if err != nil || found.ID != saved.ID {
		t.Fatalf("by code: %v, %v", found, err)
	}
	if diff := cmp.Diff(want, found.Texts); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	next := *saved
	next.Visible = false
	if next := save(t, shop, next); next.Rev != 2 {
		t.Errorf("revision %d", next.Rev)
	}
	if _, err := content.Save(t.Context(), shop, who, next); !errors.Is(err, content.ErrStale) {
		t.Errorf("saving over an old revision: %v", err)
	}
	if got := titles(t, shop, content.Index); len(got) != 0 {
		t.Errorf("a hidden page is shown: %q", got)
	}
}

func TestSave_refuses(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	first := page("Livraison")
	first.Code = "delivery"
	save(t, shop, first)
	for name, test := range map[string]struct {
		change func(*content.Page)
		field  string
		key    string
	}{
		"no title in the main language": {func(p *content.Page) { p.Texts = map[i18n.Locale]content.Text{"en": {Title: "Delivery"}} }, "title.fr", "form.required"},
		"a text without a title":        {func(p *content.Page) { p.Texts["de"] = content.Text{Body: "x"} }, "title.de", "form.required"},
		"an address of another page":    {func(p *content.Page) { p.Texts["fr"] = content.Text{Title: "X", Slug: "livraison"} }, "slug.fr", "content.slug_taken"},
		"an address with a way out":     {func(p *content.Page) { p.Texts["fr"] = content.Text{Title: "X", Slug: "../admin"} }, "slug.fr", "form.slug"},
		"a code of another page":        {func(p *content.Page) { p.Code = "delivery" }, "code", "content.code_taken"},
		"an unknown place":              {func(p *content.Page) { p.Place = "roof" }, "place", "form.choice"},
	} {
		t.Run(name, func(t *testing.T) {
			p := page("Autre")
			test.change(&p)
			_, err := content.Save(t.Context(), shop, who, p)
			fields := fault.FieldsOf(err)
			if len(fields) != 1 || fields[0].Name != test.field || fields[0].Key != test.key {
				t.Errorf("refused %+v (%v)", fields, err)
			}
		})
	}
}

func TestMove(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	a, b := save(t, shop, page("A")), save(t, shop, page("B"))
	save(t, shop, page("C"))
	for _, step := range []struct {
		page content.ID
		up   bool
		want []string
	}{{b.ID, true, []string{"B", "A", "C"}}, {b.ID, true, []string{"B", "A", "C"}}, {a.ID, false, []string{"B", "C", "A"}}} {
		if err := content.Move(t.Context(), shop, who, step.page, step.up); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, titles(t, shop, content.List)); diff != "" {
			t.Error(diff)
		}
	}
}

// LAW-01: the page buyers must accept cannot go while they must.
func TestRemove(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	terms, other := save(t, shop, page("CGV")), save(t, shop, page("Divers"))
	if err := settings.Save(t.Context(), shop, who, settings.Orders{NextNumber: 1, TermsPageID: terms.ID.String()}, 0); err != nil {
		t.Fatal(err)
	}
	if err := content.Remove(t.Context(), shop, who, terms.ID); !errors.Is(err, content.ErrInUse) {
		t.Errorf("removing the terms: %v", err)
	}
	if err := content.Remove(t.Context(), shop, who, other.ID); err != nil {
		t.Error(err)
	}
	if err := content.Remove(t.Context(), shop, who, other.ID); !errors.Is(err, content.ErrUnknown) {
		t.Errorf("removing it again: %v", err)
	}
}

// LANG-01
func TestWords_Complete(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{content.ErrUnknown, content.ErrStale, content.ErrSlug, content.ErrCode, content.ErrInUse} {
		i18ntest.Used(t, c, err.Key())
	}
}
