package fetch_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/fetch"
)

func TestPublicOnly(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34:443": true, "[2606:2800:220:1::1]:443": true, "93.184.216.34:80": true,
		"93.184.216.34:22": false, "127.0.0.1:80": false, "[::1]:80": false, "0.0.0.0:80": false, "10.1.2.3:443": false,
		"172.16.0.1:443": false, "192.168.1.1:80": false, "169.254.169.254:80": false, "100.64.0.1:80": false,
		"[::ffff:127.0.0.1]:80": false, "[::ffff:10.0.0.1]:80": false, "[::127.0.0.1]:80": false,
		"[64:ff9b::a9fe:a9fe]:80": false, "[2002:7f00:1::]:80": false, "[2001:0:1::1]:80": false,
		"[fe80::1]:80": false, "[fc00::1]:80": false, "[ff02::1]:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false,
	} {
		err := fetch.PublicOnly(netip.MustParseAddrPort(address))
		if (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// FTP-06's danger: a file fetched for a stranger must not be one of our own machines'.
func TestGet(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("secret")) }))
	t.Cleanup(inside.Close)
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/in":
			http.Redirect(w, r, inside.URL, http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/long":
			w.Header().Set("Transfer-Encoding", "chunked")
			_, _ = w.Write([]byte(strings.Repeat("x", 100)))
		default:
			_, _ = w.Write([]byte("hello"))
		}
	}))
	t.Cleanup(outside.Close)
	home := netip.MustParseAddrPort(outside.Listener.Addr().String())
	c := fetch.New(func(to netip.AddrPort) error {
		if to == home {
			return nil
		}
		return fetch.PublicOnly(to)
	})
	for address, want := range map[string]error{
		outside.URL + "/":      nil,
		outside.URL + "/in":    fetch.ErrAddress,
		outside.URL + "/loop":  fetch.ErrAddress,
		outside.URL + "/gone":  fetch.ErrGone,
		outside.URL + "/busy":  fetch.ErrUnreachable,
		outside.URL + "/long":  fetch.ErrTooLarge,
		inside.URL:             fetch.ErrAddress,
		"file:///etc/passwd":   fetch.ErrAddress,
		"http://u:p@localhost": fetch.ErrAddress,
		"gopher://x":           fetch.ErrAddress,
	} {
		data, err := c.Get(t.Context(), fetch.Request{Address: address, Max: 50})
		if !errors.Is(err, want) || want == nil && string(data) != "hello" {
			t.Errorf("%s: %q, %v; want %v", address, data, err, want)
		}
	}
}
