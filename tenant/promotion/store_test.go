package promotion_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

var whole = discount.Scope{Of: discount.Order}

// DSC-03: a code is in the shop once, however it is written, and free again when its rule is put away.
func TestSave_Codes(t *testing.T) {
	s := open(t)
	one := s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole, Codes: []string{"Spring"}})
	two := promotion.Stored{Active: true, Rule: discount.Rule{Name: name("Deux"), Off: off("10"), Scope: whole, Codes: []string{"other", "spr ing"}}}
	_, err := promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, two)
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "codes.1" || fields[0].Key != "discount.error.code_taken" {
		t.Fatalf("%v", err)
	}
	if err := promotion.Archive(t.Context(), s.Shop, checkouttest.Clerk, id.MustParse[discount.Rule](one.ID), one.Rev); err != nil {
		t.Fatal(err)
	}
	if _, err = promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, two); err != nil {
		t.Fatal(err)
	}
	if got := s.stored(one.ID); !got.Archived || got.State(time.Now()) != promotion.Archived {
		t.Errorf("%+v", got)
	}
	if _, err = promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, *s.stored(one.ID)); !errors.Is(err, promotion.ErrArchived) {
		t.Errorf("an archived rule: %v", err)
	}
}

// Two people who edit one discount: the second learns of it.
func TestSave_Stale(t *testing.T) {
	s := open(t)
	saved := s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole})
	old := saved
	saved.Off = off("20")
	if _, err := promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, saved); err != nil {
		t.Fatal(err)
	}
	if _, err := promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, old); !errors.Is(err, promotion.ErrStale) {
		t.Errorf("got %v", err)
	}
	var journal int
	s.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from audit where subject = ?", "discount/"+saved.ID).Scan(&journal).Error
	})
	if journal != 2 {
		t.Errorf("SEC-01 %d entries in the journal", journal)
	}
}

// What orders used is not deleted, and what a cancelled order used is given back.
func TestRemove_Used(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	rule := s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole, Issued: true})
	which := id.MustParse[discount.Rule](rule.ID)
	s.must(promotion.Issue(t.Context(), s.Shop, checkouttest.Clerk, which, promotion.Issuing{Count: 1}))
	code := s.codes(rule.ID)[0].Text
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	s.must(s.types(b, code))
	placed, err := b.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	if err := promotion.Remove(t.Context(), s.Shop, checkouttest.Clerk, which, rule.Rev); !errors.Is(err, promotion.ErrUsed) {
		t.Errorf("got %v", err)
	}
	if used := s.codes(rule.ID)[0]; used.Order != placed.Order.Number {
		t.Errorf("%+v", used)
	}
	var uses []promotion.Use
	s.Read(func(tx tenant.Tx) (err error) { uses, err = promotion.ListUses(tx, which, 10); return err })
	if len(uses) != 1 || uses[0].Number != placed.Order.Number || uses[0].Code != code {
		t.Errorf("%+v", uses)
	}
	s.must(s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID, checkout.Remark{}))
	if free := s.codes(rule.ID)[0]; free.Order != "" || s.stored(rule.ID).Uses != 0 {
		t.Errorf("after the cancellation: %+v", free)
	}
	again := s.Guest("max@example.com")
	s.must(again.Add(s.variants["Mug"], 1))
	s.must(s.types(again, code))
	if _, err := again.Place("cheque"); err != nil {
		t.Errorf("DSC-03 the code that came back: %v", err)
	}
}

// A rule is given once in an order, also one that stacks: the second of its codes is refused and stays good.
func TestRedeem_TwoCodesOfOneRule(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	rule := s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole, Issued: true, Combine: discount.WithAll})
	s.must(promotion.Issue(t.Context(), s.Shop, checkouttest.Clerk, id.MustParse[discount.Rule](rule.ID), promotion.Issuing{Count: 2}))
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	for _, code := range s.codes(rule.ID) {
		s.must(s.types(b, code.Text))
	}
	if _, err := b.Place("cheque"); err != nil {
		t.Fatal(err)
	}
	if got := s.stored(rule.ID); got.Spent != 1 || got.Uses != 1 {
		t.Errorf("DSC-03: %d codes spent in %d orders", got.Spent, got.Uses)
	}
	for _, code := range s.codes(rule.ID) {
		if code.Order != "" {
			continue
		}
		other := s.Guest("max@example.com")
		s.must(other.Add(s.variants["Mug"], 1))
		s.must(s.types(other, code.Text))
		if _, err := other.Place("cheque"); err != nil {
			t.Errorf("DSC-03: the code that was not spent: %v", err)
		}
	}
}

// A rule of a later program, and one in a currency the shop gave up, are left out and shown as broken:
// they do not close the shop.
func TestRead_BrokenRules(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	good := s.keep(discount.Rule{Name: name("Bon"), Off: off("10"), Scope: whole})
	for _, doc := range []string{`{"version": 99, "id": "x"}`, `{"version": 1, "id": "x", "name": {"fr": "X"}, "scope": {"of": "order"}, "hocus": 1}`,
		`{"version": 1, "id": "0198c0de-0000-7000-8000-000000000009", "name": {"fr": "X"}, "scope": {"of": "order"}, "off": {"kind": "amount", "price": {"amount": {"amount": "5.00", "currency": "USD"}, "includes_tax": true}}}`} {
		s.Write(func(tx tenant.Tx) error {
			tx.Touch()
			return tx.DB().Exec("insert into discounts (id, rule, created_at, updated_at) values (?, ?::jsonb, now(), now())", id.New[discount.Rule](), doc).Error
		})
	}
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	if got := b.Cart().Priced.Totals.Discounts.Net.String(); got != "-1.00" {
		t.Errorf("the cart has %s", got)
	}
	var list []promotion.Stored
	s.Read(func(tx tenant.Tx) (err error) { list, err = promotion.List(tx); return err })
	broken := 0
	for _, r := range list {
		if r.State(time.Now()) == promotion.Broken {
			broken++
		}
	}
	if broken != 3 || s.stored(good.ID).Broken != nil {
		t.Errorf("%d broken of %d", broken, len(list))
	}
}

// DSC-09: places are given to all rules or to none.
func TestArrange_AllOrNone(t *testing.T) {
	s := open(t)
	one := s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole})
	two := s.keep(discount.Rule{Name: name("Deux"), Off: off("5"), Scope: whole})
	err := promotion.Arrange(t.Context(), s.Shop, checkouttest.Clerk, []promotion.Place{
		{ID: id.MustParse[discount.Rule](one.ID), Priority: 5}, {ID: id.MustParse[discount.Rule](two.ID), Combine: "sometimes"}})
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != two.ID+".combine" {
		t.Fatalf("%v", err)
	}
	if got := s.stored(one.ID).Priority; got != 0 {
		t.Errorf("the first has priority %d", got)
	}
}

// The last use of a rule with a limit is seen on the shelf: nobody is shown a price he does not get.
func TestNobody_UsedUp(t *testing.T) {
	s := open(t)
	s.family("Table", "")
	s.article("Mug", "10.00", "Table")
	s.keep(discount.Rule{Name: name("Deux premiers"), Off: off("10"), Limits: discount.Limits{Total: 1},
		Scope: discount.Scope{Of: discount.Families, Members: []string{s.families["Table"].ID.String()}}})
	sale := func() int {
		b := s.Guest("x@example.com")
		s.must(b.Add(s.variants["Mug"], 1))
		return len(discount.Redemptions(b.Cart().Priced))
	}
	version := func() (n int64) {
		n, err := s.Shop.Version(t.Context())
		s.must(err)
		return n
	}
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	before := version()
	placed, err := b.Place("cheque")
	if err != nil || sale() != 0 || version() == before {
		t.Fatalf("after the last use: %v, %d discounts, version %d", err, sale(), version())
	}
	before = version()
	s.must(s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID, checkout.Remark{}))
	if sale() != 1 || version() == before {
		t.Errorf("after it was given back: %d discounts", sale())
	}
}

// Nothing is read of a buyer where no rule asks.
func TestFacts_NothingAsked(t *testing.T) {
	s := open(t)
	s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole})
	s.Read(func(tx tenant.Tx) error {
		book, err := promotion.Read(tx)
		if err != nil {
			return err
		}
		known, err := book.Facts(tx, promotion.Who{Email: "zoe@example.com"}, []string{"whatever"})
		if err != nil || known.Issued != nil || known.Uses != nil || known.Returning {
			t.Errorf("%+v, %v", known, err)
		}
		return nil
	})
}

// A code the shop does not know is refused with the field, and not kept; a cart has a bounded number.
func TestCart_Codes(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	var codes []string
	for i := range cart.MaxCodes + 1 {
		codes = append(codes, "CODE"+string(rune('A'+i)))
	}
	s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole, Codes: codes})
	b := s.Guest("zoe@example.com")
	s.must(b.Add(s.variants["Mug"], 1))
	for _, bad := range []string{"", "   ", strings.Repeat("x", discount.MaxCode+1), "nope"} {
		if err := s.types(b, bad); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != cart.CodeField {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for i, code := range codes {
		if err := s.types(b, code); (err != nil) != (i == cart.MaxCodes) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if v := b.Cart(); len(v.Codes) != cart.MaxCodes {
		t.Errorf("%d codes", len(v.Codes))
	}
}

// The rules come with the settings, at no query of their own.
func TestRead_WithSettings(t *testing.T) {
	s := open(t)
	s.keep(discount.Rule{Name: name("Un"), Off: off("10"), Scope: whole})
	s.Read(func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		if err == nil && len(set.Discounts()) != 1 {
			t.Errorf("%d rules came with the settings", len(set.Discounts()))
		}
		return err
	})
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{promotion.ErrUnknown, promotion.ErrStale, promotion.ErrUsed, promotion.ErrArchived, promotion.ErrNoCoupon} {
		i18ntest.Used(t, c, err.Key())
	}
}
