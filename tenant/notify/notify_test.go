package notify_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tenanttest"
)

// office is a shop with a post, a mail server that can be away, and the facts of one order.
type office struct {
	shop    *tenant.Shop
	post    *notify.Post
	jobs    *jobs.Registry
	letters []mail.Message
	refuse  error
	unpaid  bool // what the facts say of the order
}

func (o *office) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.shop, nil }

func (o *office) Send(_ context.Context, m mail.Message) error {
	if o.refuse != nil {
		return o.refuse
	}
	o.letters = append(o.letters, m)
	return m.Check()
}

func (o *office) Facts(_ tenant.Tx, _ notify.OrderID, l i18n.Locale, _ bool) (*notify.Order, error) {
	return &notify.Order{
		Number: "R-1001", PlacedAt: time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC), Buyer: "Zoé <b>Achat</b>", Email: "zoe@example.com", Locale: l,
		Lines:  []notify.Line{{Name: "Mug & bol", Options: "Couleur: rouge", SKU: "MUG", Qty: 2, Unit: "12,00 €", Total: "24,00 €"}},
		Totals: []notify.Total{{Label: "Livraison", Amount: "6,00 €"}, {Label: "Total", Amount: "30,00 €", Strong: true}}, Total: "30,00 €",
		Billing: []string{"Zoé Achat", "5 rue Neuve"}, Delivery: []string{"Max Ami"}, Shipping: "Colissimo", Payment: "Chèque",
		Instructions: []notify.Instruction{{Text: "Ordre", Value: "Atelier SARL"}}, URL: "http://test.localhost/order/abc",
		OfficeURL: "http://admin.localhost/orders/1", Unpaid: o.unpaid, AtBank: o.unpaid,
	}, nil
}

func (o *office) QuoteFacts(tx tenant.Tx, _ notify.QuoteID, l i18n.Locale) (*notify.Order, error) {
	f, err := o.Facts(tx, notify.OrderID{}, l, false)
	f.Quote, f.Number, f.Until, f.Billing, f.Instructions = true, "D-1001", "5 avril 2026", nil, nil
	f.URL, f.OfficeURL = "http://test.localhost/q/abc", "http://admin.localhost/quotes/1"
	return f, err
}

func (o *office) QuotePaper(context.Context, *tenant.Shop, notify.QuoteID) (*mail.Attachment, error) {
	return &mail.Attachment{Name: "d-1001.pdf", ContentType: "application/pdf", Content: []byte("%PDF-")}, nil
}

func open(t *testing.T) *office {
	t.Helper()
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{shop: tenanttest.Open(t), post: notify.NewPost(ring), jobs: jobs.NewRegistry()}
	notify.NewPostman(o, o, o, ring, "shops@example.com").Register(o.jobs)
	identity := settings.Defaults().Identity
	identity.Name, identity.Email, identity.LegalName = "Atelier", "atelier@example.com", "Atelier SARL"
	if err := settings.Save(t.Context(), o.shop, tenant.ByProgram, identity, 0); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) put(t *testing.T, letters ...notify.Letter) {
	t.Helper()
	if err := o.shop.Write(t.Context(), func(tx tenant.Tx) error { return o.post.Put(tx, letters...) }); err != nil {
		t.Fatal(err)
	}
}

func (o *office) work(t *testing.T) []jobs.Result {
	t.Helper()
	var schema pg.Schema
	if err := o.shop.Read(t.Context(), func(tx tenant.Tx) error { schema = tx.Schema(); return nil }); err != nil {
		t.Fatal(err)
	}
	return jobstest.Drain(t, schema, o.jobs)
}

type fate struct {
	ID       notify.MailID
	State    notify.State
	Attempts int
	Problem  string
	Data     string
}

func (o *office) fates(t *testing.T) (list []fate) {
	t.Helper()
	err := o.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select id, state, attempts, problem, data::text from mails order by created_at, id").Scan(&list).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestLetters writes every kind in every language (ORD-11, LANG-01) and looks at both forms.
func TestLetters(t *testing.T) {
	o := open(t)
	order := id.New[notify.Order]()
	for _, l := range i18n.Shipped {
		for _, k := range notify.Kinds() {
			t.Run(string(l)+" "+string(k), func(t *testing.T) {
				o.letters = nil
				letter := notify.Letter{Kind: k, To: "zoe@example.com", Locale: l, Words: map[string]string{
					"name": "Zoé", "note": "Merci !\nÀ bientôt", "carrier": "UPS", "tracking": "1Z9", "amount": "12 €", "score": "75", "url": "https://ups.example/1Z9"}}
				if strings.HasPrefix(string(k), "order") || strings.HasPrefix(string(k), "quote") {
					letter.Words["name"] = ""
				}
				if k == notify.PasswordReset {
					letter.Link = secret.NewText("http://test.localhost/reset/TOKEN")
				}
				o.put(t, letter)
				switch {
				case strings.HasPrefix(string(k), "quote"):
					o.assignQuote(t)
				case k != notify.Welcome && k != notify.PasswordReset:
					// The order of a letter must exist; its facts are told by the office.
					o.assign(t, order)
				}
				for _, r := range o.work(t) {
					if r.Err != nil {
						t.Fatal(r.Err)
					}
				}
				m := o.letters[0]
				// QUO-03: the paper goes with the letter that sends a quote, and with no other.
				if got := len(m.Attachments) == 1; got != (k == notify.QuoteSent) {
					t.Errorf("%d files in it", len(m.Attachments))
				}
				keep(t, string(l)+"-"+string(k), m)
				for name, text := range map[string]string{"subject": m.Subject, "text": m.Text, "html": m.HTML} {
					if text == "" || strings.Contains(text, "notify.") || strings.Contains(text, "{") && name != "html" {
						t.Errorf("%s: %s", name, text)
					}
				}
				if strings.Contains(m.HTML, "<b>Achat") || strings.Contains(m.HTML, "ZgotmplZ") {
					t.Error("the HTML trusts a name")
				}
				// ORD-11: the words are those of both forms, and the text has no button.
				for _, word := range []string{"button", "bouton", "botón", "Schaltfläche"} {
					if strings.Contains(m.Text, word) {
						t.Errorf("the text speaks of a %s", word)
					}
				}
				for _, outside := range []string{"<img", "<link", "@import", "url("} {
					if strings.Contains(m.HTML, outside) {
						t.Errorf("the HTML loads something: %s", outside)
					}
				}
				if !strings.Contains(m.HTML, `style="`) {
					t.Error("the styles are not inlined")
				}
			})
		}
	}
}

// TestLetters_Unpaid (ORD-11): the merchant sees in the subject that money is still awaited.
func TestLetters_Unpaid(t *testing.T) {
	for unpaid, want := range map[bool]string{
		true: "New order R-1001: 30,00 €, awaiting payment", false: "New order R-1001: 30,00 €",
	} {
		o := open(t)
		o.unpaid = unpaid
		o.put(t, notify.Letter{Kind: notify.OrderReceived, To: "shop@example.com", Locale: i18n.English})
		o.assign(t, id.New[notify.Order]())
		for _, r := range o.work(t) {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
		}
		if got := o.letters[0].Subject; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestLetters_AtBank (ORD-11): a buyer who may have given up at the bank reads that his order is not paid, and where he pays it.
func TestLetters_AtBank(t *testing.T) {
	for unpaid, want := range map[bool]string{true: "See or pay my order", false: "View my order"} {
		o := open(t)
		o.unpaid = unpaid
		o.put(t, notify.Letter{Kind: notify.OrderPlaced, To: "zoe@example.com", Locale: i18n.English})
		o.assign(t, id.New[notify.Order]())
		for _, r := range o.work(t) {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
		}
		if text := o.letters[0].Text; !strings.Contains(text, want) || strings.Contains(text, "It is not paid yet.") != unpaid {
			t.Errorf("unpaid %t:\n%s", unpaid, text)
		}
	}
}

// assign says that the letters that wait are about an order.
func (o *office) assign(t *testing.T, order notify.OrderID) {
	t.Helper()
	err := o.shop.Write(t.Context(), func(tx tenant.Tx) error {
		err := tx.DB().Exec(`
			insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing,
				delivery, currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
			values (?, 'R-1001', '\x00', 'k', 'placed', true, 'zoe@example.com', 'Zoé', 'fr', '{}', '{}', 'EUR', 0, 0, 0, 0, '{}', now(), now())
			on conflict do nothing`, order).Error
		if err != nil {
			return err
		}
		return tx.DB().Exec("update mails set order_id = ? where state = 'queued'", order).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// assignQuote says that the letters that wait are about a quote.
func (o *office) assignQuote(t *testing.T) {
	t.Helper()
	quote := id.New[notify.Quote]()
	err := o.shop.Write(t.Context(), func(tx tenant.Tx) error {
		err := tx.DB().Exec(`
			insert into quotes (id, number, ask_key, state, name, email, locale, profile, currency, draft, created_at, updated_at)
			values (?, ?, ?, 'draft', 'Zoé', 'zoe@example.com', 'fr', '', 'EUR', '{}', now(), now())`, quote, quote.String(), quote.String()).Error
		if err != nil {
			return err
		}
		return tx.DB().Exec("update mails set quote_id = ? where state = 'queued'", quote).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// keep leaves the letters in the folder MAIL_PAGES to be looked at.
func keep(t *testing.T, name string, m mail.Message) {
	t.Helper()
	folder := os.Getenv("MAIL_PAGES")
	if folder == "" {
		return
	}
	for ext, body := range map[string]string{".html": m.HTML, ".txt": m.Text} {
		if err := os.WriteFile(folder+"/"+name+ext, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPostman(t *testing.T) {
	welcome := notify.Letter{Kind: notify.Welcome, To: "zoe@example.com", Locale: "fr", Words: map[string]string{"name": "Zoé"}}
	t.Run("ORD-11 a server that is away is tried again, under one Message-ID", func(t *testing.T) {
		o := open(t)
		o.refuse = mail.ErrUnreachable
		o.put(t, welcome)
		o.work(t)
		if f := o.fates(t)[0]; f.State != notify.Queued || f.Attempts != 1 || f.Problem != mail.ErrUnreachable.Key() {
			t.Errorf("while it is away: %+v", f)
		}
	})
	t.Run("what is refused for good is marked and can be sent again", func(t *testing.T) {
		o := open(t)
		o.refuse = mail.ErrRefused
		o.put(t, welcome)
		o.work(t)
		f := o.fates(t)[0]
		if f.State != notify.Failed || f.Problem != mail.ErrRefused.Key() {
			t.Fatalf("refused: %+v", f)
		}
		o.refuse = nil
		if err := o.post.Resend(t.Context(), o.shop, tenant.ByProgram, f.ID); err != nil {
			t.Fatal(err)
		}
		o.work(t)
		if all := o.fates(t); len(all) != 2 || all[1].State != notify.Sent || len(o.letters) != 1 || o.letters[0].ID != all[1].ID.String() {
			t.Errorf("sent again: %+v", all)
		}
	})
	t.Run("a secret link is sealed, sent once and forgotten", func(t *testing.T) {
		o := open(t)
		o.put(t, notify.Letter{Kind: notify.PasswordReset, To: "zoe@example.com", Locale: "fr", Link: secret.NewText("http://x/TOKEN")})
		if f := o.fates(t)[0]; strings.Contains(f.Data, "TOKEN") || !strings.Contains(f.Data, "sealed") {
			t.Errorf("while it waits: %s", f.Data)
		}
		o.work(t)
		f := o.fates(t)[0]
		if !strings.Contains(o.letters[0].Text, "http://x/TOKEN") || strings.Contains(f.Data, "sealed") {
			t.Errorf("sent: %s", f.Data)
		}
		if err := o.post.Resend(t.Context(), o.shop, tenant.ByProgram, f.ID); fault.KeyOf(err) != notify.ErrForgotten.Key() {
			t.Errorf("sent again: %v", err)
		}
	})
	t.Run("a letter to staff without anybody is marked", func(t *testing.T) {
		o := open(t)
		identity := settings.Defaults().Identity
		identity.Name = "Atelier"
		if err := settings.Save(t.Context(), o.shop, tenant.ByProgram, identity, 1); err != nil {
			t.Fatal(err)
		}
		o.put(t, notify.Letter{Kind: notify.Welcome, To: notify.Staff, Locale: "fr"})
		o.work(t)
		if f := o.fates(t)[0]; f.State != notify.Failed || f.Problem != notify.ErrNobody.Key() {
			t.Errorf("nobody: %+v", f)
		}
	})
	t.Run("a letter of a unit of work that failed does not exist", func(t *testing.T) {
		o := open(t)
		err := o.shop.Write(t.Context(), func(tx tenant.Tx) error {
			if err := o.post.Put(tx, welcome); err != nil {
				return err
			}
			return notify.ErrUnknown
		})
		if err == nil || len(o.work(t)) != 0 || len(o.fates(t)) != 0 {
			t.Errorf("%v, %+v", err, o.fates(t))
		}
	})
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, k := range notify.Kinds() {
		for _, part := range []string{"subject", "title", "intro", "button"} {
			i18ntest.Used(t, c, "notify."+string(k)+"."+part)
		}
		i18ntest.Used(t, c, "notify.kind."+string(k))
	}
	for _, s := range []notify.State{notify.Queued, notify.Sent, notify.Failed} {
		i18ntest.Used(t, c, "notify.state."+string(s))
	}
	i18ntest.Used(t, c, notify.ErrUnknown.Key(), notify.ErrForgotten.Key(), notify.ErrNobody.Key())
}
