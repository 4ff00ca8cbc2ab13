package vat

import (
	"context"
	"encoding/json"
	"time"

	"echoppe.dev/platform/driver/vies"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
)

// Register knows which VAT numbers exist; vies.Client does.
type Register interface {
	// Errors: any means that nobody has said.
	Check(ctx context.Context, q vies.Question) (vies.Answer, error)
}

// Cache remembers texts for a shop; kv.Scope does. It may forget at any time.
type Cache interface {
	Get(ctx context.Context, key string) (string, bool, error)
	Set(ctx context.Context, key, value string, ttl time.Duration) error
}

// Caches gives the cache of a shop.
type Caches func(shop *tenant.Shop) Cache

// Fresh is how long an answer holds: numbers are rarely withdrawn, and a tax office expects that the
// number was valid on the day of the sale.
const Fresh = 24 * time.Hour

// Checker looks numbers up. Safe for concurrent use; a nil one knows nothing of any number.
type Checker struct {
	register Register
	caches   Caches
	clock    clock.Clock
}

// New makes a checker. Caches may be nil: then every question is put.
func New(r Register, caches Caches, c clock.Clock) *Checker { return &Checker{r, caches, c} }

// Check says what is known of a number; requester is the shop's own. It never fails: what cannot be
// found out is unknown.
func (c *Checker) Check(ctx context.Context, shop *tenant.Shop, number, requester string) pricing.VATProof {
	number = address.CleanVATNumber(number)
	if c == nil {
		return pricing.VATProof{Number: number, Verdict: pricing.VATUnknown}
	}
	if p, ok := c.remembered(ctx, shop, number); ok {
		return p
	}
	a, err := c.register.Check(ctx, vies.Question{Number: number, Requester: asker(requester)})
	if err != nil {
		return pricing.VATProof{Number: number, Verdict: pricing.VATUnknown, At: c.clock.Now()}
	}
	p := pricing.VATProof{Number: number, Verdict: pricing.VATInvalid, Consultation: a.Consultation, At: a.At}
	if a.Valid {
		p.Verdict, p.Name, p.Address = pricing.VATValid, a.Name, a.Address
	}
	c.remember(ctx, shop, p)
	return p
}

// asker is the shop's number as VIES wants it, "" for one that is not of the Union.
func asker(number string) string {
	number = address.CleanVATNumber(number)
	if len(number) < 3 || !address.CheckVATNumber(number) {
		return ""
	}
	country := number[:2]
	if country == "EL" {
		country = "GR"
	}
	if !address.EU(country) && country != "XI" {
		return ""
	}
	return number
}

func (c *Checker) remembered(ctx context.Context, shop *tenant.Shop, number string) (pricing.VATProof, bool) {
	var p pricing.VATProof
	if c.caches == nil {
		return p, false
	}
	text, ok, err := c.caches(shop).Get(ctx, key(number))
	if err != nil || !ok || json.Unmarshal([]byte(text), &p) != nil {
		return p, false
	}
	return p, p.Number == number && c.clock.Now().Sub(p.At) < Fresh
}

func (c *Checker) remember(ctx context.Context, shop *tenant.Shop, p pricing.VATProof) {
	if c.caches == nil {
		return
	}
	if text, err := json.Marshal(p); err == nil {
		_ = c.caches(shop).Set(ctx, key(p.Number), string(text), Fresh) // a cache that is away costs a question
	}
}

func key(number string) string { return "vat." + number }

var _ Register = (*vies.Client)(nil)
