package checkout_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/stock"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// asked is a shop that gives quotes, a buyer, and the quote he has asked for: three lamps at 50.00 before tax.
func asked(t *testing.T) (*checkouttest.Stage, *checkouttest.Buyer, stock.VariantID, *checkout.AskedQuote) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Quoting()
	lamp := s.Stock("Lamp", "60.00", 10)
	b := buyer(s, "zoe@example.org")
	if err := b.Add(lamp, 3); err != nil {
		t.Fatal(err)
	}
	a, err := b.Ask("Pour un salon, svp.")
	if err != nil {
		t.Fatal(err)
	}
	return s, b, lamp, a
}

// buyer is somebody who may ask for quotes.
func buyer(s *checkouttest.Stage, email string) *checkouttest.Buyer {
	b := s.Guest(email)
	b.Who.Profile = checkouttest.Asker
	return b
}

// reprice gives an article another price in the catalogue.
func reprice(t *testing.T, s *checkouttest.Stage, v stock.VariantID, price string) {
	t.Helper()
	s.Write(func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec("update variants set price = ? where id = ?", dec(price), v).Error
	})
}

func TestQuote_Ask(t *testing.T) {
	t.Parallel()
	s, b, _, a := asked(t)
	q := s.Quote(a.Quote.ID)
	t.Run("QUO-02 it is what the cart shows, on the buyer's side, and a draft for the merchant", func(t *testing.T) {
		if q.State != quote.Draft || q.Number != "D-1001" || q.Email != "zoe@example.org" || q.Message != "Pour un salon, svp." {
			t.Errorf("%+v", q)
		}
		l := q.Draft.Lines[0]
		if l.Unit.Amount.String() != "50.00" || l.Unit.IncludesTax || l.Qty != 3 || q.Draft.Priced.Totals.ToPay.String() != "180.00" {
			t.Errorf("%+v, to pay %s", l, q.Draft.Priced.Totals.ToPay)
		}
	})
	t.Run("QUO-02 the same page sent twice is one quote, and the cart stays", func(t *testing.T) {
		again, err := b.Ask("Pour un salon, svp.")
		if err != nil || !again.Again || again.Quote.ID != a.Quote.ID || again.Link != a.Link {
			t.Errorf("%+v, %v", again, err)
		}
		if b.Cart().Count != 3 {
			t.Error("the cart is another")
		}
	})
	t.Run("PROF-05 a profile without quotes is refused by the server", func(t *testing.T) {
		guest := s.Guest("max@example.org")
		if err := guest.Add(q.Draft.Lines[0].Variant, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := guest.Ask(""); !errors.Is(err, quote.ErrNotOffered) || !fault.Is(err, fault.Denied) {
			t.Errorf("%v", err)
		}
	})
	t.Run("QUO-03 both sides get a letter", func(t *testing.T) {
		s.Work()
		mine, theirs := s.Mailbox.To("zoe@example.org"), s.Mailbox.To("atelier@example.com")
		if len(mine) != 1 || !strings.Contains(mine[0].Text, "D-1001") || !strings.Contains(mine[0].Text, a.Link) || !strings.Contains(mine[0].Text, "180,00") {
			t.Errorf("to the customer: %+v", mine)
		}
		if len(theirs) != 1 || !strings.Contains(theirs[0].Text, "/quotes/"+q.ID.String()) || !strings.Contains(theirs[0].Text, "Pour un salon") {
			t.Errorf("to the shop: %+v", theirs)
		}
	})
	t.Run("what is not a name, an address or a cart is refused by its field", func(t *testing.T) {
		for name, want := range map[string]string{"": "email", "not an address": "email"} {
			one := buyer(s, name)
			if err := one.Add(q.Draft.Lines[0].Variant, 1); err != nil {
				t.Fatal(err)
			}
			_, err := one.Ask("")
			if f := fault.FieldsOf(err); len(f) == 0 || f[0].Name != want {
				t.Errorf("%q: %v", name, err)
			}
		}
		if _, err := buyer(s, "new@example.org").Ask(""); !errors.Is(err, cart.ErrEmpty) {
			t.Errorf("no cart: %v", err)
		}
	})
	t.Run("the customer sees what he asked for, not what the merchant is working on", func(t *testing.T) {
		e := s.Edit(q.ID)
		e.Lines[0].Unit = dec("1")
		if _, err := s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, q.ID, e); err != nil {
			t.Fatal(err)
		}
		sheet, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link)
		if err != nil || sheet.Lines[0].Unit.String() != "50.00" {
			t.Errorf("%+v, %v", sheet, err)
		}
		if _, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link+"x"); !errors.Is(err, quote.ErrLink) {
			t.Errorf("another link: %v", err)
		}
	})
}

// A discount of the cart is in the prices that are proposed: nothing reckons them but the pipeline.
func TestQuote_Proposed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, to    string
		unit, gross string
	}{
		{name: "QUO-03 a discount is in the price", to: "FR", unit: "45.00", gross: "162.00"},
		{name: "QUO-03 a buyer abroad is proposed what he would pay", to: "US", unit: "45.00", gross: "135.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := checkouttest.New(t, checkout.Reactions{})
			s.Quoting()
			lamp := s.Stock("Lamp", "60.00", 10)
			off(t, s)
			b := buyer(s, "zoe@example.org")
			if err := b.Add(lamp, 3); err != nil {
				t.Fatal(err)
			}
			err := s.Carts.Choose(t.Context(), s.Shop, b.Reader(), cart.Choices{Country: tt.to, Postcode: "10001", Region: "NY"})
			if err != nil {
				t.Fatal(err)
			}
			a, err := b.Ask("")
			if err != nil {
				t.Fatal(err)
			}
			l, p := a.Quote.Draft.Lines[0], a.Quote.Draft.Priced
			if len(discount.Redemptions(p)) > 0 {
				t.Error("the discount is given once more")
			}
			if l.Unit.Amount.String() != tt.unit || p.Totals.ToPay.String() != tt.gross {
				t.Errorf("%s a piece, %s to pay; want %s, %s", l.Unit.Amount, p.Totals.ToPay, tt.unit, tt.gross)
			}
		})
	}
}

// QUO-02: a quote says of a piece and of the line what the cart says, where a price entered with tax has no whole
// cents without.
func TestQuote_AsInTheCart(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Quoting()
	b := buyer(s, "zoe@example.org")
	if err := b.Add(s.Stock("Lamp", "79.00", 10), 2); err != nil {
		t.Fatal(err)
	}
	a, err := b.Ask("")
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link)
	if err != nil {
		t.Fatal(err)
	}
	if l := sheet.Lines[0]; l.Unit.String() != "65.83" || l.Total.String() != "131.67" {
		t.Errorf("the quote says %s and %s", l.Unit, l.Total)
	}
}

// off takes ten percent off everything.
func off(t *testing.T, s *checkouttest.Stage) {
	t.Helper()
	_, err := promotion.Save(t.Context(), s.Shop, checkouttest.Clerk, promotion.Stored{Active: true, Rule: discount.Rule{
		Name: i18n.Text{"fr": "Dix"}, Scope: discount.Scope{Of: discount.Order}, Off: discount.Off{Kind: discount.Rate, Rate: money.MustRate("10")}}})
	must(t, err)
}

// QUO-03: from the request to the order at the prices that were agreed, though the catalogue has changed.
func TestQuote_Order(t *testing.T) {
	t.Parallel()
	s, b, lamp, a := asked(t)
	shade := s.Stock("Shade", "24.00", 10)
	version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) {
		e.Lines[0].Qty, e.Lines[0].Unit = 4, dec("41.5")
		e.Add, e.Remark, e.Until = "shade", "Livré en deux fois.", s.Today().AddDate(0, 0, 10)
		e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("12")
	})
	if version != 1 {
		t.Fatalf("version %d", version)
	}
	s.Work()
	letters := s.Mailbox.To("zoe@example.org")
	sent := letters[len(letters)-1]
	if len(sent.Attachments) != 1 || sent.Attachments[0].Name != "d-1001.pdf" || !bytes.HasPrefix(sent.Attachments[0].Content, []byte("%PDF-")) ||
		!strings.Contains(sent.Text, "Livré en deux fois.") || !strings.Contains(sent.Text, a.Link) {
		t.Errorf("QUO-03 the letter: %+v", sent)
	}
	reprice(t, s, lamp, "90")
	reprice(t, s, shade, "90")
	// 4 × 41.50 + 20.00 + 12.00 = 198.00 net; 237.60 with tax.
	sheet, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link)
	if err != nil || sheet.Offer.Priced.Totals.ToPay.String() != "237.60" || sheet.Later() {
		t.Fatalf("%+v, %v", sheet, err)
	}
	cmd, err := b.OrderQuote(a.Link, version, "cheque")
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Shown != "237.60 EUR" || cmd.Draft.Email != "zoe@example.org" {
		t.Errorf("%+v", cmd)
	}
	placed, err := b.Send(cmd)
	if err != nil {
		t.Fatal(err)
	}
	o := s.Find(placed.Order.ID)
	if o.Total.String() != "237.60" || o.Lines[0].Unit.String() != "41.50" || o.Lines[1].Unit.String() != "20.00" || o.ShippingNet.String() != "12.00" ||
		o.Shipping.Label != "Colissimo" || o.Profile != string(checkouttest.Asker) {
		t.Errorf("the order: %+v", o)
	}
	q := s.Quote(a.Quote.ID)
	if q.State != quote.Accepted || q.Order != o.ID || q.OrderNumber != o.Number {
		t.Errorf("the quote: %+v", q)
	}
	if level := s.Level(lamp); level.Reserved != 4 {
		t.Errorf("STK-12 %d pieces are held", level.Reserved)
	}
	if b.Cart().Count != 3 {
		t.Error("the visitor's own cart is another")
	}
	t.Run("the same page sent again leads to the same order", func(t *testing.T) {
		again, err := b.Send(cmd)
		if err != nil || again.Order.ID != o.ID || !again.Again {
			t.Errorf("%+v, %v", again, err)
		}
	})
	t.Run("another page finds it accepted", func(t *testing.T) {
		other := cmd
		other.Key = "another"
		if _, err := b.Send(other); !errors.Is(err, quote.ErrClosed) {
			t.Errorf("%v", err)
		}
		if _, err := b.OrderQuote(a.Link, version, "cheque"); !errors.Is(err, quote.ErrClosed) {
			t.Errorf("%v", err)
		}
	})
	t.Run("QUO-03 the merchant is told", func(t *testing.T) {
		s.Work()
		found := false
		for _, m := range s.Mailbox.To("atelier@example.com") {
			found = found || strings.Contains(m.Subject, "accepté") && strings.Contains(m.Subject, "D-1001")
		}
		if !found {
			t.Error("no letter says that it was accepted")
		}
	})
	t.Run("what was ordered can be ordered again, at the prices of then", func(t *testing.T) {
		if _, err := s.Desk.CopyQuote(t.Context(), s.Shop, checkouttest.Clerk, q.ID); err != nil {
			t.Fatal(err)
		}
	})
}

func TestQuote_Refused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		do   func(*testing.T, *checkouttest.Stage, *checkout.AskedQuote)
		want error
	}{
		{"QUO-03 a day too late", func(_ *testing.T, s *checkouttest.Stage, _ *checkout.AskedQuote) { s.Pass(11 * 24 * time.Hour) }, quote.ErrExpired},
		{"QUO-03 sent anew meanwhile", func(_ *testing.T, s *checkouttest.Stage, a *checkout.AskedQuote) {
			s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Lines[0].Unit = dec("40") })
		}, quote.ErrRevised},
		{"QUO-03 refused by the customer", func(t *testing.T, s *checkouttest.Stage, a *checkout.AskedQuote) {
			must(t, s.Desk.RefuseQuote(t.Context(), s.Shop, checkout.Visitor{}, a.Link, 1, "Trop cher."))
			s.Work()
			letters := s.Mailbox.To("atelier@example.com")
			if last := letters[len(letters)-1]; !strings.Contains(last.Text, "Trop cher.") {
				t.Errorf("the merchant reads %s", last.Text)
			}
		}, quote.ErrClosed},
		{"QUO-03 declined by the merchant", func(t *testing.T, s *checkouttest.Stage, a *checkout.AskedQuote) {
			_, err := s.Desk.DeclineQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, "Épuisé.")
			must(t, err)
			s.Work()
			letters := s.Mailbox.To("zoe@example.org")
			if last := letters[len(letters)-1]; !strings.Contains(last.Text, "Épuisé.") {
				t.Errorf("the customer reads %s", last.Text)
			}
		}, quote.ErrClosed},
		{"edited and not sent, it is what was sent that counts", func(t *testing.T, s *checkouttest.Stage, a *checkout.AskedQuote) {
			e := s.Edit(a.Quote.ID)
			e.Lines[0].Unit = dec("99")
			_, err := s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e)
			must(t, err)
		}, nil},
		{"on its last day it holds", func(_ *testing.T, s *checkouttest.Stage, _ *checkout.AskedQuote) { s.Pass(9 * 24 * time.Hour) }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, b, _, a := asked(t)
			version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Until = s.Today().AddDate(0, 0, 10) })
			cmd, err := b.OrderQuote(a.Link, version, "cheque")
			must(t, err)
			tt.do(t, s, a)
			if _, err := b.OrderQuote(a.Link, version, "cheque"); !errors.Is(err, tt.want) {
				t.Errorf("shown: %v", err)
			}
			placed, err := b.Send(cmd)
			if !errors.Is(err, tt.want) {
				t.Errorf("ordered: %v", err)
			}
			if tt.want == nil && s.Find(placed.Order.ID).Lines[0].Unit.String() != "50.00" {
				t.Errorf("another price than was sent")
			}
			if tt.want != nil && !s.Quote(a.Quote.ID).Order.IsZero() {
				t.Error("it became an order")
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// QUO-03: two tabs, one quote, one order; however often it is tried.
func TestQuote_Race(t *testing.T) {
	t.Parallel()
	s, b, lamp, a := asked(t)
	version := s.Offer(a.Quote.ID, nil)
	const tabs = 8
	cmds := make([]checkout.PlaceOrder, tabs)
	for i := range cmds {
		cmd, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		cmd.Key = strings.Repeat(string(rune('a'+i)), 26)
		cmds[i] = cmd
	}
	var wg sync.WaitGroup
	errs := make([]error, tabs)
	for i := range cmds {
		wg.Go(func() { _, errs[i] = b.Send(cmds[i]) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, quote.ErrClosed):
			t.Errorf("%v", err)
		}
	}
	var n int
	s.Read(func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from orders").Scan(&n).Error })
	if won != 1 || n != 1 || s.Level(lamp).Reserved != 3 {
		t.Errorf("%d tabs won, %d orders, %d pieces held", won, n, s.Level(lamp).Reserved)
	}
}
