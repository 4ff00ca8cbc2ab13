package wire

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// The channels processes tell each other on.
const (
	pagesChannel = "pages" // "<shop> <version>": a shop's pages have changed
	shopsChannel = "shops" // "<shop>": a row of the registry has changed
)

// pages carries page versions between processes.
type pages struct {
	kv   *kv.Client
	sub  *kv.Subscription
	log  *slog.Logger
	vers *tenant.Versions
}

// listen starts hearing the others. It is apart from the making because Versions needs its feed
// first.
func (p *pages) listen(ctx context.Context, v *tenant.Versions) {
	p.vers = v
	p.sub = p.kv.Subscribe(ctx, pagesChannel, kv.Listener{Message: p.hear, Resumed: v.ForgetAll})
}

func (p *pages) hear(text string) {
	shop, version, ok := strings.Cut(text, " ")
	n, err := strconv.ParseInt(version, 10, 64)
	named, idErr := id.Parse[tenant.Shop](shop)
	if !ok || err != nil || idErr != nil {
		p.log.Warn("page version not understood", slog.String("text", text))
		return
	}
	p.vers.Learn(named, n)
}

// Announce does not wait and does not fail: the lease of Versions makes good what is lost.
func (p *pages) Announce(ctx context.Context, shop tenant.ID, version int64) {
	text := shop.String() + " " + strconv.FormatInt(version, 10)
	if err := p.kv.Publish(ctx, pagesChannel, text); err != nil {
		p.log.Debug("page version not announced", slog.Any("error", err))
	}
}

// Healthy tells whether announcements are arriving.
func (p *pages) Healthy() bool { return p.sub != nil && p.sub.Healthy() }

// shops carries changes of the registry between processes.
type shops struct {
	kv  *kv.Client
	sub *kv.Subscription
	log *slog.Logger
}

func (s *shops) listen(ctx context.Context, r *registry.Registry) {
	s.sub = s.kv.Subscribe(ctx, shopsChannel, kv.Listener{
		Message: func(text string) {
			if shop, err := id.Parse[registry.Shop](text); err == nil {
				r.Forget(shop)
			}
		},
		Resumed: r.ForgetAll,
	})
}

// Announce tells the others to read a shop's row anew.
func (s *shops) Announce(ctx context.Context, shop registry.ID) {
	if err := s.kv.Publish(ctx, shopsChannel, shop.String()); err != nil {
		s.log.Debug("change of a shop not announced", slog.Any("error", err))
	}
}

// Healthy tells whether announcements are arriving.
func (s *shops) Healthy() bool { return s.sub != nil && s.sub.Healthy() }

var (
	_ tenant.Feed   = (*pages)(nil)
	_ registry.Feed = (*shops)(nil)
)
