package kv_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

type world struct {
	server *miniredis.Miniredis
	client *kv.Client
	clock  *clock.Fixed
	log    *lines
}

func open(t *testing.T) world {
	t.Helper()
	w := world{server: miniredis.RunT(t), clock: clock.New(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)), log: &lines{}}
	c, err := kv.Open(t.Context(), kv.Config{URL: "redis://" + w.server.Addr(), Clock: w.clock, Log: slog.New(slog.NewTextHandler(w.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	w.client = c
	return w
}

// lines is a log that may be written by many.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.b.String(), text)
}

func TestScope(t *testing.T) {
	w := open(t)
	one, two := w.client.For("1"), w.client.For("12")
	ctx := t.Context()
	if err := errors.Join(one.Set(ctx, "k", "one", time.Minute), two.Set(ctx, "k", "two", time.Minute)); err != nil {
		t.Fatal(err)
	}
	if v, ok, err := one.Get(ctx, "k"); v != "one" || !ok || err != nil {
		t.Errorf("Get = %q %v %v", v, ok, err)
	}
	if err := one.Delete(ctx, "k", "never"); err != nil {
		t.Error(err)
	}
	if v, ok, _ := two.Get(ctx, "k"); v != "two" || !ok {
		t.Errorf("after the Delete in another shop: %q %v", v, ok)
	}
	if v, ok, err := one.Get(ctx, "k"); v != "" || ok || err != nil {
		t.Errorf("missing key: %q %v %v", v, ok, err)
	}
	first, err1 := one.SetNew(ctx, "lock", "a", time.Minute)
	second, err2 := one.SetNew(ctx, "lock", "b", time.Minute)
	if !first || second || err1 != nil || err2 != nil {
		t.Errorf("SetNew twice: %v %v, %v %v", first, second, err1, err2)
	}
	if v, ok, _ := one.Take(ctx, "lock"); v != "a" || !ok {
		t.Errorf("Take = %q %v", v, ok)
	}
	if _, ok, _ := one.Take(ctx, "lock"); ok {
		t.Error("taken twice")
	}
	_, _ = one.Add(ctx, "n", 2, time.Minute)
	w.server.FastForward(40 * time.Second)
	if n, err := one.Add(ctx, "n", 3, time.Minute); n != 5 || err != nil {
		t.Errorf("Add = %d %v", n, err)
	}
	w.server.FastForward(30 * time.Second)
	if n, _ := one.Add(ctx, "n", 1, time.Minute); n != 1 {
		t.Errorf("the time to live is not counted from the first Add: %d", n)
	}
	_ = one.Set(ctx, "brief", "x", 0)
	w.server.FastForward(time.Second)
	if _, ok, _ := one.Get(ctx, "brief"); ok {
		t.Error("a value without time to live stays for ever")
	}
}

func TestFor_refusesNamesThatReachOut(t *testing.T) {
	w := open(t)
	for _, name := range []string{"", "a:b"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("For(%q) was accepted", name)
				}
			}()
			w.client.For(name)
		}()
	}
}

func TestClient_redisGoneAndBack(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	shop := w.client.For("1")
	if err := shop.Set(ctx, "k", "v", time.Hour); err != nil {
		t.Fatal(err)
	}
	w.server.Close()
	began := time.Now()
	for range 1000 {
		if _, _, err := shop.Get(ctx, "k"); !errors.Is(err, kv.ErrUnavailable) || fault.KindOf(err) != fault.Upstream {
			t.Fatalf("Get while Redis is away = %v", err)
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("1000 calls without Redis took %v", took)
	}
	if err := w.client.Ping(ctx); !errors.Is(err, kv.ErrUnavailable) {
		t.Errorf("Ping = %v", err)
	}
	if err := w.server.Restart(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := shop.Get(ctx, "k"); err == nil {
		t.Error("the breaker lets calls through before its pause is over")
	}
	w.clock.Advance(2 * time.Second)
	if v, ok, err := shop.Get(ctx, "k"); v != "v" || !ok || err != nil {
		t.Errorf("after Redis is back: %q %v %v", v, ok, err)
	}
	if away, back := w.log.count("redis is away"), w.log.count("redis is back"); away != 1 || back != 1 {
		t.Errorf("the outage was logged %d times, its end %d times", away, back)
	}
}

func TestClient_callerWhoGivesUpDoesNotOpenTheBreaker(t *testing.T) {
	w := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		_, _, _ = w.client.For("1").Get(ctx, "k")
	}
	if err := w.client.Ping(t.Context()); err != nil {
		t.Errorf("Ping = %v", err)
	}
}

func TestLimiter(t *testing.T) {
	w := open(t)
	l := w.client.Limiter()
	burst := func(key string) (allowed int, wait time.Duration) {
		for range 10 {
			ok, after := l.Allow(t.Context(), key, 5, time.Minute)
			if ok {
				allowed++
			} else {
				wait = after
			}
		}
		return allowed, wait
	}
	if n, wait := burst("sign-in:a"); n != 5 || wait <= 0 || wait > time.Minute {
		t.Errorf("%d of 10 allowed, then wait %v", n, wait)
	}
	if n, _ := burst("sign-in:b"); n != 5 {
		t.Errorf("another key: %d of 10 allowed", n)
	}
	w.server.Close()
	if n, wait := burst("sign-in:a"); n != 5 || wait <= 0 || wait > time.Minute {
		t.Errorf("without Redis %d of 10 allowed, then wait %v", n, wait)
	}
	w.clock.Advance(24 * time.Second) // two of five per minute have come back
	if n, _ := burst("sign-in:a"); n != 2 {
		t.Errorf("24 s later %d of 10 allowed, want 2", n)
	}
	for i := range 50_000 { // more keys than are kept
		if ok, _ := l.Allow(t.Context(), fmt.Sprint("flood", i), 1, time.Hour); !ok {
			t.Fatalf("a key never seen is refused")
		}
	}
	if ok, _ := l.Allow(t.Context(), "none", 0, time.Minute); ok {
		t.Error("a limit of none allows one")
	}
}

func TestSubscribe_announcementsSurviveAnOutage(t *testing.T) {
	w := open(t)
	heard, resumed := make(chan string, 100), make(chan struct{}, 100)
	s := w.client.Subscribe(t.Context(), "versions", kv.Listener{
		Message: func(text string) { heard <- text },
		Resumed: func() { resumed <- struct{}{} },
	})
	defer s.Close()
	announce(t, w, heard, "1")
	if !s.Healthy() || len(resumed) != 0 {
		t.Errorf("healthy %v, resumed %d times", s.Healthy(), len(resumed))
	}
	w.server.Close()
	await(t, func() bool { return !s.Healthy() })
	if err := w.server.Restart(); err != nil {
		t.Fatal(err)
	}
	<-resumed
	w.clock.Advance(time.Minute)
	announce(t, w, heard, "2")
	if !s.Healthy() {
		t.Error("not healthy after the outage")
	}
	s.Close()
	if s.Healthy() {
		t.Error("healthy after Close")
	}
}

// announce publishes until the subscriber, which may still be connecting, hears.
func announce(t *testing.T, w world, heard <-chan string, text string) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		_ = w.client.Publish(t.Context(), "versions", text)
		select {
		case got := <-heard:
			if got == text {
				return
			}
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("not heard")
		}
	}
}

func await(t *testing.T, ready func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		<-tick.C
	}
}

func TestSubscribe_beforeRedisIsThere(t *testing.T) {
	w := open(t)
	w.server.Close()
	heard := make(chan string, 100)
	s := w.client.Subscribe(t.Context(), "versions", kv.Listener{Message: func(text string) { heard <- text }})
	defer s.Close()
	if s.Healthy() {
		t.Error("healthy without Redis")
	}
	if err := w.server.Restart(); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(time.Minute)
	announce(t, w, heard, "hello")
}

func TestStartLocal_timePasses(t *testing.T) {
	local, err := kv.StartLocal()
	if err != nil {
		t.Fatal(err)
	}
	defer local.Close()
	c, err := kv.Open(t.Context(), kv.Config{URL: local.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.For("1").Set(t.Context(), "k", "v", 150*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := c.For("1").Get(t.Context(), "k"); !ok {
		t.Fatal("not there at once")
	}
	await(t, func() bool { _, ok, err := c.For("1").Get(t.Context(), "k"); return !ok && err == nil })
	if ok, _ := c.Limiter().Allow(t.Context(), "k", 1, time.Hour); !ok {
		t.Error("the limiter does not work on the local Redis")
	}
}

func TestOpen_badAddress(t *testing.T) {
	_, err := kv.Open(t.Context(), kv.Config{URL: "http://user:hunter2@host"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Open = %v", err)
	}
}

func TestClient_redisHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // accepts, never answers
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	c, err := kv.Open(t.Context(), kv.Config{URL: "redis://" + l.Addr().String(), Log: slog.New(slog.DiscardHandler), Clock: clock.New(time.Unix(0, 0))})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	began := time.Now()
	for range 100 {
		if ok, _ := c.Limiter().Allow(t.Context(), "k", 1000, time.Hour); !ok {
			t.Fatal("refused while Redis hangs")
		}
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("100 calls to a Redis that hangs took %v", took)
	}
}
