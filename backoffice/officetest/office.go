package officetest

import (
	"bytes"
	"crypto/rand"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/blob"
	blobfs "echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tenanttest"
)

// Base is the address of the shop's office.
const Base = "https://admin.platform.tld/shops/test/"

// Office is a shop's office with the desks of a test.
type Office struct {
	Shop    *tenant.Shop
	Bucket  blob.Bucket
	Library *media.Library
	Policy  *authz.Policy
	// Role is what the visitor may do; the owner when empty.
	Role authz.Role
	// Name is the visitor's own; he may have told none.
	Name string
	// Routes is the table of contents.
	Routes *web.Routes

	who     account.ID
	handler http.Handler
	screens *screen.Screens
}

// Who is the actor of what a test prepares.
var Who = tenant.Actor{Kind: tenant.Staff, ID: "test", Name: "Lucie"}

// Open makes the office: a shop in euros, with prices including VAT, in French and the other
// languages shipped. desks are made when the office exists, because they need its library.
func Open(t testing.TB, words []fs.FS, desks func(*Office) []desk.Desk) *Office {
	t.Helper()
	bucket, err := blobfs.Open(blobfs.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	policy, err := authz.New()
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{Shop: tenanttest.Open(t), Bucket: bucket, Policy: policy, Role: authz.Owner, Name: "Lucie Marchand", who: id.New[account.Account]()}
	o.Library = media.New(media.Config{Bucket: bucket})
	o.settle(t)
	words = append(words, officeui.Locales, room("tenant"), room("tenant/media"), room("tenant/transfer"))
	if o.screens, err = screen.New(words...); err != nil {
		t.Fatal(err)
	}
	e := web.New(web.Options{Log: slog.New(slog.DiscardHandler), Surface: web.Office, Actor: o.enter, Guard: o.guard})
	o.Routes = web.Guarded(e)
	o.Routes.GET(ui.AssetPrefix+"*", screen.Assets(), web.Anyone)
	shop := o.Routes.Group("/shops/:shop").Around(desk.Once(memory(t).Once()))
	for _, d := range desks(o) {
		d.Routes(shop)
	}
	o.handler = e
	return o
}

// room is the folder of a room whose words are not exported.
func room(path string) fs.FS {
	_, here, _, _ := runtime.Caller(0)
	return os.DirFS(filepath.Join(filepath.Dir(here), "..", "..", path))
}

// memory is a Redis of the test.
func memory(t testing.TB) *kv.Client {
	t.Helper()
	local, err := kv.StartLocal()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(local.Close)
	client, err := kv.Open(t.Context(), kv.Config{URL: local.URL(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// settle gives the shop what a merchant decides first.
func (o *Office) settle(t testing.TB) {
	t.Helper()
	s := settings.Defaults()
	s.Identity.Name = "Atelier Lune"
	s.Identity.Address.Country = "FR"
	s.Languages = settings.Languages{Default: i18n.French, Offered: i18n.Shipped}
	s.Currencies.Management = "EUR"
	for _, doc := range []settings.Document{s.Identity, s.Languages, s.Currencies} {
		if err := settings.Save(t.Context(), o.Shop, Who, doc, 0); err != nil {
			t.Fatal(err)
		}
	}
}

func (o *Office) enter(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Param("shop") == "" {
			return next(c)
		}
		v := &desk.Visit{
			Row:  &registry.Shop{ID: id.As[registry.Shop](o.Shop.ID()), Slug: "test", Name: "Atelier Lune", State: registry.Open},
			Shop: o.Shop, Role: o.Role, View: o.screens.View(c),
			Account: account.Account{ID: o.who, Email: "lucie@example.org", Name: o.Name},
		}
		here := officeui.Shop{Name: "Atelier Lune", Address: "test.shop", Office: "/shops/test/", URL: o.Shop.BaseURL(),
			State: ui.Badge{Label: v.T("office.nav.shop"), Tone: ui.Good, Dot: true}}
		v.Office = officeui.Office{
			Base: "/shops/test", Platform: "Échoppe", Shop: here, Shops: []officeui.Shop{here},
			Person: officeui.Person{Name: v.Account.Title(), Email: v.Account.Email}, Can: o.can, SignOut: "/sign-out", Account: "/account",
		}
		v.View.Key = rand.Text
		web.Put(c, v)
		return next(c)
	}
}

func (o *Office) can(permission string) bool {
	shop := authz.Shop(o.Shop.ID().String())
	return o.Policy.Can([]authz.Grant{{Role: o.Role, Domain: shop}}, shop, permission)
}

func (o *Office) guard(c echo.Context, permission string) error {
	if !desk.Here(c).Can(permission) {
		return web.ErrNoGuard
	}
	return nil
}

// Handler is the office as a server.
func (o *Office) Handler() http.Handler { return o.handler }

// Browser is a member of staff who reads English.
func (o *Office) Browser(t testing.TB) *webtest.Browser {
	b := webtest.Open(t, o.handler)
	b.Language = "en"
	return b
}

// Photo is a small picture to upload; every n is another one.
func Photo(t testing.TB, name string, n int) webtest.File {
	t.Helper()
	return webtest.File{Name: name, Type: "image/png", Content: Picture(t, n, 240, 180)}
}

// Picture draws a picture of a size; every n is another one.
func Picture(t testing.TB, n, width, height int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, color.RGBA{R: uint8(n * 53), G: uint8(x * 255 / width), B: uint8(y * 255 / height), A: 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
