package main_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

// sent is a form as the page has it, with what is typed into it: for sending it more often than a
// browser would.
func sent(b *webtest.Browser, selector string, typed url.Values) url.Values {
	fields := url.Values{}
	b.One(selector).Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		name, kind := s.AttrOr("name", ""), s.AttrOr("type", "text")
		_, checked := s.Attr("checked")
		if name == "" || (kind == "radio" || kind == "checkbox") && !checked {
			return
		}
		value := s.AttrOr("value", "")
		if goquery.NodeName(s) == "select" {
			value = s.Find("option[selected]").AttrOr("value", "")
		}
		fields.Set(name, value)
	})
	for name, values := range typed {
		fields[name] = values
	}
	return fields
}

// press is a form on its way, with the cookies of a browser as it is now.
func press(b *webtest.Browser, to string, fields url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, to, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", r.URL.Scheme+"://"+r.URL.Host)
	if cookie := b.Cookie("cart"); cookie != nil {
		r.AddCookie(cookie)
	}
	return r
}

// atOnce sends all requests at the same moment, each through a door of its own.
func atOnce(p *apptest.Place, requests ...*http.Request) []*http.Response {
	answers := make([]*http.Response, len(requests))
	var ready, done sync.WaitGroup
	ready.Add(len(requests))
	for i, r := range requests {
		door := p.Door()
		done.Go(func() {
			w := httptest.NewRecorder()
			ready.Done()
			ready.Wait()
			door.ServeHTTP(w, r)
			answers[i] = w.Result()
		})
	}
	done.Wait()
	return answers
}

// atCheckout is a shopper at the checkout, and the form filled in.
func atCheckout(t *testing.T, s *apptest.Shop, m *apptest.Machine, article, email string) (*webtest.Browser, url.Values) {
	t.Helper()
	b := shopper(t, s, m.Visitor(t, "fr"), article, "1")
	typed := url.Values{"payment": {wayOf(t, b, byCheque)}, "terms": {"1"}}
	for name, value := range claire() {
		typed.Set(name, value.(string))
	}
	typed.Set("email", email)
	return b, sent(b, "#checkout", typed)
}

// STK-12: two shoppers, one piece left, the same moment: one order, no negative stock, and the other is
// told in words.
func TestRace_LastPiece(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "course")
	piece := shop.Stock(t, "Unique", "40.00", 1)
	anna, first := atCheckout(t, shop, m, "Unique", "anna@example.org")
	berta, second := atCheckout(t, shop, m, "Unique", "berta@example.org")
	answers := atOnce(&m.Place, press(anna, shop.URL+"/checkout", first), press(berta, shop.URL+"/checkout", second))
	won, lost := 0, 0
	for _, a := range answers {
		switch a.StatusCode {
		case http.StatusSeeOther:
			if strings.Contains(a.Header.Get("Location"), "/order/") {
				won++
			} else {
				lost++
			}
		case http.StatusUnprocessableEntity:
			lost++
		default:
			t.Errorf("status %d", a.StatusCode)
		}
	}
	if won != 1 || lost != 1 {
		t.Errorf("%d won, %d lost", won, lost)
	}
	if n := shop.Count(t, "select count(*) from orders"); n != 1 {
		t.Errorf("%d orders for one piece", n)
	}
	if left := shop.Count(t, "select on_hand - reserved from variants where id = ?", piece); left != 0 {
		t.Errorf("%d left", left)
	}
}

// ORD-07: "place order" pressed five times at the same moment places one order, sends one confirmation,
// and every answer leads to it.
func TestRace_DoubleClick(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "clic")
	shop.Stock(t, "Tasse", "24.00", 10)
	b, fields := atCheckout(t, shop, m, "Tasse", "presse@example.org")
	clicks := make([]*http.Request, 5)
	for i := range clicks {
		clicks[i] = press(b, shop.URL+"/checkout", fields)
	}
	to := map[string]bool{}
	for _, a := range atOnce(&m.Place, clicks...) {
		if a.StatusCode != http.StatusSeeOther {
			t.Errorf("status %d", a.StatusCode)
		}
		to[a.Header.Get("Location")] = true
	}
	if len(to) != 1 {
		t.Errorf("the answers lead to %v", to)
	}
	if n := shop.Count(t, "select count(*) from orders"); n != 1 {
		t.Errorf("%d orders", n)
	}
	if held := shop.Count(t, "select coalesce(sum(qty), 0) from stock_holds"); held != 1 {
		t.Errorf("%d pieces held", held)
	}
	m.Letter(t, "presse@example.org", "")
	m.Settled(t, shop)
	if letters := m.Letters(t, "presse@example.org", ""); len(letters) != 1 {
		t.Errorf("%d letters", len(letters))
	}
}
