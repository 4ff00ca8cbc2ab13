package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"echoppe.dev/platform/driver/pg/pglocal"
	"echoppe.dev/platform/kit/clock"
)

const (
	otherFolder = "Choose another data folder, for example DATA=$HOME/echoppe"
	// minFree is an empty cluster (40 MB), its write-ahead log at rest (80 MB), the
	// demo's pictures, and air for a first day.
	minFree = 500 << 20
	// minFiles is one shop's tables (two hundred files) some dozen times over.
	minFiles = 20_000
	// clockSlack is the difference between two clocks that nobody notices.
	clockSlack = 5 * time.Second
)

// DataFolder checks that the data folder can be made and written.
func DataFolder(data string) Check {
	const name = "data folder"
	return Check{Name: name, Look: func(context.Context) Finding {
		dir, exists, err := nearest(data)
		if err == nil {
			err = tryWrite(dir)
		}
		switch {
		case err == nil && exists:
			return ok(name, "%s can be written", data)
		case err == nil:
			return ok(name, "%s can be made", data)
		case errors.Is(err, syscall.ENOTDIR):
			return bad(name, fmt.Sprintf("%s cannot be a folder, %s is a file", data, dir), otherFolder)
		case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
			return bad(name, "the disk that holds "+data+" is full", "Free some space, or "+lower(otherFolder))
		case errors.Is(err, syscall.EROFS):
			return bad(name, dir+" is on a disk that can only be read", otherFolder)
		}
		return bad(name, fmt.Sprintf("%s cannot be written (%v)", dir, cause(err)), giveFolder(data, exists))
	}}
}

// giveFolder says how the user who runs échoppe gets the data folder. Only that folder is ever given
// away, never one above it that belongs to somebody else.
func giveFolder(data string, exists bool) string {
	whole, err := filepath.Abs(data)
	if err != nil {
		whole = data
	}
	command := fmt.Sprintf("sudo install -d -o %d %s", os.Getuid(), whole)
	if exists {
		command = fmt.Sprintf("sudo chown -R %d %s", os.Getuid(), whole)
	}
	return "Give it to the user who runs échoppe: " + command + ", or " + lower(otherFolder)
}

// nearest is the folder itself, or the closest one above it that exists.
func nearest(data string) (dir string, exists bool, err error) {
	if dir, err = filepath.Abs(data); err != nil {
		return "", false, err
	}
	for exists = true; ; exists, dir = false, filepath.Dir(dir) {
		info, err := os.Stat(dir)
		switch {
		case err == nil && !info.IsDir():
			return dir, false, syscall.ENOTDIR
		case err == nil:
			return dir, exists, nil
		case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrNotExist):
			// go up
		default:
			return dir, false, err
		}
	}
}

func tryWrite(dir string) error {
	f, err := os.CreateTemp(dir, ".echoppe-doctor-")
	if err != nil {
		return err
	}
	_, err = f.WriteString("a file to see whether files can be written\n")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// Disk checks the space under the data folder.
func Disk(data string) Check {
	const name = "disk"
	return Check{Name: name, Look: func(context.Context) Finding {
		dir, _, err := nearest(data)
		if err != nil {
			dir = filepath.Dir(dir) // a file in the way; DataFolder says so
		}
		var st syscall.Statfs_t
		if err := syscall.Statfs(dir, &st); err != nil {
			return bad(name, fmt.Sprintf("the space in %s cannot be read (%v)", dir, err), otherFolder)
		}
		return space(dir, st.Bavail*uint64(st.Bsize), st.Files, st.Ffree)
	}}
}

// space judges; files is 0 on file systems that do not count them.
func space(dir string, free, files, freeFiles uint64) Finding {
	const name = "disk"
	switch {
	case free < minFree:
		return bad(name, fmt.Sprintf("%d MB are free in %s, and %d are needed", free>>20, dir, minFree>>20),
			"Free some space, or choose a data folder on another disk")
	case files > 0 && freeFiles < minFiles:
		return bad(name, fmt.Sprintf("only %d more files fit in %s", freeFiles, dir),
			"Delete small files nobody needs, or choose a data folder on another disk")
	}
	return ok(name, "%d MB free", free>>20)
}

// Programs checks that PostgreSQL is installed in the version the folder needs.
func Programs(data string) Check {
	const name = "postgres"
	return Check{Name: name, Look: func(context.Context) Finding {
		seen, err := pglocal.Inspect(DatabaseFolder(data))
		if err != nil {
			seen = pglocal.Folder{} // LocalDatabase says what is wrong with it
		}
		bin, err := pglocal.FindBinaries(seen.Major)
		if err != nil {
			return problem(name, err)
		}
		return ok(name, "PostgreSQL %d in %s", bin.Major, bin.Dir)
	}}
}

// LocalDatabase checks the folder of the managed database: not somebody else's,
// not in use, and whether a crash left something.
func LocalDatabase(data string) Check {
	const name = "local database"
	return Check{Name: name, Look: func(context.Context) Finding {
		if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); err == nil {
			return bad(name, data+" is the data folder of another PostgreSQL", otherFolder+", or move that one away")
		}
		dir := DatabaseFolder(data)
		state, err := pglocal.Look(dir)
		switch {
		case err != nil:
			return problem(name, err)
		case state.Parent != 0:
			return ok(name, "running, owned by process %d", state.Parent)
		case len(state.Orphans) > 0:
			return minor(name, fmt.Sprintf("server processes of a killed run are still there %v", state.Orphans),
				"Do nothing: the next start ends them, and no order is lost")
		case state.StaleLock:
			return ok(name, "at rest, after a crash; the next start recovers it")
		}
		return ok(name, "at rest in %s", dir)
	}}
}

// problem turns an error of the local database into a finding.
func problem(name string, err error) Finding {
	var p *pglocal.Problem
	if errors.As(err, &p) {
		return bad(name, p.What, p.Remedy)
	}
	return bad(name, err.Error(), otherFolder)
}

// Clock checks that the time is not plainly wrong: before this program was written,
// or before something in the data folder happened.
func Clock(now clock.Clock, data string) Check {
	const name = "clock"
	const remedy = "Set the clock, best by time synchronisation: sudo timedatectl set-ntp true"
	written := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	return Check{Name: name, Look: func(context.Context) Finding {
		t := now.Now()
		if t.Before(written) {
			return bad(name, fmt.Sprintf("this machine believes it is %s", t.Format(time.DateOnly)), remedy)
		}
		if data != "" {
			info, err := os.Stat(data)
			if err == nil && info.ModTime().After(t.Add(clockSlack)) {
				return bad(name, fmt.Sprintf("this machine believes it is %s, and its data was written %s later",
					t.Format(time.DateTime), info.ModTime().Sub(t).Round(time.Second)), remedy)
			}
		}
		return ok(name, "%s UTC", t.UTC().Format(time.DateTime))
	}}
}
