package wire

import (
	"embed"
	"fmt"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/banks"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/supply"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

// tenantWords are the messages of all rooms of a shop, on top of those of the kit.
func tenantWords() *i18n.Catalog {
	words := i18n.Base()
	for _, more := range append(banks.Words(),
		tenant.Words(), cart.Words(), checkout.Words(), customer.Words(), fraud.Words(), media.Words(), notify.Words(), order.Words(), payment.Words(), payout.Words(), promotion.Words(), quote.Words(), shipment.Words(), transfer.Words(),
		load(content.Locales), load(start.Locales), load(pricing.Locales), load(tax.Locales), load(shipping.Locales), load(currency.Locales),
		load(discount.Locales), load(pricefile.Locales), load(profile.Locales), load(pricelist.Locales), load(bulk.Locales), load(conversion.Locales), supply.Words(),
	) {
		words = words.Merge(more)
	}
	return words
}

func load(files embed.FS) *i18n.Catalog {
	c, err := i18n.Load(files, "locales")
	if err != nil {
		panic(fmt.Sprintf("wire: %v", err)) // compiled in, and tested
	}
	return c
}
