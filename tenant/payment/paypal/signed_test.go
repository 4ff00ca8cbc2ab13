package paypal

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const (
	ourHook, liveHook = "4JH86294D6297924G", "5JH86294D6297924G"
	ourNumber         = "9NGNFD2T7LJ4C"
)

func contract() payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "paypal", true,
		form.Values{"client_test": form.TextValue("client"), "webhook_test": form.TextValue(ourHook), "client_live": form.TextValue("live-client"),
			"webhook_live": form.TextValue(liveHook), "merchant": form.TextValue(ourNumber)},
		map[string]secret.Text{"secret_test": secret.NewText("s3cret"), "secret_live": secret.NewText("s3cret-live")})
}

// script is a gateway whose PayPal answers each "METHOD /path" with what it is told, "status body", and what was asked of it.
func script(t testing.TB, answers map[string]string) (*Gateway, *[]string) {
	t.Helper()
	var mu sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, path, _ := strings.Cut(r.URL.Path[len("/paypal/"):], "/")
		what := r.Method + " /" + path
		mu.Lock()
		asked = append(asked, what+" "+r.Header.Get("PayPal-Request-Id")+" "+string(body))
		mu.Unlock()
		answer, known := answers[what]
		if path == "v1/oauth2/token" && !known {
			answer = `200 {"access_token":"T","expires_in":32400}`
		}
		status := 404
		_, _ = fmt.Sscan(answer, &status)
		_, text, _ := strings.Cut(answer, " ")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(server.Close)
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: server.URL, Timeout: time.Second, Pause: time.Millisecond})), &asked
}

// signer is a key PayPal's certificate of the sandbox is taken to be for.
var signer = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

const certAt, liveCertAt = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1", "https://api.paypal.com/v1/notifications/certs/CERT-1"

// hook is a webhook as PayPal would sign it; the gateway learns the key.
func hook(t testing.TB, g *Gateway, webhook, cert, body string) payment.RawNotice {
	t.Helper()
	key, err := signer()
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"api.sandbox.paypal.com", "api.paypal.com"} {
		g.certs.keys[host+"/v1/notifications/certs/CERT-1"] = certificate{&key.PublicKey, time.Now().Add(time.Hour)}
	}
	const number, at = "dfb3be50-fd74-11e4-8bf3-77339302725b", "2026-03-05T12:00:00Z"
	sum := sha256.Sum256([]byte(text(number, at, webhook, []byte(body))))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return payment.RawNotice{Body: []byte(body), Header: map[string][]string{headID: {number}, headTime: {at}, headAlgo: {"SHA256withRSA"}, headCert: {cert},
		headSig: {base64.StdEncoding.EncodeToString(signature)}, "Content-Type": {"application/json"}}}
}

const (
	orderNo, captureNo, authNo, refundNo = "1W5313654M9708630", "02335565G34798738", "7W5147081L658180V", "09E71677NS257044M"
	getOrder                             = "GET /v2/checkout/orders/" + orderNo
	doCapture                            = "POST /v2/checkout/orders/" + orderNo + "/capture"
)

// anOrder is one of ours, with changes.
func anOrder(status string, payments string, changes ...string) string {
	return strings.NewReplacer(changes...).Replace(`{"id":"` + orderNo + `","intent":"CAPTURE","status":"` + status + `","payer":{"payer_id":"QYR5Z8XDVJNXQ"},"purchase_units":[{` +
		`"custom_id":"R1","amount":{"currency_code":"EUR","value":"1234.50"},"payee":{"merchant_id":"` + ourNumber + `"},"payments":{` + payments + `}}],` +
		`"links":[{"rel":"approve","href":"https://www.sandbox.paypal.com/checkoutnow?token=` + orderNo + `"}]}`)
}

// captured and authorised are what stands in an order.
func captured(status string) string {
	return `"captures":[` + anItem(captureNo, status) + `]`
}

func authorised(status string) string {
	return `"authorizations":[` + anItem(authNo, status) + `]`
}

func anItem(number, status string) string {
	return `{"id":"` + number + `","status":"` + status + `","custom_id":"R1","amount":{"currency_code":"EUR","value":"1234.50"},"payee":{"merchant_id":"` + ourNumber + `"},` +
		`"supplementary_data":{"related_ids":{"order_id":"` + orderNo + `"}}}`
}

func told(kind, resource string) string {
	return `{"id":"WH-1","event_type":"` + kind + `","resource":` + resource + `}`
}

// TestReadEvent: what PayPal signed, and what of it is believed.
func TestReadEvent(t *testing.T) {
	paid := "200 " + anOrder("COMPLETED", captured("COMPLETED"))
	for name, tt := range map[string]struct {
		body    string
		answers map[string]string
		err     error
		event   payment.Event
		id      string
		reason  payment.Reason
	}{
		"PAY-05 captured":                     {told("PAYMENT.CAPTURE.COMPLETED", anItem(captureNo, "COMPLETED")), map[string]string{getOrder: paid}, nil, payment.Captured, captureNo + ":captured", ""},
		"a forged body with the same CRC":     {told("PAYMENT.CAPTURE.COMPLETED", anItem(captureNo, "COMPLETED")), map[string]string{getOrder: "200 " + anOrder("CREATED", "")}, nil, payment.Waiting, orderNo + ":waiting", ""},
		"agreed, and captured now":            {told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "")), map[string]string{getOrder: "200 " + anOrder("APPROVED", ""), doCapture: "201" + paid[3:]}, nil, payment.Captured, captureNo + ":captured", ""},
		"agreed, and captured long ago":       {told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "")), map[string]string{getOrder: paid}, nil, payment.Captured, captureNo + ":captured", ""},
		"on its way by an eCheck":             {told("PAYMENT.CAPTURE.PENDING", anItem(captureNo, "PENDING")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("PENDING"))}, nil, payment.Waiting, captureNo + ":pending", ""},
		"PGW-16 declined":                     {told("PAYMENT.CAPTURE.DECLINED", anItem(captureNo, "DECLINED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("DECLINED"))}, nil, payment.Failed, captureNo + ":declined", payment.ReasonRefused},
		"denied, as other pages write it":     {told("PAYMENT.CAPTURE.DENIED", anItem(captureNo, "DENIED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("DENIED"))}, nil, payment.Failed, captureNo + ":declined", payment.ReasonRefused},
		"PGW-02 authorised":                   {told("PAYMENT.AUTHORIZATION.CREATED", anItem(authNo, "CREATED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", authorised("CREATED"))}, nil, payment.Authorised, authNo + ":authorised", ""},
		"let go":                              {told("PAYMENT.AUTHORIZATION.VOIDED", anItem(authNo, "VOIDED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", authorised("VOIDED"))}, nil, payment.Cancelled, authNo + ":voided", payment.ReasonAbandoned},
		"run out":                             {told("PAYMENT.AUTHORIZATION.VOIDED", anItem(authNo, "EXPIRED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", authorised("EXPIRED"))}, nil, payment.Cancelled, authNo + ":expired", payment.ReasonExpired},
		"authorised, and captured since":      {told("PAYMENT.AUTHORIZATION.CREATED", anItem(authNo, "CREATED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", authorised("CAPTURED")+","+captured("PARTIALLY_REFUNDED"))}, nil, payment.Captured, captureNo + ":captured", ""},
		"PGW-30 given back":                   {told("PAYMENT.CAPTURE.REFUNDED", anItem(refundNo, "COMPLETED")), nil, nil, payment.Refunded, refundNo + ":refunded", ""},
		"taken back by PayPal":                {told("PAYMENT.CAPTURE.REVERSED", anItem(refundNo, "COMPLETED")), nil, nil, payment.Refunded, refundNo + ":refunded", ""},
		"a refund that came to nothing":       {told("PAYMENT.REFUND.FAILED", anItem(refundNo, "FAILED")), nil, nil, payment.Waiting, refundNo + ":refund-failed", ""},
		"an order nobody knows any more":      {told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "")), nil, nil, payment.Waiting, orderNo + ":unseen", ""},
		"another merchant's":                  {told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "", ourNumber, "4XTRA9QWERTY7")), nil, payment.ErrForeign, "", "", ""},
		"another merchant's refund":           {told("PAYMENT.CAPTURE.REFUNDED", strings.Replace(anItem(refundNo, "COMPLETED"), ourNumber, "4XTRA9QWERTY7", 1)), nil, payment.ErrForeign, "", "", ""},
		"an order that is another merchant's": {told("PAYMENT.CAPTURE.COMPLETED", anItem(captureNo, "COMPLETED")), map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"), ourNumber, "4XTRA9QWERTY7")}, payment.ErrForeign, "", "", ""},
		"an order of two parts":               {told("CHECKOUT.ORDER.APPROVED", `{"id":"`+orderNo+`","purchase_units":[{},{}]}`), nil, payment.ErrGarbled, "", "", ""},
		"a capture of no order":               {told("PAYMENT.CAPTURE.COMPLETED", `{"id":"`+captureNo+`","custom_id":"R1"}`), nil, payment.ErrGarbled, "", "", ""},
		"a number that is a path":             {told("PAYMENT.CAPTURE.COMPLETED", strings.Replace(anItem(captureNo, "COMPLETED"), orderNo, "../../v1/x", 1)), nil, payment.ErrGarbled, "", "", ""},
		"a subscription":                      {told("BILLING.SUBSCRIPTION.CREATED", "{}"), nil, payment.ErrGarbled, "", "", ""},
		"no JSON":                             {"x", nil, payment.ErrGarbled, "", "", ""},
		"PGW-45 PayPal is out of order":       {told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "")), map[string]string{getOrder: "500 <html>"}, payment.ErrBank, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := script(t, tt.answers)
			n, err := g.ReadNotice(t.Context(), contract(), hook(t, g, ourHook, certAt, tt.body))
			if tt.err != nil || err != nil {
				if !errors.Is(err, tt.err) || errors.Is(tt.err, payment.ErrBank) && !fault.Is(err, fault.Upstream) {
					t.Errorf("got %+v, %v, want %v", n, err, tt.err)
				}
				return
			}
			if n.Event != tt.event || n.ID != tt.id || n.Reason != tt.reason || n.Amount.String() != "1234.50" || !n.Test || n.Ref != "R1" {
				t.Errorf("got %+v", n)
			}
		})
	}
}

// TestSigned: the webhook's own ID is signed, and the certificate's host tells the mode.
func TestSigned(t *testing.T) {
	g, _ := script(t, nil)
	body := told("PAYMENT.CAPTURE.REFUNDED", anItem(refundNo, "COMPLETED"))
	for name, tt := range map[string]struct {
		hook, cert string
		test       bool
		err        error
	}{
		"sandbox":                       {ourHook, certAt, true, nil},
		"live":                          {liveHook, liveCertAt, false, nil},
		"the simulator's":               {"WEBHOOK_ID", certAt, false, payment.ErrForged},
		"another app's":                 {"6JH86294D6297924G", certAt, false, payment.ErrForged},
		"sandbox, under live's":         {ourHook, liveCertAt, false, payment.ErrForged},
		"live, under the sandbox's":     {liveHook, certAt, false, payment.ErrForged},
		"by no webhook":                 {"", certAt, false, payment.ErrForged},
		"a certificate of nobody":       {ourHook, strings.Replace(certAt, "CERT-1", "CERT-2", 1), false, payment.ErrForged},
		"a certificate of another kind": {ourHook, "https://api.sandbox.paypal.com/v1/other/CERT-1", false, payment.ErrForged},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := g.ReadNotice(t.Context(), contract(), hook(t, g, tt.hook, tt.cert, body))
			if !errors.Is(err, tt.err) || err == nil && n.Test != tt.test {
				t.Errorf("got %+v, %v, want %v", n, err, tt.err)
			}
		})
	}
	none := payment.NewAccount(contract().Mode, "paypal", true, form.Values{"client_test": form.TextValue("client")}, nil)
	if n, err := g.ReadNotice(t.Context(), none, hook(t, g, "", certAt, body)); !errors.Is(err, payment.ErrForged) {
		t.Errorf("a merchant without a webhook: %+v, %v", n, err)
	}
}

// TestChain: a certificate is PayPal's by its name, its time and its issuer.
func TestChain(t *testing.T) {
	at := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	root, rootKey, _ := issue(t, "root", nil, nil, at)
	middle, middleKey, middlePEM := issue(t, "issuer", root, rootKey, at)
	_, _, good := issue(t, sandboxName, middle, middleKey, at)
	_, _, other := issue(t, "www.paypal.com", middle, middleKey, at)
	stranger, strangerKey, _ := issue(t, "root", nil, nil, at)
	_, _, forged := issue(t, sandboxName, stranger, strangerKey, at)
	roots := x509.NewCertPool()
	roots.AddCert(root)
	for name, tt := range map[string]struct {
		text string
		name string
		at   time.Time
		ok   bool
	}{
		"good":                    {good + middlePEM, sandboxName, at, true},
		"without its issuer":      {good, sandboxName, at, false},
		"of the other mode":       {good + middlePEM, liveName, at, false},
		"of another name":         {other + middlePEM, sandboxName, at, false},
		"by somebody's root":      {forged + middlePEM, sandboxName, at, false},
		"not yet":                 {good + middlePEM, sandboxName, at.Add(-48 * time.Hour), false},
		"no longer":               {good + middlePEM, sandboxName, at.Add(48 * time.Hour), false},
		"the issuer in its place": {middlePEM + good, sandboxName, at, false},
		"none":                    {"", sandboxName, at, false},
		"no certificate in it":    {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", sandboxName, at, false},
	} {
		if leaf, err := chain([]byte(tt.text), roots, tt.name, tt.at); (err == nil) != tt.ok || tt.ok && leaf == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	real, pretended := New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System()})), New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: "http://bank.localhost"}))
	block, _ := pem.Decode(pretendPEM)
	own, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	for g, believed := range map[*Gateway]bool{real: false, pretended: true} {
		roots, err := g.roots()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := own.Verify(x509.VerifyOptions{Roots: roots}); (err == nil) != believed {
			t.Errorf("the pretend bank's root, where that stands in %t: %v", believed, err)
		}
	}
}

// issue makes a certificate, good for a day around at.
func issue(t *testing.T, name string, parent *x509.Certificate, parentKey *rsa.PrivateKey, at time.Time) (*x509.Certificate, *rsa.PrivateKey, string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: at.Add(-24 * time.Hour), NotAfter: at.Add(24 * time.Hour),
		BasicConstraintsValid: true, IsCA: !strings.Contains(name, "."), KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	if !c.IsCA {
		c.DNSNames = []string{name}
	}
	if parent == nil {
		parent, parentKey = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, parentKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made, key, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// FuzzSigned feeds what PayPal signed and did not mean: nothing falls over, and what is believed names a payment, an event
// and a currency.
func FuzzSigned(f *testing.F) {
	f.Add(told("PAYMENT.CAPTURE.REFUNDED", anItem(refundNo, "COMPLETED")))
	f.Add(told("CHECKOUT.ORDER.APPROVED", anOrder("APPROVED", "")))
	f.Add(told("PAYMENT.CAPTURE.COMPLETED", `{"amount":null,"supplementary_data":[]}`))
	f.Add(`{"event_type":"PAYMENT.CAPTURE.REVERSED","resource":null}`)
	f.Add("[]")
	g, _ := script(f, map[string]string{getOrder: "200 " + anOrder("COMPLETED", captured("COMPLETED"))})
	f.Fuzz(func(t *testing.T, body string) {
		n, err := g.ReadNotice(t.Context(), contract(), hook(t, g, ourHook, certAt, body))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
	})
}
