package customer_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/tenanttest"
)

const password = "correct horse"

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "7", Name: "Claire"}

// desk is a shop with its accounts, where letters can be read.
type desk struct {
	*customer.Accounts
	shop    *tenant.Shop
	letters []mail.Message
	jobs    *jobs.Registry
}

type unlimited struct{}

func (unlimited) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) {
	return true, 0
}

// never lets nobody through.
type never struct{}

func (never) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) {
	return false, time.Minute
}

func (d *desk) Reset(_ *tenant.Shop, token string) string {
	return "http://test.localhost/reset/" + token + "."
}

func (d *desk) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return d.shop, nil }

func (d *desk) Send(_ context.Context, m mail.Message) error {
	d.letters = append(d.letters, m)
	return m.Check()
}

func open(t *testing.T, l customer.Limiter) *desk {
	t.Helper()
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	hasher, err := account.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{shop: tenanttest.Open(t), jobs: jobs.NewRegistry()}
	d.Accounts = customer.New(hasher, l, d, notify.NewPost(ring))
	notify.NewPostman(d, d, nil, ring, "shops@example.com").Register(d.jobs)
	return d
}

// post sends the letters that wait.
func (d *desk) post(t *testing.T) []mail.Message {
	t.Helper()
	var schema pg.Schema
	if err := d.shop.Read(t.Context(), func(tx tenant.Tx) error { schema = tx.Schema(); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, r := range jobstest.Drain(t, schema, d.jobs) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
	return d.letters
}

func (d *desk) register(t *testing.T, email string) *customer.Customer {
	t.Helper()
	c, err := d.Register(t.Context(), d.shop, customer.Registration{Email: email, Name: "Zoé", Password: password, Locale: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRegister(t *testing.T) {
	d := open(t, unlimited{})
	d.register(t, "Zoe@example.com")
	if letters := d.post(t); len(letters) != 1 || letters[0].To[0].Address != "Zoe@example.com" {
		t.Errorf("letters: %+v", letters)
	}
	_, err := d.Register(t.Context(), d.shop, customer.Registration{Email: "zoe@EXAMPLE.com", Name: "Zoé", Password: password, Locale: "fr"})
	if !errors.Is(err, customer.ErrKnown) || fault.FieldsOf(err)[0].Name != "email" {
		t.Errorf("a second account for one address: %v", err)
	}
	_, err = d.Register(t.Context(), d.shop, customer.Registration{Email: "nonsense", Password: "zzzzzzzzz"})
	got := map[string]bool{}
	for _, f := range fault.FieldsOf(err) {
		got[f.Name] = true
	}
	if !got["email"] || !got["name"] || !got["password"] {
		t.Errorf("refused fields: %v", err)
	}
}

func TestSignIn(t *testing.T) {
	d := open(t, unlimited{})
	c := d.register(t, "zoe@example.com")
	ctx := t.Context()
	if got, err := d.SignIn(ctx, d.shop, " ZOE@example.com", password); err != nil || got.ID != c.ID || got.LastSignInAt == nil {
		t.Errorf("the right password: %+v, %v", got, err)
	}
	for name, try := range map[string][2]string{"wrong password": {"zoe@example.com", "wrong"}, "nobody": {"max@example.com", password}} {
		if _, err := d.SignIn(ctx, d.shop, try[0], try[1]); !errors.Is(err, customer.ErrSignIn) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Block(ctx, d.shop, clerk, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignIn(ctx, d.shop, "zoe@example.com", "wrong"); !errors.Is(err, customer.ErrSignIn) {
		t.Errorf("a stranger learns that the account is blocked: %v", err)
	}
	if _, err := d.SignIn(ctx, d.shop, "zoe@example.com", password); !errors.Is(err, customer.ErrBlocked) {
		t.Errorf("blocked: %v", err)
	}
	if err := d.Unblock(ctx, d.shop, clerk, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignIn(ctx, d.shop, "zoe@example.com", password); err != nil {
		t.Errorf("unblocked: %v", err)
	}
	limited := open(t, never{})
	if _, err := limited.SignIn(ctx, limited.shop, "zoe@example.com", password); !errors.Is(err, customer.ErrTooOften) {
		t.Errorf("too often: %v", err)
	}
}

func TestReset(t *testing.T) {
	d := open(t, unlimited{})
	c := d.register(t, "zoe@example.com")
	ctx := t.Context()
	store := customer.NewStore(d.shop)
	digest := web.Digest{1}
	row := web.SessionRow{Subject: c.ID.String(), Created: time.Now(), Seen: time.Now(), Expires: time.Now().Add(time.Hour)}
	if err := store.Save(ctx, digest, row); err != nil {
		t.Fatal(err)
	}
	if err := d.AskReset(ctx, d.shop, "max@example.com", "fr"); err != nil {
		t.Errorf("an unknown address is answered like a known one: %v", err)
	}
	if err := d.AskReset(ctx, d.shop, "zoe@example.com", "de"); err != nil {
		t.Fatal(err)
	}
	letters := d.post(t)
	if len(letters) != 2 {
		t.Fatalf("%d letters, want the welcome and the link", len(letters))
	}
	_, rest, _ := strings.Cut(letters[1].Text, "/reset/")
	token, _, _ := strings.Cut(rest, ".")
	if _, err := d.Accounts.Reset(ctx, d.shop, token, "short"); fault.KindOf(err) != fault.Malformed {
		t.Errorf("a short password: %v", err)
	}
	if _, err := d.Accounts.Reset(ctx, d.shop, token, "another horse"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Accounts.Reset(ctx, d.shop, token, "a third horse"); !errors.Is(err, customer.ErrLink) {
		t.Errorf("the link worked twice: %v", err)
	}
	if _, err := store.Load(ctx, digest); !fault.Is(err, fault.NotFound) {
		t.Errorf("a session survived the new password: %v", err)
	}
	if _, err := d.SignIn(ctx, d.shop, "zoe@example.com", "another horse"); err != nil {
		t.Errorf("the new password: %v", err)
	}
	var kept int
	err := d.shop.Read(ctx, func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from mails where data::text like '%' || ? || '%' or data->>'sealed' is not null", token).Scan(&kept).Error
	})
	if err != nil || kept != 0 {
		t.Errorf("%d letters still hold the link: %v", kept, err)
	}
}

func TestChange(t *testing.T) {
	d := open(t, unlimited{})
	c := d.register(t, "zoe@example.com")
	d.register(t, "max@example.com")
	ctx := t.Context()
	text := func(s string) *string { return &s }
	if got, err := d.Change(ctx, d.shop, c.ID, customer.Patch{Name: text("Zoé B")}); err != nil || got.Name != "Zoé B" {
		t.Errorf("a name needs no password: %+v, %v", got, err)
	}
	if _, err := d.Change(ctx, d.shop, c.ID, customer.Patch{Email: text("z@example.com"), Password: "wrong"}); !errors.Is(err, customer.ErrPassword) {
		t.Errorf("an address without the password: %v", err)
	}
	if _, err := d.Change(ctx, d.shop, c.ID, customer.Patch{Email: text("max@example.com"), Password: password}); !errors.Is(err, customer.ErrKnown) {
		t.Errorf("somebody else's address: %v", err)
	}
	if _, err := d.Change(ctx, d.shop, c.ID, customer.Patch{Email: text("z@example.com"), NewPassword: text("another horse"), Password: password}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignIn(ctx, d.shop, "z@example.com", "another horse"); err != nil {
		t.Errorf("after the change: %v", err)
	}
}

func TestBook(t *testing.T) {
	d := open(t, unlimited{})
	c, other := d.register(t, "zoe@example.com"), d.register(t, "max@example.com")
	ctx := t.Context()
	at := func(line string) address.Address {
		return address.Address{Name: "Zoé", Line1: line, Postcode: "75002", City: "Paris", Country: "FR"}
	}
	book := func() (list []customer.Entry) {
		t.Helper()
		if err := d.shop.Read(ctx, func(tx tenant.Tx) (err error) { list, err = customer.Book(tx, c.ID); return err }); err != nil {
			t.Fatal(err)
		}
		return list
	}
	first, err := d.SaveAddress(ctx, d.shop, c.ID, customer.Entry{Address: at("1 rue A")})
	if err != nil || !first.Billing || !first.Delivery {
		t.Fatalf("ACC-01 the first address is proposed for both: %+v, %v", first, err)
	}
	second, err := d.SaveAddress(ctx, d.shop, c.ID, customer.Entry{Address: at("2 rue B"), Delivery: true})
	if err != nil {
		t.Fatal(err)
	}
	if list := book(); len(list) != 2 || list[0].ID != second.ID || !list[0].Delivery || list[0].Billing || list[1].Delivery || !list[1].Billing {
		t.Errorf("one default of each kind: %+v", list)
	}
	if _, err := d.SaveAddress(ctx, d.shop, other.ID, customer.Entry{ID: first.ID, Address: at("3 rue C")}); !errors.Is(err, customer.ErrAddress) {
		t.Errorf("somebody else's address: %v", err)
	}
	if _, err := d.SaveAddress(ctx, d.shop, c.ID, customer.Entry{Address: address.Address{Country: "FR"}}); fault.KindOf(err) != fault.Malformed {
		t.Errorf("an incomplete address: %v", err)
	}
	if err := d.RemoveAddress(ctx, d.shop, c.ID, second.ID); err != nil {
		t.Fatal(err)
	}
	if list := book(); len(list) != 1 || !list[0].Delivery || !list[0].Billing {
		t.Errorf("the marks go to what is left: %+v", list)
	}
	err = d.shop.Write(ctx, func(tx tenant.Tx) error { return customer.Remember(tx, c.ID, at("1 rue A"), at("4 rue D")) })
	if list := book(); err != nil || len(list) != 2 {
		t.Errorf("a known address is not kept twice: %+v, %v", list, err)
	}
}

func TestList(t *testing.T) {
	d := open(t, unlimited{})
	for _, name := range []string{"ann", "ben", "cleo"} {
		d.register(t, name+"@example.com")
	}
	first, err := d.List(t.Context(), d.shop, customer.Filter{Limit: 2})
	if err != nil || len(first.Rows) != 2 || first.Next == "" || first.Rows[0].Email != "cleo@example.com" {
		t.Fatalf("first page %+v, %v", first, err)
	}
	rest, err := d.List(t.Context(), d.shop, customer.Filter{Limit: 2, After: first.Next})
	if err != nil || len(rest.Rows) != 1 || rest.Next != "" {
		t.Errorf("second page %+v, %v", rest, err)
	}
	found, err := d.List(t.Context(), d.shop, customer.Filter{Text: "BEN@"})
	if err != nil || len(found.Rows) != 1 {
		t.Errorf("search %+v, %v", found, err)
	}
}

func TestStore(t *testing.T) {
	webtest.ProveSessionStore(t, func(t *testing.T) web.SessionStore { return guests{customer.NewStore(tenanttest.Open(t))} })
}

// guests lets the contract's made-up subjects pass, which are no customers: they travel in a value.
type guests struct{ *customer.Store }

const subject = "subject"

func (g guests) Save(ctx context.Context, d web.Digest, row web.SessionRow) error {
	values := map[string]string{subject: row.Subject}
	for k, v := range row.Values {
		values[k] = v
	}
	row.Values, row.Subject = values, ""
	return g.Store.Save(ctx, d, row)
}

func (g guests) Load(ctx context.Context, d web.Digest) (web.SessionRow, error) {
	row, err := g.Store.Load(ctx, d)
	if err != nil {
		return row, err
	}
	row.Subject = row.Values[subject]
	delete(row.Values, subject)
	return row, nil
}

func TestStore_Customer(t *testing.T) {
	d := open(t, unlimited{})
	c := d.register(t, "zoe@example.com")
	store, digest, now := customer.NewStore(d.shop), web.Digest{7}, time.Now().UTC().Truncate(time.Microsecond)
	row := web.SessionRow{Subject: c.ID.String(), Created: now, Seen: now, Expires: now.Add(time.Hour)}
	if err := store.Save(t.Context(), digest, row); err != nil {
		t.Fatal(err)
	}
	got, err := store.Load(t.Context(), digest)
	if err != nil || got.Subject != c.ID.String() || !got.Created.Equal(now) {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := store.Save(t.Context(), web.Digest{8}, web.SessionRow{Subject: "staff:1"}); err == nil {
		t.Error("a session of somebody who is no customer was kept")
	}
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{customer.ErrUnknown, customer.ErrKnown, customer.ErrSignIn, customer.ErrBlocked, customer.ErrTooOften,
		customer.ErrLink, customer.ErrPassword, customer.ErrAddress, customer.ErrFull} {
		i18ntest.Used(t, c, err.Key())
	}
	i18ntest.Used(t, c, "customer.weak_password")
}
