package account_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
)

var count atomic.Int64

func email() string { return fmt.Sprintf("ada%d@Example.org", count.Add(1)) }

// desk is the accounts with a limiter and a letter box one can look into.
type desk struct {
	*account.Accounts
	pool    *pg.Pool
	letters []account.Letter
	refuse  map[string]bool // names of limits that are reached
}

func open(t *testing.T) *desk {
	t.Helper()
	hasher, err := account.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{pool: pgtest.Pool(t), refuse: map[string]bool{}}
	limiter := web.LimiterFunc(func(_ context.Context, key string, _ int, per time.Duration) (bool, time.Duration) {
		name, _, _ := strings.Cut(key, ":")
		return !d.refuse[name], per
	})
	d.Accounts = account.New(d.pool, hasher, limiter, func(_ pg.Tx, l account.Letter) error {
		d.letters = append(d.letters, l)
		return nil
	})
	return d
}

func (d *desk) register(t *testing.T, address string) account.Account {
	t.Helper()
	var who account.Account
	err := d.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) (err error) {
		who, err = d.Register(tx, address, "de")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return who
}

const password = "correct horse battery"

func TestAccounts_SignIn(t *testing.T) {
	d := open(t)
	address := email()
	who := d.register(t, address)
	if err := d.SetPassword(t.Context(), who, password, web.Digest{}); err != nil {
		t.Fatal(err)
	}
	blocked := d.register(t, email())
	if err := d.SetPassword(t.Context(), blocked, password, web.Digest{}); err != nil {
		t.Fatal(err)
	}
	d.exec(t, "update accounts set blocked_at = now() where id = ?", blocked.ID)
	linkOnly := d.register(t, email())

	for _, tt := range []struct {
		name, email, password string
		want                  error
	}{
		{"right", address, password, nil},
		{"in other letters", " " + strings.ToUpper(address) + " ", password, nil},
		{"wrong password", address, password + "!", account.ErrSignIn},
		{"no password", address, "", account.ErrSignIn},
		{"unknown", "nobody@example.org", password, account.ErrSignIn},
		{"without a password yet", linkOnly.Email, "", account.ErrSignIn},
		{"the password of nobody", linkOnly.Email, "nobody has this password", account.ErrSignIn},
		{"blocked", blocked.Email, password, account.ErrSignIn},
		{"far too long", address, strings.Repeat("x", 1<<20), account.ErrSignIn},
	} {
		got, err := d.SignIn(t.Context(), tt.email, tt.password, "192.0.2.1")
		if !errors.Is(err, tt.want) || err == nil && got.ID != who.ID {
			t.Errorf("SEC-05 %s: %v, want %v", tt.name, err, tt.want)
		}
	}
	for _, name := range []string{"sign-in", "sign-in-client"} {
		d.refuse[name] = true
		_, err := d.SignIn(t.Context(), address, password, "192.0.2.1")
		var later *web.Later
		if !errors.Is(err, account.ErrTooOften) || !errors.As(err, &later) || later.After <= 0 {
			t.Errorf("SEC-05 limit %s: %v, want ErrTooOften with a time", name, err)
		}
		d.refuse[name] = false
	}
}

func (d *desk) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	err := d.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec(sql, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckPassword(t *testing.T) {
	for _, tt := range []struct{ password, key string }{
		{password, ""},
		{"dix lettres à peine", ""},
		{"", "form.required"},
		{"short", "form.too_short"},
		{strings.Repeat("é", 300), "form.too_long"},
		{"aaaaaaaaaaaa", "account.weak_password"},
		{"ADA.LOVELACE", "account.weak_password"},
	} {
		key := ""
		if fields := fault.FieldsOf(account.CheckPassword(tt.password, "ada.lovelace@example.org")); len(fields) > 0 {
			key = fields[0].Key
		}
		if key != tt.key {
			t.Errorf("%.20q: %q, want %q", tt.password, key, tt.key)
		}
	}
}

func TestAccounts_Register(t *testing.T) {
	d := open(t)
	address := email()
	who := d.register(t, address)
	if who.Verified || who.Locale != "de" || len(d.letters) != 1 || d.letters[0].Purpose != account.Verify {
		t.Errorf("registered %+v, letters %v", who, d.letters)
	}
	err := d.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		_, err := d.Register(tx, strings.ToUpper(address), "de")
		return err
	})
	if !errors.Is(err, account.ErrKnown) {
		t.Errorf("the same address in capitals: %v, want ErrKnown", err)
	}
}

func TestAccounts_Redeem(t *testing.T) {
	d := open(t)
	who := d.register(t, email())
	link := func(p account.Purpose, ttl time.Duration) string {
		t.Helper()
		token, err := d.MakeLink(t.Context(), who.ID, p, ttl)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token := link(account.Enter, 0)
	if got, p, err := d.Redeem(t.Context(), token); err != nil || got.ID != who.ID || p != account.Enter || got.Verified {
		t.Errorf("first use: %+v, %s, %v", got, p, err)
	}
	if _, _, err := d.Redeem(t.Context(), token); !errors.Is(err, account.ErrLink) {
		t.Errorf("second use: %v, want ErrLink", err)
	}
	if _, _, err := d.Redeem(t.Context(), link(account.Enter, -time.Second)); !errors.Is(err, account.ErrLink) {
		t.Errorf("expired: %v, want ErrLink", err)
	}
	if _, _, err := d.Redeem(t.Context(), "made-up"); !errors.Is(err, account.ErrLink) {
		t.Errorf("made up: %v, want ErrLink", err)
	}
	if got, _, err := d.Redeem(t.Context(), link(account.Verify, 0)); err != nil || !got.Verified {
		t.Errorf("confirming the address: %+v, %v", got, err)
	}
	void := link(account.Reset, 0)
	if err := d.SetPassword(t.Context(), who, password, web.Digest{}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Redeem(t.Context(), void); !errors.Is(err, account.ErrLink) {
		t.Errorf("after a new password: %v, want ErrLink", err)
	}
}

func TestAccounts_SendLink(t *testing.T) {
	d := open(t)
	who := d.register(t, email())
	d.letters = nil
	if err := d.SendLink(t.Context(), "nobody@example.org", account.Reset); err != nil {
		t.Errorf("an unknown address is told: %v", err)
	}
	if err := d.SendLink(t.Context(), who.Email, account.Reset); err != nil {
		t.Fatal(err)
	}
	if len(d.letters) != 1 || d.letters[0].Account != who.ID {
		t.Errorf("letters %v, want one", d.letters)
	}
	d.refuse["letter"] = true
	if err := d.SendLink(t.Context(), who.Email, account.Reset); !errors.Is(err, account.ErrTooOften) {
		t.Errorf("too many letters: %v", err)
	}
}

func TestSessions(t *testing.T) {
	pool := pgtest.Pool(t)
	webtest.ProveSessionStore(t, func(t *testing.T) web.SessionStore {
		err := pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec("delete from sessions").Error })
		if err != nil {
			t.Fatal(err)
		}
		return account.NewSessions(pool, account.Office)
	})
}

func TestSessions_endings(t *testing.T) {
	d := open(t)
	who := d.register(t, email())
	office, console := account.NewSessions(d.pool, account.Office), account.NewSessions(d.pool, account.Console)
	now := clock.System().Now()
	row := web.SessionRow{
		Subject: who.ID.String(), Created: now, Seen: now, Expires: now.Add(time.Hour),
		Values: map[string]string{account.AgentValue: "Firefox", account.ClientValue: "192.0.2.1"},
	}
	digests := []web.Digest{{1}, {2}, {3}}
	for _, digest := range digests {
		digest[1] = byte(count.Add(1))
		if err := office.Save(t.Context(), digest, row); err != nil {
			t.Fatal(err)
		}
	}
	devices, err := d.Devices(t.Context(), who.ID)
	if err != nil || len(devices) != 3 || devices[0].Agent != "Firefox" || devices[0].Client != "192.0.2.1" {
		t.Fatalf("devices %+v, %v", devices, err)
	}
	if _, err := console.Load(t.Context(), devices[0].Digest); !fault.Is(err, fault.NotFound) {
		t.Errorf("a session of the office opens the console: %v", err)
	}
	if err := d.Revoke(t.Context(), id.New[account.Account](), devices[0].Digest); err != nil {
		t.Fatal(err)
	}
	if _, err := office.Load(t.Context(), devices[0].Digest); err != nil {
		t.Errorf("somebody else ended the session: %v", err)
	}
	if err := d.Revoke(t.Context(), who.ID, devices[0].Digest); err != nil {
		t.Fatal(err)
	}
	if err := d.SetPassword(t.Context(), who, password, devices[1].Digest); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, false} {
		if _, err := office.Load(t.Context(), devices[i].Digest); (err == nil) != want {
			t.Errorf("SEC-05 session %d lives: %t, want %t", i, err == nil, want)
		}
	}
	d.exec(t, "update accounts set blocked_at = now() where id = ?", who.ID)
	if _, err := office.Load(t.Context(), devices[1].Digest); !fault.Is(err, fault.NotFound) {
		t.Errorf("a blocked account is still inside: %v", err)
	}
}

func TestMembers(t *testing.T) {
	d := open(t)
	shop := id.New[registry.Shop]()
	d.exec(t, "insert into shops (id, schema_name, version, slug, name, state, created_at) values (?, ?, 1, ?, 'Mond', 'open', now())",
		shop, "shop_"+strings.ReplaceAll(shop.String(), "-", ""), fmt.Sprintf("mond-%d", count.Add(1)))
	owner := d.register(t, email())
	err := d.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return account.Join(tx, owner.ID, shop, authz.Owner) })
	if err != nil {
		t.Fatal(err)
	}
	d.letters = nil
	invite := func(role authz.Role, allow func(int) error) (account.Account, error) {
		return d.Invite(t.Context(), account.Invitation{By: owner.Actor(), Shop: shop, Email: email(), Role: role, Locale: "fr", Allow: allow})
	}
	full := fault.New(fault.Quota, "quota.staff")
	if _, err := invite(authz.Simple, func(have int) error { return full.With(fault.Args{"have": have}) }); !errors.Is(err, full) || fault.ArgsOf(err)["have"] != 1 {
		t.Errorf("FLT-05 over the quota: %v", err)
	}
	clerk, err := invite(authz.Simple, nil)
	if err != nil || len(d.letters) != 1 || d.letters[0].Shop != shop {
		t.Fatalf("invite: %v, letters %v", err, d.letters)
	}
	if _, err := invite("emperor", nil); !errors.Is(err, account.ErrRole) {
		t.Errorf("a role that is none: %v", err)
	}
	if role, err := d.Role(t.Context(), clerk.ID, shop); err != nil || role != authz.Simple {
		t.Errorf("SBO-02 the clerk's role: %s, %v", role, err)
	}
	if _, err := d.Role(t.Context(), clerk.ID, id.New[registry.Shop]()); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("SBO-02 the clerk's role elsewhere: %v", err)
	}
	if err := d.SetRole(t.Context(), owner.Actor(), account.Membership{Shop: shop, Member: owner.ID}, authz.Manager); !errors.Is(err, account.ErrLastOwner) {
		t.Errorf("the last owner steps down: %v", err)
	}
	if err := d.Leave(t.Context(), owner.Actor(), account.Membership{Shop: shop, Member: owner.ID}); !errors.Is(err, account.ErrLastOwner) {
		t.Errorf("the last owner leaves: %v", err)
	}
	if err := d.SetRole(t.Context(), owner.Actor(), account.Membership{Shop: shop, Member: clerk.ID}, authz.Owner); err != nil {
		t.Fatal(err)
	}
	if err := d.Leave(t.Context(), owner.Actor(), account.Membership{Shop: shop, Member: owner.ID}); err != nil {
		t.Errorf("the first of two owners leaves: %v", err)
	}
	members, err := d.Members(t.Context(), shop)
	if err != nil || len(members) != 1 || members[0].Email != clerk.Email || members[0].Role != authz.Owner {
		t.Errorf("members %+v, %v", members, err)
	}
	entries, err := audit.NewJournal(d.pool).List(t.Context(), audit.Filter{Shop: shop.String()})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range slices.Backward(entries) {
		if e.Actor.ID != owner.ID.String() {
			t.Errorf("SEC-02 %s was done by %+v", e.Action, e.Actor)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", e.Action, e.Subject, e.Before, e.After)))
	}
	want := []string{
		`team.invited ` + clerk.Email + `  {"role": "simple"}`,
		`team.role ` + clerk.Email + ` {"role": "simple"} {"role": "owner"}`,
		`team.left ` + owner.Email + ` {"role": "owner"}`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("SEC-02 the journal (-want +got):\n%s", diff)
	}
	places, err := d.Workplaces(t.Context(), clerk.ID)
	if err != nil || len(places) != 1 || places[0].Shop != shop || places[0].Name != "Mond" {
		t.Errorf("workplaces %+v, %v", places, err)
	}
}

func TestAccounts_Appoint(t *testing.T) {
	d := open(t)
	address := email()
	boss, err := d.Appoint(t.Context(), address, "fr", authz.Operator)
	if err != nil || boss.Operator != authz.Operator {
		t.Fatalf("appoint: %+v, %v", boss, err)
	}
	again, err := d.Appoint(t.Context(), strings.ToUpper(address), "fr", authz.Auditor)
	if err != nil || again.ID != boss.ID {
		t.Errorf("appoint again: %+v, %v", again, err)
	}
	if found, err := d.FindByEmail(t.Context(), address); err != nil || found.Operator != authz.Auditor {
		t.Errorf("found %+v, %v", found, err)
	}
}

// outbox is a mail server that keeps the last message.
type outbox struct {
	last mail.Message
	fail error
}

func (o *outbox) Send(_ context.Context, m mail.Message) error {
	if o.fail != nil {
		return o.fail
	}
	o.last = m
	return m.Check()
}

func TestPostman(t *testing.T) {
	d := open(t)
	who := d.register(t, email())
	box := &outbox{}
	postman := account.NewPostman(d.Accounts, box, mail.Address{Name: "Échoppe", Address: "hello@platform.tld"}, "https://admin.platform.tld", "Échoppe")
	if err := postman.Deliver(t.Context(), d.letters[0]); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(box.last.Subject, "Bestätigen") || box.last.To[0].Address != who.Email {
		t.Errorf("letter %q to %v, want German to the person", box.last.Subject, box.last.To)
	}
	_, after, ok := strings.Cut(box.last.Text, "https://admin.platform.tld"+account.LinkPath)
	token, _, _ := strings.Cut(after, "\n")
	if !ok || !strings.Contains(box.last.HTML, token) {
		t.Fatalf("no link in %q", box.last.Text)
	}
	if got, p, err := d.Redeem(t.Context(), token); err != nil || got.ID != who.ID || p != account.Verify {
		t.Errorf("the link in the letter: %v", err)
	}
	box.fail = mail.ErrUnreachable
	if err := postman.Deliver(t.Context(), d.letters[0]); !errors.Is(err, mail.ErrUnreachable) {
		t.Errorf("mail server away: %v, want an error so that the job is tried again", err)
	}
	box.fail, box.last = nil, mail.Message{}
	if err := postman.Deliver(t.Context(), account.Letter{Purpose: account.Enter, Account: id.New[account.Account]()}); err != nil || box.last.Subject != "" {
		t.Errorf("a letter to nobody: %v, %q", err, box.last.Subject)
	}
}

func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, account.Locales, "locales")
	for _, what := range []string{"enter", "verify", "reset", "invite"} {
		for _, part := range []string{"subject", "text", "action"} {
			i18ntest.Used(t, words, "letter."+what+"."+part)
		}
	}
	for _, err := range []error{account.ErrUnknown, account.ErrKnown, account.ErrSignIn, account.ErrTooOften, account.ErrLink, account.ErrLastOwner} {
		i18ntest.Used(t, words, fault.KeyOf(err))
	}
}
