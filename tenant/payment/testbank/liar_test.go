package testbank_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// startLiar is a server that says every payment was paid, and cannot sign.
func startLiar(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(header, "t=1772712000,v1=00")
		_, _ = w.Write([]byte(`{"id":"1","merchant":"DEMO","mode":"test","ref":"REF1","payment":"P","event":"paid","amount":1,"currency":"EUR"}`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}
