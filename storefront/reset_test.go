package storefront_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
)

// letterbox takes the letters of one shop.
type letterbox struct {
	shop *tenant.Shop
	got  []mail.Message
}

func (l *letterbox) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return l.shop, nil }

func (l *letterbox) Send(_ context.Context, m mail.Message) error {
	l.got = append(l.got, m)
	return nil
}

// letters sends what waits and gives it back.
func (h *house) letters() []mail.Message {
	h.t.Helper()
	box := &letterbox{shop: h.shop}
	r := jobs.NewRegistry()
	notify.NewPostman(box, box, h.desk, h.ring, "shops@example.com").Register(r)
	jobstest.Drain(h.t, h.row.Schema, r)
	return box.got
}

// linkIn is the address of a letter's link, the same in both its forms.
func linkIn(t *testing.T, m mail.Message) string {
	t.Helper()
	link := regexp.MustCompile(`http://\S+/account/reset/[^\s"<>]+`).FindString(m.Text)
	if link == "" || !strings.Contains(m.HTML, link) {
		t.Fatalf("no link, or another in HTML: %q", m.Text)
	}
	return link
}

// ask has a letter written for a forgotten password, in German.
func (h *house) ask(t *testing.T, b *webtest.Browser) mail.Message {
	t.Helper()
	b.Get(h.at("/de/account/sign-in"))
	b.Follow(`a[href$="/account/forgot"]`)
	b.Submit("form.form", webtest.Values{"email": "anna@example.org"})
	b.WantStatus(200).WantClean()
	got := h.letters()
	if len(got) != 1 || got[0].To[0].Address != "anna@example.org" || !strings.Contains(got[0].Subject, "Passwort") {
		t.Fatalf("letters: %+v", got)
	}
	return got[0]
}

// ACC-01: from the question to the letter, by its link to a new password, and in; the link works once,
// and the old password and what was signed in with it no more.
func TestReset_EndToEnd(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	signedIn := h.browser(t)
	register(t, h, signedIn)
	h.letters()
	first := linkIn(t, h.ask(t, h.browser(t)))
	link := linkIn(t, h.ask(t, h.browser(t)))
	if first == link {
		t.Fatal("two letters hold one secret")
	}

	b := h.browser(t)
	b.Get(link)
	b.WantStatus(200).WantClean().Want(`input[value="anna@example.org"]`).WantHeader("Referrer-Policy", "no-referrer")
	if b.Attr("html", "lang") != "de" {
		t.Error("the page is not in the customer's language")
	}
	b.Submit("form.form", webtest.Values{"password": "short"})
	b.WantStatus(422).WantClean().Want("[name=password][aria-invalid=true]")
	b.Submit("form.form", webtest.Values{"password": "a brand new phrase"})
	b.WantStatus(200).WantPath("/de/account").WantText("h1", "Anna Berg").Want(".note.success")

	for _, used := range []string{link, first} {
		late := h.browser(t)
		late.Get(used)
		late.WantStatus(422).WantClean().WantNo("[name=password]").Want(`a[href$="/account/forgot"]`)
	}
	signedIn.Get(h.at("/de/account"))
	signedIn.WantPath("/de/account/sign-in")
	for password, path := range map[string]string{"a long enough phrase": "/de/account/sign-in", "a brand new phrase": "/de/account"} {
		again := h.browser(t)
		again.Get(h.at("/de/account/sign-in"))
		again.Submit("form.form", webtest.Values{"email": "anna@example.org", "password": password})
		again.WantPath(path)
	}
}

// ACC-01: the link works for as long as it says, also while its page stands open.
func TestReset_Expires(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	register(t, h, h.browser(t))
	h.letters()
	link := linkIn(t, h.ask(t, h.browser(t)))
	h.clock.Advance(customer.ResetFor - time.Second)
	b := h.browser(t)
	b.Get(link)
	b.WantStatus(200).Want("[name=password]")
	h.clock.Advance(2 * time.Second)
	b.Submit("form.form", webtest.Values{"password": "a brand new phrase"})
	b.WantStatus(422).WantClean().WantNo("[name=password]")
	b.Get(h.at("/account"))
	b.WantPath("/account/sign-in")
}
