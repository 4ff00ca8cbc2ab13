package view

// Pages are the data of all templates, by the names of the templates: empty, for whoever asks what they have.
func Pages() map[string]any {
	return map[string]any{
		"account": AccountPage{}, "account_address": AddressPage{}, "account_addresses": AddressesPage{}, "account_cards": CardsPage{},
		"account_forgot": ForgotPage{}, "account_orders": OrdersPage{}, "account_profile": ProfilePage{}, "account_quotes": QuotesPage{},
		"account_register": RegisterPage{}, "account_reset": ResetPage{}, "account_sign_in": SignInPage{}, "cart": CartPage{},
		"checkout": CheckoutPage{}, "classification": ClassificationPage{}, "contact": ContactPage{}, "content": ContentPage{},
		"error": ErrorPage{}, "family": FamilyPage{}, "home": HomePage{}, "maintenance": MaintenancePage{}, "not_found": NotFoundPage{},
		"order": OrderPage{}, "payment": PaymentPage{}, "payment_embed": PaymentEmbedPage{}, "payment_hop": PaymentHopPage{},
		"product": ProductPage{}, "profile": ProfileChoicePage{}, "quote": QuotePage{}, "quote_refuse": QuoteRefusePage{},
		"quote_request": QuoteRequestPage{}, "search": SearchPage{}, "site_map": SiteMapPage{}, "trust": TrustPage{},
		"withdrawn": WithdrawnPage{},
	}
}
