package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts attempts. Its labels are kinds and outcomes, never shops, so
// that their number stays small.
type metrics struct {
	attempts *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "echoppe_job_attempts_total", Help: "Attempts at jobs by kind and outcome (done, retry, refused, exhausted).",
		}, []string{"kind", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "echoppe_job_seconds", Help: "Duration of attempts at jobs by kind.",
			Buckets: []float64{.01, .05, .25, 1, 5, 30, 120, 600},
		}, []string{"kind"}),
	}
	if r != nil {
		r.MustRegister(m.attempts, m.seconds)
	}
	return m
}

func (m *metrics) count(kind, outcome string, took time.Duration) {
	m.attempts.WithLabelValues(kind, outcome).Inc()
	m.seconds.WithLabelValues(kind).Observe(took.Seconds())
}

// atLeast drops what river says below a level: it reports each failed attempt in
// its own words, and so do we.
type atLeast struct {
	slog.Handler
	level slog.Level
}

func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}

func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler {
	return atLeast{h.Handler.WithAttrs(a), h.level}
}

func (h atLeast) WithGroup(name string) slog.Handler {
	return atLeast{h.Handler.WithGroup(name), h.level}
}
