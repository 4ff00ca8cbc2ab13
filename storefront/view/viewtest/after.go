package viewtest

import "echoppe.dev/storefront/view"

func (m maker) order() *view.Order {
	var lines []*view.OrderLine
	for i, q := range []int{2, 1} {
		l := m.line(3*i, "1", 1)
		lines = append(lines, &view.OrderLine{Name: l.Name, SKU: l.SKU, URL: l.URL, Image: l.Image, Options: l.Options, Unit: l.Price.Now, Total: l.Total, Quantity: q, Shipped: 1})
	}
	return &view.Order{
		Number: "10482", PlacedAt: now, State: "shipped", Payment: "paid", URL: m.url("/orders/x"), Email: "claire@example.org",
		Steps:   []view.OrderStep{{Key: "placed", At: day(0), Done: true}, {Key: "paid", At: day(0), Done: true}, {Key: "shipped", At: day(1), Done: true}, {Key: "delivered"}},
		Events:  []view.OrderEvent{{Key: "shipped", At: *day(1)}, {Key: "note", Note: m.say("Le bol part demain, il sèche encore.", "The bowl leaves tomorrow, it is still drying.", "El cuenco sale mañana, aún se está secando.", "Die Schale folgt morgen, sie trocknet noch."), At: *day(1)}, {Key: "paid", At: now}, {Key: "placed", At: now}},
		Parcels: []*view.Parcel{{Carrier: "Colissimo", Number: "6A12345678901", URL: "https://carrier.example/6A12345678901", ShippedAt: day(1)}, {Carrier: "Colissimo", Number: "6A9", Delivered: true}},
		Lines:   lines, Totals: m.totals(), Total: m.money("148.95"), Charged: &view.Charge{Amount: m.money("148.95")},
		Delivery: m.addressLines(), Billing: m.addressLines(), ShippingName: "Colissimo", PaymentName: m.say("Carte bancaire", "Bank card", "Tarjeta", "Kreditkarte"),
		Note:      m.say("Sonnez deux fois.", "Ring twice.", "Llame dos veces.", "Bitte zweimal klingeln."),
		Documents: []*view.Link{{Label: m.say("Facture", "Invoice", "Factura", "Rechnung"), URL: m.url("/orders/x/invoice")}},
	}
}

func (m maker) orderPage() *view.OrderPage {
	p := &view.OrderPage{Site: m.site("order", "/orders/x", "10482", true), Order: m.order()}
	again := post(m.url("/orders/x/again"))
	p.Order.Again = &again
	return p
}

// payForm are the ways of the checkout.
func (m maker) payForm() *view.PayForm {
	return &view.PayForm{Action: post(m.url("/orders/x/pay")), Name: "mode", Ways: m.checkoutPage().Checkout.Payment, Amount: m.money("148.95")}
}

// restPage is an order of which a deposit has been paid.
func (m maker) restPage() *view.OrderPage {
	p := m.orderPage()
	pay := m.payForm()
	pay.Rest, pay.Amount = true, m.money("100.00")
	p.Order.Due = &view.Due{Now: m.money("48.95"), Later: m.money("100.00"), Rest: m.money("100.00"), Paid: true}
	p.Order.Payment, p.Order.Pay, p.Order.ParcelsWish = "deposit_paid", pay, "together"
	stop := post(m.url("/orders/x/stop"))
	p.Order.Repeat = &view.Repeat{Title: m.say("Paiements réguliers", "Regular payments", "Pagos periódicos", "Regelmäßige Zahlungen"), Stop: &stop,
		Lines:     []string{m.say("148,95 € tous les mois, jusqu’à l’arrêt.", "€148.95 every month, until stopped.", "148,95 € cada mes, hasta que se pare.", "148,95 € jeden Monat, bis zum Stopp.")},
		StopLabel: m.say("Arrêter", "Stop", "Parar", "Stoppen"), StopText: m.say("Rien de plus ne sera prélevé.", "Nothing more will be charged.", "No se cobrará nada más.", "Es wird nichts mehr abgebucht.")}
	return p
}

// creditPage is an order that was cancelled and paid afterwards.
func (m maker) creditPage() *view.OrderPage {
	p := m.orderPage()
	owed := m.money("148.95")
	p.Order.State, p.Order.Payment, p.Order.Credit, p.Order.Steps, p.Order.Parcels = "cancelled", "credit", &owed, nil, nil
	return p
}

// placedPage is seen right after ordering, to be paid by cheque.
func (m maker) placedPage() *view.OrderPage {
	p := m.orderPage()
	o := p.Order
	pay, cancel := m.payForm(), post(m.url("/orders/x/cancel"))
	pay.Other = true
	p.Placed, o.State, o.Payment, o.Parcels, o.Again, o.Pay, o.Cancel, o.Documents = true, "placed", "awaiting", nil, nil, pay, &cancel, nil
	o.Steps[1], o.Steps[2] = view.OrderStep{Key: "paid"}, view.OrderStep{Key: "shipped"}
	o.Events = o.Events[3:]
	o.Instructions = &view.Instruction{Kind: "transfer", Text: m.checkoutPage().Checkout.Payment[1].Instructions, Data: []view.Pair{
		{Name: "IBAN", Value: "FR76 3000 4000 0500 0006 7890 189", Code: true}, {Name: "BIC", Value: "BNPAFRPP", Code: true}, {Name: m.say("Référence", "Reference", "Referencia", "Verwendungszweck"), Value: "10482", Code: true}, {Name: m.say("Montant", "Amount", "Importe", "Betrag"), Value: m.money("148.95").Text}}}
	return p
}

func (m maker) paymentPage(state string) *view.PaymentPage {
	p := &view.PaymentPage{Site: m.site("payment", "/pay/x", m.say("Paiement", "Payment", "Pago", "Zahlung"), true),
		Payment: &view.Payment{State: state, Amount: m.money("148.95"), OrderNumber: "10482", OrderURL: m.url("/orders/x"), StatusURL: m.url("/pay/x")}}
	if state == "pending" {
		p.Page.Refresh = 3
	}
	if state == "failed" || state == "canceled" {
		p.Payment.Retry, p.Payment.Reason = m.payForm(), m.say("La banque a refusé la carte.", "The bank refused the card.", "El banco ha rechazado la tarjeta.", "Die Bank hat die Karte abgelehnt.")
	}
	return p
}

func (m maker) hopPage() *view.PaymentHopPage {
	return &view.PaymentHopPage{Site: m.site("payment_hop", "/pay/x", m.say("Paiement", "Payment", "Pago", "Zahlung"), true),
		Hop: &view.Hop{Bank: "Banque de Loire", Amount: m.money("148.95"), Method: "post", Action: post("https://bank.example/pay", "ref", "10482"), OrderURL: m.url("/orders/x")}}
}

func (m maker) embedPage() *view.PaymentEmbedPage {
	return &view.PaymentEmbedPage{Site: m.site("payment_embed", "/pay/x", m.say("Paiement", "Payment", "Pago", "Zahlung"), true),
		Embed: &view.Embed{Bank: "Banque de Loire", Amount: m.money("148.95"), DriverURL: m.url("/pay/driver/bank.js"), ScriptURL: "https://bank.example/fields.js",
			Data: []view.Hidden{{Name: "token", Value: "T<1>"}}, PlainURL: m.url("/orders/x/pay?plain=1"), OrderURL: m.url("/orders/x")}}
}

func (m maker) rows() []*view.OrderRow {
	return []*view.OrderRow{
		{Number: "10482", URL: m.url("/orders/x"), PlacedAt: now, State: "shipped", Payment: "paid", Pieces: 3, Total: m.money("148.95")},
		{Number: "10391", URL: m.url("/orders/y"), PlacedAt: *day(-40), State: "placed", Payment: "awaiting", Pieces: 1, Total: m.money("24.00")},
		{Number: "9977", URL: m.url("/orders/z"), PlacedAt: *day(-200), State: "cancelled", Payment: "refunded", Pieces: 2, Total: m.money("1248.00")},
	}
}

func (m maker) card() *view.AddressCard {
	return &view.AddressCard{Lines: m.addressLines(), Delivery: true, Billing: true, EditURL: m.url("/account/addresses/1"), Remove: post(m.url("/account/addresses/1/remove"))}
}

// personal is the site of an account page.
func (m maker) personal(template, path string) view.Site {
	s := m.site(template, path, m.say("Mon compte", "My account", "Mi cuenta", "Mein Konto"), true)
	s.Customer = m.customer()
	s.Flash = []view.Flash{{Kind: "success", Text: m.say("C’est enregistré.", "Saved.", "Guardado.", "Gespeichert.")}}
	return s
}

func (m maker) accountPages() []Page {
	in := func(name, value, err string) view.Input { return view.Input{Name: name, Value: value, Error: err} }
	form := view.Form{Action: post(m.url("/account/x"), "back", m.url("/cart"))}
	wrong := form
	wrong.Error = m.say("Adresse e-mail ou mot de passe inconnu.", "Unknown e-mail address or password.", "Correo o contraseña desconocidos.", "E-Mail-Adresse oder Passwort unbekannt.")
	fresh := func(name string) view.Input {
		return view.Input{Name: name, Min: 8, Error: m.say("Trop court.", "Too short.", "Demasiado corta.", "Zu kurz.")}
	}
	anonymous := func(template, title string) view.Site { return m.site(template, "/account/"+template, title, true) }
	sign := m.say("Connexion", "Sign in", "Iniciar sesión", "Anmelden")
	none := &view.AccountPage{Site: m.personal("account", "/account")}
	return []Page{
		{"account", "account", &view.AccountPage{Site: m.personal("account", "/account"), Orders: m.rows(), Address: m.card()}},
		{"account-new", "account", none},
		{"account-orders", "account_orders", &view.OrdersPage{Site: m.personal("account_orders", "/account/orders"), Orders: m.rows(), Pages: m.listing("/account/orders", 0).Pages}},
		{"account-orders-none", "account_orders", &view.OrdersPage{Site: m.personal("account_orders", "/account/orders"), Pages: &view.Pagination{Page: 1, Count: 1}}},
		{"account-addresses", "account_addresses", &view.AddressesPage{Site: m.personal("account_addresses", "/account/addresses"), Addresses: []*view.AddressCard{m.card(), m.card()}, NewURL: m.url("/account/addresses/new")}},
		{"account-cards", "account_cards", &view.CardsPage{Site: m.personal("account_cards", "/account/cards"), Cards: []*view.KeptCard{
			{Name: "Visa •••• 4242, 12/29", Since: now, Remove: post(m.url("/account/cards/1/remove"))}, {Name: "Mastercard •••• 4444, 01/20", Since: now, Expired: true, Test: true, Remove: post(m.url("/account/cards/2/remove"))}}}},
		{"account-cards-none", "account_cards", &view.CardsPage{Site: m.personal("account_cards", "/account/cards")}},
		{"account-address", "account_address", &view.AddressPage{Site: m.personal("account_address", "/account/addresses/1"), Form: form, Refresh: m.url("/account/addresses/refresh"), Address: m.address("address", "section-book"), New: true, Delivery: view.Check{Name: "default_delivery", Checked: true}, Billing: view.Check{Name: "default_billing"}, Back: m.url("/account/addresses")}},
		{"account-profile", "account_profile", &view.ProfilePage{Site: m.personal("account_profile", "/account/profile"), Form: form, Name: in("name", "Claire Martin", ""), Email: in("email", "claire@example.org", ""), Password: in("password", "", ""), NewPassword: fresh("new_password")}},
		{"sign-in", "account_sign_in", &view.SignInPage{Site: anonymous("account_sign_in", sign), Form: wrong, Email: in("email", "claire@example.org", ""), Password: in("password", "", ""), Register: m.url("/account/register"), Forgot: m.url("/account/forgot")}},
		{"register", "account_register", &view.RegisterPage{Site: anonymous("account_register", sign), Form: form, Name: in("name", "", ""), Email: in("email", "", ""), Password: fresh("password"), Terms: m.checkoutPage().Checkout.Terms, SignIn: m.url("/account/sign-in")}},
		{"profile", "profile", &view.ProfileChoicePage{Site: anonymous("profile", sign), SignIn: m.url("/account/sign-in"),
			Choices: []*view.ProfileChoice{{Name: m.say("Particulier", "Private customer", "Particular", "Privatkunde"), Selected: true},
				{Name: m.say("Entreprise", "Company", "Empresa", "Unternehmen"), Text: m.say("Prix hors taxes", "Prices without tax", "Precios sin impuestos", "Preise ohne Steuer")}},
			Code: &view.ProfileCode{Form: wrong, Code: in("code", "ATELIER", m.say("Ce code n’ouvre rien.", "This code opens nothing.", "Este código no abre nada.", "Dieser Code öffnet nichts."))}}},
		{"forgot", "account_forgot", &view.ForgotPage{Site: anonymous("account_forgot", sign), Form: form, Email: in("email", "", ""), SignIn: m.url("/account/sign-in")}},
		{"forgot-sent", "account_forgot", &view.ForgotPage{Site: anonymous("account_forgot", sign), Form: form, Sent: true, SignIn: m.url("/account/sign-in")}},
		{"reset", "account_reset", &view.ResetPage{Site: anonymous("account_reset", sign), Form: form, Email: "claire@example.org", Password: fresh("password"), Forgot: m.url("/account/forgot")}},
		{"reset-expired", "account_reset", &view.ResetPage{Site: anonymous("account_reset", sign), Expired: true, Forgot: m.url("/account/forgot")}},
	}
}
