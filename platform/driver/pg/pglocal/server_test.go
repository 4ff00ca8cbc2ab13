package pglocal_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg/pglocal"
)

func TestStart_KeepsDataAndAddressOverARestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "on the +% way")
	first := start(t, dir)
	exec1(t, first.OwnerURL(), makeOrders)
	first.Stop(t.Context())
	first.Stop(t.Context()) // harmless
	if _, err := pgx.Connect(t.Context(), first.AppURL()); err == nil {
		t.Fatal("connected to a stopped server")
	}
	second := start(t, dir)
	if second.OwnerURL() != first.OwnerURL() {
		t.Errorf("address changed from %s to %s", first.OwnerURL(), second.OwnerURL())
	}
	if n := count(t, second.OwnerURL(), "s.orders"); n != 100 {
		t.Errorf("%d orders after a restart", n)
	}
}

func TestStart_NoTCPAndPrivateSocket(t *testing.T) {
	t.Parallel()
	s := start(t, t.TempDir())
	conn, err := pgx.Connect(t.Context(), s.AppURL())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	var listens, fsync string
	err = conn.QueryRow(t.Context(), "SELECT pg_catalog.current_setting('listen_addresses'), pg_catalog.current_setting('fsync')").Scan(&listens, &fsync)
	if err != nil {
		t.Fatal(err)
	}
	if listens != "" || fsync != "on" {
		t.Errorf("listen_addresses = %q, fsync = %s", listens, fsync)
	}
	for _, name := range []string{"data", "run"} {
		info, err := os.Stat(filepath.Join(s.Dir(), name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s is open to others: %v", name, info.Mode())
		}
		if info.Sys().(*syscall.Stat_t).Uid == 0 {
			t.Errorf("%s belongs to root", name)
		}
	}
}

// FLT: kill -9 of the server while the program lives.
func TestServer_ComesBackWhenKilled(t *testing.T) {
	t.Parallel()
	s := start(t, t.TempDir())
	exec1(t, s.OwnerURL(), makeOrders)
	old := s.PID()
	if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if !eventually(t, func() bool {
		conn, err := pgx.Connect(t.Context(), s.OwnerURL())
		if err != nil {
			return false
		}
		_ = conn.Close(t.Context())
		return s.PID() != old
	}) {
		t.Fatalf("not back: %v", s.Err())
	}
	if n := count(t, s.OwnerURL(), "s.orders"); n != 100 {
		t.Errorf("%d orders after the crash", n)
	}
}

func TestServer_GivesUpWhenItCannotComeBack(t *testing.T) {
	t.Parallel()
	s := start(t, t.TempDir())
	// The cluster is damaged while the server runs; no restart can help.
	if err := os.Rename(filepath.Join(s.Dir(), "data", "global"), filepath.Join(s.Dir(), "global")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	if s.Err() == nil {
		t.Error("ended without a reason")
	}
	s.Stop(t.Context())
}

// Issue A.1: kill -9 of the program and a new start lose no order.
func TestStart_AfterItsParentWasKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	owner := parent(t, dir)
	address := clusterAddress(t, dir)
	exec1(t, address, makeOrders)
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	s := start(t, dir) // at once: the orphan may still be on its way out
	if n := count(t, s.OwnerURL(), "s.orders"); n != 100 {
		t.Errorf("%d orders after the parent was killed", n)
	}
}

// The server is frozen when its parent dies, so the parent-death signal waits, and
// thaws while the next start is already there.
func TestStart_EvictsAFrozenOrphan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	owner := parent(t, dir)
	orphan := postmaster(t, dir)
	if err := syscall.Kill(orphan, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	thaw := make(chan struct{})
	go func() {
		defer close(thaw)
		_ = syscall.Kill(orphan, syscall.SIGCONT)
	}()
	s := start(t, dir)
	<-thaw
	if s.PID() == orphan {
		t.Error("the orphan was taken for the new server")
	}
	exec1(t, s.OwnerURL(), makeOrders)
}

func TestStart_StaleLockOfAReusedProcessNumber(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, dir)
	s.Stop(t.Context())
	// A crash of the machine leaves the lock file, and the number belongs to a
	// living process of another kind now: this one.
	stale := filepath.Join(dir, "data", "postmaster.pid")
	if err := os.WriteFile(stale, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
}

func TestStart_InUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start(t, dir)
	_, err := pglocal.Start(t.Context(), options(dir))
	wantProblem(t, err, pglocal.InUse, dir, strconv.Itoa(os.Getpid()))
	wantProblem(t, pglocal.Remove(t.Context(), dir), pglocal.InUse)
}

func TestStart_PathThatCannotHoldASocket(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]string{"long": strings.Repeat("long", 30), "comma": "one,two"} {
		t.Run(name, func(t *testing.T) {
			s := start(t, filepath.Join(t.TempDir(), last))
			exec1(t, s.OwnerURL(), makeOrders)
			if strings.Contains(s.OwnerURL(), last) {
				t.Errorf("the socket lies in that path: %s", s.OwnerURL())
			}
		})
	}
}

func TestStart_CanceledLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pglocal.Start(ctx, options(dir)); err == nil {
		t.Fatal("started under a canceled context")
	}
	start(t, dir) // not in use, not foreign, not half made
}

func TestRemove(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "db")
	if err := pglocal.Remove(t.Context(), dir); err != nil {
		t.Errorf("absent folder: %v", err)
	}
	start(t, dir).Stop(t.Context())
	if err := pglocal.Remove(t.Context(), dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("still there")
	}
}

// clusterAddress is the owner's address of the server another process runs in dir.
func clusterAddress(t *testing.T, dir string) string {
	t.Helper()
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	return "postgres://" + string(pglocal.Owner) + "@/" + pglocal.DefaultDatabase + "?host=" + filepath.Join(real, "run") + "&port=5432"
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// eventually tries until ok or until a limit that only a hang reaches.
func eventually(t *testing.T, ok func() bool) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), waitLimit)
	defer cancel()
	for ctx.Err() == nil {
		if ok() {
			return true
		}
	}
	return false
}
