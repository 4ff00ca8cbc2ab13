package viewtest

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
)

const origin = "https://lune.example"

// site is what every page has; path is the page's address without the language.
func (m maker) site(template, path, title string, personal bool) view.Site {
	s := view.Site{
		Shop: m.shop(path),
		Page: &view.Page{
			Template: template, Title: title, Type: "website",
			Description: m.say("Objets utiles et bien faits.", "Useful things, well made.", "Objetos útiles y bien hechos.", "Nützliche Dinge, gut gemacht."),
		},
		Routes: &view.Routes{
			Home: m.url("/"), Cart: m.url("/cart"), Checkout: m.url("/checkout"), Account: m.url("/account"),
			SignIn: m.url("/account/sign-in"), Register: m.url("/account/register"), Contact: m.url("/contact"),
			SiteMap: m.url("/site-map"), SecurePayment: m.url("/secure-payment"), Terms: m.url("/pages/terms"), Privacy: m.url("/pages/privacy"),
		},
		Search: &view.SearchBox{URL: m.url("/search"), Field: "q"},
	}
	if personal {
		s.Page.Robots = "noindex"
		return s
	}
	s.Page.Canonical = origin + m.url(path)
	for _, l := range i18n.Shipped {
		s.Page.Alternates = append(s.Page.Alternates, view.Alternate{Locale: string(l), URL: origin + maker{l}.url(path)})
	}
	s.Page.Alternates = append(s.Page.Alternates, view.Alternate{Locale: "x-default", URL: origin + "/fr" + path})
	return s
}

func (m maker) shop(path string) *view.Shop {
	sh := &view.Shop{
		Name: "Atelier Lune", URL: m.url("/"), BaseURL: origin,
		Slogan:       m.say("Objets utiles et bien faits, pour la table et la maison.", "Useful things, well made, for table and home.", "Objetos útiles y bien hechos, para la mesa y la casa.", "Nützliche Dinge, gut gemacht, für Tisch und Zuhause."),
		Announcement: view.HTML(m.say("Livraison offerte dès 60 € en France et en Belgique", "Free delivery from €60 in France and Belgium", "Envío gratis desde 60 € en Francia y Bélgica", "Versandkostenfrei ab 60 € nach Frankreich und Belgien")),
		Locale:       string(m.l), Currency: "EUR", PricesShown: "gross", TestMode: true,
		Menu:   m.menu(),
		Footer: []*view.Link{{Label: m.say("La maison", "The house", "La casa", "Das Haus"), Children: []*view.Link{{Label: m.say("Notre atelier", "Our workshop", "Nuestro taller", "Unsere Werkstatt"), URL: m.url("/pages/atelier")}, {Label: m.say("Livraison et retours", "Delivery and returns", "Envíos y devoluciones", "Versand und Rückgabe"), URL: m.url("/pages/delivery")}}}},
		Social: []*view.Link{{Label: "Instagram", URL: "https://social.example/lune"}},
		Contact: &view.Contact{
			Company: "Atelier Lune SARL", Lines: []string{"12 rue des Carmes", "44000 Nantes", "France"},
			Email: "bonjour@lune.example", Phone: "+33 2 40 00 00 00",
			Hours: m.say("Du mardi au samedi, de 10 h à 18 h", "Tuesday to Saturday, 10 am to 6 pm", "De martes a sábado, de 10 a 18 h", "Dienstag bis Samstag, 10 bis 18 Uhr"),
		},
		Remember:   ptr(post("/set/language", "language", string(m.l), "back", m.url(path))),
		Currencies: &view.Switch{Action: post("/currency", "back", m.url(path)), Field: "currency", Choices: []view.Choice{{Value: "EUR", Label: "EUR €", Selected: true}, {Value: "USD", Label: "USD $"}, {Value: "CHF", Label: "CHF"}}},
		Profiles:   &view.Switch{Action: post("/profile", "back", m.url(path)), Field: "profile", Choices: []view.Choice{{Value: "private", Label: m.say("Particulier", "Private customer", "Particular", "Privatkunde"), Selected: true}, {Value: "trade", Label: m.say("Professionnel", "Business", "Empresa", "Geschäftskunde")}}},
	}
	for _, l := range i18n.Shipped {
		sh.Locales = append(sh.Locales, view.LocaleLink{Code: string(l), Name: l.Name(), URL: maker{l}.url(path), Current: l == m.l})
	}
	return sh
}

func (m maker) menu() []*view.Link {
	link := func(path, fr, en, es, de string, children ...*view.Link) *view.Link {
		return &view.Link{Label: m.say(fr, en, es, de), URL: m.url(path), Children: children}
	}
	return []*view.Link{
		link("/c/table", "Table", "Table", "Mesa", "Tisch",
			link("/c/table/mugs", "Tasses et bols", "Cups and bowls", "Tazas y cuencos", "Tassen und Schalen"),
			link("/c/table/plates", "Assiettes", "Plates", "Platos", "Teller"),
			link("/c/table/glass", "Verres", "Glasses", "Vasos", "Gläser")),
		link("/c/kitchen", "Cuisine", "Kitchen", "Cocina", "Küche",
			link("/c/kitchen/boards", "Planches", "Boards", "Tablas", "Bretter"),
			link("/c/kitchen/linen", "Linge", "Linen", "Textil", "Textilien")),
		link("/c/light", "Lumière", "Light", "Luz", "Licht"),
		link("/c/paper", "Papier", "Paper", "Papel", "Papier"),
		link("/makers", "Artisans", "Makers", "Artesanos", "Hersteller"),
	}
}

// crumbs puts the way to a page on it.
func crumbs(p *view.Page, links ...*view.Link) {
	links[len(links)-1].Current = true
	p.Breadcrumbs = links
}

func (m maker) home() *view.Link {
	return &view.Link{Label: m.say("Accueil", "Home", "Inicio", "Startseite"), URL: m.url("/")}
}

func (m maker) customer() *view.Customer {
	return &view.Customer{
		Name: "Claire Martin", Email: "claire@example.org", SignOut: post(m.url("/account/sign-out")),
		OrdersURL: m.url("/account/orders"), QuotesURL: m.url("/account/quotes"), AddressURL: m.url("/account/addresses"), CardsURL: m.url("/account/cards"), ProfileURL: m.url("/account/profile"),
	}
}

func ptr[T any](v T) *T { return &v }
