package apptest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/mail/capture"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/i18n"
)

// Place is a running program seen from a test: by the front door through the network, and by the
// joined house for what only a test wants to know.
type Place struct {
	App  *wire.App
	Addr string // host and port on the loopback network
	Data string // its folder
}

// The demo's own sub-domains.
const (
	mailLabel = "mail"
	bankLabel = "bank"
)

// Bank is the origin of the pretend bank.
func (p *Place) Bank() string { return p.App.Out.Sites.Desk(bankLabel) }

// ConsoleLink is a way into the operators' console that works once.
func (p *Place) ConsoleLink(t testing.TB) string {
	t.Helper()
	chief, err := p.App.Accounts.Appoint(t.Context(), "chief@example.com", i18n.English, authz.Operator)
	if err != nil {
		t.Fatal(err)
	}
	token, err := p.App.Accounts.MakeLink(t.Context(), chief.ID, account.Enter, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p.App.Out.Sites.Console() + account.LinkPath + token
}

// Letters are the captured letters to an address whose subject contains about, newest first.
func (p *Place) Letters(t testing.TB, to, about string) []capture.Envelope {
	t.Helper()
	var list []capture.Envelope
	p.mail(t, "/letters.json?"+url.Values{"to": {to}, "subject": {about}}.Encode(), &list)
	return list
}

// Letter waits for a letter to an address whose subject contains about, and reads the newest.
func (p *Place) Letter(t testing.TB, to, about string) capture.Letter {
	t.Helper()
	var list []capture.Envelope
	Eventually(t, "a letter to "+to+" about "+about, func() bool {
		list = p.Letters(t, to, about)
		return len(list) > 0
	})
	var letter capture.Letter
	p.mail(t, "/letters/"+list[0].ID+"/letter.json", &letter)
	return letter
}

func (p *Place) mail(t testing.TB, path string, into any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.Addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = strings.TrimPrefix(p.App.Out.Sites.Desk(mailLabel), "http://")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("mailbox answers %s", resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
