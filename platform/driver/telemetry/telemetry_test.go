package telemetry_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/telemetry"
)

func TestLogger_masksSecrets(t *testing.T) {
	for _, asJSON := range []bool{true, false} {
		var out strings.Builder
		log, err := telemetry.NewLogger(&out, telemetry.LogConfig{JSON: asJSON})
		if err != nil {
			t.Fatal(err)
		}
		log.With("Session-Cookie", "hunter2").Info("m",
			"password", "hunter2", "X-Api-Key", "hunter2", "smtp_password", []byte("hunter2"), "credentials", map[string]string{"a": "hunter2"},
			slog.Group("token", "id", "hunter2"), slog.Group("bank", "user", "ann", "secret", "hunter2"), "sealed", secret.NewText("hunter2"))
		log.WithGroup("authorization").Info("m", "scheme", "hunter2")
		if text := out.String(); strings.Contains(text, "hunter2") || !strings.Contains(text, "ann") {
			t.Errorf("logged %s", text)
		}
	}
}

// lines counts how often it is written to.
type lines struct {
	strings.Builder
	writes int
}

func (l *lines) Write(p []byte) (int, error) { l.writes++; return l.Builder.Write(p) }

// Ordinary lines are written together and in their order; a warning takes those before it along.
func TestBusyLogger(t *testing.T) {
	var out lines
	log, flush, err := telemetry.NewBusyLogger(&out, telemetry.LogConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		log.Info("one")
	}
	log.Warn("two")
	if text := out.String(); strings.Count(text, "msg=one") != 50 || !strings.Contains(text, "msg=two") || out.writes > 25 {
		t.Errorf("%d writes: %s", out.writes, text)
	}
	log.Info("three")
	flush()
	if !strings.HasSuffix(strings.TrimSpace(out.String()), "msg=three") {
		t.Errorf("ends with %s", out.String())
	}
}

func TestLogger_carriesContext(t *testing.T) {
	var out strings.Builder
	log, err := telemetry.NewLogger(&out, telemetry.LogConfig{Level: "warn"})
	if err != nil {
		t.Fatal(err)
	}
	ctx := telemetry.With(context.Background(), slog.String("request", "r1"))
	inner := telemetry.With(ctx, slog.String("shop", "demo"))
	log.InfoContext(inner, "too quiet")
	log.WarnContext(ctx, "outer")
	log.WarnContext(inner, "inner", "k", "v")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "request=r1") || strings.Contains(lines[0], "shop=") ||
		!strings.Contains(lines[1], "k=v request=r1 shop=demo") {
		t.Errorf("logged %q", lines)
	}
	if _, err := telemetry.NewLogger(&out, telemetry.LogConfig{Level: "loud"}); err == nil {
		t.Error("an unknown level was accepted")
	}
}

func TestReference(t *testing.T) {
	form, seen := regexp.MustCompile(`^[A-Z2-7]{4}-[A-Z2-7]{4}$`), map[string]bool{}
	for range 1000 {
		ref := telemetry.Reference()
		if !form.MatchString(ref) || seen[ref] {
			t.Fatalf("reference %q is ill-formed or repeated", ref)
		}
		seen[ref] = true
	}
}

func TestMetricsHandler(t *testing.T) {
	rec := httptest.NewRecorder()
	telemetry.MetricsHandler(telemetry.NewMetrics("1.2.3")).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{`echoppe_build_info{version="1.2.3"} 1`, "go_goroutines", "process_open_fds"} {
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
}

func TestStartTracing(t *testing.T) {
	got := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got <- r.URL.Path }))
	defer collector.Close()
	stop, err := telemetry.StartTracing(t.Context(), "", "1")
	if err != nil || stop(t.Context()) != nil {
		t.Fatalf("without an endpoint: %v", err)
	}
	stop, err = telemetry.StartTracing(t.Context(), collector.URL, "1")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	log, _ := telemetry.NewLogger(&out, telemetry.LogConfig{})
	ctx, span := otel.Tracer("test").Start(t.Context(), "span")
	log.InfoContext(ctx, "inside")
	span.End()
	if err := stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if path := <-got; path != "/v1/traces" {
		t.Errorf("sent to %s", path)
	}
	if !strings.Contains(out.String(), "trace="+span.SpanContext().TraceID().String()) {
		t.Errorf("the log line lacks the trace: %s", out.String())
	}
}
