package telemetry

import (
	"context"
	"log/slog"
	"slices"

	"go.opentelemetry.io/otel/trace"
)

type attrsKey struct{}

// With returns a context whose log lines carry these attributes too.
func With(ctx context.Context, attrs ...slog.Attr) context.Context {
	before, _ := ctx.Value(attrsKey{}).([]slog.Attr)
	return context.WithValue(ctx, attrsKey{}, slices.Concat(before, attrs))
}

// handler adds what the context carries and hides secrets. A line that has none, which is nearly
// every line, passes as it is: ReplaceAttr would take every attribute of every line apart.
type handler struct {
	slog.Handler
	hidden bool   // inside a group whose name is secret
	urgent func() // makes sure that a line is written; nil when every line is
}

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if h.suspicious(r) {
		clean := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
		r.Attrs(func(a slog.Attr) bool { clean.AddAttrs(redact(a, h.hidden)); return true })
		r = clean
	}
	if attrs, ok := ctx.Value(attrsKey{}).([]slog.Attr); ok {
		r = r.Clone()
		r.AddAttrs(redactAll(attrs, h.hidden)...)
	}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		r = r.Clone()
		r.AddAttrs(slog.String("trace", span.TraceID().String()))
	}
	err := h.Handler.Handle(ctx, r)
	if h.urgent != nil && r.Level >= slog.LevelWarn {
		h.urgent()
	}
	return err
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(redactAll(attrs, h.hidden)), h.hidden, h.urgent}
}

func (h handler) WithGroup(name string) slog.Handler {
	return handler{h.Handler.WithGroup(name), h.hidden || secretName(name), h.urgent}
}

// suspicious tells whether a line has to be looked at closely: a secret name, or a value that may
// unfold into some.
func (h handler) suspicious(r slog.Record) (yes bool) {
	if h.hidden {
		return true
	}
	r.Attrs(func(a slog.Attr) bool {
		kind := a.Value.Kind()
		yes = kind == slog.KindGroup || kind == slog.KindLogValuer || secretName(a.Key)
		return !yes
	})
	return yes
}
