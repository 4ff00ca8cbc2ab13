package pglocal_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"echoppe.dev/platform/driver/pg/pglocal"
)

func write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func TestStart_ForeignFolder(t *testing.T) {
	for name, c := range map[string]struct{ file, text, says string }{
		"bare cluster":  {"PG_VERSION", "15\n", "another PostgreSQL"},
		"other content": {"holiday.jpg", "", "holiday.jpg"},
		"other program": {"echoppe-postgres.json", `{"made_by":"somebody"}`, "not ours"},
		"broken marker": {"echoppe-postgres.json", `{"made`, "not ours"},
		"other layout":  {"echoppe-postgres.json", `{"made_by":"echoppe","layout":99}`, "layout 99"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, c.file), c.text, 0o644)
			_, err := pglocal.Start(t.Context(), options(dir))
			wantProblem(t, err, pglocal.Foreign, dir, c.says, "Choose another data folder")
			wantProblem(t, pglocal.Remove(t.Context(), dir), pglocal.Foreign)
			if entries, _ := os.ReadDir(dir); len(entries) != 1 {
				t.Errorf("a foreign folder was written to: %v", entries)
			}
		})
	}
}

// A cluster made by the machine's own initdb, in the place of ours.
func TestStart_ForeignRealCluster(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pg")
	s := start(t, dir)
	s.Stop(t.Context())
	if err := os.Remove(filepath.Join(dir, "echoppe-postgres.json")); err != nil {
		t.Fatal(err)
	}
	_, err := pglocal.Start(t.Context(), options(dir))
	wantProblem(t, err, pglocal.Foreign, dir)
	_, err = pglocal.Start(t.Context(), options(filepath.Join(dir, "data")))
	wantProblem(t, err, pglocal.Foreign, "another PostgreSQL")
}

func TestStart_ClusterOfAMissingVersion(t *testing.T) {
	dir := t.TempDir()
	start(t, dir).Stop(t.Context())
	write(t, filepath.Join(dir, "data", "PG_VERSION"), "99\n", 0o600)
	_, err := pglocal.Start(t.Context(), options(dir))
	wantProblem(t, err, pglocal.NoBinaries, "PostgreSQL 99", "apt-get install -y postgresql-99")
}

func TestStart_NotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "", 0o644)
	_, err := pglocal.Start(t.Context(), options(filepath.Join(file, "db")))
	wantProblem(t, err, pglocal.NotWritable, "is a file", "Choose another data folder")
	// The kernel lets nobody, not even root, make a folder there.
	_, err = pglocal.Start(t.Context(), options("/proc/sys/kernel/echoppe"))
	wantProblem(t, err, pglocal.NotWritable, "/proc/sys/kernel/echoppe")
}

func TestProblem_Words(t *testing.T) {
	path := &fs.PathError{Op: "mkdir", Path: "/d", Err: syscall.ENOSPC}
	wantProblem(t, pglocal.FolderProblem("/d", path), pglocal.DiskFull, "/d", "is full", "Free some space")
	path.Err = syscall.EROFS
	wantProblem(t, pglocal.FolderProblem("/d", path), pglocal.NotWritable, "read-only file system")
	path.Err = syscall.EIO
	wantProblem(t, pglocal.FolderProblem("/d", path), pglocal.Failed, "input/output error")

	cause := errors.New("exit status 1")
	said := `FATAL:  could not write lock file "postmaster.pid": No space left on device`
	err := pglocal.ProgramProblem("/d", "postgres", said, cause)
	wantProblem(t, err, pglocal.DiskFull, "/d")
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
	said = "a\nb\nc\nd\nFATAL:  something else"
	wantProblem(t, pglocal.ProgramProblem("/d", "postgres", said, cause), pglocal.Failed, "b | c | d | FATAL:  something else", "postgres.log")
}

// installation writes programs that only tell a version.
func installation(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, program := range []string{"postgres", "initdb"} {
		write(t, filepath.Join(dir, program), "#!/bin/sh\necho '"+program+" (PostgreSQL) "+version+"'\n", 0o755)
	}
	return dir
}

func TestFindIn(t *testing.T) {
	v13, v14, v17 := installation(t, "13.9"), installation(t, "14.2 (Debian 14.2-1)"), installation(t, "17beta1")
	half := installation(t, "18.1")
	if err := os.Remove(filepath.Join(half, "initdb")); err != nil {
		t.Fatal(err)
	}
	all := []string{"/nowhere", v14, v17, half, v13}
	for name, c := range map[string]struct {
		dirs  []string
		major int
		want  pglocal.Binaries
	}{
		"newest complete": {all, 0, pglocal.Binaries{Dir: v17, Major: 17}},
		"wanted":          {all, 14, pglocal.Binaries{Dir: v14, Major: 14}},
	} {
		if got, err := pglocal.FindIn(c.dirs, c.major); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	_, err := pglocal.FindIn(nil, 0)
	wantProblem(t, err, pglocal.NoBinaries, "not installed", pglocal.InstallCommand)
	_, err = pglocal.FindIn([]string{v13}, 0)
	wantProblem(t, err, pglocal.NoBinaries, "PostgreSQL 13 is too old", strconv.Itoa(pglocal.MinMajor))
	_, err = pglocal.FindIn(all, 16)
	wantProblem(t, err, pglocal.NoBinaries, "PostgreSQL 16", "postgresql-16")
}

func TestFindBinaries_AreRunnable(t *testing.T) {
	bin, err := pglocal.FindBinaries(0)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(filepath.Join(bin.Dir, "initdb"), "--version").Output(); err != nil {
		t.Errorf("%s: %v", out, err)
	}
}
