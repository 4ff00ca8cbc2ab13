package wire

import (
	"context"
	"net"
	"net/http"
	"strings"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// hosts are the host names a shop's pages may be seen under: its sub-domain, its own proved domains, and the platform's host
// while its address is a path there.
func (a *App) hosts(ctx context.Context, shop *tenant.Shop) ([]string, error) {
	row, err := a.Registry.Fresh(ctx, id.As[registry.Shop](shop.ID()))
	if err != nil {
		return nil, err
	}
	own, err := a.Domains.List(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	list := []string{row.Slug + "." + a.Out.Sites.Host}
	if a.Out.Sites.Shop(row) == a.Out.Sites.Path(row) {
		list = append(list, a.Out.Sites.Host)
	}
	for _, d := range own {
		if !d.Verified.IsZero() {
			list = append(list, d.Host)
		}
	}
	return list, nil
}

// withAssociation serves the file Apple reads on the platform's own host, which the shops that are reached by a path share.
// Those with a host of their own serve it themselves, where they have use for it.
func (a *App) withAssociation(rest http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if r.URL.Path != payment.AssociationPath || r.Method != http.MethodGet || !strings.EqualFold(host, a.Out.Sites.Host) {
			rest.ServeHTTP(w, r)
			return
		}
		file, err := a.Rooms.Wallets.SharedFile(r.Context())
		if err != nil {
			a.Out.Log.WarnContext(r.Context(), "serve the file for Apple Pay", "error", err)
			http.Error(w, http.StatusText(http.StatusBadGateway), http.StatusBadGateway)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		_, _ = w.Write(file)
	})
}
