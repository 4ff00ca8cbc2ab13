package storefront_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// upload adds a picture of one grey to the shop.
func (h *house) upload(grey uint8) media.ID {
	h.t.Helper()
	img := image.NewGray(image.Rect(0, 0, 200, 250))
	for i := range img.Pix {
		img.Pix[i] = grey
	}
	img.SetGray(1, 1, color.Gray{Y: grey / 2})
	var file bytes.Buffer
	must(h.t, png.Encode(&file, img))
	m, err := media.New(media.Config{Bucket: h.bucket}).Upload(h.t.Context(), h.shop, clerk, media.Incoming{Name: "grey.png", Content: &file})
	must(h.t, err)
	return m.ID
}

// picture gives an article a picture and returns the address of its smallest copy.
func (h *house) picture(code string, m media.ID) string {
	h.t.Helper()
	p := find(h.t, h, code)
	p.Pictures = []catalog.Picture{{Media: m}}
	h.save(p)
	b := h.browser(h.t)
	b.Get(h.at("/search?q=" + url.QueryEscape(p.Texts["fr"].Name)))
	first, _, _ := strings.Cut(b.Attr(".grid .pic img", "srcset"), " ")
	return first
}

// CAT-01: a family without a picture of its own shows its newest article, one without any a tile with
// its initial; its own picture comes first, and what is hidden lends none.
func TestHome_FamilyPictures(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/"))
	b.WantClean().WantCount(".index .pic", 1).WantText(".index .pic.blank", "T")

	lent := h.picture("MUG", h.upload(10))
	b.Get(h.at("/"))
	b.WantNo(".index .blank")
	if got := b.Attr(".index .pic img", "srcset"); !strings.HasPrefix(got, lent) {
		t.Errorf("the tile of a family with one article shows %s, not %s", got, lent)
	}
	b.Get(h.at("/family/table"))
	b.Want(".pic img").WantNo(".fam-pic")

	h.left("MUG", 0)
	stock := settings.Defaults().Stock
	stock.HideSoldOut = true
	h.set(stock)
	b.Get(h.at("/"))
	b.Want(".index .blank")

	n := h.family("table")
	own := h.upload(200)
	n.Media = &own
	h.node(n)
	b.Get(h.at("/"))
	if got := b.Attr(".index .pic img", "srcset"); got == "" || strings.HasPrefix(got, lent) {
		t.Errorf("the family's own picture is not shown: %s", got)
	}
	b.Get(h.at("/family/table"))
	b.Want(".fam-pic")
}

// family is the family of a code.
func (h *house) family(code string) *catalog.Node {
	h.t.Helper()
	var found *catalog.Node
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenantTx) error {
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		x, _ := tree.Taxonomy(catalog.Families)
		n, _ := tree.ByCode(x.ID, code)
		copied := *n
		found = &copied
		return nil
	}))
	return found
}

// STK-07: what is to come stands in a list of its own on the first page, the nearest day first, until
// its day; without any there is no list.
func TestHome_Soon(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	b.Get(h.at("/"))
	b.WantNo("#forthcoming")
	later, soon := mug("LATER", "Lampe", "9.00"), mug("SOON", "Vase", "9.00")
	in, far := noon.AddDate(0, 0, 1).Truncate(24*60*60*1e9), noon.AddDate(0, 1, 0).Truncate(24*60*60*1e9)
	soon.AvailableOn, later.AvailableOn = &in, &far
	h.save(later, soon)
	b.Get(h.at("/"))
	b.WantClean().WantTexts("section[aria-labelledby=forthcoming] .name", "Vase", "Lampe")
	b.WantCount(`a[href="/product/vase"]`, 1)
	h.clock.Set(in)
	b.Get(h.at("/"))
	b.WantTexts("section[aria-labelledby=forthcoming] .name", "Lampe")
}

// CAT-01: an article whose first picture cannot be shown is seen by the next one that can, in
// lists and on the tile of its family.
func TestCards_FirstUsablePicture(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	broken, good := h.upload(10), h.upload(90)
	p := find(t, h, "MUG")
	p.Pictures = []catalog.Picture{{Media: broken}, {Media: good}}
	h.save(p)
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec("update media set state = 'failed' where id = ?", broken).Error
	}))
	b := h.browser(t)
	b.Get(h.at("/family/tasses"))
	b.WantCount(".grid .card img", 1).WantNo(".grid .card .blank")
	b.Get(h.at("/"))
	b.WantCount(".index .pic img", 1).WantNo(".index .blank")
}

// CART-01 ORD-11: an order keeps the picture of what was bought, also when the article has another.
func TestOrder_Pictures(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	small := h.picture("MUG", h.upload(10))
	b := h.inCart(t, "")
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantClean().Want(`.brief .pic img[src="` + small + `"]`)
	h.picture("MUG", h.upload(90))
	b.Get(b.URL())
	b.Want(`.brief .pic img[src="` + small + `"]`)
}

// ART-02: the crossed-out price of an article stands beside its lines, in proportion where the line is
// priced without tax.
func TestCart_CrossedOut(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/cart"))
	b.WantText(".line .line-what", "24,00").WantText(".line del", "30,00")
	b.Get(h.at("/product/chemise-dete"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/cart"))
	b.WantCount(".line", 2).WantCount(".line del", 1)
	b.Get(h.at("/checkout"))
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "delivery.country", "US"))
	b.Get(h.at("/cart"))
	b.WantText(".line .line-what", "20,00").WantText(".line del", "25,00")
}

// ART-14: the printed sheet has the day, the address and the address as a code, in every language its
// own; on the screen there is nothing of it.
func TestProduct_Paper(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	b := h.browser(t)
	seen := map[string]bool{}
	for path, day := range map[string]string{"/product/tasse-en-gres": "12 mars 2026", "/de/product/tasse-en-gres-auf-deutsch": "12. März 2026"} {
		b.Get(h.at(path))
		b.WantClean().WantText(".on-paper", h.at(path)).WantText(".on-paper", day)
		seen[b.Attr(".on-paper path", "d")] = true
		if side := b.Attr(".on-paper svg", "viewBox"); side != "0 0 41 41" && side != "0 0 45 45" {
			t.Errorf("a code of %s", side)
		}
	}
	if len(seen) != 2 || seen[""] {
		t.Error("two addresses have one code")
	}
	if css := b.Another(); !strings.Contains(string(css.Get(h.at(b.Attr("link[rel=stylesheet]", "href"))).Body), ".on-paper{display:none}") {
		t.Error("the paper's part is seen on the screen")
	}
}

// STK-01 STK-06: how much of a stock is told is the shop's choice, or the article's own, in every
// language; a card, the article and its search engine's data agree.
func TestProduct_StockWords(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	must(t, saveLanguages(h))
	words := map[settings.Show]map[string][2]string{
		settings.ShowExact:  {"": {"20 en stock", "Plus que 2"}, "/en": {"20 in stock", "Only 2 left"}, "/es": {"20 disponibles", "2"}, "/de": {"20 auf Lager", "2"}},
		settings.ShowLevel:  {"": {"En stock", "quelques"}, "/en": {"In stock", "Only a few left"}, "/es": {"En existencias", "pocas"}, "/de": {"Auf Lager", "wenige"}},
		settings.ShowHidden: {"": {}, "/en": {}, "/es": {}, "/de": {}},
	}
	for show, languages := range words {
		stock := settings.Defaults().Stock
		stock.Show, stock.LowAt = show, 3
		for i, left := range []int{20, 2} {
			h.left("MUG", left)
			h.set(stock)
			for prefix, want := range languages {
				b := h.browser(t)
				b.Get(h.at(prefix + "/search?q=MUG"))
				if few := b.Count(".badge.last") == 1; few != (left == 2 && show != settings.ShowHidden) {
					t.Errorf("%s %s %d left: card says few: %v", show, prefix, left, few)
				}
				b.Follow(".grid a")
				b.WantClean().Want(".add")
				if show == settings.ShowHidden {
					b.WantNo(".stock")
					if !strings.Contains(string(b.Page().Body), "schema.org/InStock") {
						t.Error("search engines are told more than readers, or nothing")
					}
					continue
				}
				if got := b.Text(".facts .stock"); !strings.Contains(got, want[i]) {
					t.Errorf("%s %s %d left: %q, want %q", show, prefix, left, got, want[i])
				}
			}
		}
	}
	h.left("MUG", 0)
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantText(".stock", "Épuisé").WantNo(".add")
}

// saveLanguages makes the shop serve these languages, all four for none.
func saveLanguages(h *house, offered ...i18n.Locale) error {
	if len(offered) == 0 {
		offered = i18n.Shipped
	}
	return h.shop.Write(h.t.Context(), func(tx tenantTx) error {
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		doc := now.Languages
		doc.Offered = offered
		return settings.SaveIn(tx, clerk, doc, now.Rev(settings.NameLanguages))
	})
}
