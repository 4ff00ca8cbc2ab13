package wanted_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

const shop = "019300aa-0000-7000-8000-0000000000aa"

type few struct{ left int }

func (f *few) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) {
	f.left--
	return f.left >= 0, time.Hour
}

type box struct{ sent []mail.Message }

func (b *box) Send(_ context.Context, m mail.Message) error {
	b.sent = append(b.sent, m)
	return nil
}

func names(err error) (list []string) {
	for _, f := range fault.FieldsOf(err) {
		list = append(list, f.Name)
	}
	return list
}

// TestLocales: LANG-01, each state has its words and its letter.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, wanted.Locales, "locales")
	for _, s := range wanted.States() {
		i18ntest.Used(t, words, s.Key())
		if s != wanted.New {
			i18ntest.Used(t, words, "wanted.letter."+string(s))
		}
	}
}

// TestWanted: PAY-07, a merchant asks for a bank, a few times a day; an operator answers once, and the merchant reads it in his
// language; both are journalled.
func TestWanted(t *testing.T) {
	pool := pgtest.Pool(t)
	err := pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into shops (id, schema_name, version, slug, name, state, created_at, opened_at) values (?, 'shop_wanted', 1, 'lune', 'Atelier Lune', 'open', now(), now())`, shop).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	var posted []wanted.Letter
	w := wanted.NewWanted(pool, &few{left: 2}, func(_ pg.Tx, l wanted.Letter) error { posted = append(posted, l); return nil })
	lucie, ada := audit.Actor{ID: "a1", Name: "Lucie"}, audit.Actor{ID: "a2", Name: "Ada"}
	ask := func(d wanted.Draft) error { return w.Ask(t.Context(), lucie, shop, i18n.French, d) }

	if diff := cmp.Diff([]string{"bank", "contact", "docs", "note"}, sorted(names(ask(wanted.Draft{Bank: " ", Docs: "javascript:alert(1)", Note: strings.Repeat("x", 2001)})))); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if got := names(ask(wanted.Draft{Bank: "B", Contact: "nobody"})); len(got) != 1 || got[0] != "contact" {
		t.Errorf("a bad address: %v", got)
	}
	good := wanted.Draft{Bank: "Crédit  Coopératif", Protocol: "API", Docs: "https://bank.example/doc", Volume: "300", Contact: "lucie@example.org", Note: "Merci."}
	if err := ask(good); err != nil {
		t.Fatal(err)
	}
	good.Bank = "Bank Two"
	if err := ask(good); err != nil {
		t.Fatal(err)
	}
	if err := ask(good); !errors.Is(err, wanted.ErrTooMany) || len(names(err)) != 1 {
		t.Errorf("a third: %v", err)
	}
	list, err := w.List(t.Context(), wanted.Filter{Shop: shop})
	if err != nil || len(list) != 2 || list[1].Bank != "Crédit Coopératif" || list[1].ShopName != "Atelier Lune" || list[1].State != wanted.New {
		t.Fatalf("listed %+v, %v", list, err)
	}
	if other, _ := w.List(t.Context(), wanted.Filter{Shop: "019300aa-0000-7000-8000-0000000000ab"}); len(other) != 0 {
		t.Error("a shop reads the requests of another")
	}

	which := list[1].ID
	if got := names(w.Answer(t.Context(), ada, which, wanted.Reply{State: wanted.New, Answer: " ", Rev: 1})); len(got) != 2 {
		t.Errorf("an empty answer: %v", got)
	}
	if err := w.Answer(t.Context(), ada, which, wanted.Reply{State: wanted.Planned, Answer: "Au printemps.", Rev: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Answer(t.Context(), ada, which, wanted.Reply{State: wanted.Declined, Answer: "Non.", Rev: 1}); !errors.Is(err, wanted.ErrStale) {
		t.Errorf("answered twice from one page: %v", err)
	}
	if len(posted) != 1 {
		t.Fatalf("%d letters", len(posted))
	}
	letters := &box{}
	postman := wanted.NewPostman(w, letters, mail.Address{Address: "shops@example.org"}, "Échoppe")
	for _, l := range []wanted.Letter{posted[0], {Request: which, Rev: 1}, {Rev: 1}} { // the second has been overtaken, the third is gone
		if err := postman.Deliver(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	if len(letters.sent) != 1 || letters.sent[0].To[0].Address != "lucie@example.org" || !strings.Contains(letters.sent[0].Text, "Au printemps.") ||
		!strings.Contains(letters.sent[0].Text, "sera reliée") || letters.sent[0].Subject != "Votre demande : Crédit Coopératif" {
		t.Errorf("sent %+v", letters.sent)
	}
	counts, err := w.Counts(t.Context())
	if err != nil || counts[wanted.New] != 1 || counts[wanted.Planned] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
	entries, err := audit.NewJournal(pool).List(t.Context(), audit.Filter{Shop: shop})
	if err != nil || len(entries) != 3 || entries[0].Action != "wanted.answered" || entries[2].Action != "wanted.asked" {
		t.Errorf("journal %+v, %v", entries, err)
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
