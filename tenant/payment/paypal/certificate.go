package paypal

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// The names in PayPal's certificates, live and in the sandbox.
const (
	liveName    = "messageverificationcerts.paypal.com"
	sandboxName = "messageverificationcerts.sandbox.paypal.com"
)

// pretendPEM is the root of the pretend bank.
//
//go:embed pretend.pem
var pretendPEM []byte

// certificates are the keys webhooks are signed with, by the address of their certificate, for as long as it is good but a
// day at most.
type certificates struct {
	mu   sync.Mutex
	keys map[string]certificate
}

type certificate struct {
	key   *rsa.PublicKey
	until time.Time
}

const (
	maxCertificates = 50 // addresses that are remembered; PayPal has a handful
	maxChain        = 8  // certificates in one answer
	keep            = 24 * time.Hour
)

func newCertificates() *certificates { return &certificates{keys: map[string]certificate{}} }

// find is the key of a certificate, fetched where it is not known. Errors: ErrForged when there is none that is PayPal's,
// ErrBank.
func (c *certificates) find(ctx context.Context, g *Gateway, host, path string, test bool) (*rsa.PublicKey, error) {
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
		return nil, payment.ErrForged.Because(fmt.Errorf("paypal: certificate: answer %d", answer.Status))
	}
	roots, err := g.roots()
	if err != nil {
		return nil, payment.ErrBank.Because(err)
	}
	leaf, err := chain(answer.Body, roots, nameOf(test), now)
	if err != nil {
		return nil, payment.ErrForged.Because(err)
	}
	key, ok := leaf.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, payment.ErrForged.Because(errors.New("paypal: a key of another kind"))
	}
	until := now.Add(keep)
	if leaf.NotAfter.Before(until) {
		until = leaf.NotAfter
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.keys) >= maxCertificates {
		clear(c.keys)
	}
	c.keys[host+path] = certificate{key, until}
	return key, nil
}

func nameOf(test bool) string {
	if test {
		return sandboxName
	}
	return liveName
}

// roots are the authorities of this machine, or the pretend bank's and no other where that stands in.
func (g *Gateway) roots() (*x509.CertPool, error) {
	if !g.calls.Pretended() {
		return x509.SystemCertPool()
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pretendPEM) {
		return nil, errors.New("paypal: no root")
	}
	return pool, nil
}

// chain is the first of the certificates, when it is of that name, good at that time, and issued under the roots by way of
// the others.
func chain(text []byte, roots *x509.CertPool, name string, now time.Time) (*x509.Certificate, error) {
	var leaf *x509.Certificate
	others := x509.NewCertPool()
	for range maxChain {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		one, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("paypal: certificate: %w", err)
		}
		if leaf == nil {
			leaf = one
			continue
		}
		others.AddCert(one)
	}
	if leaf == nil {
		return nil, errors.New("paypal: no certificate")
	}
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots, Intermediates: others, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err != nil {
		return nil, fmt.Errorf("paypal: certificate: %w", err)
	}
	return leaf, nil
}
