package storefront

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// chunkSize is how many articles one map names: what the catalogue gives in one page. The protocol
// allows 50,000 addresses a map and 50,000 maps (sitemaps.org).
const chunkSize = 200

const xmlType = "application/xml; charset=utf-8"

// siteMapIndex names the maps for search engines: one of families and pages a language, and as many
// of articles as there are chunks.
func (h *Handler) siteMapIndex(c echo.Context) error {
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		q := v.cardQuery()
		q.PerPage = 1
		found, err := catalog.List(tx, q)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			var maps []string
			for _, l := range v.locales() {
				for n := range min((found.Total+chunkSize-1)/chunkSize, catalog.MaxPage) + 1 {
					maps = append(maps, v.links.canonical+"/sitemap-"+string(l)+"-"+strconv.Itoa(n)+".xml")
				}
			}
			return "", file{xmlType, mapXML("sitemapindex", "sitemap", maps)}, nil
		}, nil
	})(c)
}

// siteMapChunk is one map: number 0 holds families and pages, the others articles.
func (h *Handler) siteMapChunk(c echo.Context) error {
	locale, number, ok := chunkOf(c.Param("chunk"))
	if !ok {
		return errNoPage
	}
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		if !v.settings().Languages.Serves(locale) {
			return nil, errNoPage
		}
		v.links = v.links.in(locale)
		if number == 0 {
			return func() (string, any, error) { return "", file{xmlType, mapXML("urlset", "url", v.pageAddresses())}, nil }, nil
		}
		q := v.cardQuery()
		q.Page, q.PerPage = number, chunkSize
		found, err := catalog.List(tx, q)
		if err != nil || len(found.Cards) == 0 {
			return nil, orNoPage(err)
		}
		return func() (string, any, error) {
			var urls []string
			for _, card := range found.Cards {
				if card.SlugLocale == locale { // others count in the language they are written in
					urls = append(urls, v.links.absolute(v.links.product(card.Slug)))
				}
			}
			return "", file{xmlType, mapXML("urlset", "url", urls)}, nil
		}, nil
	})(c)
}

// chunkOf reads "fr-2.xml".
func chunkOf(name string) (i18n.Locale, int, bool) {
	name, ok := strings.CutSuffix(name, ".xml")
	dash := strings.LastIndexByte(name, '-')
	if !ok || dash < 0 || !isLocale(name[:dash]) {
		return "", 0, false
	}
	n, err := strconv.Atoi(name[dash+1:])
	return i18n.Locale(name[:dash]), n, err == nil && n >= 0 && n <= catalog.MaxPage && strconv.Itoa(n) == name[dash+1:]
}

func orNoPage(err error) error {
	if err == nil {
		return errNoPage
	}
	return err
}

// pageAddresses are the home page, the families and other entries, and the information pages in this
// language.
func (v *visit) pageAddresses() []string {
	urls := []string{v.links.absolute(v.links.home()), v.links.absolute(v.links.contact()), v.links.absolute(v.links.secure())}
	if v.settings().Fraud.Trust {
		urls = append(urls, v.links.absolute(v.links.trust()))
	}
	for _, x := range v.face.tree.Taxonomies {
		if x.Code != catalog.Families && len(v.face.tree.Top(x.ID)) > 0 {
			urls = append(urls, v.links.absolute(v.links.class(x.Code)))
		}
		v.walk(v.face.tree.Top(x.ID), func(n *catalog.Node) bool {
			if n.Texts[v.locale()].Name != "" {
				urls = append(urls, v.links.absolute(v.nodeURL(v.links, n)))
			}
			return true
		})
	}
	for _, p := range v.face.pages {
		if text := p.Texts[v.locale()]; text.Title != "" {
			urls = append(urls, v.links.absolute(v.links.content(text.Slug)))
		}
	}
	return urls
}

// mapXML writes a map in the form of sitemaps.org.
func mapXML(root, item string, urls []string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString("<" + root + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, url := range urls {
		b.WriteString("<" + item + "><loc>")
		xml.EscapeText(&b, []byte(url)) //nolint:errcheck // a bytes.Buffer takes everything
		b.WriteString("</loc></" + item + ">\n")
	}
	b.WriteString("</" + root + ">\n")
	return b.Bytes()
}
