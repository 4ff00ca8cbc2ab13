package main_test

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/seed"
)

// The life of a demo in one folder: started, used, killed in every way, started again, ended.
func TestDemo(t *testing.T) {
	life := t // a program started again outlives the part that started it again
	data, port := filepath.Join(t.TempDir(), "data"), apptest.FreePort(t)
	began := time.Now()
	demo := apptest.StartDemo(t, data, port)
	t.Logf("first start: %.1f s", time.Since(began).Seconds())
	place := demo.Join(t)
	shop := place.NewShop(t, "lune")
	shop.Stock(t, "Tasse", "24.00", 50)

	t.Run("welcome", func(t *testing.T) { welcome(t, demo, place) })
	t.Run("reseller", func(t *testing.T) { reseller(t, demo, place) })
	t.Run("metrics", func(t *testing.T) { metrics(t, demo, place) })
	t.Run("commands", func(t *testing.T) { commands(t, data, port) })

	t.Run("kill -9 of Postgres loses no order", func(t *testing.T) {
		b := shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "1")
		number := order(t, shop, b, byCheque)
		page := b.URL()
		killed, err := postmaster(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		// What the killed one has left behind answers for a moment yet.
		apptest.Eventually(t, "another database server", func() bool {
			pid, err := postmaster(data)
			return err == nil && pid != killed
		})
		apptest.Eventually(t, "the order's page", func() bool { return b.Get(page).Status == http.StatusOK })
		b.WantText("h1", number)
		shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "1")
	})

	t.Run("kill -9 of the program between placing and paying", func(t *testing.T) {
		b := shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "2")
		before := shop.Count(t, "select count(*) from orders")
		number := order(t, shop, b, byCard)
		orders := b.Page().Doc().Find(`main a[href*="/order/"]`).AttrOr("href", "")
		demo.Kill(t)

		began := time.Now()
		demo = apptest.StartDemo(life, data, port)
		t.Logf("later start: %.1f s", time.Since(began).Seconds())
		place, shop = reopen(t, demo, shop)
		if n := shop.Count(t, "select count(*) from orders"); n != before+1 {
			t.Errorf("%d orders, want %d", n, before+1)
		}
		b.Get(shop.URL + "/cart")
		b.WantStatus(200).Want(".empty")
		b.Get(place.App.Out.Sites.Platform() + orders)
		b.WantStatus(200)
		b.Submit(payButton, nil)
		payLater(t, b)
		wantPaid(t, shop, number)
		if n := shop.Count(t, "select count(*) from payments p join orders o on o.id = p.order_id where o.number = ? and p.state = 'captured'", number); n != 1 {
			t.Errorf("%d settled payments", n)
		}
	})

	t.Run("Ctrl-C leaves nothing", func(t *testing.T) {
		children := demo.Children()
		if len(children) == 0 {
			t.Fatal("a demo without a database process")
		}
		demo.CtrlC(t)
		if code := demo.Wait(t); code != 0 {
			t.Errorf("exit code %d\n%s", code, demo.Said())
		}
		for _, pid := range children {
			if apptest.Alive(pid) {
				t.Errorf("process %d is still there", pid)
			}
		}
		state, err := pglocal.Look(doctor.DatabaseFolder(data))
		if err != nil || state.Parent != 0 || len(state.Orphans) > 0 || state.StaleLock {
			t.Errorf("%+v %v", state, err)
		}
		if _, err := os.Stat(filepath.Join(data, "run.json")); err == nil {
			t.Error("it still announces itself")
		}
	})
	t.Run("commands on a demo at rest", func(t *testing.T) { commandsAtRest(t, data, port, shop.Slug()) })
}

// welcome: every address answers, and the links sign in once.
func welcome(t *testing.T, demo *apptest.Program, place *apptest.Place) {
	at := demo.Welcome(t)
	for _, name := range []string{"Sign up", "Demo shop", "Mailbox", "Bank"} {
		b := place.Visitor(t, "en")
		b.Get(at[name])
		if b.Status() != http.StatusOK {
			t.Errorf("%s: %s answers %d", name, at[name], b.Status())
		}
	}
	for _, name := range []string{"Back office", "Console"} {
		b := place.Visitor(t, "en")
		b.Get(at[name])
		b.WantStatus(200)
		if strings.Contains(b.Path(), "sign-in") {
			t.Errorf("%s: the link leads to %s", name, b.URL())
		}
		second := place.Visitor(t, "en")
		second.Get(at[name])
		if !strings.Contains(second.Path(), "sign-in") {
			t.Errorf("%s: the link signed in twice", name)
		}
	}
}

// reseller: the welcome says how a reseller signs in, and he sees prices without tax (PROF-07).
func reseller(t *testing.T, demo *apptest.Program, place *apptest.Place) {
	said := regexp.MustCompile(`signs in to the publisher's shop as (\S+) with the password “(.+)”`).FindStringSubmatch(demo.Said())
	if said == nil {
		t.Fatalf("no reseller in:\n%s", demo.Said())
	}
	b := place.Visitor(t, "fr")
	b.Get(demo.Welcome(t)["Reseller"])
	b.Submit("main form", webtest.Values{"email": said[1], "password": said[2]})
	b.WantStatus(200).WantText("main", "Librairie du Port")
	shop := place.Find(t, "editions")
	if n := shop.Count(t, "select count(*) from customers where email = ? and profile = ?", said[1], string(seed.Booksellers)); n != 1 {
		t.Errorf("%d booksellers", n)
	}
}

// metrics: what the process counts is told to this machine at a port of its own, and to nobody where shoppers
// come in, wherever they seem to come from.
func metrics(t *testing.T, demo *apptest.Program, place *apptest.Place) {
	inside := demo.Welcome(t)["Metrics"]
	resp, err := http.Get(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(text), "echoppe_build_info") {
		t.Errorf("%s: %d %v %.200s", inside, resp.StatusCode, err, text)
	}
	if u, err := url.Parse(inside); err != nil || u.Hostname() != "127.0.0.1" || u.Port() == demo.Port {
		t.Errorf("told at %s", inside)
	}
	for _, variable := range []string{"ADDR=:" + demo.Port, "METRICS_ADDR=" + strings.TrimSuffix(strings.TrimPrefix(inside, "http://"), "/metrics")} {
		if out := apptest.Run(t, []string{variable}, "ready"); out.Code != 0 || out.Stdout+out.Stderr != "" {
			t.Errorf("%s: ready ends with %d: %s%s", variable, out.Code, out.Stdout, out.Stderr)
		}
	}
	wantRefused(t, apptest.Run(t, []string{"ADDR=127.0.0.1:1"}, "ready"), "Nothing answers at 127.0.0.1:1")
	for _, at := range []string{"http://127.0.0.1:" + demo.Port + "/metrics", place.App.Out.Sites.Platform() + "/metrics", place.App.Out.Sites.Console() + "/metrics"} {
		page := place.Visitor(t, "en").Get(at)
		if page.Status == http.StatusOK || strings.Contains(string(page.Body), "echoppe_build_info") {
			t.Errorf("%s answers %d", at, page.Status)
		}
	}
}

// A demo that is stopped while its shops are being stocked ends in silence: it was asked to.
func TestDemo_StoppedEarly(t *testing.T) {
	demo := apptest.StartDemo(t, filepath.Join(t.TempDir(), "data"), apptest.FreePort(t))
	demo.Welcome(t)
	demo.CtrlC(t)
	if code := demo.Wait(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if said := demo.Said(); strings.Contains(said, "level=") || strings.Contains(said, "canceled") {
		t.Errorf("it says:\n%s", said)
	}
}

// reopen is the same shop after a new start.
func reopen(t *testing.T, demo *apptest.Program, shop *apptest.Shop) (*apptest.Place, *apptest.Shop) {
	t.Helper()
	place := demo.Join(t)
	return place, place.Find(t, shop.Slug())
}

// postmaster is the process of the demo's database.
func postmaster(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(doctor.DatabaseFolder(data), "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(line)
}
