package telemetry

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/trace"
)

// LogConfig says how lines are written.
type LogConfig struct {
	// Level is debug, info, warn or error; info when empty.
	Level string
	// JSON writes one JSON object per line, for collectors; otherwise text for
	// people.
	JSON bool
}

// NewLogger returns a logger that writes to w. The error names a level that does
// not exist.
func NewLogger(w io.Writer, cfg LogConfig) (*slog.Logger, error) {
	level, err := ParseLevel(cfg.Level)
	if err != nil {
		return nil, err
	}
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: redact}
	if cfg.JSON {
		return slog.New(handler{slog.NewJSONHandler(w, o)}), nil
	}
	return slog.New(handler{slog.NewTextHandler(w, o)}), nil
}

// ParseLevel reads the name of a level; the empty name is info.
func ParseLevel(name string) (slog.Level, error) {
	levels := map[string]slog.Level{
		"": slog.LevelInfo, "debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(name)]
	if !ok {
		return 0, fmt.Errorf("%q is none of debug, info, warn, error", name)
	}
	return level, nil
}

type attrsKey struct{}

// With returns a context whose log lines carry these attributes too.
func With(ctx context.Context, attrs ...slog.Attr) context.Context {
	before, _ := ctx.Value(attrsKey{}).([]slog.Attr)
	return context.WithValue(ctx, attrsKey{}, slices.Concat(before, attrs))
}

// handler adds what the context carries.
type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if attrs, ok := ctx.Value(attrsKey{}).([]slog.Attr); ok {
		r = r.Clone()
		r.AddAttrs(attrs...)
	}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		r = r.Clone()
		r.AddAttrs(slog.String("trace", span.TraceID().String()))
	}
	return h.Handler.Handle(ctx, r)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }

// secretWords mark a key as secret wherever they stand in it.
var secretWords = []string{
	"password", "passwd", "passphrase", "secret", "token", "authorization", "cookie", "credential",
	"api_key", "apikey", "private_key", "iban", "card_number", "cvc", "cvv",
}

func redact(groups []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() != slog.KindGroup && (secretName(a.Key) || slices.ContainsFunc(groups, secretName)) {
		return slog.String(a.Key, "•••")
	}
	return a
}

func secretName(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	return slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) })
}
