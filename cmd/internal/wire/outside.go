package wire

import (
	"log/slog"
	"net/netip"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
)

// Brand signs pages and letters of the platform.
const Brand = "Échoppe"

// Outside is everything the program is given from outside. "serve" reads it from the environment,
// "demo" starts it on this machine.
type Outside struct {
	Log     *slog.Logger
	Clock   clock.Clock
	Metrics *prometheus.Registry

	DatabaseURL string // as the program's login role
	OwnerURL    string // as the owner of the schemas; "" in a process that makes no shops
	Pooled      bool   // PgBouncer stands between
	MaxConns    int    // of the pool; its default when zero
	RedisURL    string
	Objects     blob.Bucket
	Mail        mail.Sender
	From        mail.Address
	Keys        *secret.Ring

	Sites    sites.Sites
	Proxies  []netip.Prefix
	Prepared int // empty shops kept ready

	// Desks are further sub-domains: the demo's mailbox and bank.
	Desks map[string]router.Surface
	// Bank is the pretend bank new shops are connected to; nil connects none.
	Bank *Bank
	// DemoShop is the slug the home page shows as an example; "" for none.
	DemoShop string
}

// Bank is how to reach the pretend bank.
type Bank struct {
	Address  string // origin of its page and of its API
	Merchant string
	Key      secret.Text
	// Trials are contracts it has with anybody, as a merchant types them, by the family they are of.
	Trials map[string]url.Values
}
