package banks_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families/redsys"
	"echoppe.dev/cmd/fakebank/families/square"
	"echoppe.dev/cmd/fakebank/families/stripe"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// ask puts a question to the libraries of those who know the protocols (deploy/install/judges).
func ask(t *testing.T, what string, question map[string]any) map[string]any {
	t.Helper()
	folder := os.Getenv("JUDGES")
	if folder == "" {
		t.Fatal("JUDGES names no folder: deploy/install/judges.sh FOLDER makes one, and make test does it")
	}
	question["what"] = what
	text, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	judge := exec.CommandContext(t.Context(), "node", filepath.Join(folder, "judge.cjs"))
	judge.Stdin = bytes.NewReader(text)
	said, err := judge.Output()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	var answer map[string]any
	if err := json.Unmarshal(said, &answer); err != nil {
		t.Fatalf("%s: %q: %v", what, said, err)
	}
	return answer
}

const (
	notify    = "https://platform.example/name.shop/pay/notify/1?a=1"
	redsysKey = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"
)

// letter is what a pretend bank sends of a payment.
func letter(t *testing.T, d bank.Dialect, m bank.Merchant, fields map[string]string, forged bool) bank.Letter {
	t.Helper()
	now := time.Now()
	said := bank.Message{ID: "PB1-1", Merchant: m.Number, Mode: "test", Ref: "0726ABCDEFGH", Payment: "PB1", Event: bank.Paid, Amount: 4990, Currency: "EUR",
		Card: "•••• 0001", Time: now.Unix()}
	event := bank.Event{ID: said.ID, Kind: bank.Paid, Amount: said.Amount, Card: said.Card, At: now}
	p := &bank.Payment{Token: "T", Number: "PB1", Serial: 1, Opened: now, Events: []bank.Event{event}, Request: bank.Request{
		Dialect: d.Name(), Merchant: m.Number, Mode: "test", Ref: said.Ref, Amount: said.Amount, Currency: "EUR", Notify: notify, Fields: fields}}
	l, err := d.Notice(bank.Saying{Message: said, Contract: m, Payment: p, Event: event, Forged: forged, Now: now}, d.Letters(said)[0])
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestJudges_Stripe: PGN-02, Stripe's own library believes our pretend bank, and our gateway believes Stripe's library.
func TestJudges_Stripe(t *testing.T) {
	m := stripe.Dialect{}.Samples()[0]
	for _, forged := range []bool{false, true} {
		l := letter(t, stripe.Dialect{}, m, nil, forged)
		answer := ask(t, "stripe.check", map[string]any{"secret": m.Key, "payload": string(l.Body), "header": l.Header.Get("Stripe-Signature")})
		if answer["good"] == forged {
			t.Errorf("forged %t: %v", forged, answer)
		}
	}
	g, a := account(t, "stripe", nil, map[string]string{"hook_test": m.Key, "secret_test": "sk_test_PRETEND"})
	for _, key := range []string{m.Key, "whsec_somebody"} {
		body := `{"id":"evt_1","object":"event","type":"customer.created","livemode":false,"data":{"object":{"id":"cus_1","object":"customer"}}}`
		header := ask(t, "stripe.sign", map[string]any{"secret": key, "payload": body, "timestamp": time.Now().Unix()})["header"].(string)
		_, err := g.ReadNotice(t.Context(), a, payment.RawNotice{Header: map[string][]string{"Stripe-Signature": {header}}, Body: []byte(body)})
		if errors.Is(err, payment.ErrForged) != (key != m.Key) {
			t.Errorf("signed with %s: %v", key, err)
		}
	}
}

// TestJudges_Square: PGN-01, Square's own library believes our pretend bank, which our gateway believes (the conformance suite).
func TestJudges_Square(t *testing.T) {
	m := square.Dialect{}.Samples()[0]
	for _, forged := range []bool{false, true} {
		l := letter(t, square.Dialect{}, m, nil, forged)
		answer := ask(t, "square.check", map[string]any{"key": m.Key, "payload": string(l.Body), "address": notify,
			"header": l.Header.Get("x-square-hmacsha256-signature")})
		if answer["good"] == forged {
			t.Errorf("forged %t: %v", forged, answer)
		}
	}
}

// TestJudges_Redsys: GWN-12, a library for Redsys makes the form we make, of the version it knows, and believes our pretend bank.
func TestJudges_Redsys(t *testing.T) {
	g, a := account(t, "redsys", map[string]string{"merchant": "999008881", "terminal": "1", "signature": "sha256", "calls": "ask", "capture": "now"},
		map[string]string{"key": redsysKey})
	action, err := g.Start(t.Context(), a, payment.Request{OrderNumber: "R-7", ShopName: "Atelier", Locale: "fr", NotifyURL: notify,
		ReturnURL: "https://shop.example/back", CancelURL: "https://shop.example/given-up",
		Payment: payment.Payment{Ref: "0726ABCDEFGH", Test: true, Amount: money.Must(money.Parse("49.90", money.EUR)), Created: time.Now()}})
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]any{}
	for _, f := range action.(payment.FormPost).Fields {
		ours[f.Name] = f.Value
	}
	raw, err := base64.StdEncoding.DecodeString(ours["Ds_MerchantParameters"].(string))
	if err != nil {
		t.Fatal(err)
	}
	// As they stand: their order is signed.
	theirs := ask(t, "redsys.sign", map[string]any{"key": redsysKey, "parameters": json.RawMessage(raw)})["fields"]
	if diff := cmp.Diff(theirs, any(ours)); diff != "" {
		t.Errorf("theirs and ours:\n%s", diff)
	}
	for _, forged := range []bool{false, true} {
		l := letter(t, redsys.Dialect{}, bank.Merchant{Number: "999008881", Key: redsysKey}, map[string]string{"version": "HMAC_SHA256_V1", "terminal": "1", "type": "0"}, forged)
		fields, err := url.ParseQuery(string(l.Body))
		if err != nil {
			t.Fatal(err)
		}
		flat := map[string]string{}
		for name := range fields {
			flat[name] = fields.Get(name)
		}
		if answer := ask(t, "redsys.check", map[string]any{"key": redsysKey, "fields": flat}); answer["good"] == forged {
			t.Errorf("forged %t: %v", forged, answer)
		}
	}
}

// account is a contract for a brand.
func account(t *testing.T, brand string, fields, secrets map[string]string) (payment.Gateway, payment.Account) {
	t.Helper()
	gateways, err := payment.NewGateways(banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gateways.Find(brand)
	if err != nil {
		t.Fatal(err)
	}
	values, sealed := form.Values{}, map[string]secret.Text{}
	for name, value := range fields {
		values[name] = form.TextValue(value)
	}
	for name, value := range secrets {
		sealed[name] = secret.NewText(value)
	}
	return g, payment.NewAccount(id.New[payment.Mode](), brand, true, values, sealed)
}
