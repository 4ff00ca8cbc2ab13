package doctor_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/clock"
)

func TestDataFolder(t *testing.T) {
	dir := t.TempDir()
	wantOK(t, look(t, doctor.DataFolder(dir)))
	wantOK(t, look(t, doctor.DataFolder(filepath.Join(dir, "not", "yet"))))
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("the doctor left %v", entries)
	}
}

// Issue A.1: a data folder that cannot be written. Neither a path through a file nor
// the kernel's own folder yields to root.
func TestDataFolder_NotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantBad(t, look(t, doctor.DataFolder(filepath.Join(file, "var"))), file+" is a file", "DATA=")
	wantBad(t, look(t, doctor.DataFolder(file)), "is a file")
	wantBad(t, look(t, doctor.DataFolder("/proc/sys/kernel/var")), "/proc/sys/kernel", "DATA=")
}

func TestDisk(t *testing.T) {
	const mb = 1 << 20
	wantOK(t, doctor.JudgeSpace("/d", 600*mb, 0, 0))
	wantBad(t, doctor.JudgeSpace("/d", 499*mb, 1e6, 1e6), "499 MB are free in /d", "500")
	wantBad(t, doctor.JudgeSpace("/d", 600*mb, 1e6, 10), "only 10 more files")
	// No space at all, for real: the kernel's view of processes has none.
	wantBad(t, look(t, doctor.Disk("/proc/self")), "0 MB are free")
}

func TestLocalDatabase_Foreign(t *testing.T) {
	data := t.TempDir()
	inside := doctor.DatabaseFolder(data)
	for _, dir := range []string{inside, data} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "PG_VERSION"), []byte("15\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		wantBad(t, look(t, doctor.LocalDatabase(data)), dir, "another PostgreSQL", "DATA=")
	}
}

func TestLocalDatabase_ThroughALife(t *testing.T) {
	data := t.TempDir()
	check := doctor.LocalDatabase(data)
	says := func(words string) {
		t.Helper()
		f := look(t, check)
		wantOK(t, f)
		if f.Fact != words {
			t.Errorf("says %q, not %q", f.Fact, words)
		}
	}
	says("at rest in " + doctor.DatabaseFolder(data))
	server, err := pglocal.Start(t.Context(), pglocal.Options{
		Dir: doctor.DatabaseFolder(data), Volatile: true, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop(context.Background()) })
	says("running, owned by process " + strconv.Itoa(os.Getpid()))
	server.Stop(t.Context())
	stale := filepath.Join(doctor.DatabaseFolder(data), "data", "postmaster.pid")
	if err := os.WriteFile(stale, []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	says("at rest, after a crash; the next start recovers it")

	wantOK(t, look(t, doctor.Programs(data)))
	version := filepath.Join(doctor.DatabaseFolder(data), "data", "PG_VERSION")
	if err := os.WriteFile(version, []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantBad(t, look(t, doctor.Programs(data)), "PostgreSQL 99", "apt-get install")
}

func TestClock(t *testing.T) {
	now := time.Now()
	wantOK(t, look(t, doctor.Clock(clock.System(), t.TempDir())))
	wantBad(t, look(t, doctor.Clock(clock.New(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)), "")), "1970-01-01", "timedatectl")
	data := t.TempDir()
	later := now.Add(time.Hour)
	if err := os.Chtimes(data, later, later); err != nil {
		t.Fatal(err)
	}
	wantBad(t, look(t, doctor.Clock(clock.New(now), data)), "1h0m0s later")
}
