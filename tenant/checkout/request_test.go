package checkout_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// repair is what somebody on the telephone is asked to pay: two lines with tax, at different rates.
func repair() checkout.PayRequest {
	return checkout.PayRequest{Name: "Zoé Martin", Email: "zoe@example.org", Locale: "fr", Country: "FR", Gross: true, Note: "Merci de votre appel.", Send: true,
		Lines: []checkout.RequestLine{{Text: "Réparation", Amount: dec("120.00"), Class: "standard"}, {Text: "Livre", Amount: dec("10.55"), Class: "reduced"}}}
}

// payer is the buyer of an order that the shop wrote.
func payer(s *checkouttest.Stage, o *order.Order) (who checkout.Visitor, link string) {
	return checkout.Visitor{Locale: o.Locale}, s.Desk.Links.Make(s.Shop, o.ID, o.PlacedAt)
}

// PGW-34 PGW-25 PGW-27: what somebody is asked for on the telephone is an order like any other, with its tax; he gets the link, pays by card
// himself, and it is paid once. No stock is touched.
func TestRequestPayment(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	ask := repair()
	ask.Due = time.Date(s.Clock.Now().Year()+1, 3, 14, 0, 0, 0, 0, time.UTC)
	o, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
	must(t, err)
	o = s.Find(o.ID)
	if o.Number == "" || o.Total.String() != eur("130.55").String() || !o.Tax.Equal(eur("20.55")) || !o.Guest || o.Test || o.State != order.Placed {
		t.Errorf("PGW-34 order %q: %s with %s tax, guest %v, test %v, %s", o.Number, o.Total, o.Tax, o.Guest, o.Test, o.State)
	}
	s.Work()
	letters := s.Mailbox.To("zoe@example.org")
	who, link := payer(s, o)
	if len(letters) != 1 || !strings.Contains(letters[0].Text, link) || !strings.Contains(letters[0].Text, "Merci de votre appel.") ||
		!strings.Contains(letters[0].Text, "14 mars") || !strings.Contains(letters[0].Text, "Réparation") {
		t.Fatalf("PGW-25 letters: %v", letters)
	}
	placed, err := s.Desk.PayAgain(t.Context(), s.Shop, who, link, s.ModeOf("card"), checkout.With{})
	must(t, err)
	s.Bank.Visit(placed.Next, "silent", "duplicate")
	s.Bank.Wait(2)
	if got := s.Find(o.ID); got.State != order.Paid || !got.Paid.Equal(got.Total) || got.Request.Note != ask.Note || !got.Request.Due.Equal(ask.Due) {
		t.Errorf("PGW-27 %s, paid %s of %s, %+v", got.State, got.Paid, got.Total, got.Request)
	}
}

// PGW-34: the tax is that of the buyer's country, and the amounts are with it or without it, as the merchant says.
func TestRequestPayment_Tax(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	for name, tt := range map[string]struct {
		country    string
		gross      bool
		total, tax string
	}{
		"with tax":             {"FR", true, "100.00", "16.67"},
		"without tax":          {"FR", false, "120.00", "20.00"},
		"out of the Union":     {"US", false, "100.00", "0.00"},
		"without, to Germany":  {"DE", false, "119.00", "19.00"},
		"with, out of reach":   {"US", true, "83.33", "0.00"},
		"with tax, to Germany": {"DE", true, "100.00", "15.97"},
	} {
		ask := repair()
		ask.Country, ask.Gross, ask.Lines = tt.country, tt.gross, []checkout.RequestLine{{Text: "Conseil", Amount: dec("100"), Class: "standard"}}
		seen, err := s.Desk.RequestTotal(t.Context(), s.Shop, ask)
		must(t, err)
		o, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
		must(t, err)
		if !o.Total.Equal(eur(tt.total)) || !o.Tax.Equal(eur(tt.tax)) || !seen.Totals.ToPay.Equal(o.Total) {
			t.Errorf("%s: %s with %s tax, foretold %s", name, o.Total, o.Tax, seen.Totals.ToPay)
		}
	}
}

// PGW-34: neither an attempt that fails or lapses, nor the days, call a request off; the merchant does. Money that comes by another way
// is noted by hand.
func TestRequestPayment_Kept(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	ask := repair()
	ask.Due = s.Clock.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	o, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
	must(t, err)
	who, link := payer(s, o)
	for _, card := range []string{"funds", ""} { // refused, and left alone
		placed, err := s.Desk.PayAgain(t.Context(), s.Shop, who, link, s.ModeOf("card"), checkout.With{})
		must(t, err)
		if card != "" {
			s.Bank.Visit(placed.Next, card, "proper")
			s.Bank.Wait(1)
		}
		for range 4 {
			s.Pass(48 * time.Hour)
			s.Work()
		}
		if got := s.Find(o.ID); got.State != order.Placed {
			t.Fatalf("after %q: %s", card, got.State)
		}
	}
	got := s.Find(o.ID)
	if today := s.Clock.Now().UTC().Truncate(24 * time.Hour); !got.Overdue(today) || got.Overdue(ask.Due) {
		t.Errorf("overdue on %s: %v, on its last day %v", today, got.Overdue(today), got.Overdue(ask.Due))
	}
	must(t, s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, o.ID, checkout.Remark{}))

	ask.Due = time.Time{}
	o, err = s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
	must(t, err)
	must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, o.ID, o.Total, checkout.Remark{}))
	if got := s.Find(o.ID); got.State != order.Paid {
		t.Errorf("noted by hand: %s", got.State)
	}
}

// PAY-08: where every way to pay costs something a request is paid with any.
func TestRequestPayment_Costly(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	for _, name := range []string{"cheque", "transfer", "on delivery"} {
		must(t, s.Resave(name, func(d *payment.Draft) { d.Active = false }))
	}
	s.Charge("card", payment.Cost{Rebate: payment.Share{Percent: dec("2")}, IncludesTax: true})
	if _, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, repair()); err != nil {
		t.Error(err)
	}
}

// PGW-34: what cannot be asked for is refused beside its field, and no order, letter or number comes of it.
func TestRequestPayment_Refused(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	for name, tt := range map[string]struct {
		spoil func(*checkout.PayRequest)
		field string
	}{
		"nobody":           {func(r *checkout.PayRequest) { r.Name = " " }, "name"},
		"no address":       {func(r *checkout.PayRequest) { r.Email = "zoe" }, "email"},
		"no language":      {func(r *checkout.PayRequest) { r.Locale = "tlh" }, "locale"},
		"no country":       {func(r *checkout.PayRequest) { r.Country = "" }, "country"},
		"a country of old": {func(r *checkout.PayRequest) { r.Country = "ZZ" }, "country"},
		"nothing":          {func(r *checkout.PayRequest) { r.Lines = nil }, "lines"},
		"too much": {func(r *checkout.PayRequest) {
			for range checkout.MaxRequestLines {
				r.Lines = append(r.Lines, r.Lines[0])
			}
		}, "lines"},
		"a line without words": {func(r *checkout.PayRequest) { r.Lines[1].Text = "" }, "lines.1.text"},
		"a gift":               {func(r *checkout.PayRequest) { r.Lines[0].Amount = dec("0") }, "lines.0.amount"},
		"the other way round":  {func(r *checkout.PayRequest) { r.Lines[0].Amount = dec("-5") }, "lines.0.amount"},
		"an unknown class":     {func(r *checkout.PayRequest) { r.Lines[0].Class = "luxury" }, "lines.0.class"},
		"yesterday":            {func(r *checkout.PayRequest) { r.Due = s.Clock.Now().AddDate(0, 0, -2) }, "due"},
		"a novel":              {func(r *checkout.PayRequest) { r.Note = strings.Repeat("x", checkout.MaxRequestNote+1) }, "note"},
	} {
		ask := repair()
		tt.spoil(&ask)
		_, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, s.Resave("card", func(d *payment.Draft) {
		d.Active, d.Config = false, url.Values{"merchant": {"DEMO"}, "capture": {"now"}}
	}))
	_, err := s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, repair())
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "send" {
		t.Errorf("no way online: %v", err)
	}
	for _, name := range []string{"cheque", "transfer", "on delivery"} {
		must(t, s.Resave(name, func(d *payment.Draft) { d.Active = false }))
	}
	ask := repair()
	ask.Send = false
	_, err = s.Desk.RequestPayment(t.Context(), s.Shop, checkouttest.Clerk, ask)
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "country" {
		t.Errorf("no way at all: %v", err)
	}
	s.Work()
	if letters := s.Mailbox.To("zoe@example.org"); len(letters) != 0 {
		t.Errorf("%d letters", len(letters))
	}
}
