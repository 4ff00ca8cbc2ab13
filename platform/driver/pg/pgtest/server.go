package pgtest

import (
	"context"
	"sync"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg/pglocal"
)

// startLimit bounds a start on a busy machine; the usual time is 0.2 s, and 2 s
// when the template has to be made first.
const startLimit = 2 * time.Minute

// shared is the server of this process.
var shared = sync.OnceValues(func() (*pglocal.Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	return startCopy(ctx)
})

// Server is the server that the tests of this process share. It has no Stop for
// tests: it ends with the process. Use Private to try an outage.
func Server(t testing.TB) *pglocal.Server {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("start the test database: %v", err)
	}
	return server
}

// URLs are the owner's and the application's address of this process's database.
// The database is empty at the first call of a process and shared by its tests.
func URLs(t testing.TB) (ownerURL, appURL string) {
	t.Helper()
	server := Server(t)
	return server.OwnerURL(), server.AppURL()
}

// PrivateServer is a server for one test, which may stop and start it.
type PrivateServer struct {
	OwnerURL, AppURL string // the same before and after a restart

	server  *pglocal.Server
	running bool
}

// Private starts a server for this test alone and removes it at the end.
func Private(t testing.TB) *PrivateServer {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	server, err := startCopy(ctx)
	if err != nil {
		t.Fatalf("start a private test database: %v", err)
	}
	p := &PrivateServer{OwnerURL: server.OwnerURL(), AppURL: server.AppURL(), server: server, running: true}
	t.Cleanup(func() {
		p.Stop(t)
		if err := remove(server.Dir()); err != nil {
			t.Errorf("remove the private test database: %v", err)
		}
	})
	return p
}

// Stop takes the server away: open connections break, new ones are refused.
func (p *PrivateServer) Stop(t testing.TB) {
	t.Helper()
	if !p.running {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	p.server.Stop(ctx)
	p.running = false
}

// Start brings it back with its data, at the same addresses.
func (p *PrivateServer) Start(t testing.TB) {
	t.Helper()
	if p.running {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	server, err := pglocal.Start(ctx, options(p.server.Dir()))
	if err != nil {
		t.Fatalf("start the private test database again: %v", err)
	}
	p.server, p.running = server, true
}

// Server gives the running server's facts; after a Stop those of the last one.
func (p *PrivateServer) Server() *pglocal.Server { return p.server }
