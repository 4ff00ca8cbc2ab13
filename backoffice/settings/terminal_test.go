package shopsettings_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"testing"

	shopsettings "echoppe.dev/backoffice/settings"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/terminal"
)

// duties are the texts merchants have accepted, by version: a digest of the six paragraphs in all languages. A text that changes
// needs a version of its own, because every acceptance names the one that was read.
var duties = map[string]string{
	"2026-11": "75b4ac7f917cd7bed101e4b9",
}

// PAY-03: what was accepted can be known for ever.
func TestTerminal_duty(t *testing.T) {
	words, err := i18n.Load(shopsettings.Locales, "locales")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for _, l := range i18n.Shipped {
		for i := 1; words.Has(l, "setup.terminal.duty_"+strconv.Itoa(i)); i++ {
			sum.Write([]byte(words.T(l, "setup.terminal.duty_"+strconv.Itoa(i), nil) + "\n"))
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)[:12]); duties[terminal.DutyVersion] != got {
		t.Errorf("the text of %s is %s: give a changed text another version", terminal.DutyVersion, got)
	}
}

// PAY-03: the duty is accepted in writing, and keys are taken after it.
func TestTerminal(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	page := at("settings/payment/terminal")
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point := base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())

	b.Get(at("settings/payment/new"))
	b.Follow(`a[href$="/settings/payment/terminal"]`)
	b.WantStatus(200).WantClean().WantNo("#new-key")
	if got := b.Post(at("settings/payment/terminal/keys"), url.Values{"point": {point}}).Status; got != 409 {
		t.Errorf("a key before the duty: %d", got)
	}
	b.Get(page)
	b.Submit(`form[action$="/accept"]`, webtest.Values{"name": "Claire"})
	b.WantStatus(422).WantClean().Want(`input[name="name"][value="Claire"][aria-invalid]`)
	b.Submit(`form[action$="/accept"]`, webtest.Values{"name": "Claire Martin"})
	b.WantStatus(200).WantClean().WantText("main", "Claire Martin").WantNo(`form[action$="/accept"]`).WantCount("#new-key input[name=point]", 1)
	for _, id := range []string{"key-phrase", "key-again", "key-keep"} {
		b.WantNo("#" + id + "[name]")
	}
	for _, bad := range []url.Values{{"point": {"x"}}, {"point": {point}, "wrapped": {base64.RawURLEncoding.EncodeToString(key.Bytes())}}} {
		b.Post(at("settings/payment/terminal/keys"), bad)
		b.WantStatus(422).WantClean()
	}
	b.Post(at("settings/payment/terminal/keys"), url.Values{"point": {point}})
	b.WantStatus(200).WantClean().WantText("main", "in your file only").Want(`a[href$="/settings/payment/new/terminal"]`)
	book := o.settings(t).Terminal.Book()
	if !book.Ready() || book.Current().Point != point || book.Accepted.By.Name == "" || book.Accepted.Version != terminal.DutyVersion {
		t.Errorf("%+v", book)
	}
	b.Follow(`a[href$="/settings/payment/new/terminal"]`)
	b.WantStatus(200).WantClean().Submit("main form", nil)
	b.WantStatus(200).WantText("main", "Active")
	if modes := o.paymentModes(t); len(modes) != 1 || modes[0].Kind != terminal.Kind {
		t.Errorf("%+v", modes)
	}
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		if b.WantClean(); strings.Contains(b.Text("main"), "setup.") {
			t.Errorf("LANG-01 a key shows in %s", l)
		}
	}
}
