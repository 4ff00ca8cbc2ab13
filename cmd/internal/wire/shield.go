package wire

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"echoppe.dev/tenant/shield"
)

// shield keeps stolen cards from being tried, in all shops (SEC-04). The operator reads of a shop that is beyond its
// limit in the log, and of every refusal in the metrics, which name no shop.
func (a *App) shield() *shield.Shield {
	stopped := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "echoppe_card_attempts_stopped_total", Help: "Attempts to pay at a bank that were not let through, by what was tried too often (network, order, shop).",
	}, []string{"scope"})
	surges := prometheus.NewCounter(prometheus.CounterOpts{
		Name: "echoppe_card_testing_surges_total", Help: "Quarters of an hour in which so many payments failed in a shop that new ones of unknown visitors were slowed.",
	})
	if a.Out.Metrics != nil {
		a.Out.Metrics.MustRegister(stopped, surges)
	}
	return shield.New(a.Redis.Tally(shield.Window), a.Limiter, func(ctx context.Context, scope shield.Scope, shop string, surge bool) {
		if surge {
			surges.Inc()
			a.Out.Log.WarnContext(ctx, "cards are being tried: payments of unknown visitors are slowed", slog.String("shop", shop))
			return
		}
		stopped.WithLabelValues(string(scope)).Inc()
	})
}
