package stripe

import (
	_ "embed"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// script stands in for Stripe.js.
//
//go:embed stripe.js
var script []byte

// elements adds what a shop's own page loads, and what wallets want of its domain.
func elements(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("GET /{host}/v3/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		_, _ = w.Write(script)
	})
	mux.HandleFunc("GET /{host}/v3/payment", func(w http.ResponseWriter, r *http.Request) { frame(t, w, r) })
	mux.HandleFunc("GET /{host}/files/apple-pay/apple-developer-merchantid-domain-association", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("7B2270726574656E64223A747275657D"))
	})
}

// frame is what the payment element puts on the page: it says whose script asks, and for which intent. A test without a
// script says as well where the buyer would go, as "return".
func frame(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	_, token, _ := strings.Cut(q.Get("client_secret"), "_secret_")
	p, ok := t.FindToken(token)
	if !ok || clientSecret(p) != q.Get("client_secret") {
		t.Refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	if m, _ := t.Merchant(p.Request.Merchant); q.Get("key") != field(m, "public", p.Request.Mode) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	if to := q.Get("return"); to != "" {
		if !t.Browsable(to) {
			t.Refuse(w, r, http.StatusBadRequest, "return")
			return
		}
		if err := t.Note(p, "return", to); err != nil {
			t.Broken(w, err)
			return
		}
	}
	to := t.Page(p)
	if lang := q.Get("lang"); lang != "" {
		to += "?lang=" + lang[:min(2, len(lang))]
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

var domainShape = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)

// domainOf is a payment method domain. The pretend Stripe takes every domain for registered once, and keeps none.
func domainOf(name string, live bool) object {
	active := object{"status": "active"}
	return object{"id": "pmd_" + strings.ReplaceAll(name, ".", "x"), "object": "payment_method_domain", "domain_name": name, "enabled": true, "livemode": live,
		"apple_pay": active, "google_pay": active, "link": active, "paypal": active}
}

// openDomain is POST /v1/payment_method_domains.
func (d *desk) openDomain() {
	if d.t.Trouble(d.w, d.r, nil) || !d.only("domain_name", "enabled") {
		return
	}
	if name := d.form.Get("domain_name"); domainShape.MatchString(name) {
		d.answer(domainOf(name, d.live()))
		return
	}
	d.invalid("domain_name")
}

// listDomains is GET /v1/payment_method_domains, which finds those that begin with "known.".
func (d *desk) listDomains() {
	if d.t.Trouble(d.w, d.r, nil) || !d.only("domain_name", "enabled", "limit") {
		return
	}
	list := []any{}
	if name := d.form.Get("domain_name"); strings.HasPrefix(name, "known.") {
		list = append(list, domainOf(name, d.live()))
	}
	d.answer(object{"object": "list", "data": list, "has_more": false, "url": "/v1/payment_method_domains"})
}
