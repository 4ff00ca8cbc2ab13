package wire

import (
	"context"
	"fmt"

	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/vies"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/fraud/fianet"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/payment/testbank"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/supply"
	"echoppe.dev/tenant/transfer"
	"echoppe.dev/tenant/vat"
	"echoppe.dev/themes"
)

// Rooms are the use cases of a shop, joined.
type Rooms struct {
	Words       *i18n.Catalog
	Library     *media.Library
	Gateways    *payment.Gateways
	Modes       *payment.Modes
	Calculators shipping.Calculators
	Post        *notify.Post
	Customers   *customer.Accounts
	Links       *order.Links
	Desk        *checkout.Desk
	Carts       *cart.Carts
	Theme       *theme.Engine
	Importer    *transfer.Importer
	Scorer      *fianet.Scorer
	Wallets     *payment.Registrar

	app *App
}

func (a *App) joinShops(context.Context) (err error) {
	r := &Rooms{app: a, Words: tenantWords(), Calculators: shipping.Builtin()}
	a.Rooms = r
	r.Library = media.New(media.Config{Bucket: a.Out.Objects, Quota: a.quotas()})
	if r.Gateways, err = a.gateways(); err != nil {
		return err
	}
	r.Scorer = fianet.New(fianet.Certissim(), a.calls(), a.Out.Keys)
	r.Modes = payment.NewModes(r.Gateways, a.Out.Keys)
	r.Wallets = payment.NewRegistrar(r.Modes, a.hosts, a.Out.Clock, a.Out.Log)
	hasher, err := account.NewHasher()
	if err != nil {
		return err
	}
	r.Post = notify.NewPost(a.Out.Keys)
	to := storefront.Addresses{Platform: a.platformAddress, OfficeOrder: a.officeOrder, StaffQuote: a.officeQuote}
	r.Customers = customer.New(hasher, a.Limiter, to, r.Post)
	r.Links = order.NewLinks(a.Out.Keys)
	r.Desk = checkout.New(checkout.Config{
		Modes: r.Modes, Calculators: r.Calculators, Accounts: r.Customers, Links: r.Links, Quotes: quote.NewLinks(a.Out.Keys),
		Addresses: to, Post: r.Post,
		// What else happens when an order moves. Invoices and downloads will stand here.
		Reactions: checkout.Reactions{},
		VAT:       a.register(),
		Shield:    a.shield(),
		Signals:   a.Signals,
		Scorers:   r.scorers,
	})
	r.Carts = cart.New(r.Desk)
	r.Importer = transfer.New(a.Out.Objects).Within(a.quotas())
	r.Theme, err = theme.New(theme.Options{Base: themes.Base()})
	return err
}

// register looks VAT numbers up at the Commission, and remembers what it said in the shop's cache.
func (a *App) register() *vat.Checker {
	caches := func(shop *tenant.Shop) vat.Cache { return a.Redis.For(shop.ID().String()) }
	return vat.New(vies.New(vies.Config{Clock: a.Out.Clock}), caches, a.Out.Clock)
}

// calls reach banks and scorers, or the pretend bank that stands for them.
func (a *App) calls() *bankcall.Client {
	calls := bankcall.Options{Clock: a.Out.Clock, Log: a.Out.Log}
	if b := a.Out.Bank; b != nil {
		calls.StandIn = b.Address
	}
	return bankcall.New(calls)
}

// scorers are the outside screeners a shop has a contract with.
func (r *Rooms) scorers(shop *tenant.Shop, rules fraud.Rules) []fraud.Outside {
	if out, on := r.Scorer.For(shop.ID().String(), rules.FiaNet); on {
		return []fraud.Outside{out}
	}
	return nil
}

// gateways are the families a merchant can choose from.
func (a *App) gateways() (*payment.Gateways, error) {
	client := a.calls()
	gateways := append(offline.All(), banks.All(client)...)
	if b := a.Out.Bank; b != nil {
		pretend, err := testbank.New(testbank.Options{Endpoint: b.Address + "/" + testbank.Key, Clock: a.Out.Clock, Calls: client})
		if err != nil {
			return nil, err
		}
		gateways = append(gateways, pretend)
	}
	return payment.NewGateways(gateways...)
}

// handle registers the jobs of the rooms.
func (r *Rooms) handle(j *jobs.Registry) {
	r.Library.Handle(j, r.app.Opener)
	r.Importer.Handle(j, r.app.Opener)
	r.Desk.Register(j, fleetShops{r.app.Opener, r.app.Registry})
	r.Wallets.Register(j, fleetShops{r.app.Opener, r.app.Registry})
	r.Modes.Register(j, fleetShops{r.app.Opener, r.app.Registry})
	supply.NewPostmaster(r.app.Opener, r.Post).Register(j)
	notify.NewPostman(r.app.Opener, r.app.Out.Mail, r.Desk, r.app.Out.Keys, r.app.Out.From.Address).Register(j)
}

// counts are the figures beside the navigation.
func counts(tx tenant.Tx) (map[officeui.Section]int, error) {
	var n struct{ Orders, Quotes int }
	err := tx.DB().Raw(`select
		(select count(*) from orders where state in ('paid', 'awaiting_shipment') and archived_at is null) as orders,
		(select count(*) from quotes where state = 'draft') as quotes`).Scan(&n).Error
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return map[officeui.Section]int{officeui.Orders: n.Orders, officeui.Quotes: n.Quotes}, nil
}

// storefront is what shoppers see.
func (a *App) storefront() *storefront.Handler {
	r := a.Rooms
	var banks []string
	if b := a.Out.Bank; b != nil {
		banks = append(banks, b.Address)
	}
	return storefront.New(storefront.Options{
		Log: a.Out.Log, Clock: a.Out.Clock, Shops: a.Opener, Theme: r.Theme, Words: r.Words,
		Pictures: r.Library, Limiter: a.Limiter, Carts: r.Carts, Desk: r.Desk, Accounts: r.Customers,
		Banks: banks, Wallets: r.Wallets, Messenger: messenger{r.Post}, Calculators: r.Calculators,
	})
}

// platformAddress is the address of a shop that never lapses.
func (a *App) platformAddress(shop *tenant.Shop) string {
	return a.Out.Sites.Platform() + "/" + shop.Slug() + sites.Suffix
}

// officeOrder is the staff's page of an order.
func (a *App) officeOrder(shop *tenant.Shop, o order.ID) string {
	return a.Out.Sites.Office() + "/shops/" + shop.Slug() + "/orders/" + o.String()
}

// officeQuote is the staff's page of a quote.
func (a *App) officeQuote(shop *tenant.Shop, q quote.ID) string {
	return a.Out.Sites.Office() + "/shops/" + shop.Slug() + "/quotes/" + q.String()
}

// messenger carries what visitors write to the shop's post.
type messenger struct{ post *notify.Post }

func (m messenger) Contact(ctx context.Context, shop *tenant.Shop, in storefront.Message) error {
	return m.post.Contact(ctx, shop, notify.Message{Name: in.Name, Email: in.Email, Order: in.Order, Text: in.Text})
}
