package desk_test

import (
	"crypto/rand"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
)

var (
	posted = regexp.MustCompile(`r\.POST\("(/[^"]*)",`)
	forms  = regexp.MustCompile(`(?s)<form[^>]*method="post"[^@]*@(?:ui\.FormKeys|csrf)\(`)
	begun  = regexp.MustCompile(`<form[^>]*method="post"`)
)

// sources are the files of the desks that end in suffix.
func sources(t *testing.T, suffix string) (texts []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, suffix) {
			return err
		}
		text, err := os.ReadFile("../" + path)
		texts = append(texts, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

type counting struct {
	routes []string
	acted  map[string]int
}

func (d *counting) Routes(r *web.Routes) {
	for _, route := range d.routes {
		r.POST(route, func(c echo.Context) error {
			d.acted[route]++
			return c.Redirect(http.StatusSeeOther, "/shops/test/there")
		}, web.Can("home.view"))
	}
}

// SEC: every route of the desks that takes a form acts once for one form, but for those that have a reason.
func TestOnce_EveryRouteOfTheDesks(t *testing.T) {
	d := &counting{acted: map[string]int{}}
	for _, text := range sources(t, "desk.go") {
		for _, found := range posted.FindAllStringSubmatch(text, -1) {
			d.routes = append(d.routes, found[1])
		}
	}
	if len(d.routes) < 100 {
		t.Fatalf("found only %d routes", len(d.routes))
	}
	o := officetest.Open(t, nil, func(*officetest.Office) []desk.Desk { return []desk.Desk{d} })
	b := o.Browser(t)
	for _, route := range d.routes {
		form := url.Values{ui.KeyField: {rand.Text()}}
		for range 2 {
			b.Post(officetest.Base+strings.TrimPrefix(route, "/"), form)
		}
		want := 1
		if desk.Repeats(route) {
			want = 2
		}
		if d.acted[route] != want {
			t.Errorf("POST %s acted %d times, want %d", route, d.acted[route], want)
		}
	}
	for _, route := range desk.Listed() {
		if d.acted[route] == 0 {
			t.Errorf("%s is listed and no route", route)
		}
	}
}

// SEC: every form that a desk draws by hand has its keys.
func TestOnce_EveryFormHasItsKey(t *testing.T) {
	for _, text := range sources(t, ".templ") {
		if keyed, all := len(forms.FindAllString(text, -1)), len(begun.FindAllString(text, -1)); keyed != all {
			t.Errorf("%d of %d forms have keys: %.80s", keyed, all, text)
		}
	}
}
