package media_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"echoppe.dev/platform/driver/fetch"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/tenanttest"
)

// one opens the only shop of a test.
type one struct{ shop *tenant.Shop }

func (o one) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.shop, nil }

func drain(t *testing.T, l *media.Library, shop *tenant.Shop) {
	t.Helper()
	r := jobs.NewRegistry()
	l.Handle(r, one{shop})
	var schema pg.Schema
	if err := shop.Read(t.Context(), func(tx tenant.Tx) error { schema = tx.Schema(); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, done := range jobstest.Drain(t, schema, r) {
		t.Logf("%+v", done)
	}
}

func reserve(t *testing.T, shop *tenant.Shop, address string) (m media.ID) {
	t.Helper()
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		ids, err := media.Reserve(tx, []media.Remote{{Address: address, Alt: i18n.Text{"fr": "Un habit"}}})
		m = ids[address]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func find(t *testing.T, shop *tenant.Shop, which media.ID) *media.Media {
	t.Helper()
	m, err := media.Find(t.Context(), shop, which)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// IMP-03 MIG-01: pictures are fetched after the import, and those that cannot be had are reported.
func TestLibrary_Fetch_MIG01(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	picture := jpegOf(t, corners(200, 100), 0)
	mux := http.NewServeMux()
	up := false
	mux.HandleFunc("/ok.jpg", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(picture) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	})
	mux.HandleFunc("/later.jpg", func(w http.ResponseWriter, _ *http.Request) {
		if !up {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(pngOf(t, corners(70, 70)))
	})
	mux.HandleFunc("/huge.jpg", func(w http.ResponseWriter, _ *http.Request) {
		block := make([]byte, 1<<20)
		for range 2 * media.MaxBytes >> 20 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	home := netip.MustParseAddrPort(server.Listener.Addr().String())
	l := media.New(media.Config{Bucket: bucket(t), Guard: func(to netip.AddrPort) error {
		if to == home {
			return nil
		}
		return fetch.PublicOnly(to)
	}})

	t.Run("fetched", func(t *testing.T) {
		which := reserve(t, shop, server.URL+"/ok.jpg")
		if m := find(t, shop, which); m.State != media.Pending {
			t.Fatalf("%+v", m)
		}
		drain(t, l, shop)
		if m := find(t, shop, which); m.State != media.Ready || m.Width != 200 || m.FileName != "ok.jpg" || m.Alt["fr"] != "Un habit" {
			t.Errorf("%+v", m)
		}
		if again := reserve(t, shop, server.URL+"/ok.jpg"); again != which {
			t.Error("a known address was given a second picture")
		}
	})
	for path, want := range map[string]string{
		"/page": "media.not_image", "/missing": "media.gone", "/loop": "media.address", "/inside": "media.address",
		"/huge.jpg": "media.too_large", "/later.jpg": "media.unreachable",
	} {
		t.Run(path, func(t *testing.T) {
			which := reserve(t, shop, server.URL+path)
			drain(t, l, shop)
			if m := find(t, shop, which); m.State != media.Failed || m.Problem != want {
				t.Errorf("%s, %q, want %q", m.State, m.Problem, want)
			}
		})
	}
	t.Run("retried by a person", func(t *testing.T) {
		up = true
		which := reserve(t, shop, server.URL+"/later.jpg")
		if err := l.Retry(t.Context(), shop, which); err != nil {
			t.Fatal(err)
		}
		drain(t, l, shop)
		if m := find(t, shop, which); m.State != media.Ready || m.Problem != "" {
			t.Errorf("%+v", m)
		}
		if err := l.Retry(t.Context(), shop, which); !errors.Is(err, media.ErrNoRetry) {
			t.Errorf("retry of a picture that is there: %v", err)
		}
	})
	t.Run("a private address is not even dialled", func(t *testing.T) {
		l := media.New(media.Config{Bucket: bucket(t)})
		which := reserve(t, shop, server.URL+"/ok.jpg?private")
		drain(t, l, shop)
		if m := find(t, shop, which); m.State != media.Failed || m.Problem != "media.address" {
			t.Errorf("%+v", m)
		}
	})
	t.Run("FLT-05 no room for it", func(t *testing.T) {
		l := media.New(media.Config{Bucket: bucket(t), Quota: limit{}, Guard: func(netip.AddrPort) error { return nil }})
		shop := tenanttest.Open(t)
		which := reserve(t, shop, server.URL+"/ok.jpg")
		drain(t, l, shop)
		if m := find(t, shop, which); m.State != media.Failed || m.Problem != "media.full" {
			t.Errorf("%s, %q", m.State, m.Problem)
		}
	})
}
