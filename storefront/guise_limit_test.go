package storefront_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/profile"
)

// counting is a limiter whose period never ends: each key has so many events, and then none.
func counting() web.Limiter {
	var mu sync.Mutex
	spent := map[string]int{}
	return web.LimiterFunc(func(_ context.Context, key string, limit int, per time.Duration) (bool, time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		spent[key]++
		return spent[key] <= limit, per
	})
}

// PROF-10: a shared code is tried ten times and no oftener. Who tries once more is told to wait, on a page of the shop
// in his language, whether his code would have been right or not; coupons have a count of their own.
func TestGuise_CodeLimited(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.limiter = counting()
	h.front = h.wire()
	hash, err := h.accounts.HashCode(t.Context(), "atelier-2026")
	must(t, err)
	doc := companies(profile.Never)
	doc.Profiles[2].CodeHash = hash
	h.set(doc)
	b := h.browser(t)
	form := `form[action$="/profile/code"]`
	b.Get(h.at("/de/profile"))
	for i := range 10 {
		b.Submit(form, webtest.Values{"code": fmt.Sprintf("guess-%d", i)})
		b.WantStatus(422).Want(form)
	}
	b.Submit(form, webtest.Values{"code": "atelier-2026"})
	b.WantStatus(429).WantClean().WantHeader("Retry-After", "600").WantText("main", "600").Want("header a")
	if lang := b.Attr("html", "lang"); lang != "de" || strings.Contains(string(b.Page().Body), "error.too_many") {
		t.Errorf("the page is in %q: %s", lang, b.Page().Body)
	}
	b.Get(h.at(mugPage))
	b.WantText(".price", "24,00") // the right code came too late
	b.Submit(".buy form[data-add]", nil)
	b.Submit(`form[action$="/cart/code"]`, webtest.Values{"code": "NOPE"})
	b.WantStatus(422)
}
