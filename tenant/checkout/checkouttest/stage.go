// Package checkouttest sets a stage for tests that buy something: a shop with articles, ways to send
// and to pay, the pretend bank, a mailbox, and a clock that can be moved.
package checkouttest

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/vat"
)

// Clerk is who works in the shop.
var Clerk = tenant.Actor{Kind: tenant.Staff, ID: "clerk", Name: "Claire"}

// Stage is a shop ready to sell. Its time is that of Clock; see Pass.
type Stage struct {
	t        testing.TB
	Shop     *tenant.Shop
	Pool     *pg.Pool
	Clock    *clock.Fixed
	Desk     *checkout.Desk
	Carts    *cart.Carts
	Accounts *customer.Accounts
	Modes    *payment.Modes
	Post     *notify.Post
	Jobs     *jobs.Registry
	Mailbox  *Mailbox
	Bank     *Bank
	Register *Register // of VAT numbers
	queue    *pgxpool.Pool
	passed   time.Duration
	payment  map[string]payment.ModeID
	shipping map[string]string
}

// Close lets go of the connections before the test ends, for tests with many stages.
func (s *Stage) Close() {
	s.queue.Close()
	s.Pool.Close()
}

// open lets nobody be limited.
type open struct{}

func (open) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) { return true, 0 }

// only is the one shop jobs are for.
type only struct{ shop *tenant.Shop }

func (o only) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.shop, nil }

func (o only) Each(ctx context.Context, visit func(context.Context, *tenant.Shop) error) error {
	return visit(ctx, o.shop)
}

// New sets the stage. React adds reactions to the desk's own work.
func New(t testing.TB, react checkout.Reactions) *Stage {
	t.Helper()
	s := &Stage{t: t, Clock: clock.New(time.Now()), Jobs: jobs.NewRegistry(),
		payment: map[string]payment.ModeID{}, shipping: map[string]string{}}
	_, app := pgtest.URLs(t)
	pgtest.Pool(t) // builds the control plane
	pool, err := pg.Open(t.Context(), pg.Config{URL: app, MaxConns: 12, Roles: true, Clock: s.Clock})
	s.must(err)
	t.Cleanup(pool.Close)
	s.Pool, s.Shop, s.queue = pool, tenanttest.On(t, pool, clock.System()), jobstest.Pool(t)
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	s.must(err)
	s.Bank = newBank(s)
	gateways, err := payment.NewGateways(append(append(offline.All(), s.Bank.gateway), s.Bank.called...)...)
	s.must(err)
	hasher, err := account.NewHasher()
	s.must(err)
	s.Post, s.Modes, s.Mailbox = notify.NewPost(ring), payment.NewModes(gateways, ring), &Mailbox{}
	s.Accounts = customer.New(hasher, open{}, addresses{s}, s.Post)
	s.Register = &Register{At: s.Clock}
	s.Desk = checkout.New(checkout.Config{Modes: s.Modes, Calculators: shipping.Builtin(), Accounts: s.Accounts,
		Links: order.NewLinks(ring), Quotes: quote.NewLinks(ring), Post: s.Post, Addresses: addresses{s}, Reactions: react,
		VAT: vat.New(s.Register, nil, s.Clock)})
	s.Carts = cart.New(s.Desk)
	s.Desk.Register(s.Jobs, only{s.Shop})
	s.Modes.Register(s.Jobs, only{s.Shop})
	notify.NewPostman(only{s.Shop}, s.Mailbox, s.Desk, ring, "shops@example.com").Register(s.Jobs)
	s.settle()
	return s
}

// settle makes the decisions of a merchant in Lyon, who sells to all of Europe.
func (s *Stage) settle() {
	d := settings.Defaults()
	d.Identity.Name, d.Identity.Email, d.Identity.LegalName = "Atelier", "atelier@example.com", "Atelier SARL"
	d.Identity.Address = address.Address{Name: "Atelier", Line1: "1 rue de la Soie", Postcode: "69001", City: "Lyon", Country: "FR"}
	d.Tax.Destination = true
	for _, doc := range []settings.Document{d.Identity, d.Tax} {
		s.must(settings.Save(s.t.Context(), s.Shop, Clerk, doc, 0))
	}
	s.Ship("Colissimo", "flat", form.Values{"fee": form.TextValue("5.00"), "free_from": form.TextValue("100")})
	s.Pay("cheque", offline.Cheque{}.Key(), url.Values{"payee": {"Atelier SARL"}, "address": {"1 rue de la Soie\n69001 Lyon"}})
	s.Pay("transfer", offline.Transfer{}.Key(), url.Values{"owner": {"Atelier SARL"}, "iban": {"FR76 3000 6000 0112 3456 7890 189"}})
	s.Pay("on delivery", offline.Cash{}.Key(), url.Values{})
	s.Pay("card", s.Bank.gateway.Key(), s.Bank.Contract())
}

// Ship offers a way to send.
func (s *Stage) Ship(name, calculator string, values form.Values) {
	s.t.Helper()
	saved, err := shipping.Builtin().Save(s.t.Context(), s.Shop, Clerk, shipping.Stored{Active: true, Position: len(s.shipping),
		Mode: shipping.Mode{Name: i18n.Text{"fr": name}, Calculator: calculator, Values: values}})
	s.must(err)
	s.shipping[name] = saved.ID
}

// Pay offers a way to pay.
func (s *Stage) Pay(name, kind string, config url.Values) {
	s.t.Helper()
	s.PayFor(name, kind, config, payment.Cost{})
}

// PayFor offers a way to pay that costs or saves something.
func (s *Stage) PayFor(name, kind string, config url.Values, cost payment.Cost) {
	s.t.Helper()
	saved, err := s.Modes.Save(s.t.Context(), s.Shop, Clerk, payment.Draft{Kind: kind, Names: i18n.Text{"fr": name}, Active: true,
		Config: config, Locale: i18n.English, Position: len(s.payment), Scope: payment.Scope{Cost: cost}})
	s.must(err)
	s.payment[name] = saved.ID
}

// Settle lets the card settle in these currencies.
func (s *Stage) Settle(name string, currencies ...string) {
	s.t.Helper()
	s.rescope(name, func(scope *payment.Scope) { scope.Currencies = currencies })
}

// Charge lets the card cost or save something.
func (s *Stage) Charge(name string, cost payment.Cost) {
	s.t.Helper()
	s.rescope(name, func(scope *payment.Scope) { scope.Cost = cost })
}

// rescope changes for whom and how a way to pay at the bank is there.
func (s *Stage) rescope(name string, change func(*payment.Scope)) {
	s.t.Helper()
	s.Write(func(tx tenant.Tx) error {
		m, err := s.Modes.Find(tx, s.ModeOf(name))
		if err != nil {
			return err
		}
		change(&m.Scope)
		_, err = s.Modes.SaveIn(tx, Clerk, payment.Draft{ID: m.ID, Names: m.Names, Scope: m.Scope, Active: m.Active, Test: m.Test,
			Config: s.Bank.Contract(), Locale: i18n.English, Position: m.Position, Rev: m.Rev})
		return err
	})
}

// Leave says when the stock of what is paid so leaves.
func (s *Stage) Leave(name string, moment payment.Moment) {
	s.t.Helper()
	s.scope(name, func(scope *payment.Scope) { scope.Moment = moment })
}

// PayIn offers a way to pay only to those who are billed in these places.
func (s *Stage) PayIn(name string, zones ...shipping.Zone) {
	s.t.Helper()
	s.scope(name, func(scope *payment.Scope) { scope.Zones = zones })
}

func (s *Stage) scope(name string, change func(*payment.Scope)) {
	s.t.Helper()
	s.must(s.Resave(name, func(d *payment.Draft) { change(&d.Scope) }))
}

// Resave saves a way to pay with something changed.
func (s *Stage) Resave(name string, change func(*payment.Draft)) error {
	s.t.Helper()
	var m payment.Mode
	s.Read(func(tx tenant.Tx) (err error) {
		m, err = s.Modes.Find(tx, s.ModeOf(name))
		return err
	})
	gateway, err := s.Modes.Gateways().Find(m.Kind)
	s.must(err)
	draft := payment.Draft{ID: m.ID, Names: m.Names, Texts: m.Texts, Scope: m.Scope,
		Active: m.Active, Test: m.Test, Config: gateway.Config().Encode(i18n.English, m.Config), Locale: i18n.English,
		Position: m.Position, Rev: m.Rev}
	change(&draft)
	_, err = s.Modes.Save(s.t.Context(), s.Shop, Clerk, draft)
	return err
}

// StandIn lets a way to pay take over from another whose bank does not answer; "" for none.
func (s *Stage) StandIn(of, by string) {
	s.t.Helper()
	s.scope(of, func(scope *payment.Scope) {
		if scope.StandIn = (payment.ModeID{}); by != "" {
			scope.StandIn = s.ModeOf(by)
		}
	})
}

// Saves lets customers have their cards kept by the bank of a way to pay.
func (s *Stage) Saves(name string) {
	s.t.Helper()
	s.scope(name, func(scope *payment.Scope) { scope.Saves = true })
}

// Figures are what the merchant is told of a variant's stock.
func (s *Stage) Figures(v stock.VariantID) stock.Figures {
	s.t.Helper()
	var all map[stock.VariantID]stock.Figures
	s.Read(func(tx tenant.Tx) (err error) {
		all, err = stock.Read(tx, []stock.VariantID{v})
		return err
	})
	return all[v]
}

// ModeOf is a way to pay by its name.
func (s *Stage) ModeOf(name string) payment.ModeID {
	s.t.Helper()
	mode, ok := s.payment[name]
	if !ok {
		s.t.Fatalf("no payment mode %q", name)
	}
	return mode
}

// ShippingOf is a way to send by its name.
func (s *Stage) ShippingOf(name string) string { return s.shipping[name] }

// Stock puts an article with one variant on the shelf; its name is its SKU too.
func (s *Stage) Stock(name, price string, onHand int) stock.VariantID {
	s.t.Helper()
	return s.Sell(&catalog.Product{Code: name, Texts: map[i18n.Locale]catalog.Text{"fr": {Name: name}},
		Variants: []catalog.Variant{{SKU: name, Price: decimal.RequireFromString(price), Active: true, Tracked: true,
			OnHand: onHand, WeightG: 500}}})
}

// Sell puts an article on the shelf: physical, taxed at the standard rate, its price with tax, unless
// it says otherwise.
func (s *Stage) Sell(p *catalog.Product) stock.VariantID {
	s.t.Helper()
	if p.Kind == "" {
		p.Kind = catalog.Physical
	}
	if p.TaxClass == "" {
		p.TaxClass, p.PriceGross = "standard", true
	}
	p.State = catalog.Published
	s.must(catalog.Save(s.t.Context(), s.Shop, Clerk, p))
	return p.Variants[0].ID
}

// Level is the stock of a variant.
func (s *Stage) Level(v stock.VariantID) stock.Level {
	s.t.Helper()
	var level stock.Level
	s.Read(func(tx tenant.Tx) error {
		levels, err := stock.Levels(tx, []stock.VariantID{v})
		level = levels[v]
		return err
	})
	return level
}

// Read and Write open a unit of work and fail the test when it fails.
func (s *Stage) Read(fn func(tenant.Tx) error) { s.t.Helper(); s.must(s.Shop.Read(s.t.Context(), fn)) }

// Write is Read for changes.
func (s *Stage) Write(fn func(tenant.Tx) error) {
	s.t.Helper()
	s.must(s.Shop.Write(s.t.Context(), fn))
}

// Pass lets time go by: for the shop, and for the jobs that wait for their hour.
func (s *Stage) Pass(d time.Duration) {
	s.t.Helper()
	s.translate()
	s.Clock.Advance(d)
	s.passed += d
	_, err := s.queue.Exec(s.t.Context(), `update river.river_job set scheduled_at = scheduled_at - make_interval(secs => $1)
		where state in ('scheduled', 'retryable') and metadata @> jsonb_build_object('origin', $2::text)`,
		d.Seconds(), s.schema().String())
	s.must(err)
}

// translate brings jobs that wait for an hour of the stage's clock to the clock of the queue, each once.
func (s *Stage) translate() {
	s.t.Helper()
	_, err := s.queue.Exec(s.t.Context(), `update river.river_job set scheduled_at = scheduled_at - make_interval(secs => $1), metadata = metadata || '{"staged": true}'
		where state = 'scheduled' and metadata->'staged' is null and metadata @> jsonb_build_object('origin', $2::text)`, s.passed.Seconds(), s.schema().String())
	s.must(err)
}

// Work runs every job that is due, letters included, and gives what failed.
func (s *Stage) Work() []jobs.Result {
	s.t.Helper()
	s.translate()
	var failed []jobs.Result
	done, err := jobs.RunDue(s.t.Context(), s.queue, s.Jobs, s.schema().String())
	s.must(err)
	for _, r := range done {
		if r.Err != nil {
			failed = append(failed, r)
		}
	}
	return failed
}

func (s *Stage) schema() (schema pg.Schema) {
	s.Read(func(tx tenant.Tx) error { schema = tx.Schema(); return nil })
	return schema
}

func (s *Stage) must(err error) {
	if err != nil {
		s.t.Helper()
		s.t.Fatal(err)
	}
}

// addresses are those of a shop at test.localhost, whose notices go to the stage.
type addresses struct{ s *Stage }

func (addresses) Order(_ *tenant.Shop, link string) string {
	return "http://test.localhost/order/" + link
}

func (addresses) Pay(_ *tenant.Shop, link string) string {
	return "http://test.localhost/order/" + link + "/pay"
}

func (addresses) Back(_ *tenant.Shop, link string, p payment.ID) string {
	return "http://test.localhost/pay/return/" + p.String() + "/" + link
}

func (addresses) GivenUp(_ *tenant.Shop, link string, p payment.ID) string {
	return "http://test.localhost/pay/cancel/" + p.String() + "/" + link
}

func (a addresses) Notice(_ *tenant.Shop, mode payment.ModeID) string {
	return a.s.Bank.notices.URL + "/test.shop/pay/notify/" + mode.String()
}

func (addresses) Office(_ *tenant.Shop, o order.ID) string {
	return "http://admin.localhost/test.shop/orders/" + o.String()
}

func (addresses) Quote(_ *tenant.Shop, link string) string {
	return "http://test.localhost/quote/" + link
}

func (addresses) OfficeQuote(_ *tenant.Shop, q quote.ID) string {
	return "http://admin.localhost/test.shop/quotes/" + q.String()
}

func (addresses) Reset(_ *tenant.Shop, token string) string {
	return "http://test.localhost/account/reset/" + token
}

var (
	_ checkout.Addresses = addresses{}
	_ customer.Addresses = addresses{}
	_ checkout.Shops     = only{}
)
