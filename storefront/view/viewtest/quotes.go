package viewtest

import "echoppe.dev/storefront/view"

// quotePages are a quote in all its states, and the way to it.
func (m maker) quotePages() []Page {
	ask := &view.QuoteRequestPage{
		Site: m.site("quote_request", "/cart/quote", m.say("Demander un devis", "Request a quote", "Pedir un presupuesto", "Angebot anfordern"), true),
		Form: view.Form{Action: post(m.url("/cart/quote"), "key", "k1")}, Name: view.Input{Name: "name"}, Email: view.Input{Name: "email"},
		Message: view.Input{Name: "message"}, Trap: view.Input{Name: "website"}, Cart: m.readyCartPage().Cart, CartURL: m.url("/cart"),
	}
	wrong := *ask
	text := m.say("Ce champ est obligatoire.", "This field is required.", "Este campo es obligatorio.", "Bitte füllen Sie dieses Feld aus.")
	wrong.Form.Error, wrong.Name.Error, wrong.Email.Error, wrong.Message.Error = text, text, text, text
	known := *ask
	known.Customer, known.Known = m.customer(), true
	pages := []Page{{"quote-request", "quote_request", ask}, {"quote-request-wrong", "quote_request", &wrong}, {"quote-request-known", "quote_request", &known},
		{"quote-refuse", "quote_refuse", &view.QuoteRefusePage{Site: m.site("quote_refuse", "/quote/x/refuse/1", m.quoteTitle(), true),
			Form: view.Form{Action: post(m.url("/quote/x/refuse/1")), Error: text}, Number: "D-1001", Back: m.url("/quote/x"), Reason: view.Input{Name: "reason", Error: text}}},
		{"account-quotes", "account_quotes", &view.QuotesPage{Site: m.personal("account_quotes", "/account/quotes"), Quotes: m.quoteRows(),
			Pages: m.listing("/account/quotes", 0).Pages, CartURL: m.url("/cart")}},
		{"account-quotes-none", "account_quotes", &view.QuotesPage{Site: m.personal("account_quotes", "/account/quotes"),
			Pages: &view.Pagination{Page: 1, Count: 1}, CartURL: m.url("/cart")}},
	}
	for _, state := range []string{"draft", "sent", "expired", "accepted", "refused"} {
		pages = append(pages, Page{"quote-" + state, "quote", m.quotePage(state)})
	}
	asked := m.quotePage("draft")
	asked.Asked = true
	ordered := m.checkoutPage()
	ordered.Checkout.Quote, ordered.Checkout.Codes, ordered.Checkout.CartURL = "D-1001", nil, m.url("/quote/x")
	short := m.knownCheckoutPage()
	short.Checkout.Quote, short.Checkout.Codes, short.Checkout.CartURL = "D-1001", nil, m.url("/quote/x")
	offered := m.readyCartPage()
	offered.Cart.Quote, offered.Customer = m.url("/cart/quote"), m.customer()
	return append(pages, Page{"quote-asked", "quote", asked}, Page{"quote-checkout", "checkout", ordered},
		Page{"quote-checkout-short", "checkout", short}, Page{"cart-quote", "cart", offered})
}

func (m maker) quoteTitle() string {
	return m.say("Devis D-1001", "Quote D-1001", "Presupuesto D-1001", "Angebot D-1001")
}

func (m maker) quotePage(state string) *view.QuotePage {
	o := m.order()
	q := &view.Quote{Number: "D-1001", State: state, CreatedAt: now, Message: o.Note, Lines: o.Lines, Totals: m.totals(), Net: true, Later: true}
	if state != "draft" {
		q.Until, q.PDF, q.Remark = day(30), m.url("/quote/x/pdf"), m.say("Livré en deux fois.", "Delivered in two parts.", "Entrega en dos veces.", "Lieferung in zwei Teilen.")
	}
	switch state {
	case "sent":
		q.Accept, q.Refuse = m.url("/quote/x/order/1"), m.url("/quote/x/refuse/1")
	case "accepted":
		q.OrderNumber, q.OrderURL = "10482", m.url("/orders/x")
	case "refused":
		q.Reason = m.say("Trop cher.", "Too dear.", "Demasiado caro.", "Zu teuer.")
	}
	return &view.QuotePage{Site: m.site("quote", "/quote/x", m.quoteTitle(), true), Quote: q}
}

func (m maker) quoteRows() []*view.QuoteRow {
	return []*view.QuoteRow{
		{Number: "D-1002", URL: m.url("/quote/y"), CreatedAt: now, State: "draft", Pieces: 3, Total: m.money("148.95")},
		{Number: "D-1001", URL: m.url("/quote/x"), CreatedAt: *day(-40), State: "accepted", Until: day(-10), Pieces: 1, Total: m.money("24.00")},
	}
}
