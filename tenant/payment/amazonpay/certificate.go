package amazonpay

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// certificates are the keys notices are signed with, by the address of their certificate, for as long as it is good but a day
// at most.
type certificates struct {
	mu   sync.Mutex
	keys map[string]certificate
}

type certificate struct {
	key   *rsa.PublicKey
	until time.Time
}

const (
	maxCertificates = 50 // addresses that are remembered; SNS has one or two in each region
	keep            = 24 * time.Hour
)

func newCertificates() *certificates { return &certificates{keys: map[string]certificate{}} }

// find is the key of a certificate, fetched where it is not known. The certificate is SNS's because SNS's own host gave it:
// it comes without its issuer's. Errors: ErrForged when there is none, ErrBank.
func (c *certificates) find(ctx context.Context, g *Gateway, host, path string) (*rsa.PublicKey, error) {
	now := g.calls.Clock().Now()
	c.mu.Lock()
	known, ok := c.keys[host+path]
	c.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.key, nil
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: "certificate", Hosts: []string{host}, Method: http.MethodGet, Path: path, Repeat: true})
	if err != nil {
		return nil, err
	}
	if !answer.OK() {
		return nil, payment.ErrForged.Because(fmt.Errorf("amazonpay: certificate: answer %d", answer.Status))
	}
	fresh, err := readCertificate(answer.Body, now)
	if err != nil {
		return nil, payment.ErrForged.Because(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.keys) >= maxCertificates {
		clear(c.keys)
	}
	c.keys[host+path] = fresh
	return fresh.key, nil
}

// readCertificate is the first certificate in PEM, when it is good at that time.
func readCertificate(text []byte, now time.Time) (certificate, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" {
		return certificate{}, errors.New("amazonpay: no certificate")
	}
	one, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return certificate{}, fmt.Errorf("amazonpay: certificate: %w", err)
	}
	key, ok := one.PublicKey.(*rsa.PublicKey)
	if !ok || now.Before(one.NotBefore) || now.After(one.NotAfter) {
		return certificate{}, errors.New("amazonpay: a certificate of another kind or time")
	}
	until := now.Add(keep)
	if one.NotAfter.Before(until) {
		until = one.NotAfter
	}
	return certificate{key, until}, nil
}
