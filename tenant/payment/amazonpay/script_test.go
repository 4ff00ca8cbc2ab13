package amazonpay

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // version 1 of the signatures is made with it
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
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
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

const (
	ourMerchant = "A3BXB0YN3XH17H"
	ourMode     = "0195f3a0-0000-7000-8000-000000000001"
	sessionNo   = "26be7331-7dc2-4722-be22-f7e75582d3ef"
	permission  = "S02-5105180-3221187"
	chargeNo    = permission + "-C056351"
	refundNo    = permission + "-R041127"
	disputeNo   = permission + "-B000001"

	getSession    = "GET /v2/checkoutSessions/" + sessionNo
	complete      = "POST /v2/checkoutSessions/" + sessionNo + "/complete"
	getCharge     = "GET /v2/charges/" + chargeNo
	getPermission = "GET /v2/chargePermissions/" + permission
	getRefund     = "GET /v2/refunds/" + refundNo
	getDispute    = "GET /v2/disputes/" + disputeNo

	snsAt  = "https://sns.eu-west-1.amazonaws.com"
	certAt = snsAt + "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
	topic  = "arn:aws:sns:eu-west-1:291180941288:A1" + ourMerchant
)

var made = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// testKey is the shop's key, and SNS's.
func testKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func contract(t testing.TB) payment.Account {
	t.Helper()
	private := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(testKey(t))}))
	return payment.NewAccount(id.MustParse[payment.Mode](ourMode), "amazonpay", true,
		form.Values{"region": form.TextValue("eu"), "merchant": form.TextValue(ourMerchant), "store": form.TextValue("store"), "key_test": form.TextValue("SANDBOX-A")},
		map[string]secret.Text{"private_test": secret.NewText(private)})
}

// script is a gateway whose Amazon answers each "METHOD /path" with what it is told, "status body", and what was asked of it.
func script(t testing.TB, answers map[string]string) (*Gateway, *[]string) {
	t.Helper()
	var mu sync.Mutex
	var asked []string
	cert := certificateOf(t, testKey(t), time.Now())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, path, _ := strings.Cut(r.URL.Path[len("/amazonpay/"):], "/")
		what := r.Method + " /" + path
		mu.Lock()
		asked = append(asked, what+" "+r.Header.Get("X-Amz-Pay-Idempotency-Key")+" "+r.URL.RawQuery+string(body))
		mu.Unlock()
		answer, known := answers[what]
		if !known && strings.HasSuffix(certAt, path) && path != "" {
			_, _ = w.Write(cert)
			return
		}
		status := 404
		if known {
			_, _ = fmt.Sscanf(answer, "%d", &status)
		}
		_, text, _ := strings.Cut(answer, " ")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}))
	t.Cleanup(server.Close)
	return New(brands[0], bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: server.URL, Timeout: 5 * time.Second, Pause: time.Millisecond})), &asked
}

// certificateOf is a certificate of that key, good for a day around at.
func certificateOf(t testing.TB, key *rsa.PrivateKey, at time.Time) []byte {
	t.Helper()
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sns.amazonaws.com"}, NotBefore: at.Add(-24 * time.Hour), NotAfter: at.Add(24 * time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// sns is a message signed as SNS does.
func sns(t testing.TB, version string, fields map[string]string) payment.RawNotice {
	t.Helper()
	var b strings.Builder
	for _, name := range []string{"Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"} {
		if value, ok := fields[name]; ok {
			b.WriteString(name + "\n" + value + "\n")
		}
	}
	sum, hash := sha256.Sum256([]byte(b.String())), crypto.SHA256
	digest := sum[:]
	if version == "1" {
		short := sha1.Sum([]byte(b.String()))
		digest, hash = short[:], crypto.SHA1
	}
	signature, err := rsa.SignPKCS1v15(nil, testKey(t), hash, digest)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"SignatureVersion": version, "Signature": base64.StdEncoding.EncodeToString(signature), "SigningCertURL": certAt}
	for name, value := range fields {
		all[name] = value
	}
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return payment.RawNotice{Header: map[string][]string{"Content-Type": {"text/plain; charset=UTF-8"}}, Body: body}
}

// told is a notice with that message.
func told(t testing.TB, message string) payment.RawNotice {
	t.Helper()
	return sns(t, "1", map[string]string{"Type": typeNotice, "MessageId": "m1", "TopicArn": topic, "Message": message, "Timestamp": "2026-03-05T12:00:00.000Z"})
}

func about(kind, object string) string {
	return `{"MerchantID":"` + ourMerchant + `","ObjectType":"` + kind + `","ObjectId":"` + object + `","ChargePermissionId":"` + permission +
		`","NotificationType":"STATE_CHANGE","NotificationId":"n1","NotificationVersion":"V2"}`
}

const ownMark = `"merchantMetadata":{"merchantReferenceId":"R1","customInformation":"mode ` + ourMode + `"}`

// The objects, with pairs of texts to be replaced.
func aSession(state, reason, charge string, swaps ...string) string {
	return strings.NewReplacer(swaps...).Replace(`{"checkoutSessionId":"` + sessionNo + `",` + ownMark + `,"paymentDetails":{"chargeAmount":{"amount":"1234.50","currencyCode":"EUR"}},"statusDetails":{"state":"` + state +
		`","reasonCode":"` + reason + `"},"chargeId":"` + charge + `","releaseEnvironment":"Sandbox"}`)
}

func aCharge(state, reason string, swaps ...string) string {
	return strings.NewReplacer(swaps...).Replace(`{"chargeId":"` + chargeNo + `","chargePermissionId":"` + permission + `","chargeAmount":{"amount":"1234.50","currencyCode":"EUR"},"captureAmount":{"amount":"1234.50","currencyCode":"EUR"},` +
		`"statusDetails":{"state":"` + state + `","reasonCode":"` + reason + `"},"releaseEnvironment":"Sandbox"}`)
}

func aPermission(swaps ...string) string {
	return strings.NewReplacer(swaps...).Replace(`{"chargePermissionId":"` + permission + `",` + ownMark + `,"releaseEnvironment":"Sandbox"}`)
}

func aRefund(state string, swaps ...string) string {
	return strings.NewReplacer(swaps...).Replace(`{"refundId":"` + refundNo + `","chargeId":"` + chargeNo + `","refundAmount":{"amount":"20.00","currencyCode":"EUR"},"statusDetails":{"state":"` + state + `"},"releaseEnvironment":"Sandbox"}`)
}

// no is a refusal.
func no(status, reason string) string {
	return status + ` {"reasonCode":"` + reason + `","message":"no"}`
}
