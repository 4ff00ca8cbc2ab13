package viewtest

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
)

// Page is one page of the demonstration shop. Data is a pointer to a page struct.
type Page struct {
	Name     string // unique: the template's name, or a state of it ("cart-empty")
	Template string
	Data     any
}

// Pages are all pages of the demonstration shop in one language. Every call makes
// new values, so a test may change them.
func Pages(l i18n.Locale) []Page {
	m := maker{l}
	contact := &view.ContactPage{
		Site: m.site("contact", "/contact", m.say("Nous écrire", "Get in touch", "Escríbenos", "Kontakt"), true),
		Form: view.Form{Action: post(m.url("/contact"))}, Name: view.Input{Name: "name"}, Email: view.Input{Name: "email"}, Order: view.Input{Name: "order"},
		Message: view.Input{Name: "message", Value: "…", Error: m.say("Écrivez-nous quelques mots.", "Please write a few words.", "Escribe unas palabras.", "Bitte schreiben Sie ein paar Worte.")}, Trap: view.Input{Name: "website"}, Intro: m.article(),
	}
	sent := *contact
	sent.Sent = true
	productPage := func(p *view.Product) *view.ProductPage {
		page := &view.ProductPage{Site: m.site("product", "/p/mug", p.Name, false), Product: p}
		page.Page.Type, page.Page.Image = "product", p.Images[0]
		page.Page.Structured = []any{map[string]any{"@context": "https://schema.org", "@type": "Product", "name": p.Name, "sku": p.SKU, "offers": map[string]any{"@type": "Offer", "price": "19.20", "priceCurrency": "EUR"}}}
		crumbs(page.Page, m.home(), m.menu()[0], &view.Link{Label: p.Name, URL: p.URL})
		return page
	}
	plain := m.product()
	plain.Add, plain.Price, plain.Options, plain.Variants, plain.Send = nil, nil, nil, nil, nil
	pages := []Page{
		{"home", "home", m.homePage()},
		{"home-bare", "home", &view.HomePage{Site: m.site("home", "/", "Atelier Lune", false)}},
		{"family", "family", m.familyPage()},
		{"family-empty", "family", m.emptyFamilyPage()},
		{"classification", "classification", m.makerPage()},
		{"classification-index", "classification", m.makersPage()},
		{"product", "product", productPage(m.product())},
		{"product-grid", "product", productPage(m.ordered())},
		{"product-out", "product", productPage(m.soldOut())},
		{"product-plain", "product", productPage(plain)},
		{"search", "search", m.searchPage()},
		{"search-nothing", "search", m.nothingFoundPage()},
		{"cart", "cart", m.cartPage()},
		{"cart-ready", "cart", m.readyCartPage()},
		{"cart-wrong", "cart", m.smallCartPage()},
		{"cart-empty", "cart", m.emptyCartPage()},
		{"checkout", "checkout", m.checkoutPage()},
		{"checkout-wrong", "checkout", m.wrongCheckoutPage()},
		{"checkout-known", "checkout", m.knownCheckoutPage()},
		{"checkout-digital", "checkout", m.digitalCheckoutPage()},
		{"checkout-later", "checkout", m.laterCheckoutPage()},
		{"checkout-free", "checkout", m.freeCheckoutPage()},
		{"order", "order", m.orderPage()},
		{"order-rest", "order", m.restPage()},
		{"order-credit", "order", m.creditPage()},
		{"order-placed", "order", m.placedPage()},
		{"payment_hop", "payment_hop", m.hopPage()},
		{"payment_embed", "payment_embed", m.embedPage()},
		{"contact", "contact", contact},
		{"contact-sent", "contact", &sent},
		{"content", "content", m.contentPage()},
		{"site_map", "site_map", &view.SiteMapPage{Site: m.site("site_map", "/site-map", "Plan", false), Groups: m.menu()}},
		{"trust", "trust", &view.TrustPage{Site: m.site("trust", "/trust", "Confiance", false), Title: m.say("Une boutique vérifiée", "A verified shop", "Una tienda verificada", "Ein geprüfter Shop"),
			Lead:  m.say("Vérifié par la plateforme.", "Verified by the platform.", "Verificado por la plataforma.", "Von der Plattform geprüft."),
			Facts: []string{m.say("Ouverte depuis mars 2026.", "Open since March 2026.", "Abierta desde marzo de 2026.", "Geöffnet seit März 2026.")}}},
		{"not_found", "not_found", &view.NotFoundPage{Site: m.site("not_found", "/x", "404", true), Suggestions: m.cards(4)}},
		{"withdrawn", "withdrawn", &view.WithdrawnPage{Site: m.site("withdrawn", "/product/x", "Bol", true), Name: "Bol", Family: m.menu()[0],
			Alternatives: m.cards(4)}},
		{"error", "error", &view.ErrorPage{Site: m.site("error", "/x", "500", true), Status: 500, Reference: "7F3K-20QX", Retry: m.url("/x")}},
		{"maintenance", "maintenance", &view.MaintenancePage{Site: m.site("maintenance", "/", "Atelier Lune", true), Reopens: day(1)}},
	}
	for _, state := range []string{"pending", "settling", "authorised", "settled", "failed", "canceled", "review"} {
		pages = append(pages, Page{"payment-" + state, "payment", m.paymentPage(state)})
	}
	return append(append(pages, m.accountPages()...), m.quotePages()...)
}

func (m maker) contentPage() *view.ContentPage {
	title := m.say("Notre atelier", "Our workshop", "Nuestro taller", "Unsere Werkstatt")
	p := &view.ContentPage{Site: m.site("content", "/pages/atelier", title, false), Content: &view.Content{
		Title: title, Image: picture("hero", "", 1600, 1200), Updated: day(-20), Related: m.menu()[:3],
		Body: m.article() + "<table><caption>" + view.HTML(m.say("Délais", "Delays", "Plazos", "Fristen")) + "</caption><tr><th>FR</th><td>2</td></tr></table><blockquote><p>…</p></blockquote>" + m.article()}}
	crumbs(p.Page, m.home(), &view.Link{Label: title, URL: m.url("/pages/atelier")})
	return p
}
