package viewtest

import "echoppe.dev/storefront/view"

func (m maker) line(i int, quantity string, pieces int) *view.CartLine {
	t := things[i]
	id := t.slug
	return &view.CartLine{
		ID: id, Name: m.name(t), URL: m.url("/p/" + t.slug), SKU: "SKU-" + id, Image: picture(t.slug, "", 800, 1000),
		Options: []view.Pair{{Name: m.say("Couleur", "Colour", "Color", "Farbe"), Value: m.say("Sable", "Sand", "Arena", "Sand")}},
		Price:   m.price(t.price), Total: m.money(t.price), Pieces: pieces,
		Quantity: view.Input{Name: "qty[" + id + "]", Value: quantity}, Min: 1, Max: 20, Step: 1,
		Remove: post(m.url("/cart/remove"), "line", id),
	}
}

func (m maker) totals() []view.Total {
	return []view.Total{
		{Kind: "goods", Amount: m.money("160.00")},
		{Kind: "discount", Note: m.say("Soldes de printemps", "Spring sale", "Rebajas", "Frühlingsrabatt"), Amount: m.money("-16.00")},
		{Kind: "shipping", Note: "Colissimo", Amount: m.money("4.95")},
		{Kind: "total", Amount: m.money("148.95")},
		{Kind: "tax_included", Note: "20 %", Amount: m.money("24.83")},
	}
}

func (m maker) cartPage() *view.CartPage {
	short := m.line(1, "5", 5)
	short.Shortage = &view.Shortage{Asked: 5, Available: 3, Take: post(m.url("/cart/take"), "line", short.ID, "quantity", "3")}
	gone := m.line(5, "1", 1)
	gone.Shortage, gone.URL, gone.Image = &view.Shortage{Asked: 1}, "", nil
	noted := m.line(4, "1", 1)
	noted.Notes = []string{m.say("Le prix a baissé depuis votre dernière visite.", "The price has dropped since your last visit.", "El precio ha bajado desde tu última visita.", "Der Preis ist seit Ihrem letzten Besuch gesunken.")}
	noted.Why = m.product().Why
	p := &view.CartPage{
		Site: m.site("cart", "/cart", m.say("Panier", "Cart", "Cesta", "Warenkorb"), true),
		Cart: &view.Cart{
			Lines: []*view.CartLine{m.line(0, "2", 2), short, noted, gone}, Count: 9, Totals: m.totals(), Blocked: true,
			Update: view.Form{Action: post(m.url("/cart"))}, Empty: post(m.url("/cart/empty")),
			Undo:     &view.Undo{What: "removed", Label: m.name(things[2]), Seconds: 10, Action: post(m.url("/cart/undo"), "token", "t1")},
			Checkout: m.url("/checkout"), Continue: m.url("/"), Codes: m.codes("/cart/code"),
		},
		Suggestions: m.cards(4),
	}
	p.Cart.Totals[2] = view.Total{Kind: "shipping", Pending: true}
	return p
}

func (m maker) readyCartPage() *view.CartPage {
	p := m.cartPage()
	p.Cart.Lines, p.Cart.Blocked, p.Cart.Undo = []*view.CartLine{m.line(0, "2", 2), m.line(3, "1", 1)}, false, nil
	p.Cart.Count, p.Cart.Charged = 3, m.moneyPtr("148.95")
	p.Suggestions = nil
	p.Cart.Due = &view.Due{Now: m.money("48.95"), Later: m.money("100.00"), Rest: m.money("100.00")}
	return p
}

func (m maker) smallCartPage() *view.CartPage {
	p := m.readyCartPage()
	p.Cart.Minimum = &view.Minimum{Amount: m.money("50.00"), Missing: m.money("2.00"),
		Text: "The smallest order is €50.00 before tax. Articles for €2.00 are still missing."}
	p.Cart.Lines[0].Quantity.Error = m.say("Par lots de 2.", "In packs of 2.", "En lotes de 2.", "Nur in 2er-Packungen.")
	p.Cart.Update.Error = m.say("Une quantité est à revoir.", "One quantity needs another look.", "Revisa una cantidad.", "Eine Menge muss korrigiert werden.")
	return p
}

// codes are one that is given and one that is not.
func (m maker) codes(to string) *view.Codes {
	return &view.Codes{Add: post(m.url(to)), Input: view.Input{Name: "code"}, RemoveName: "remove_code", List: []*view.Code{
		{Text: "WELCOME", Given: true}, {Text: "SHIPFREE", Reason: m.say("Il manque encore 12,00 € d’articles.", "€12.00 of articles is still missing.", "Faltan 12,00 € de artículos.", "Es fehlen noch Artikel für 12,00 €.")}}}
}

func (m maker) emptyCartPage() *view.CartPage {
	p := m.cartPage()
	p.Cart.Lines, p.Cart.Totals, p.Cart.Count, p.Cart.Blocked = nil, nil, 0, false
	p.Cart.Undo.What, p.Suggestions = "emptied", nil
	return p
}

func (m maker) countries() []view.Choice {
	return []view.Choice{{Value: "FR", Label: m.say("France", "France", "Francia", "Frankreich"), Selected: true}, {Value: "DE", Label: m.say("Allemagne", "Germany", "Alemania", "Deutschland")}, {Value: "US", Label: m.say("États-Unis", "United States", "Estados Unidos", "USA")}}
}

func (m maker) address(name, section string) *view.AddressForm {
	f := &view.AddressForm{Name: name, Country: view.Input{Name: name + ".country", Value: "FR"}, Choices: m.countries()}
	add := func(key, value, auto string, required, half bool) {
		f.Fields = append(f.Fields, view.AddressField{Key: key, Input: view.Input{Name: name + "." + key, Value: value}, Required: required, Half: half, Autocomplete: section + " " + auto, Kind: "text"})
	}
	add("name", "Claire Martin", "name", true, false)
	add("company", "", "organization", false, false)
	add("line1", "3 quai de la Fosse", "address-line1", true, false)
	add("line2", "", "address-line2", false, false)
	add("postcode", "44000", "postal-code", true, true)
	add("city", "Nantes", "address-level2", true, true)
	return f
}

func (m maker) checkoutPage() *view.CheckoutPage {
	card := view.HTML("<p>" + m.say("Vous paierez sur la page de votre banque juste après la commande.", "You will pay on your bank’s page right after ordering.", "Pagarás en la página de tu banco justo después del pedido.", "Sie zahlen gleich nach der Bestellung auf der Seite Ihrer Bank.") + "</p>")
	cheque := view.HTML("<p>" + m.say("Chèque à l’ordre d’Atelier Lune, 12 rue des Carmes, 44000 Nantes. Nous expédions à l’encaissement.", "Cheque payable to Atelier Lune, 12 rue des Carmes, 44000 Nantes. We send once it clears.", "Cheque a nombre de Atelier Lune, 12 rue des Carmes, 44000 Nantes. Enviamos al cobrarlo.", "Scheck an Atelier Lune, 12 rue des Carmes, 44000 Nantes. Versand nach Einlösung.") + "</p>")
	return &view.CheckoutPage{
		Site: m.site("checkout", "/checkout", m.say("Commande", "Checkout", "Tramitar pedido", "Kasse"), true),
		Checkout: &view.Checkout{
			Form: view.Form{Action: post(m.url("/checkout"), "cart", "c1")}, Refresh: m.url("/checkout/refresh"),
			Who:   &view.Who{Name: "who", Choice: "guest", Password: view.Input{Name: "password"}, SignIn: m.url("/checkout/sign-in"), Forgot: m.url("/account/forgot")},
			Email: view.Input{Name: "email"}, Phone: view.Input{Name: "phone"},
			Delivery: m.address("delivery", "shipping"), SavedName: "saved", SameName: "same", Same: true, Billing: m.address("billing", "billing"),
			ShippingName: "shipping", Shipping: []*view.ShippingChoice{
				{Value: "colissimo", Name: "Colissimo", Text: m.say("À domicile, sans signature", "To your door, no signature", "A domicilio, sin firma", "Nach Hause, ohne Unterschrift"), Price: m.money("4.95"), Arrives: day(4), Selected: true},
				{Value: "pickup", Name: m.say("Retrait à l’atelier", "Collect at the workshop", "Recogida en el taller", "Abholung in der Werkstatt"), Free: true, Price: m.money("0.00")}},
			PaymentName: "payment", Payment: []*view.PaymentChoice{
				{Value: "card:1", Kind: "card", Name: "Visa •••• 4242, 12/29", Saved: true},
				{Value: "card", Kind: "card", Save: &view.SaveCard{Name: "save", Value: "card", Text: m.say("Garder ma carte pour la prochaine fois.", "Keep my card for next time.", "Guardar mi tarjeta para la próxima vez.", "Meine Karte für das nächste Mal speichern.")}, Name: m.say("Carte bancaire", "Bank card", "Tarjeta", "Kreditkarte"), Instructions: card, Selected: true},
				{Value: "cheque", Kind: "cheque", Name: m.say("Chèque", "Cheque", "Cheque", "Scheck"), Instructions: cheque},
				{Value: "cod", Kind: "on_delivery", Name: m.say("Contre remboursement", "Cash on delivery", "Contra reembolso", "Nachnahme"), Fee: m.moneyPtr("6.00")}},
			Lines: []*view.CartLine{m.line(0, "2", 2), m.line(3, "1", 1)}, Totals: m.totals(), Total: m.money("148.95"),
			Note:    view.Input{Name: "note"},
			Terms:   &view.Terms{Input: view.Input{Name: "terms"}, URL: m.url("/pages/terms"), Title: m.say("conditions de vente", "terms of sale", "condiciones de venta", "AGB")},
			CartURL: m.url("/cart"), Codes: m.codes("/checkout/code"),
		},
	}
}

// wrongCheckoutPage is the form that came back, in a foreign currency.
func (m maker) wrongCheckoutPage() *view.CheckoutPage {
	p := m.checkoutPage()
	c := p.Checkout
	wrong := m.say("Ce champ est obligatoire.", "This field is required.", "Este campo es obligatorio.", "Bitte füllen Sie dieses Feld aus.")
	c.Form.Error = m.say("Quelques champs sont à revoir.", "A few fields need another look.", "Revisa algunos campos.", "Einige Felder müssen korrigiert werden.")
	c.Who.Choice, c.Who.Password.Error = "register", wrong
	c.Email.Value, c.Email.Error = "claire@", m.say("Cette adresse n’est pas complète.", "This address is not complete.", "La dirección no está completa.", "Diese Adresse ist unvollständig.")
	c.Phone.Error, c.Note.Error, c.Note.Value = wrong, wrong, "…"
	c.Delivery.Country.Error = wrong
	for i := range c.Delivery.Fields {
		c.Delivery.Fields[i].Input.Error = wrong
	}
	c.Delivery.Fields = append(c.Delivery.Fields, view.AddressField{Key: "state", Input: view.Input{Name: "delivery.state", Error: wrong}, Required: true, Autocomplete: "shipping address-level1", Kind: "select", Choices: []view.Choice{{Value: "CA", Label: "California"}, {Value: "NY", Label: "New York"}}})
	c.Same = false
	c.Codes.Input.Value, c.Codes.Input.Error = "NOPE", wrong
	c.Shipping[0].Selected, c.Payment[0].Selected = false, false
	c.ShippingError, c.PaymentError, c.Terms.Input.Error = wrong, wrong, wrong
	c.Charged = &view.Charge{Amount: m.money("148.95"), Until: day(0)}
	c.Held = &view.HeldRate{From: "14:05", Until: "14:35", Text: "1 EUR = 1.0842 USD"}
	c.Notice = m.say("Les prix ne sont plus affichés en USD, mais en EUR.", "Prices are no longer shown in USD; they are in EUR.", "Los precios ya no se muestran en USD, sino en EUR.", "Die Preise werden nicht mehr in USD angezeigt, sondern in EUR.")
	return p
}

// knownCheckoutPage is a signed-in customer whom nothing can reach.
func (m maker) knownCheckoutPage() *view.CheckoutPage {
	p := m.checkoutPage()
	p.Customer = m.customer()
	p.Checkout.Who = nil
	p.Checkout.Email.Value = "claire@example.org"
	p.Checkout.Saved = []*view.SavedAddress{{Value: "a1", Lines: m.addressLines(), Selected: true}}
	p.Checkout.Shipping, p.Checkout.Payment, p.Checkout.Blocked = nil, nil, true
	p.Checkout.Lines[0].Shortage = &view.Shortage{Asked: 2, Available: 1}
	return p
}

// digitalCheckoutPage has nothing to deliver.
func (m maker) digitalCheckoutPage() *view.CheckoutPage {
	p := m.checkoutPage()
	p.Checkout.Delivery, p.Checkout.Shipping, p.Checkout.Terms = nil, nil, nil
	p.Checkout.Who.Choice = "sign_in"
	return p
}

// laterCheckoutPage is paid when the articles are there.
func (m maker) laterCheckoutPage() *view.CheckoutPage {
	p := m.checkoutPage()
	c := p.Checkout
	c.Payment, c.NothingNow, c.ParcelsName, c.Parcels = nil, true, "parcels", "first"
	c.Due = &view.Due{Now: m.money("0.00"), Later: m.money("148.95"), Rest: m.money("148.95"), Free: true}
	return p
}

// freeCheckoutPage costs nothing.
func (m maker) freeCheckoutPage() *view.CheckoutPage {
	p := m.checkoutPage()
	p.Checkout.Payment, p.Checkout.NothingDue, p.Checkout.Total = nil, true, m.money("0.00")
	return p
}

func (m maker) addressLines() []string {
	return []string{"Claire Martin", "3 quai de la Fosse", "44000 Nantes", m.say("France", "France", "Francia", "Frankreich")}
}
