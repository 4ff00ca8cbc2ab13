package shopsettings

import (
	"context"
	"embed"
	"net/url"
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Previews makes links that lead into a closed shop; router.Previews does.
type Previews interface {
	Link(shop *registry.Shop, ttl time.Duration) string
}

// Config is what the desk needs.
type Config struct {
	Calculators shipping.Calculators
	Modes       *payment.Modes
	Registry    *registry.Registry
	Domains     *domains.Domains
	Accounts    *account.Accounts
	Plans       *plan.Plans
	Previews    Previews
	Sites       sites.Sites
	// Notices is the address a mode's bank sends its notices to; storefront.Addresses.Notice is one.
	Notices func(*tenant.Shop, payment.ModeID) string
	// Trials are contracts to try with, by family, where a pretend bank stands in for the banks; nil elsewhere.
	Trials map[string]url.Values
	// Wallets tells banks the addresses of shops, and what they said.
	Wallets *payment.Registrar
	// Quotes are the reference rates of the day; ecb.Feed gives them.
	Quotes func(context.Context) (settings.Quotes, time.Time, error)
	// Signals takes back what a shop reported to the fleet; signals.Signals does.
	Signals interface {
		Forget(ctx context.Context, shop string) error
	}
	// Advisory is what the operators want merchants to know about fraud.
	Advisory *advisory.Board
	// Wanted takes requests for banks that are not on the list.
	Wanted Wishes
	// Scorer seals the password of an outside scorer; fianet.Scorer does.
	Scorer interface {
		Seal(shop, password string) (string, error)
	}
	// Checkout tries payment modes.
	Checkout *checkout.Desk
	// Unsent converts the quotes nobody has been offered yet; checkout.Desk does.
	Unsent conversion.Quotes
}

// Desk is the settings of one shop at a time.
type Desk struct{ Config }

// New makes the desk.
func New(conf Config) *Desk { return &Desk{conf} }

// What each part may be done by.
var (
	canView       = web.Can("settings.view")
	canEdit       = web.Can("settings.edit")
	canPay        = web.Can("settings.payment")
	canConvert    = web.Can("settings.currency")
	canSwitch     = web.Can("settings.mode")
	canReadPages  = web.Can("content.view")
	canWritePages = web.Can("content.edit")
	canSeeTeam    = web.Can("team.view")
	canLeadTeam   = web.Can("team.edit")
)

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/settings", d.index, canView)
	for _, doc := range d.documents() {
		r.GET("/settings/"+doc.path, d.editDocument(doc), canView)
		r.POST("/settings/"+doc.path, d.saveDocument(doc), canEdit)
	}

	r.GET("/settings/currencies/convert", d.showConvert, canConvert)
	r.POST("/settings/currencies/convert", d.convert, canConvert)
	r.GET("/settings/pack", d.showPack, canView)
	r.POST("/settings/pack", d.applyPack, canEdit)
	r.GET("/settings/rates/known", d.knownRates, canView)

	r.GET("/settings/shipping", d.shippingModes, canView)
	r.GET("/settings/shipping/simulator", d.simulate, canView)
	r.GET("/settings/shipping/new", d.chooseShipping, canEdit)
	r.GET("/settings/shipping/new/:kind", d.newShipping, canEdit)
	r.POST("/settings/shipping/new/:kind", d.addShipping, canEdit)
	r.GET("/settings/shipping/:mode", d.editShipping, canView)
	r.POST("/settings/shipping/:mode", d.saveShipping, canEdit)
	r.GET("/settings/shipping/:mode/copy", d.copyShipping, canEdit)
	r.POST("/settings/shipping/:mode/switch", d.switchShipping, canEdit)
	r.POST("/settings/shipping/:mode/move", d.moveShipping, canEdit)
	r.GET("/settings/shipping/:mode/remove", d.askRemoveShipping, canEdit)
	r.POST("/settings/shipping/:mode/remove", d.removeShipping, canEdit)

	r.GET("/settings/payment", d.paymentModes, canView)
	r.GET("/settings/payment/new", d.choosePayment, canPay)
	r.GET("/settings/payment/new/:kind", d.newPayment, canPay)
	r.POST("/settings/payment/new/:kind", d.addPayment, canPay)
	r.GET("/settings/payment/terminal", d.terminal, canPay)
	r.GET("/settings/payment/terminal.js", d.terminalScript, canPay)
	r.POST("/settings/payment/terminal/accept", d.acceptDuty, canPay)
	r.POST("/settings/payment/terminal/keys", d.addKey, canPay)
	r.GET("/"+wantedPath, d.askBank, canPay)
	r.POST("/"+wantedPath, d.sendWanted, canPay)
	r.GET("/settings/payment/:mode", d.editPayment, canPay)
	r.POST("/settings/payment/:mode", d.savePayment, canPay)
	r.POST("/settings/payment/:mode/domains", d.registerDomains, canPay)
	r.POST("/settings/payment/:mode/try", d.tryPayment, canPay)
	r.POST("/settings/payment/:mode/switch", d.switchPayment, canPay)
	r.POST("/settings/payment/:mode/move", d.movePayment, canPay)
	r.GET("/settings/payment/:mode/remove", d.askRemovePayment, canPay)
	r.POST("/settings/payment/:mode/remove", d.removePayment, canPay)

	r.GET("/settings/opening", d.opening, canSwitch)
	r.POST("/settings/opening", d.saveOpening, canSwitch)
	r.POST("/settings/opening/preview", d.renewPreview, canSwitch)

	r.GET("/settings/addresses", d.addresses, canView)
	r.POST("/settings/addresses/name", d.rename, canEdit)
	r.POST("/settings/addresses/canonical", d.setCanonical, canEdit)
	r.POST("/settings/addresses/domains", d.connectDomain, canEdit)
	r.POST("/settings/addresses/domains/:host/verify", d.verifyDomain, canEdit)
	r.POST("/settings/addresses/domains/:host/main", d.setMainDomain, canEdit)
	r.GET("/settings/addresses/domains/:host/release", d.askReleaseDomain, canEdit)
	r.POST("/settings/addresses/domains/:host/release", d.releaseDomain, canEdit)

	r.GET("/settings/pages", d.pages, canReadPages)
	r.GET("/settings/pages/new", d.newPage, canWritePages)
	r.POST("/settings/pages/new", d.savePage, canWritePages)
	r.GET("/settings/pages/:page", d.editPage, canReadPages)
	r.POST("/settings/pages/:page", d.savePage, canWritePages)
	r.POST("/settings/pages/:page/move", d.movePage, canWritePages)
	r.GET("/settings/pages/:page/remove", d.askRemovePage, canWritePages)
	r.POST("/settings/pages/:page/remove", d.removePage, canWritePages)

	r.GET("/settings/team", d.team, canSeeTeam)
	r.POST("/settings/team", d.invite, canLeadTeam)
	r.POST("/settings/team/:member/role", d.setRole, canLeadTeam)
	r.GET("/settings/team/:member/remove", d.askRemoveMember, canLeadTeam)
	r.POST("/settings/team/:member/remove", d.removeMember, canLeadTeam)
}

var _ desk.Desk = (*Desk)(nil)
