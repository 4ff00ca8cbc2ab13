package seed_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/seed"
	"echoppe.dev/tenant/seed/still"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/transfer"
)

func modes(t testing.TB) *payment.Modes {
	t.Helper()
	g, err := payment.NewGateways(offline.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return payment.NewModes(g, ring(t))
}

func defaults(t testing.TB) *tenant.Shop {
	t.Helper()
	shop := tenanttest.Open(t)
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		return seed.Defaults(tx, seed.New{Name: "Chez Zoé", Email: "zoe@example.org", Locale: "de"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// CAT-03 SHP-08 LANG-01: what a new shop begins with is what its rooms would have written themselves.
func TestDefaults(t *testing.T) {
	t.Parallel()
	shop := defaults(t)
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if s.Identity.Name != "Chez Zoé" || s.Languages.Default != "de" || s.Orders.TermsPageID == "" || s.Orders.PrivacyID == "" {
			t.Errorf("%+v", s)
		}
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		if _, ok := tree.Taxonomy(seed.Brands); !ok || len(tree.Taxonomies) != 2 {
			t.Errorf("%d classifications", len(tree.Taxonomies))
		}
		pages, err := content.List(tx)
		if err != nil || len(pages) != 5 {
			t.Fatalf("%v, %d pages", err, len(pages))
		}
		for _, p := range pages {
			for _, l := range i18n.Shipped {
				if x := p.Texts[l]; x.Title == "" || x.Slug == "" || x.Body == "" || markup.Sanitise(x.Body) != x.Body {
					t.Errorf("%s in %s: %+v", p.Code, l, x)
				}
			}
			if _, err := content.SaveIn(tx, tenant.ByProgram, *p); err != nil {
				t.Errorf("page %s cannot be saved: %v", p.Code, err)
			}
		}
		tariffs, err := shipping.Builtin().Tariffs(tx, money.EUR)
		if err != nil || len(tariffs) != 3 {
			t.Fatalf("%v, %d tariffs", err, len(tariffs))
		}
		all, err := shipping.ListModes(tx)
		if err != nil {
			return err
		}
		for _, m := range all {
			if _, err := shipping.Builtin().SaveIn(tx, tenant.ByProgram, m); err != nil {
				t.Errorf("mode %s cannot be saved: %v", m.Name["fr"], err)
			}
		}
		ways, err := modes(t).List(tx)
		if err != nil || len(ways) != 3 || ways[0].Active {
			t.Errorf("%v, ways to pay %+v", err, ways)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("again, nothing is written twice or undone", func(t *testing.T) {
		err := shop.Write(t.Context(), func(tx tenant.Tx) error {
			if err := seed.Defaults(tx, seed.New{Name: "Autre"}); err != nil {
				return err
			}
			s, err := settings.Load(tx)
			if err == nil && s.Identity.Name != "Chez Zoé" {
				t.Errorf("named %q", s.Identity.Name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkDefaults(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		shop := tenanttest.Open(b)
		b.StartTimer()
		err := shop.Write(b.Context(), func(tx tenant.Tx) error { return seed.Defaults(tx, seed.New{Name: "x", Locale: "fr"}) })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// IMP-03 LANG-01: the demo's shops are stocked by the import, whole, in four languages.
func TestDemo_IMP03(t *testing.T) {
	t.Parallel()
	for which, want := range map[seed.Trade]struct{ articles, pictures int }{
		seed.Atelier: {24, 42}, seed.Papeterie: {12, 20}, seed.Editions: {12, 12},
	} {
		t.Run(string(which), func(t *testing.T) {
			t.Parallel()
			shop := defaults(t)
			b, err := fs.Open(fs.Config{Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			kit := seed.Kit{Library: media.New(media.Config{Bucket: b}), Bucket: b, Modes: modes(t), Width: thumbnail}
			for range 2 { // the second time finds everything done
				if err := seed.Demo(t.Context(), kit, shop, which); err != nil {
					t.Fatal(err)
				}
			}
			err = shop.Read(t.Context(), func(tx tenant.Tx) error {
				all, err := catalog.ListAfter(tx, "", 100)
				if err != nil {
					return err
				}
				library, err := media.List(tx, media.Filter{State: media.Ready, Per: 200})
				if err != nil || len(all) != want.articles || library.Total != want.pictures {
					t.Errorf("%v, %d articles, %d pictures", err, len(all), library.Total)
				}
				for _, m := range library.Items {
					if missing := m.MissingAlt(i18n.Shipped); len(missing) > 0 {
						t.Errorf("%s has no description in %v", m.FileName, missing)
					}
				}
				for _, p := range all {
					for _, l := range i18n.Shipped {
						if x := p.Texts[l]; x.Name == "" || x.Summary == "" || x.Body == "" {
							t.Errorf("%s in %s: %+v", p.Code, l, x)
						}
					}
					if p.MainNode.IsZero() || len(p.Pictures) == 0 || p.State != catalog.Published || p.PriceGross == (which == seed.Papeterie) {
						t.Errorf("%+v", p)
					}
				}
				showcase(t, which, all)
				rules, err := promotion.List(tx)
				if err != nil || len(rules) != map[seed.Trade]int{seed.Atelier: 3, seed.Papeterie: 2, seed.Editions: 2}[which] {
					t.Errorf("%d discounts, %v", len(rules), err)
				}
				for _, r := range rules {
					if r.State(tx.Now()) != promotion.Running || len(r.Name) != len(i18n.Shipped) {
						t.Errorf("DSC-09 %+v", r)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			again(t, shop, kit)
			apart(t, shop, which)
		})
	}
}

// apart: PROF-07 PROF-09: the publisher tells booksellers apart, the first shop companies, the stationer
// nobody. Without a bank nobody is kept from paying.
func apart(t *testing.T, shop *tenant.Shop, which seed.Trade) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		book := s.Rules().Profiles
		anybody, seller := book.Find(profile.Anonymous), book.Find(seed.Booksellers)
		if publisher := which == seed.Editions; publisher == anybody.Sends("DE") || len(anybody.Payments) > 0 || publisher != (seller.Kind == profile.KindPrivate) {
			t.Errorf("PROF-07 %s: %+v", which, book)
		}
		if which == seed.Editions && (!seller.Bills("DE") || seller.Sends("CH") || seller.Minimum.Amount.String() != "50" || seller.Goods != pricing.Net) {
			t.Errorf("PROF-07 booksellers: %+v", seller)
		}
		if anybody.Quotes || seller.Quotes != (seller.Kind == profile.KindPrivate) {
			t.Errorf("QUO-01 %s gives quotes to the wrong customers", which)
		}
		if n := len(book.Public()); (n == 1) != (which == seed.Atelier) || book.Asks() != profile.Never {
			t.Errorf("PROF-09 %s offers %d profiles", which, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// showcase makes sure the clothes show what a demo has to show.
func showcase(t *testing.T, which seed.Trade, all []*catalog.Product) {
	t.Helper()
	if which != seed.Atelier {
		return
	}
	signals, crossed, panels, links, grids := map[stock.Signal]int{}, 0, 0, 0, 0
	for _, p := range all {
		panels, links = panels+len(p.Panels), links+len(p.Links)
		if len(p.Options) == 2 {
			grids++
		}
		if _, table := p.Table(); table != (p.Code == "mariniere-groix") || (len(p.Extras) > 0) != (p.Code == "tee-simple") {
			t.Errorf("ART-08 ART-09 %s: table %v, extras %v", p.Code, table, p.Extras)
		}
		for _, v := range p.Variants {
			signals[v.Level().Signal()]++
			if v.CompareAt != nil {
				crossed++
			}
		}
	}
	if signals[stock.Out] == 0 || signals[stock.Low] == 0 || crossed == 0 || panels == 0 || links == 0 || grids < 5 {
		t.Errorf("%v, %d crossed-out prices, %d panels, %d links, %d grids", signals, crossed, panels, links, grids)
	}
}

// again exports the shop and imports the file: nothing may change.
func again(t *testing.T, shop *tenant.Shop, k seed.Kit) {
	t.Helper()
	r, w := pipe(t, shop)
	defer r.Close()
	run, err := transfer.New(k.Bucket).Check(t.Context(), shop, tenant.ByProgram, transfer.Upload{Name: "x.csv", Content: r})
	if err := <-w; err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if c := run.Report.Counts; c.Create+c.Update+c.Error+c.Warnings != 0 {
		t.Errorf("%+v %+v", c, run.Report.Rows[:min(3, len(run.Report.Rows))])
	}
}

func TestFleet(t *testing.T) {
	t.Parallel()
	shop := defaults(t)
	for _, n := range []int{350, 700} {
		if err := seed.Fleet(t.Context(), shop, seed.Volume{Articles: n}); err != nil {
			t.Fatal(err)
		}
		err := shop.Read(t.Context(), func(tx tenant.Tx) error {
			found, err := catalog.List(tx, catalog.Query{Locale: "de", Fallback: "fr", PerPage: 24, Page: 2})
			if err == nil && (found.Total != n || len(found.Cards) != 24) {
				t.Errorf("%d of %d", found.Total, n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Every kind of picture can be drawn, and the same scene is the same picture.
func TestStill(t *testing.T) {
	t.Parallel()
	for i, kind := range still.Kinds() {
		s := still.Scene{Kind: kind, Colour: "night", Second: "mustard", Ground: "pearl", Seed: i, Detail: i%5 == 0, Width: thumbnail}
		m, err := still.Draw(s)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[[3]uint8]bool{}
		for at := 0; at < len(m.Pix); at += 4 * 17 {
			seen[[3]uint8{m.Pix[at] >> 4, m.Pix[at+1] >> 4, m.Pix[at+2] >> 4}] = true
		}
		if len(seen) < 8 {
			t.Errorf("%s has %d colours", kind, len(seen))
		}
	}
	s := still.Scene{Kind: "book", Colour: "sage", Ground: "mist", Seed: 2, Width: thumbnail}
	a, errA := still.Draw(s)
	b, errB := still.Draw(s)
	if errA != nil || errB != nil || string(a.Pix) != string(b.Pix) {
		t.Errorf("%v, %v: two drawings differ", errA, errB)
	}
	if _, err := still.Draw(still.Scene{Kind: "spaceship"}); err == nil {
		t.Error("drew what it does not know")
	}
}

// FLT-02: a sign-up and the chore that mends interrupted ones meet in one shop.
func TestDefaults_together(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			err := shop.Write(t.Context(), func(tx tenant.Tx) error { return seed.Defaults(tx, seed.New{Name: "Chez Zoé", Locale: "de"}) })
			if err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		pages, err := content.List(tx)
		if err != nil {
			return err
		}
		ways, err := shipping.ListModes(tx)
		if len(pages) != 5 || len(ways) != 3 {
			t.Errorf("%d pages, %d ways to deliver", len(pages), len(ways))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a new shop begins with is of kinds this program has.
func TestDefaults_kinds(t *testing.T) {
	t.Parallel()
	shop, ways := defaults(t), modes(t)
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		all, err := ways.List(tx)
		for _, m := range all {
			if _, err := ways.Gateways().Find(m.Kind); err != nil {
				t.Errorf("PAY-01 %s: %v", m.Kind, err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// killed takes pictures in until the process ends.
type killed struct {
	seed.Uploader
	left atomic.Int32
	kill context.CancelFunc
}

func (k *killed) Upload(ctx context.Context, shop *tenant.Shop, who tenant.Actor, f media.Incoming) (*media.Media, error) {
	if k.left.Add(-1) < 0 {
		k.kill()
		return nil, context.Canceled
	}
	return k.Uploader.Upload(context.WithoutCancel(ctx), shop, who, f) // those before arrive whole
}

// IMP-02: a demo that is killed while it is stocked goes on where it was, at every stage.
func TestDemo_resumes(t *testing.T) {
	t.Parallel()
	shop := defaults(t)
	b, err := fs.Open(fs.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	library := media.New(media.Config{Bucket: b})
	ctx, kill := context.WithCancel(t.Context())
	first := &killed{Uploader: library, kill: kill}
	first.left.Store(5)
	if err := seed.Demo(ctx, seed.Kit{Library: first, Bucket: b, Modes: modes(t), Width: thumbnail}, shop, seed.Editions); err == nil {
		t.Fatal("nothing stopped it")
	}
	second := &killed{Uploader: library, kill: func() {}}
	second.left.Store(12 - 5)
	kit := seed.Kit{Library: second, Bucket: b, Modes: modes(t), Width: thumbnail}
	if err := seed.Pictures(t.Context(), kit, shop, seed.Editions); err != nil {
		t.Fatalf("drew more than was missing: %v", err)
	}
	for _, sql := range []string{ // the stages in which a run can be found
		"", "update runs set state = 'checked'", "update runs set state = 'running'", "update runs set state = 'checking'",
	} {
		if sql != "" {
			if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql).Error }); err != nil {
				t.Fatal(err)
			}
		}
		if err := seed.Demo(t.Context(), kit, shop, seed.Editions); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var n int
		err := shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from products").Scan(&n).Error })
		if err != nil || n != 12 {
			t.Errorf("%s: %d articles, %v", sql, n, err)
		}
	}
}
