package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/browsertest"
)

const (
	awayWords   = "It does not load."
	failedWords = "It did not go through."
)

// clients are scripts of banks as they may come, by the name of their driver. Each driver's page is /{driver}/{case}.
var clients = map[string]map[string]string{
	"stripe": {
		"absent": "",
		"empty":  "/* loaded, and not what it was */",
		"mute":   stripeClient(`this.on_loaderror({})`, `{}`),
		"api":    stripeClient(`this.on_ready()`, `{ error: { type: 'api_error', message: 'not for buyers' } }`),
		"secure": stripeClient(`this.on_ready()`, `{ error: { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', message: 'not for buyers' } }`),
		"card":   stripeClient(`this.on_ready()`, `{ error: { type: 'card_error', message: 'Your card was declined.' } }`),
		"thrown": stripeClient(`this.on_ready()`, `(() => { throw new Error('away'); })()`),
		"paid":   stripeClient(`this.on_ready()`, `{ error: { type: 'invalid_request_error', payment_intent: { status: 'succeeded' } } }`),
	},
	"lyra": {
		"absent":  "",
		"expired": `window.KR = { onError: (listener) => listener({ errorCode: 'PSP_108', errorMessage: 'not for buyers' }) };`,
		"field":   `window.KR = { onError: (listener) => listener({ errorCode: 'CLIENT_303', errorMessage: 'said in the field' }) };`,
	},
	"amazonpay": {
		"absent": "",
		"thrown": `window.amazon = { Pay: { initCheckout: () => { throw new Error('away'); } } };`,
		"empty":  "/* loaded, and not what it was */",
	},
}

// stripeClient is a Stripe.js whose element does something when it is mounted, and whose confirmPayment gives an answer.
func stripeClient(mounted, answer string) string {
	return fmt.Sprintf(`window.Stripe = () => ({
		elements: () => ({ create: () => ({ on(event, listener) { this['on_' + event] = listener; }, mount() { %s } }) }),
		confirmPayment: async () => (%s),
	});`, mounted, answer)
}

// shopPage serves pages with the drivers of the shop and scripts of ours in the banks' place.
func shopPage(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		driver, name := path.Split(strings.TrimPrefix(r.URL.Path, "/"))
		driver = strings.Trim(driver, "/")
		switch {
		case driver == "drivers":
			http.ServeFile(w, r, "../../../storefront/drivers/"+name)
		case strings.HasSuffix(name, ".js"):
			client := clients[driver][strings.TrimSuffix(name, ".js")]
			if client == "" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = fmt.Fprint(w, client)
		case driver == "":
			_, _ = fmt.Fprint(w, `<!doctype html><title>T</title><h1>Back</h1>`)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><title>T</title><main><h1>Pay</h1><div id="bank-fields" data-script="/%s/%s.js" data-pay="Pay"
				data-away="%s" data-failed="%s" data-return="/back" data-style="/none.css" data-public-key="SANDBOX-1"></div>
				<script src="/drivers/%s.js" defer></script><p><a id="plain" href="/plain">The bank's page</a></p></main>`, driver, name, awayWords, failedWords, driver)
		}
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

// TestDrivers: PGW-18 PGW-19 PGW-20, when a bank's script does not come, is not what it was, or answers with an error nobody can read,
// the buyer is told in the shop's words, can try again where that helps, and finds the way to the bank's own page.
func TestDrivers(t *testing.T) {
	home := shopPage(t)
	for _, c := range []struct {
		driver, name string
		press        bool
		want         string // beside the button
		again        bool   // the button can be pressed again
	}{
		{"stripe", "absent", false, awayWords, false},
		{"stripe", "empty", false, awayWords, false},
		{"stripe", "mute", false, awayWords, false},
		{"stripe", "api", true, failedWords, true},
		{"stripe", "secure", true, failedWords, true},
		{"stripe", "card", true, "Your card was declined.", true},
		{"stripe", "thrown", true, failedWords, true},
		{"lyra", "absent", false, awayWords, false},
		{"lyra", "expired", false, failedWords, false},
		{"amazonpay", "absent", false, awayWords, false},
		{"amazonpay", "empty", true, failedWords, true},
		{"amazonpay", "thrown", true, failedWords, true},
	} {
		t.Run(c.driver+" "+c.name, func(t *testing.T) {
			b := browsertest.Open(t, browsertest.Options{Width: 360}).Go(home + "/" + c.driver + "/" + c.name)
			if c.press {
				b.Wait("#bank-fields button:enabled").Press("#bank-fields button")
			}
			b.Wait(`#bank-fields [role="alert"]:not(:empty)`).WantText(`#bank-fields [role="alert"]`, c.want)
			if again := b.Has("#bank-fields button:enabled:not([hidden])"); again != c.again {
				t.Errorf("another try: %t", again)
			}
			if !b.Has("#plain") {
				t.Error("no way on")
			}
		})
	}
	t.Run("stripe paid elsewhere", func(t *testing.T) {
		b := browsertest.Open(t, browsertest.Options{}).Go(home + "/stripe/paid")
		b.Wait("#bank-fields button:enabled").Enter("#bank-fields button").WantText("h1", "Back")
	})
	t.Run("lyra says it in the field", func(t *testing.T) {
		b := browsertest.Open(t, browsertest.Options{}).Go(home + "/lyra/field")
		b.Wait(`#bank-fields[aria-busy="false"]`).WantText(`#bank-fields [role="alert"]`, "")
	})
}
