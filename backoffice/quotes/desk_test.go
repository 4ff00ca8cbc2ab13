package quotes_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/quotes"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/stock"
)

// office is the desk in the office of a shop that gives quotes.
type office struct {
	*officetest.Office
	*checkouttest.Stage
	lamp stock.VariantID
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{quotes.Locales}
	for _, room := range []string{"quote", "checkout", "notify", "pricing", "cart", "shipping"} {
		words = append(words, os.DirFS("../../tenant/"+room))
	}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk { return []desk.Desk{quotes.New(o.Desk, o.Post)} })
	o.Office.Shop = o.Stage.Shop
	o.Quoting()
	o.lamp = o.Stock("Lamp", "60.00", 10)
	return o
}

// asks is a customer who has asked for three lamps.
func (o *office) asks(t *testing.T, email string) *checkout.AskedQuote {
	t.Helper()
	b := o.Guest(email)
	b.Who.Profile = checkouttest.Asker
	must(t, b.Add(o.lamp, 3))
	a, err := b.Ask("Pour un hôtel")
	must(t, err)
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func at(path string) string { return officetest.Base + path }

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01: the words are complete, each is said, and none is missing.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, quotes.Locales, "locales")
	var code strings.Builder
	for _, pattern := range []string{"*.go", "*.templ"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, name := range files {
			if text, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go") {
				code.Write(text)
			}
		}
	}
	said := map[string]bool{}
	for _, match := range regexp.MustCompile(`\bm?r?\.t\("([a-z_.]+)"|"quotes\.([a-z_.]+)"`).FindAllStringSubmatch(code.String(), -1) {
		said[match[1]+match[2]] = true
	}
	for _, match := range regexp.MustCompile(`Sheet\.(?:Field|Must|Of|Suffixed)\("([a-z]+)"`).FindAllStringSubmatch(code.String(), -1) {
		said["field."+match[1]], said["field."+match[1]+"_help"] = true, true
	}
	delete(said, "field.")
	for key := range said {
		if strings.HasSuffix(key, ".view") || strings.HasSuffix(key, "view") || key == "edit" {
			continue // permissions
		}
		i18ntest.Used(t, words, "quotes."+key)
	}
	for _, key := range words.Keys(i18n.English) {
		if name, ours := strings.CutPrefix(key, "quotes."); ours && !said[name] {
			t.Errorf("%s is never said", key)
		}
	}
}

// QUO-03: a request is edited, sent, edited and sent anew, and declined.
func TestQuote(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("quotes"))
	b.WantStatus(200).WantClean().WantText(".empty-title", "No quotes yet").Want(`.empty a[href$="/profiles"]`)
	a := o.asks(t, "zoe@example.org")
	b.Get(at("quotes?state=draft"))
	b.WantStatus(200).WantClean().WantCount("tbody tr", 1).WantText("tbody tr", "180.00")
	b.Get(at("quotes?state=expired"))
	b.WantClean().WantText(".empty-title", "No quote matches")
	b.Get(at("quotes?state=draft"))
	b.Follow("tbody th a")
	b.WantStatus(200).WantClean().WantText("main", "Pour un hôtel").WantText("main", "Price in the shop when added: €50.00").WantText("main", "EUR excl. VAT")
	line := o.Quote(a.Quote.ID).Draft.Lines[0].ID.String()

	b.Submit("main form.form", webtest.Values{"qty." + line: "x", "unit." + line: "abc", "until": "2099-01-01", "add": ""})
	b.WantStatus(422).WantClean().WantCount("[aria-invalid=true]", 2)
	if b.Value(`[name="qty.`+line+`"]`) != "x" {
		t.Error("what was typed is lost")
	}
	b.Submit("main form.form", webtest.Values{"qty." + line: "4", "unit." + line: "41.50", "until": "2099-01-01", "add": "nothing"})
	b.WantStatus(422).WantClean().Want("[name=until][aria-invalid=true]")
	b.Submit("main form.form", webtest.Values{"until": "", "add": "nothing"})
	b.WantStatus(422).WantText(".error", "nothing")
	b.Submit("main form.form", webtest.Values{"add": "LAMP", "remark": "Delivered in two parts"})
	b.WantStatus(200).WantClean().WantText(".alert", "saved").WantText("main", "249.00") // 5 × 41.50 and the tax
	b.Submit(`button[value="send"]`, nil)
	b.WantStatus(200).WantClean().WantText(".alert", "zoe@example.org").WantText(".page-head .badge", "sent").WantText("main", "version 1")
	if q := o.Quote(a.Quote.ID); q.State != quote.Sent || q.Sent.Remark != "Delivered in two parts" || q.Sent.Lines[0].Qty != 5 {
		t.Errorf("%+v", q)
	}
	t.Run("QUO-03 an edit is not sent by itself", func(t *testing.T) {
		b := b.In(t)
		b.Submit("main form.form", webtest.Values{"unit." + line: "40", "carriage": o.ShippingOf("Colissimo"), "cost": "12.00"})
		b.WantStatus(200).WantClean().WantText(".page-head", "edited, not sent again yet").WantText("main", "What the customer sees (version 1)")
		if q := o.Quote(a.Quote.ID); q.Sent.Lines[0].Unit.Amount.String() != "41.50" || q.Draft.Carriage == nil {
			t.Errorf("%+v", q)
		}
		b.Submit(`button[value="send"]`, nil)
		b.WantText("main", "version 2").WantNoText("edited, not sent")
	})
	t.Run("somebody else was faster: it is said, and nothing typed is lost", func(t *testing.T) {
		b := b.In(t)
		other := b.Another()
		other.Get(b.URL())
		other.Submit("main form.form", webtest.Values{"remark": "Theirs"})
		b.Submit("main form.form", webtest.Values{"remark": "Mine"})
		b.WantStatus(409).WantClean().WantText("main", "Somebody else")
		if got := strings.TrimSpace(b.Value("[name=remark]")); got != "Mine" {
			t.Errorf("%q", got)
		}
		b.Submit("main form.form", nil)
		b.WantStatus(200)
	})
	t.Run("its paper", func(t *testing.T) {
		reader := b.Another()
		reader.Get(b.URL() + "/pdf")
		reader.WantStatus(200).WantHeader("Content-Type", "application/pdf")
		if !bytes.HasPrefix(reader.Page().Body, []byte("%PDF-")) {
			t.Error("no PDF")
		}
	})
	t.Run("its letters can be sent again", func(t *testing.T) {
		o.Work()
		b := b.In(t)
		b.Get(b.URL())
		var letter string
		o.Read(func(tx tenant.Tx) error {
			return tx.DB().Raw("select id::text from mails where kind = 'quote_sent' order by created_at desc limit 1").Scan(&letter).Error
		})
		before := len(o.Mailbox.To("zoe@example.org"))
		b.Submit(`form[action$="/mails/`+letter+`"]`, nil)
		b.WantStatus(200).WantText(".alert", "again")
		o.Work()
		got := o.Mailbox.To("zoe@example.org")
		if len(got) != before+1 || len(got[before].Attachments) != 1 {
			t.Errorf("%d letters after %d", len(got), before)
		}
	})
	t.Run("declined, with a reason", func(t *testing.T) {
		b := b.In(t)
		b.Get(at("quotes/" + a.Quote.ID.String() + "/decline"))
		b.WantStatus(200).WantClean()
		b.Submit("main form.form", webtest.Values{"reason": strings.Repeat("x", 1001)})
		b.WantStatus(422).WantClean().Want("[name=reason][aria-invalid=true]")
		b.Submit("main form.form", webtest.Values{"reason": "Sold out"})
		b.WantStatus(200).WantClean().WantText(".page-head .badge", "declined").WantText("main", "Sold out")
		b.Get(at("quotes/" + a.Quote.ID.String() + "/decline"))
		b.Submit("main form.form", nil)
		b.WantStatus(409)
	})
	t.Run("copied for the same customer", func(t *testing.T) {
		b := b.In(t)
		b.Get(at("quotes/" + a.Quote.ID.String()))
		b.Submit(`form[action$="/copy"]`, nil)
		b.WantStatus(200).WantClean().WantText("h1", "D-1002").WantText(".page-head .badge", "to prepare").WantText("main", "zoe@example.org")
	})
	t.Run("what is done is in the journal", func(t *testing.T) {
		var actions []string
		o.Read(func(tx tenant.Tx) error {
			return tx.DB().Raw("select distinct action from audit where action like 'quote.%' order by 1").Scan(&actions).Error
		})
		if got := strings.Join(actions, " "); got != "quote.begun quote.declined quote.saved quote.sent" {
			t.Errorf("%s", got)
		}
	})
}

func TestQuote_New(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("quotes/new"))
	b.WantStatus(200).WantClean()
	b.Submit("main form.form", webtest.Values{"name": "", "email": "max@"})
	b.WantStatus(422).WantClean().WantCount("[aria-invalid=true]", 2)
	b.Submit("main form.form", webtest.Values{"name": "Max", "email": "max@example.org", "profile": string(checkouttest.Asker), "locale": "de"})
	b.WantStatus(200).WantClean().WantText("main", "Deutsch").WantText("main", "Revendeurs").WantNo(`a[target=_blank][href*="/q"]`)
	b.Submit(`button[value="send"]`, nil)
	b.WantStatus(409).WantText("main", "Add at least one article")
	b.Submit(`button[value="send"]`, webtest.Values{"add": "Lamp"})
	b.WantStatus(200).WantText(".page-head .badge", "sent")
	o.Work()
	if got := o.Mailbox.To("max@example.org"); len(got) != 1 || !strings.Contains(got[0].Subject, "Angebot") || len(got[0].Attachments) != 1 {
		t.Errorf("LANG-01: %+v", got)
	}
}

// ART-08: what there is to choose of an article is asked on the page, without script, and nothing typed is lost.
func TestQuote_Choose(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Sell(&catalog.Product{Code: "mug", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Mug"}},
		Extras: []catalog.Extra{{Code: "engraving", Name: i18n.Text{"fr": "Gravure"}, Required: true, Values: []catalog.ExtraValue{
			{Code: "name", Name: i18n.Text{"fr": "Prénom"}, Fixed: decimal.NewFromInt(6)}}}},
		Options: []catalog.Option{{Code: "colour", Name: i18n.Text{"fr": "Couleur"}, Values: []catalog.OptionValue{
			{Code: "red", Name: i18n.Text{"fr": "Rouge"}}, {Code: "blue", Name: i18n.Text{"fr": "Bleu"}}}}},
		Variants: []catalog.Variant{
			{SKU: "MUG-R", Options: map[string]string{"colour": "red"}, Price: decimal.NewFromInt(12), Active: true},
			{SKU: "MUG-B", Options: map[string]string{"colour": "blue"}, Price: decimal.NewFromInt(18), Active: true},
		}})
	a := o.asks(t, "zoe@example.org")
	b := o.Browser(t)
	b.Get(at("quotes/" + a.Quote.ID.String()))
	b.Submit("main form.form", webtest.Values{"add": "mug", "remark": "Bientôt"})
	b.WantStatus(422).WantClean().WantText("legend", "Mug").Want(`select[name="option.colour"]`).WantText(`select[name="extra.engraving"]`, "Prénom + €6.00")
	if got := strings.TrimSpace(b.Value("[name=remark]")); got != "Bientôt" {
		t.Errorf("what was typed is lost: %q", got)
	}
	b.Submit("main form.form", webtest.Values{"option.colour": "blue"})
	b.WantStatus(422).WantClean().Want(`select[name="extra.engraving"][aria-invalid]`)
	b.Submit("main form.form", webtest.Values{"extra.engraving": "name"})
	b.WantStatus(200).WantClean().WantText("main", "Couleur: Bleu, Gravure: Prénom").WantNo("legend")
	if l := o.Quote(a.Quote.ID).Draft.Lines; len(l) != 2 || l[1].Unit.Amount.String() != "20.00" {
		t.Errorf("%+v", l)
	}
}

// QUO-03: from a quote that was refused to a new one at today's prices.
func TestQuote_Renew(t *testing.T) {
	t.Parallel()
	o := open(t)
	a := o.asks(t, "zoe@example.org")
	b := o.Browser(t)
	b.Get(at("quotes/" + a.Quote.ID.String()))
	b.WantNo(`form[action$="/renew"]`)
	b.Get(at("quotes/" + a.Quote.ID.String() + "/decline"))
	b.Submit("main form.form", webtest.Values{"reason": ""})
	b.Submit(`form[action$="/renew"]`, nil)
	b.WantStatus(200).WantClean().WantText("h1", "D-1002").WantText(".alert", "today’s prices").WantText("main", "180.00")
	o.Write(func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec("update variants set active = false").Error
	})
	b.Get(at("quotes/" + a.Quote.ID.String()))
	b.Submit(`form[action$="/renew"]`, nil)
	b.WantStatus(200).WantClean().WantText(".alert", "no longer for sale: Lamp")
	b.Get(at("quotes"))
	b.Want(`a[href$="/settings/quotes"]`)
}

func TestQuote_ReadOnly(t *testing.T) {
	t.Parallel()
	o := open(t)
	a := o.asks(t, "zoe@example.org")
	o.Office.Role = authz.ReadOnly
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Language = string(l)
		b.Get(at("quotes/" + a.Quote.ID.String()))
		b.WantStatus(200).WantClean().WantNo("main form.form").WantNo(`a[href$="/decline"]`)
	}
	b.Get(at("quotes/new"))
	b.WantStatus(403)
}
