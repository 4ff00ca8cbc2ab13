package testbank

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Key is how modes of this family are stored.
const Key = "testbank"

// patience is how long a buyer may sit before the bank's page.
const patience = time.Hour

// Options say where the bank is.
type Options struct {
	// Endpoint is the address of the bank's protocol ({bank} in its text) without a trailing slash, as
	// browsers and this process reach it.
	Endpoint string
	Clock    clock.Clock
	// Calls carries the calls; nil for a client of its own.
	Calls *bankcall.Client
}

// Gateway is the family.
type Gateway struct {
	endpoint string
	clock    clock.Clock
	calls    *bankcall.Client
}

// New makes the family for a bank at an absolute http or https address.
func New(o Options) (*Gateway, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("testbank: endpoint %q is no address", o.Endpoint)
	}
	if o.Clock == nil {
		return nil, errors.New("testbank: no clock")
	}
	if o.Calls == nil {
		o.Calls = bankcall.New(bankcall.Options{Clock: o.Clock})
	}
	return &Gateway{endpoint: o.Endpoint, clock: o.Clock, calls: o.Calls}, nil
}

// Key is stored.
func (g *Gateway) Key() string { return Key }

// Config asks for the contract.
func (g *Gateway) Config() form.Schema {
	return form.Schema{Fields: []form.Field{
		{Name: "merchant", Label: "payment.testbank.merchant", Help: "payment.testbank.merchant_help", Kind: form.Text, Required: true, Max: 20},
		{Name: "key", Label: "payment.testbank.key", Help: "payment.testbank.key_help", Kind: form.Secret, Required: true, Max: 64},
		{Name: "capture", Label: "payment.testbank.capture", Kind: form.Select, Required: true, Default: captureNow, Options: []form.Option{
			{Value: captureNow, Label: "payment.testbank.capture_now"},
			{Value: captureLater, Label: "payment.testbank.capture_later"},
		}},
	}}
}

var (
	merchantShape = regexp.MustCompile(`^[A-Z0-9-]{1,20}$`)
	keyShape      = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
)

// CheckConfig looks at the shape of number and key.
func (g *Gateway) CheckConfig(v form.Values) error {
	var c form.Checker
	if !merchantShape.MatchString(v.Text("merchant")) {
		c.Refuse("merchant", "payment.testbank.merchant_bad", nil)
	}
	if !keyShape.MatchString(v.Text("key")) {
		c.Refuse("key", "payment.testbank.key_bad", nil)
	}
	return c.Err()
}

// Capabilities of a hosted card page.
func (g *Gateway) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: patience}
}

// Start makes the form that opens the payment (section 3 of the protocol). It calls nobody.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 {
		return nil, payment.ErrUnfit
	}
	fields := []payment.FormField{
		{Name: "pb_version", Value: "1"},
		{Name: "pb_merchant", Value: a.Config.Text("merchant")},
		{Name: "pb_mode", Value: modeOf(r.Payment)},
		{Name: "pb_ref", Value: r.Payment.Ref},
		{Name: "pb_amount", Value: strconv.FormatInt(amount, 10)},
		{Name: "pb_currency", Value: r.Payment.Amount.Currency().Code()},
		{Name: "pb_capture", Value: captureOf(a)},
		{Name: "pb_order", Value: clip(r.OrderNumber, maxName)},
		{Name: "pb_shop", Value: clip(r.ShopName, maxName)},
		{Name: "pb_locale", Value: string(r.Locale.Language())},
		{Name: "pb_return", Value: r.ReturnURL},
		{Name: "pb_notify", Value: r.NotifyURL},
		{Name: "pb_time", Value: strconv.FormatInt(g.clock.Now().Unix(), 10)},
	}
	return payment.FormPost{URL: g.endpoint + "/pay", Fields: append(fields, payment.FormField{
		Name: "pb_mac", Value: hex.EncodeToString(fieldsMAC(key, fields)),
	})}, nil
}

// What pb_capture says.
const (
	captureNow   = "now"
	captureLater = "later"
)

func captureOf(a payment.Account) string {
	if a.Config.Text("capture") == captureLater {
		return captureLater
	}
	return captureNow
}

// maxName is how much of the names of shop and order the bank shows.
const maxName = 60

func clip(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// modeOf is the payment's and not the account's: what was begun for real is asked about for real
// after the merchant has gone back to testing.
func modeOf(p payment.Payment) string {
	if p.Test {
		return "test"
	}
	return "live"
}

var (
	_ payment.Gateway   = (*Gateway)(nil)
	_ payment.Checker   = (*Gateway)(nil)
	_ payment.Returner  = (*Gateway)(nil)
	_ payment.Inquirer  = (*Gateway)(nil)
	_ payment.Capturer  = (*Gateway)(nil)
	_ payment.Refunder  = (*Gateway)(nil)
	_ payment.Canceller = (*Gateway)(nil)
)
