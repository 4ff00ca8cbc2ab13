package promotion_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/promotion"
)

// rush lets buyers who have their checkout page open order all at once, and gives the orders that were
// placed. Whoever is refused is told that his total has changed, and why.
func rush(t *testing.T, s *shop, buyers []*checkouttest.Buyer, why string) []order.ID {
	t.Helper()
	pages := make([]checkout.PlaceOrder, len(buyers))
	for i, b := range buyers {
		var err error
		if pages[i], err = b.Order("cheque"); err != nil {
			t.Fatal(err)
		}
	}
	placed, failed := make([]*checkout.Placed, len(buyers)), make([]error, len(buyers))
	var all sync.WaitGroup
	for i, b := range buyers {
		all.Go(func() { placed[i], failed[i] = b.Send(pages[i]) })
	}
	all.Wait()
	var won []order.ID
	for i, err := range failed {
		if err == nil {
			won = append(won, placed[i].Order.ID)
			continue
		}
		if !errors.Is(err, checkout.ErrTotalChanged) {
			t.Fatalf("buyer %d: %v", i, err)
		}
		told, _ := fault.ArgsOf(err)["why"].(i18n.Text)
		if want := told["fr"]; why != "" && want != why {
			t.Fatalf("buyer %d is told %q", i, want)
		}
	}
	return won
}

// waiting are buyers with the article in their carts who have typed a code.
func waiting(t *testing.T, s *shop, n int, article, code string) []*checkouttest.Buyer {
	t.Helper()
	buyers := make([]*checkouttest.Buyer, n)
	for i := range buyers {
		buyers[i] = s.Guest(fmt.Sprintf("buyer%d@example.com", i))
		s.must(buyers[i].Add(s.variants[article], 1))
		s.must(s.types(buyers[i], code))
	}
	return buyers
}

// DSC-03: of 200 buyers with one code for one use exactly one has it, again and again; the others keep
// their carts and are told before they pay another sum.
func TestRush_SingleUse(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	rule := s.keep(discount.Rule{Name: name("Merci"), Off: off("50"), Scope: discount.Scope{Of: discount.Order}, Issued: true})
	const crowd, rounds = 200, 5
	s.must(promotion.Issue(t.Context(), s.Shop, checkouttest.Clerk, id.MustParse[discount.Rule](rule.ID), promotion.Issuing{Count: rounds}))
	buyers := make([]*checkouttest.Buyer, crowd)
	for i := range buyers {
		buyers[i] = s.Guest(fmt.Sprintf("buyer%d@example.com", i))
	}
	for round, code := range s.codes(rule.ID) {
		for i, b := range buyers {
			b.Key = fmt.Sprintf("round %d buyer %d", round, i)
			if b.Token == "" || round > 0 && b.Cart().Count == 0 {
				b.Token = ""
				s.must(b.Add(s.variants["Mug"], 1))
			}
			s.must(s.types(b, code.Text))
		}
		won := rush(t, s, buyers, "Le code "+code.Text+" a déjà servi. ")
		if len(won) != 1 {
			t.Fatalf("round %d: %d orders", round, len(won))
		}
		if got := s.Find(won[0]).Priced.Totals.Discounts.Net.String(); got != "-5.00" {
			t.Errorf("the winner has %s", got)
		}
		for _, b := range buyers {
			if b.Cart().Count == 1 { // nothing was lost
				_, err := s.Carts.RemoveCode(t.Context(), s.Shop, b.Reader(), code.Text)
				s.must(err)
			}
		}
	}
	if used := s.stored(rule.ID); used.Uses != rounds || used.Spent != rounds {
		t.Errorf("%d uses, %d codes spent", used.Uses, used.Spent)
	}
}

// DSC-03: a limit in all holds for buyers who order at once.
func TestRush_LimitInAll(t *testing.T) {
	s := open(t)
	s.article("Mug", "10.00")
	rule := s.keep(discount.Rule{Name: name("Dix premiers"), Off: off("10"), Scope: discount.Scope{Of: discount.Order},
		Codes: []string{"FIRST"}, Limits: discount.Limits{Total: 7}})
	won := rush(t, s, waiting(t, s, 40, "Mug", "first"), "Le code FIRST a été utilisé autant de fois que prévu. ")
	if len(won) != 7 || s.stored(rule.ID).Uses != 7 {
		t.Fatalf("%d orders, %d uses", len(won), s.stored(rule.ID).Uses)
	}
	if err := s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, won[3], checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	late := s.Guest("late@example.com")
	s.must(late.Add(s.variants["Mug"], 1))
	s.must(s.types(late, "FIRST"))
	if _, err := late.Place("cheque"); err != nil || s.stored(rule.ID).Uses != 7 {
		t.Errorf("what a cancelled order gave back: %v, %d uses", err, s.stored(rule.ID).Uses)
	}
}

// DSC-03: a limit for each customer, and a first order, hold for one guest with many windows.
func TestRush_OneGuest(t *testing.T) {
	for what, rule := range map[string]discount.Rule{
		"limit": {Limits: discount.Limits{PerCustomer: 1}}, "first order": {FirstOrder: true},
	} {
		t.Run(what, func(t *testing.T) {
			s := open(t)
			s.article("Mug", "10.00")
			rule.Name, rule.Off, rule.Scope, rule.Codes = name("Bienvenue"), off("10"), discount.Scope{Of: discount.Order}, []string{"HELLO"}
			s.keep(rule)
			buyers := waiting(t, s, 12, "Mug", "hello")
			for i, b := range buyers {
				b.Draft.Email = []string{"zoe@example.com", "Zoe@Example.com"}[i%2]
			}
			if won := rush(t, s, buyers, ""); len(won) != 1 {
				t.Errorf("%d orders", len(won))
			}
			if s.must(s.types(buyers[0], "hello")); buyers[0].Cart().Count == 1 {
				sheet, err := buyers[0].Prepare()
				if err != nil || sheet.Cart.Refusal("HELLO") == nil {
					t.Errorf("the page he sees next: %v", err)
				}
			}
		})
	}
}
