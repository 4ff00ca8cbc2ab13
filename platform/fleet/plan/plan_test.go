package plan_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/kit/clock"
)

func TestPlans_Find(t *testing.T) {
	pool := pgtest.Pool(t)
	now := clock.New(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	plans := plan.NewPlans(pool, now)

	free, err := plans.Find(t.Context(), plan.Free)
	if err != nil {
		t.Fatal(err)
	}
	if free.Quotas.Articles <= 0 || free.Names.In("de") == "" {
		t.Errorf("FLT-05: the free plan has no quotas or no German name: %+v", free)
	}
	if _, err := plans.Find(t.Context(), "gold"); !errors.Is(err, plan.ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}

	err = pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`update plans set quotas = quotas || '{"articles": 7}' where code = 'free'`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if kept, _ := plans.Find(t.Context(), plan.Free); kept.Quotas.Articles != free.Quotas.Articles {
		t.Error("a plan was read again within its minute")
	}
	now.Advance(time.Minute)
	if fresh, _ := plans.Find(t.Context(), plan.Free); fresh.Quotas.Articles != 7 {
		t.Errorf("%d articles after a minute, want the new 7", fresh.Quotas.Articles)
	}
}
