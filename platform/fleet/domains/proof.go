package domains

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// Resolver answers for DNS; net.Resolver does.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupCNAME(ctx context.Context, host string) (string, error)
	LookupHost(ctx context.Context, host string) ([]string, error)
}

// prove looks for both records. Errors: ErrNoTXT, ErrNoTarget, ErrResolver.
func prove(ctx context.Context, r Resolver, d Domain) error {
	records, err := r.LookupTXT(ctx, d.TXT())
	if broken(err) {
		return ErrResolver.Because(err)
	}
	if !slices.ContainsFunc(records, func(text string) bool { return strings.TrimSpace(text) == d.Token }) {
		return ErrNoTXT
	}
	led, err := leads(ctx, r, d)
	if err != nil {
		return err
	}
	if !led {
		return ErrNoTarget.With(fault.Args{"target": d.Target})
	}
	return nil
}

// leads tells whether the name is an alias of the target or, as an apex may have none, has the
// same addresses.
func leads(ctx context.Context, r Resolver, d Domain) (bool, error) {
	alias, err := r.LookupCNAME(ctx, d.Host)
	if broken(err) {
		return false, ErrResolver.Because(err)
	}
	if strings.EqualFold(strings.TrimSuffix(alias, "."), d.Target) {
		return true, nil
	}
	theirs, err := r.LookupHost(ctx, d.Host)
	if broken(err) {
		return false, ErrResolver.Because(err)
	}
	ours, err := r.LookupHost(ctx, d.Target)
	if broken(err) {
		return false, ErrResolver.Because(err)
	}
	for _, address := range theirs {
		if slices.Contains(ours, address) {
			return true, nil
		}
	}
	return false, nil
}

// broken tells a failing name service from one that knows no such record.
func broken(err error) bool {
	var dns *net.DNSError
	return err != nil && !(errors.As(err, &dns) && dns.IsNotFound)
}

var _ Resolver = (*net.Resolver)(nil)
