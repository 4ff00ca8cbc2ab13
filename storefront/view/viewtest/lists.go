package viewtest

import "echoppe.dev/storefront/view"

func (m maker) families() []*view.FamilyCard {
	var list []*view.FamilyCard
	for i, l := range m.menu()[:4] {
		list = append(list, &view.FamilyCard{Name: l.Label, URL: l.URL, Count: 12 + 7*i, Image: picture([]string{"f-table", "f-kitchen", "f-light", "f-paper"}[i], "", 800, 1000)})
	}
	return list
}

func (m maker) homePage() *view.HomePage {
	p := &view.HomePage{
		Site: m.site("home", "/", "Atelier Lune", false),
		Hero: &view.Hero{
			Title: m.say("Des choses simples, faites pour durer", "Simple things, made to last", "Cosas sencillas, hechas para durar", "Einfache Dinge, gemacht, um zu bleiben"),
			Text:  m.say("Grès, lin, noyer : quarante ateliers travaillent pour nous, à moins de trois heures d’ici.", "Stoneware, linen, walnut: forty workshops make what we sell, none more than three hours away.", "Gres, lino, nogal: cuarenta talleres trabajan para nosotros, a menos de tres horas.", "Steinzeug, Leinen, Nussholz: vierzig Werkstätten arbeiten für uns, keine weiter als drei Stunden."),
			Image: picture("hero", m.say("Table dressée près d’une fenêtre", "A table laid by a window", "Una mesa puesta junto a una ventana", "Gedeckter Tisch am Fenster"), 1600, 1200),
			Link:  &view.Link{Label: m.say("Voir la table de printemps", "See the spring table", "Ver la mesa de primavera", "Zum Frühlingstisch"), URL: m.url("/c/table")},
		},
		Families: m.families(), New: m.cards(8), Discover: m.cards(12)[8:],
		Brands: []*view.Link{{Label: "Poterie du Marais", URL: m.url("/makers/a")}, {Label: "Fonte & Fils", URL: m.url("/makers/b")}, {Label: "Bois Clair", URL: m.url("/makers/c")}, {Label: "Filature Blanche", URL: m.url("/makers/d")}, {Label: "Verrerie Nord", URL: m.url("/makers/e")}},
		Text:   m.rich(),
	}
	p.Page.Structured = []any{map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": "Atelier Lune"}}
	return p
}

func (m maker) listing(path string, n int) *view.Listing {
	return &view.Listing{
		URL: m.url(path), ClearURL: m.url(path), Cards: m.cards(n),
		Facets: []*view.Facet{
			{Key: "availability", Kind: "list", Field: "f_availability", Open: true, Values: []view.FacetValue{{Value: "in_stock", Count: 21, Selected: true}, {Value: "on_order", Count: 4}}},
			{Key: "price", Kind: "range", Field: "f_price", Unit: "€", Low: view.Input{Name: "price_min"}, High: view.Input{Name: "price_max", Value: "100"}},
			{Key: "brand", Label: m.say("Artisan", "Maker", "Artesano", "Hersteller"), Kind: "list", Field: "f_brand", Values: []view.FacetValue{{Value: "a", Label: "Poterie du Marais", Count: 6}, {Value: "b", Label: "Fonte & Fils", Count: 3}, {Value: "c", Label: "Bois Clair", Count: 8}}},
		},
		Active: []*view.Link{{Label: m.say("En stock", "In stock", "En existencias", "Auf Lager"), URL: m.url(path)}},
		Sort:   &view.Sort{Field: "sort", Choices: []view.Choice{{Value: "position", Selected: true}, {Value: "newest"}, {Value: "price_asc"}, {Value: "price_desc"}, {Value: "name"}}},
		Pages: &view.Pagination{Page: 2, Count: 9, Total: 212, First: 25, Last: 48, Prev: m.url(path), Next: m.url(path + "?page=3"), Items: []view.PageLink{
			{Number: 1, URL: m.url(path)}, {Number: 2, URL: m.url(path + "?page=2"), Current: true}, {Number: 3, URL: m.url(path + "?page=3")}, {}, {Number: 9, URL: m.url(path + "?page=9")}}},
	}
}

func (m maker) familyPage() *view.FamilyPage {
	p := &view.FamilyPage{
		Site: m.site("family", "/c/table", m.menu()[0].Label, false),
		Family: &view.Family{Name: m.menu()[0].Label, URL: m.url("/c/table"), Image: picture("f-table", "", 1200, 800),
			Intro: view.HTML("<p>" + m.say("Pour manger, boire et rester à table.", "For eating, drinking and staying at table.", "Para comer, beber y quedarse a la mesa.", "Zum Essen, Trinken und Sitzenbleiben.") + "</p>")},
		Listing: m.listing("/c/table", 24),
	}
	for _, c := range m.menu()[0].Children {
		p.Family.Children = append(p.Family.Children, &view.FamilyCard{Name: c.Label, URL: c.URL, Count: 9})
	}
	p.Listing.Pages.Page = 1
	crumbs(p.Page, m.home(), m.menu()[0])
	return p
}

func (m maker) emptyFamilyPage() *view.FamilyPage {
	p := m.familyPage()
	p.Family.Image, p.Family.Children = nil, nil
	p.Listing.Cards, p.Listing.Pages = nil, &view.Pagination{Page: 1, Count: 1}
	p.Listing.Facets[1].High.Error = m.say("Indiquez un nombre.", "Please enter a number.", "Escribe un número.", "Bitte eine Zahl eingeben.")
	return p
}

func (m maker) makersPage() *view.ClassificationPage {
	return &view.ClassificationPage{
		Site:   m.site("classification", "/makers", m.menu()[4].Label, false),
		Family: &view.Family{Name: m.menu()[4].Label, URL: m.url("/makers"), Children: m.families()},
	}
}

func (m maker) makerPage() *view.ClassificationPage {
	p := &view.ClassificationPage{
		Site:    m.site("classification", "/makers/poterie-du-marais", "Poterie du Marais", false),
		Family:  &view.Family{Name: "Poterie du Marais", Class: m.say("Artisan", "Maker", "Artesano", "Hersteller"), URL: m.url("/makers/poterie-du-marais"), Intro: m.article()},
		Listing: m.listing("/makers/poterie-du-marais", 6),
	}
	p.Listing.Active, p.Listing.Facets = nil, nil
	p.Listing.Pages = &view.Pagination{Page: 1, Count: 1, Total: 6, First: 1, Last: 6}
	crumbs(p.Page, m.home(), m.menu()[4], &view.Link{Label: "Poterie du Marais", URL: p.Family.URL})
	return p
}

func (m maker) searchPage() *view.SearchPage {
	p := &view.SearchPage{Site: m.site("search", "/search", m.say("Recherche", "Search", "Búsqueda", "Suche"), false), Listing: m.listing("/search", 3),
		DidYouMean: []*view.Link{{Label: m.name(things[1]), URL: m.url("/search?q=teapot")}},
		Families:   []*view.Link{{Label: m.menu()[0].Label, URL: m.url("/c/table"), Count: 28}}}
	p.Page.Robots, p.Page.Canonical, p.Page.Alternates = "noindex", "", nil
	p.Search.Query = "theiere"
	p.Listing.Hidden = []view.Hidden{{Name: "q", Value: "theiere"}}
	p.Listing.Pages = &view.Pagination{Page: 1, Count: 1, Total: 3, First: 1, Last: 3}
	return p
}

func (m maker) nothingFoundPage() *view.SearchPage {
	p := m.searchPage()
	p.Listing = nil
	p.Popular = m.cards(4)
	return p
}
