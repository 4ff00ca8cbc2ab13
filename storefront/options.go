package storefront

import (
	"context"
	"io"
	"log/slog"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/shipping"
)

// Options is what the storefront is made of. Everything is required but where it says otherwise.
type Options struct {
	Log   *slog.Logger
	Clock clock.Clock
	// Shops opens what the router has found; tenant.Opener does.
	Shops Opener
	// Theme draws the pages.
	Theme *theme.Engine
	// Words are the messages of all rooms below, merged; the storefront adds its own.
	Words *i18n.Catalog
	// Pictures serves the copies of pictures; media.Library does.
	Pictures Pictures
	// Limiter bounds sign-ins, messages and the like.
	Limiter web.Limiter
	// Carts, Desk and Accounts are the rooms below that shoppers change things in.
	Carts    *cart.Carts
	Desk     *checkout.Desk
	Accounts *customer.Accounts
	// Calculators compute what delivery would cost, for the article's page; none shows no estimate.
	Calculators shipping.Calculators
	// Banks are the origins that a buyer may be redirected to for paying ("https://bank.example"):
	// browsers want them named by the page that sends him there. A bank that is not named is reached
	// by one more click.
	Banks []string
	// Wallets gives the file Apple reads on a shop's hosts; payment.Registrar does. Nil: none is served.
	Wallets interface {
		AssociationFile(ctx context.Context, shop *tenant.Shop) ([]byte, error)
	}
	// Messenger carries messages to merchants.
	Messenger Messenger
	// PageBytes is how much memory cached pages may take; 128 MiB when zero.
	PageBytes uint64
}

// Opener binds a row of the registry to its data.
type Opener interface {
	Open(r tenant.Ref) (*tenant.Shop, error)
}

// Pictures opens what may be shown to anybody.
type Pictures interface {
	Open(ctx context.Context, shop tenant.ID, key string) (io.ReadCloser, blob.Meta, error)
}

const defaultPageBytes = 128 << 20

var _ Opener = (*tenant.Opener)(nil)
