package wire

import (
	"context"
	"errors"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// refreshEvery is how often the shops' rates are brought to those of the day: the central bank publishes once a
// day, at no fixed minute.
const refreshEvery = 6 * time.Hour

// refreshRates brings the shops that leave their rates to the central bank up to date (CUR-02).
type refreshRates struct{}

// Kind names the job.
func (refreshRates) Kind() string { return "fleet.refresh_rates" }

// ratesOfTheDay registers the job.
func (a *App) ratesOfTheDay(r *jobs.Registry, shops fleetShops) {
	jobs.Handle(r, func(ctx context.Context, _ refreshRates) error {
		q, day, err := a.quotes(ctx)
		if err != nil {
			return err
		}
		var failed error // one shop's trouble must not leave the others with yesterday's rates
		err = shops.Each(ctx, func(ctx context.Context, shop *tenant.Shop) error {
			failed = errors.Join(failed, settings.RefreshRates(ctx, shop, q, day))
			return nil
		})
		return errors.Join(err, failed)
	})
	r.Every(refreshEvery, refreshRates{})
}

// quotes are the reference rates of the day.
func (a *App) quotes(ctx context.Context) (settings.Quotes, time.Time, error) {
	table, err := a.Feed.Latest(ctx)
	return table, table.Day, err
}
