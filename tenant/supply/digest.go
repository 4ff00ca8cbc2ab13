package supply

import (
	"context"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Shops opens the shop a job is for.
type Shops interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
}

// Postmaster writes the merchant what has run low or out (STK-05).
type Postmaster struct {
	shops Shops
	post  *notify.Post
}

// NewPostmaster makes one.
func NewPostmaster(shops Shops, post *notify.Post) *Postmaster { return &Postmaster{shops, post} }

// Register makes workers write digests.
func (p *Postmaster) Register(r *jobs.Registry) {
	jobs.Handle(r, func(ctx context.Context, j stock.Digest) error {
		shop, err := p.shops.ByID(ctx, j.Shop)
		if err != nil {
			return fmt.Errorf("open shop for stock digest: %w", err)
		}
		return shop.Write(ctx, p.write)
	})
}

// maxTold is how many articles a letter names; the rest are counted.
const maxTold = 50

// write puts one letter about what has come to an indicator since the last and is still there.
func (p *Postmaster) write(tx tenant.Tx) error {
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	l := s.Languages.Default
	since, err := lastDigest(tx)
	if err != nil {
		return err
	}
	var parts []string
	for _, x := range []struct {
		key, where string
		args       []any
		why        stock.Reason
	}{{"supply.digest.out", out, nil, stock.ReasonOut}, {"supply.digest.low", low, []any{s.Stock.LowAt}, stock.ReasonLow}} {
		args := append(x.args, x.why, since, maxTold)
		list, total, err := items(tx, l, x.where+` and exists (select from stock_moves m
			where m.variant_id = v.id and m.reason = ? and m.at > ?) order by t.folded, v.id limit ?`, args...)
		if err != nil {
			return err
		}
		if total > 0 {
			parts = append(parts, section(l, x.key, list, total))
		}
	}
	if len(parts) == 0 {
		return nil // all of it has been put right since
	}
	return p.post.Put(tx, notify.Letter{Kind: notify.StockDigest, To: notify.Staff, Locale: l,
		Words: map[string]string{"note": strings.Join(parts, "\n")}})
}

func section(l i18n.Locale, key string, list []Item, total int) string {
	lines := []string{Words().T(l, key, map[string]any{"n": total})}
	for _, i := range list {
		lines = append(lines, Words().T(l, "supply.digest.line", map[string]any{"name": i.Name, "sku": i.SKU, "free": max(0, i.Free()), "coming": i.OnOrder}))
	}
	if more := total - len(list); more > 0 {
		lines = append(lines, Words().T(l, "supply.digest.more", map[string]any{"n": more}))
	}
	return strings.Join(lines, "\n")
}

// neverTold is how far back the first letter looks.
const neverTold = 7 * 24 * time.Hour

func lastDigest(tx tenant.Tx) (time.Time, error) {
	var rows []time.Time
	err := tx.DB().Raw("select created_at from mails where kind = ? order by created_at desc limit 1", notify.StockDigest).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return tx.Now().Add(-neverTold), wrap("read last digest", err)
	}
	return rows[0], nil
}
