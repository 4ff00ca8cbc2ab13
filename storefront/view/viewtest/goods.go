package viewtest

import (
	"strconv"
	"strings"

	"echoppe.dev/storefront/view"
)

// thing is an article of the demo.
type thing struct {
	slug, fr, en, es, de, maker, price string
}

var things = []thing{
	{"mug", "Tasse en grès", "Stoneware cup", "Taza de gres", "Becher aus Steinzeug", "Poterie du Marais", "24.00"},
	{"teapot", "Théière émaillée", "Enamel teapot", "Tetera esmaltada", "Emaillierte Teekanne", "Fonte & Fils", "68.00"},
	{"board", "Planche en noyer", "Walnut board", "Tabla de nogal", "Brett aus Nussholz", "Bois Clair", "42.50"},
	{"apron", "Tablier de lin lavé", "Washed linen apron", "Delantal de lino lavado", "Schürze aus gewaschenem Leinen", "Filature Blanche", "56.00"},
	{"lamp", "Lampe à poser", "Table lamp", "Lámpara de mesa", "Tischleuchte", "Bois Clair", "129.00"},
	{"notebook", "Carnet cousu main", "Hand-sewn notebook", "Cuaderno cosido a mano", "Handgebundenes Notizbuch", "Papeterie Loire", "18.00"},
	{"bowl", "Grand bol à soupe", "Large soup bowl", "Cuenco grande", "Große Suppenschale", "Poterie du Marais", "31.00"},
	{"glass", "Verre soufflé, lot de quatre", "Blown glasses, set of four", "Vasos soplados, juego de cuatro", "Mundgeblasene Gläser, vier Stück", "Verrerie Nord", "52.00"},
	{"towel", "Torchon à chevrons", "Herringbone tea towel", "Paño de espiga", "Geschirrtuch mit Fischgrat", "Filature Blanche", "14.50"},
	{"candle", "Bougie de cire d’abeille", "Beeswax candle", "Vela de cera de abeja", "Bienenwachskerze", "Rucher Vert", "22.00"},
	{"basket", "Panier en osier brut", "Raw willow basket", "Cesta de mimbre", "Korb aus Rohweide", "Vannerie Basse", "74.00"},
	{"knife", "Couteau d’office", "Paring knife", "Cuchillo de pelar", "Schälmesser", "Fonte & Fils", "36.00"},
}

func (m maker) name(t thing) string { return m.say(t.fr, t.en, t.es, t.de) }

// cards makes n cards, with the awkward ones among the first.
func (m maker) cards(n int) []*view.Card {
	list := make([]*view.Card, 0, n)
	for i := range n {
		t := things[i%len(things)]
		c := &view.Card{Name: m.name(t), URL: m.url("/p/" + t.slug + "-" + strconv.Itoa(i)), Brand: t.maker,
			Image: picture(t.slug, m.name(t), 800, 1000), Price: m.price(t.price)}
		switch i {
		case 0:
			c.Badges = []string{"new"}
		case 1:
			c.Price, c.Badges = m.reduced("54.40", "68.00", 20), []string{"sale"}
		case 3:
			c.Price.From = true
		case 5:
			c.Out, c.Badges = true, []string{"out"}
		case 7:
			c.Image = nil
		case 8:
			c.Price = nil
		case 9:
			c.Badges = []string{"last", "discover"}
		case 10:
			c.Badges = []string{"forthcoming"}
		}
		list = append(list, c)
	}
	return list
}

// article is rich text for a page of its own, under its h1.
func (m maker) article() view.HTML {
	return view.HTML(strings.NewReplacer("<h3>", "<h2>", "</h3>", "</h2>").Replace(string(m.rich())))
}

func (m maker) rich() view.HTML {
	return view.HTML(m.say(
		"<p>Tournée à la main dans un grès gris, puis émaillée deux fois. Chaque pièce garde la trace du geste : aucune n’est tout à fait semblable à sa voisine.</p><h3>Entretien</h3><ul><li>Passe au lave-vaisselle</li><li>Supporte le four à micro-ondes</li></ul>",
		"<p>Thrown by hand in grey stoneware and glazed twice. Every piece keeps the mark of the hand: no two are quite alike.</p><h3>Care</h3><ul><li>Dishwasher safe</li><li>Microwave safe</li></ul>",
		"<p>Torneada a mano en gres gris y esmaltada dos veces. Cada pieza conserva la huella de la mano: no hay dos iguales.</p><h3>Cuidados</h3><ul><li>Apta para lavavajillas</li><li>Apta para microondas</li></ul>",
		"<p>Von Hand aus grauem Steinzeug gedreht und zweimal glasiert. Jedes Stück trägt die Spur der Hand: Keines gleicht ganz dem anderen.</p><h3>Pflege</h3><ul><li>Spülmaschinenfest</li><li>Mikrowellengeeignet</li></ul>"))
}

// product is an article with two options and six variants.
func (m maker) product() *view.Product {
	name := m.name(things[0])
	p := &view.Product{
		ID: "0190a1b2", SKU: "MUG-SABLE-S", Name: name, URL: m.url("/p/mug"),
		Brand:       &view.Link{Label: "Poterie du Marais", URL: m.url("/makers/poterie-du-marais")},
		Summary:     m.say("Vingt-cinq centilitres, une anse pour deux doigts, un bord qui ne coupe pas la lèvre.", "A quarter of a litre, a handle for two fingers, a rim that is kind to the lip.", "Un cuarto de litro, un asa para dos dedos y un borde amable con el labio.", "Ein Viertelliter, ein Henkel für zwei Finger, ein Rand, der den Lippen schmeichelt."),
		Description: m.rich(),
		Badges:      []string{"sale"},
		Facts:       []view.Pair{{Name: m.say("Matière", "Material", "Material", "Material"), Value: m.say("Grès émaillé", "Glazed stoneware", "Gres esmaltado", "Glasiertes Steinzeug")}, {Name: m.say("Poids", "Weight", "Peso", "Gewicht"), Value: "320 g"}},
		Classes: []*view.Class{{Name: m.say("Artisans", "Makers", "Artesanos", "Hersteller"), Links: []*view.Link{
			{Label: "Poterie du Marais", URL: m.url("/makers/poterie-du-marais")}, {Label: "Émaux d’Anjou", URL: m.url("/makers/emaux-d-anjou")}}}},
		Views: []view.Panel{
			{ID: "v-making", Title: m.say("La fabrication", "How it is made", "Cómo se hace", "So wird sie gemacht"), Body: m.rich()},
			{ID: "v-delivery", Title: m.say("Livraison et retour", "Delivery and returns", "Envío y devolución", "Versand und Rückgabe"), Body: view.HTML("<p>30 " + m.say("jours pour changer d’avis", "days to change your mind", "días para cambiar de idea", "Tage Rückgaberecht") + "</p>")},
		},
		Price: m.reduced("19.20", "24.00", 20),
		Stock: &view.Stock{State: "low", Quantity: 3, Date: day(1), Available: true},
		Why: []view.PriceStep{
			{Label: m.say("Prix catalogue", "List price", "Precio de catálogo", "Listenpreis"), Amount: m.money("24.00")},
			{Label: m.say("Soldes de printemps, 20 %", "Spring sale, 20%", "Rebajas de primavera, 20 %", "Frühlingsrabatt, 20 %"), Amount: m.money("-4.80")},
			{Label: m.say("Votre prix", "Your price", "Tu precio", "Ihr Preis"), Amount: m.money("19.20"), Total: true},
		},
		Send:          &view.Delivery{Country: m.say("France", "France", "Francia", "Frankreich"), Price: m.moneyPtr("4.95"), Arrives: day(4), FreeAt: m.moneyPtr("60.00")},
		Complementary: m.cards(4), Similar: m.cards(8)[4:],
		Add: &view.AddForm{Form: view.Form{Action: post(m.url("/cart/items"), "product", "0190a1b2")}, Quantity: view.Input{Name: "quantity", Value: "1"}, Min: 1, Max: 20, Step: 1},
	}
	p.Price.Unit, p.Price.Measure = m.moneyPtr("76.80"), "l"
	for i, slug := range []string{"mug", "mug-side", "mug-hand", "mug-set"} {
		p.Images = append(p.Images, picture(slug, name+" "+strconv.Itoa(i+1), 800, 1000))
	}
	p.Image = p.Images[0]
	m.options(p)
	return p
}

func (m maker) options(p *view.Product) {
	colours := []*view.OptionValue{
		{Value: "sable", Label: m.say("Sable", "Sand", "Arena", "Sand"), Selected: true, Available: true},
		{Value: "encre", Label: m.say("Encre", "Ink", "Tinta", "Tinte"), Available: true},
		{Value: "mousse", Label: m.say("Mousse", "Moss", "Musgo", "Moos")},
	}
	sizes := []*view.OptionValue{
		{Value: "s", Label: "25 cl", Selected: true, Available: true},
		{Value: "l", Label: "40 cl", Available: true, Extra: m.moneyPtr("4.00")},
	}
	p.Options = []*view.Option{
		{Name: m.say("Couleur", "Colour", "Color", "Farbe"), Field: "o_colour", Kind: "radio", Values: colours},
		{Name: m.say("Contenance", "Size", "Capacidad", "Inhalt"), Field: "o_size", Kind: "select", Values: sizes},
	}
	for _, c := range colours {
		for _, s := range sizes {
			v := &view.Variant{Key: c.Value + "|" + s.Value, SKU: "MUG-" + c.Value + "-" + s.Value, Price: m.price("24.00"), Stock: &view.Stock{State: "in_stock", Available: true}, Image: p.Images[0]}
			if !c.Available {
				v.Stock = &view.Stock{State: "out"}
			}
			if s.Value == "l" {
				v.Price, v.Explained = m.price("28.00"), true
			}
			p.Variants = append(p.Variants, v)
		}
	}
	m.extras(p)
	p.Variants[0].Price, p.Variants[0].Stock, p.Variants[0].SKU = p.Price, p.Stock, p.SKU
}

func (m maker) extras(p *view.Product) {
	p.Extras = []*view.Option{
		{Name: m.say("Gravure", "Engraving", "Grabado", "Gravur"), Field: "o_engraving", Kind: "radio", Values: []*view.OptionValue{
			{Label: m.say("Sans", "None", "Sin", "Ohne"), Selected: true, Available: true},
			{Value: "name", Label: m.say("Un prénom", "A name", "Un nombre", "Ein Name"), Available: true, Extra: m.moneyPtr("3.00")}}},
		{Name: m.say("Emballage", "Wrapping", "Embalaje", "Verpackung"), Field: "o_box", Kind: "select", Values: []*view.OptionValue{
			{Value: "paper", Label: m.say("Papier", "Paper", "Papel", "Papier"), Selected: true, Available: true},
			{Value: "wood", Label: m.say("Coffret", "Wooden box", "Caja", "Holzkiste"), Available: true, Percent: m.say("10 %", "10%", "10 %", "10 %")}}},
	}
	for _, v := range p.Variants {
		v.Key += "||paper"
	}
}

// ordered is an article that is ordered from a table, as it comes back when a cell was refused.
func (m maker) ordered() *view.Product {
	p := m.product()
	colours, sizes := p.Options[0].Values, p.Options[1].Values
	p.Options, p.Variants, p.SKU, p.Stock = nil, nil, "", &view.Stock{State: "available", Available: true}
	p.Add.Form.Error = m.say("Vérifiez les champs signalés.", "Please check the marked fields.", "Revise los campos marcados.", "Bitte prüfen Sie die markierten Felder.")
	p.Grid = &view.Grid{Down: m.say("Couleur", "Colour", "Color", "Farbe"), Across: m.say("Contenance", "Size", "Capacidad", "Inhalt")}
	for _, s := range sizes {
		p.Grid.Heads = append(p.Grid.Heads, &view.GridHead{Label: s.Label})
	}
	for i, c := range colours {
		row := &view.GridRow{Label: c.Label}
		for n, s := range sizes {
			cell := &view.GridCell{Label: c.Label + ", " + s.Label, Price: m.price("24.00"), Stock: &view.Stock{State: "in_stock", Available: true}}
			if cell.Quantity.Name = "q." + c.Value + s.Value; i == 2 && n == 1 {
				cell.Quantity.Name = ""
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Grid.Rows = append(p.Grid.Rows, row)
	}
	short, out := p.Grid.Rows[0].Cells[1], p.Grid.Rows[1].Cells[0]
	short.Quantity.Value, short.Quantity.Error = "7", m.say("Il n’en reste que 3.", "Only 3 left.", "Solo quedan 3.", "Nur noch 3 verfügbar.")
	short.Stock = &view.Stock{State: "low", Quantity: 3, Available: true}
	out.Stock = &view.Stock{State: "out"}
	return p
}

func (m maker) soldOut() *view.Product {
	p := m.product()
	p.Name, p.SKU, p.Options, p.Variants, p.Views = m.name(things[1]), "TEA-01", nil, nil, nil
	p.Extras = nil
	p.Images = []*view.Image{picture("teapot", p.Name, 800, 1000)}
	p.Price, p.Stock, p.Why, p.Send = m.price("68.00"), &view.Stock{State: "out"}, nil, nil
	p.Replacements = m.cards(3)
	return p
}
