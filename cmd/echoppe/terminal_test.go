package main_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	random "math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	pay "echoppe.dev/tenant/payment"
)

// A card that nobody has: its digits stand in no file, so that finding them means that they came from the buyer.
func freshCard() string {
	digits := fmt.Sprintf("4%014d", random.Int64N(1e14))
	for luhn(digits) { // a digit too few must be seen
		digits = fmt.Sprintf("4%014d", random.Int64N(1e14))
	}
	for check := range 10 {
		if number := digits + fmt.Sprint(check); luhn(number) {
			return number
		}
	}
	panic("one check digit of ten is right")
}

// freshText is what nobody has written before.
func freshText() string { return rand.Text()[:12] }

const (
	byTerminal = "Carte au terminal"
	phrase     = "quatre mots faciles ici"
)

// PAY-03: a card for the merchant's own terminal is sealed in the buyer's browser and opened in the merchant's. After it the memory
// of the program and of its database, their files, the log and every table hold no card number.
func TestTerminal(t *testing.T) {
	data, port := filepath.Join(t.TempDir(), "data"), apptest.FreePort(t)
	demo := apptest.StartDemo(t, data, port)
	place := demo.Join(t)
	shop := place.NewShop(t, "terminal")
	shop.Stock(t, "Tasse", "24.00", 10)
	saveTerminalMode(t, place, shop)
	number, holder := freshCard(), "ZOE "+freshText()

	merchant := browsertest.Open(t, browsertest.Options{Language: "fr"}).Go(shop.OfficeLink(t))
	desk := shop.Office() + "/settings/payment/terminal"
	merchant.Go(desk).WantText("main", "Pas encore autorisé")
	if merchant.Has("#f-name") {
		t.Error("the duty can be accepted although no operator allows it")
	}
	shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "1").WantNoText(byTerminal)
	if _, err := place.App.Registry.SetTerminal(t.Context(), registry.Change{Shop: shop.Row.ID, By: audit.Actor{Name: "test"}}, true); err != nil {
		t.Fatal(err)
	}
	apptest.Eventually(t, "the program to learn that it is allowed", func() bool { return merchant.Go(desk).Has("#f-name") })
	merchant.Fill(`input[name=name]`, "Claire Martin").Click(`form[action$="/accept"] button`).WantText("main", "Claire Martin")
	makeKey(t, merchant)

	page, order := orderByTerminal(t, place, shop)
	buyer := browsertest.Open(t, browsertest.Options{Width: 360, Language: "fr"}).Go(page)
	enterCard(t, buyer, number, holder)
	buyer.WantText("main", "arrivée chiffrée").WantQuiet()

	// The merchant: a wrong passphrase opens nothing; the code is there once.
	merchant.Go(shop.Office()+"/orders/cards").WantAccessible().WantText("table", order)
	merchant.Click(`table a[href*="/orders/"]`)
	file := merchant.URL()
	for _, width := range []int{360, 1280} {
		merchant.Resize(width).WantAccessible()
	}
	merchant.Fill("#card-phrase", "une autre phrase").Press("#open-card .btn").Wait("#card-phrase-error").WantText("#card-phrase-error", "Rien").Go(file)
	merchant.Fill("#card-phrase", phrase).Press("#open-card .btn").Wait("#shown-number")
	merchant.WantText("#shown-number", number[:4]+" "+number[4:8]).WantText("#shown-name", holder).WantText("#shown-code", "737").WantAccessible()
	merchant.Go(file).WantText(".events, main", "Carte ouverte depuis")
	merchant.Fill("#card-phrase", phrase).Press("#open-card .btn").Wait("#shown-number").WantText("#shown-code", "effacé")
	if n := shop.Count(t, "select count(*) from audit where action = 'payment.card_opened' and after->>'from' <> ''"); n != 2 {
		t.Errorf("%d openings in the journal, want 2: the wrong passphrase opens nothing", n)
	}

	search := []string{number, number[:4] + " " + number[4:8] + " " + number[8:12] + " " + number[12:], holder}
	wantNowhere(t, demo, place, search)
	merchant.Go(file).Click(`form[action$="/paid"] .btn`)
	wantPaid(t, shop, order)
	if n := shop.Count(t, "select count(*) from payments where sealed_card is not null"); n != 0 {
		t.Errorf("%d cards are left", n)
	}
	merchant.WantQuiet()
	wantNowhere(t, demo, place, search)

	t.Run("refused", func(t *testing.T) {
		page, order := orderByTerminal(t, place, shop)
		enterCard(t, browsertest.Open(t, browsertest.Options{Language: "fr"}).Go(page), freshCard(), "ZOE ACHAT")
		merchant.Go(shop.Office() + "/orders/cards").Click(`table a[href*="/orders/"]`)
		merchant.Click("#card-refused .btn-danger").WantText(".alert", "effacée")
		if got := paymentOf(t, shop, order).State; got != "failed" {
			t.Errorf("the payment is %s", got)
		}
		b := place.Visitor(t, "fr")
		b.Get(strings.TrimSuffix(page, "/pay"))
		b.WantStatus(200).WantText("main", "Chèque")
		apptest.Eventually(t, "the buyer to be told", func() bool { return len(place.Letters(t, "claire@example.org", "")) > 0 && refusedLetter(t, shop) })
	})
	t.Run("in clear", func(t *testing.T) {
		page, _ := orderByTerminal(t, place, shop)
		clear := freshCard()
		b := place.Visitor(t, "fr")
		b.Get(page)
		b.WantStatus(200).WantCount("#card input[name]", 3).WantCount(`#card input[name]:not([type="hidden"])`, 0)
		to := strings.TrimSuffix(b.Path(), "/pay") + "/card"
		for _, fields := range []url.Values{{"card": {clear}}, {"number": {clear[:4] + " " + clear[4:8] + " " + clear[8:12] + " " + clear[12:]}}} {
			fields.Set("payment", b.Value("#card input[name=payment]"))
			b.Post(to, fields)
			b.WantStatus(422).WantText(".problem", "lisible").WantNoText(clear)
		}
		if n := shop.Count(t, "select count(*) from payments where sealed_card is not null"); n != 0 {
			t.Error("it was kept")
		}
		wantUnwritten(t, demo, place, []string{clear})
	})
	t.Run("no script", func(t *testing.T) {
		page, _ := orderByTerminal(t, place, shop)
		b := browsertest.Open(t, browsertest.Options{NoScript: true, Language: "fr", Width: 360}).Go(page)
		b.Wait("#no-script").WantText("#no-script", "JavaScript").Click("main a[href*='/order/']").WantText("main", "Chèque")
	})
	t.Run("new key", func(t *testing.T) {
		page, _ := orderByTerminal(t, place, shop)
		other := freshCard()
		enterCard(t, browsertest.Open(t, browsertest.Options{Language: "fr"}).Go(page), other, "ZOE ACHAT")
		makeKey(t, merchant.Go(desk))
		merchant.Go(shop.Office() + "/orders/cards").Click(`table a[href*="/orders/"]`)
		merchant.Fill("#card-phrase", phrase).Press("#open-card .btn").Wait("#shown-number").WantText("#shown-number", other[:4])
	})
}

// refusedLetter tells whether the buyer was written about the card.
func refusedLetter(t *testing.T, shop *apptest.Shop) bool {
	return shop.Count(t, "select count(*) from mails where kind = 'order_note' and data::text like '%refus%'") > 0
}

func saveTerminalMode(t *testing.T, place *apptest.Place, shop *apptest.Shop) {
	t.Helper()
	_, err := place.App.Rooms.Modes.Save(t.Context(), shop.Shop, tenant.ByProgram, pay.Draft{
		Kind: "terminal", Names: i18n.Text{"fr": byTerminal}, Locale: i18n.French, Active: true, Position: 9,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// makeKey makes a key in the merchant's browser, and looks at the page on the way.
func makeKey(t *testing.T, b *browsertest.Browser) {
	t.Helper()
	for _, width := range []int{360, 1280} {
		b.Resize(width).Wait("#key-make").WantAccessible()
	}
	b.Fill("#key-phrase", "court").Press("#key-make").Wait("#key-phrase-error").Go(b.URL())
	b.Fill("#key-phrase", phrase).Fill("#key-again", phrase).Press("#key-make").Wait("#key-use:enabled").Click("#key-use")
	b.WantText("main", "en service").WantText("table", "dans votre fichier, et ici")
}

// orderByTerminal orders, and gives the page that asks for the card.
func orderByTerminal(t *testing.T, place *apptest.Place, shop *apptest.Shop) (page, number string) {
	t.Helper()
	b := shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "1")
	number = order(t, shop, b, byTerminal)
	if policy := b.Page().Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "connect-src") {
		t.Errorf("the policy is %s", policy)
	}
	return b.WantStatus(200).Want("#card").WantCount("script", 1).URL(), number
}

// enterCard types a card, with a slip first, and sends it by keyboard.
func enterCard(t *testing.T, b *browsertest.Browser, number, holder string) {
	t.Helper()
	b.Wait("#card-number").WantAccessible().WantNoSidewaysScroll()
	b.Fill("#card-number", number[:15]).Press("#card button").Wait("#card-number-error").WantText("#card-number-error", "chiffre").Wait("#card-expiry-error")
	b.WantAccessible().Go(b.URL()).Wait("#card-number")
	b.Fill("#card-number", number).Fill("#card-name", holder).Fill("#card-expiry", "01/20").Fill("#card-code", "737").Press("#card button")
	b.WantText("#card-expiry-error", "expiré").Go(b.URL()).Wait("#card-number")
	b.Fill("#card-number", number).Fill("#card-name", holder).Fill("#card-expiry", "12/39").Fill("#card-code", "737").Click("#card button")
}

// wantNowhere fails when one of the texts is anywhere the server could have put it, its memory included.
func wantNowhere(t *testing.T, demo *apptest.Program, place *apptest.Place, texts []string) {
	t.Helper()
	wantUnwritten(t, demo, place, texts)
	var control string // what is known to be there
	for _, rows := range everything(t, place) {
		if _, after, found := strings.Cut(rows, `""point"": ""`); found {
			control = after[:40]
		}
	}
	looked := false
	for _, pid := range append(demo.Children(), demo.PID()) {
		if holds(t, pid, texts) {
			t.Errorf("the memory of process %d holds the card", pid)
		}
		looked = holds(t, pid, []string{control}) || looked
	}
	if !looked || control == "" {
		t.Error("the search finds nothing at all")
	}
}

// wantUnwritten is wantNowhere without the memory.
func wantUnwritten(t *testing.T, demo *apptest.Program, place *apptest.Place, texts []string) {
	t.Helper()
	look := func(where string, content []byte) {
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				t.Errorf("%s holds the card", where)
			}
		}
	}
	for table, rows := range everything(t, place) {
		look(table, []byte(rows))
	}
	look("the log", []byte(demo.Said()))
	err := filepath.WalkDir(demo.Data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // files come and go
		}
		if content, err := os.ReadFile(path); err == nil {
			look(path, content)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// holds tells whether a process has one of the texts in its memory.
func holds(t *testing.T, pid int, texts []string) bool {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		return false // it has ended
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
		return false // it has ended since
	}
	if err != nil {
		t.Fatalf("this test must be allowed to read the memory of what it started: %v", err)
	}
	defer func() { _ = memory.Close() }()
	const overlap = 64
	chunk := make([]byte, 1<<20)
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var rights string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &from, &to, &rights); n != 3 || rights[0] != 'r' || strings.Contains(line, "[v") {
			continue
		}
		for at := from; at < to; at += int64(len(chunk)) - overlap {
			n, err := memory.ReadAt(chunk[:min(int64(len(chunk)), to-at)], at)
			if err != nil && !errors.Is(err, io.EOF) && n == 0 {
				break // a page that is reserved and not there
			}
			for _, text := range texts {
				if bytes.Contains(chunk[:n], []byte(text)) {
					return true
				}
			}
		}
	}
	return false
}
