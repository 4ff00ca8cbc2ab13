package pglocal_test

import (
	"os"
	"path/filepath"
	"testing"

	"echoppe.dev/platform/driver/pg/pglocal"
)

func look(t *testing.T, dir string) pglocal.State {
	t.Helper()
	state, err := pglocal.Look(dir)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func TestLook(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "db")
	if got := look(t, dir); got.Parent != 0 || got.Orphans != nil || got.StaleLock {
		t.Errorf("absent folder: %+v", got)
	}
	s := start(t, dir)
	if got := look(t, dir); got.Parent != os.Getpid() {
		t.Errorf("running: %+v", got)
	}
	s.Stop(t.Context())
	if got := look(t, dir); got.Parent != 0 || got.Orphans != nil || got.StaleLock {
		t.Errorf("stopped: %+v", got)
	}
	write(t, filepath.Join(dir, "data", "postmaster.pid"), "1\n", 0o600)
	if got := look(t, dir); !got.StaleLock {
		t.Errorf("after a crash: %+v", got)
	}
	if _, err := pglocal.Look(filepath.Join(dir, "data")); pglocal.KindOf(err) != pglocal.Foreign {
		t.Errorf("foreign folder: %v", err)
	}
}
