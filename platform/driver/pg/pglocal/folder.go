package pglocal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	markerName  = "echoppe-postgres.json"
	draftName   = markerName + ".new"
	lockName    = "lock"
	dataName    = "data"
	freshName   = "data.new" // a cluster that initdb has not finished
	runName     = "run"
	logName     = "postgres.log"
	maxLogBytes = 16 << 20
	layout      = 1
)

// marker is the content of the file that says who made a folder.
type marker struct {
	MadeBy string `json:"made_by"`
	Layout int    `json:"layout"`
}

const madeBy = "echoppe"

// folder is the absolute path, symbolic links resolved, of a server's folder.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

// Folder is what Inspect saw.
type Folder struct {
	Path  string
	Fresh bool // absent or empty: the next Start makes a new cluster
	Major int  // version of the cluster, 0 when there is none yet
	Owner int  // user id of the cluster's files, -1 when there is none yet
}

// Inspect looks at a folder without changing it. The error is a *Problem of kind
// Foreign when the folder was not made by this package or belongs to another
// user, NotWritable when it cannot be read.
func Inspect(dir string) (Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Folder{}, folderProblem(dir, err)
	}
	seen := Folder{Path: abs, Owner: -1}
	entries, err := os.ReadDir(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		seen.Fresh = true
		return seen, nil
	case err != nil:
		return Folder{}, folderProblem(abs, err)
	}
	if err := checkMarker(abs, entries); err != nil {
		return Folder{}, err
	}
	info, err := os.Stat(filepath.Join(abs, dataName))
	if errors.Is(err, fs.ErrNotExist) {
		seen.Fresh = true
		return seen, nil
	} else if err != nil {
		return Folder{}, folderProblem(abs, err)
	}
	seen.Owner = int(info.Sys().(*syscall.Stat_t).Uid)
	if me := os.Geteuid(); me != 0 && me != seen.Owner {
		return Folder{}, &Problem{
			Kind:   Foreign,
			What:   fmt.Sprintf("the database in %s belongs to the user with number %d, and this is number %d", abs, seen.Owner, me),
			Remedy: "Run as that user or as root, or choose another data folder, for example DATA=$HOME/echoppe",
		}
	}
	if seen.Major, err = clusterMajor(filepath.Join(abs, dataName)); err != nil {
		return Folder{}, folderProblem(abs, err)
	}
	return seen, nil
}

// checkMarker refuses a folder with content that this package did not make.
func checkMarker(abs string, entries []os.DirEntry) error {
	text, err := os.ReadFile(filepath.Join(abs, markerName))
	if err == nil {
		var m marker
		switch {
		case json.Unmarshal(text, &m) != nil || m.MadeBy != madeBy:
			return foreign(abs, "its "+markerName+" is not ours")
		case m.Layout != layout:
			return foreign(abs, fmt.Sprintf("it was made by another version of échoppe (layout %d, this one makes %d)", m.Layout, layout))
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return folderProblem(abs, err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "PG_VERSION":
			return foreign(abs, "it is the data folder of another PostgreSQL")
		case "lost+found", lockName, draftName: // a bare mount; a start that was killed at once
		default:
			return foreign(abs, fmt.Sprintf("it already holds %q", e.Name()))
		}
	}
	return nil
}

func foreign(abs, why string) *Problem {
	return &Problem{
		Kind:   Foreign,
		What:   fmt.Sprintf("the folder %s was not made by échoppe: %s", abs, why),
		Remedy: "Choose another data folder, for example DATA=$HOME/echoppe, or move that one away",
	}
}

func clusterMajor(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// prepare makes the folder and takes its lock. The lock lives as long as the
// returned file stays open, so it ends with this process however that ends.
func prepare(dir string) (folder, *os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", nil, folderProblem(dir, err)
	}
	real, err := resolve(dir)
	if err != nil {
		return "", nil, err
	}
	f := folder(real)
	lock, err := takeLock(f)
	if err != nil {
		return "", nil, err
	}
	if err := writeMarker(f); err != nil {
		_ = lock.Close()
		return "", nil, folderProblem(dir, err)
	}
	return f, lock, nil
}

// resolve follows links, so that a folder has one name whichever way one came. A
// path that does not exist yet is its own name.
func resolve(dir string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return dir, nil
	}
	if err != nil {
		return "", folderProblem(dir, err)
	}
	return real, nil
}

func takeLock(f folder) (*os.File, error) {
	lock, err := os.OpenFile(f.path(lockName), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, folderProblem(string(f), err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(lock.Name())
		_ = lock.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, folderProblem(string(f), err)
		}
		return nil, &Problem{
			Kind: InUse, Cause: err,
			What:   fmt.Sprintf("échoppe already runs with the folder %s (process %s)", f, strings.TrimSpace(string(holder))),
			Remedy: "Stop that one first, or start this one with another data folder and port",
		}
	}
	if err := signLock(lock); err != nil {
		_ = lock.Close()
		return nil, folderProblem(string(f), err)
	}
	return lock, nil
}

// signLock leaves our process number for whoever finds the lock taken.
func signLock(lock *os.File) error {
	if err := lock.Truncate(0); err != nil {
		return err
	}
	_, err := lock.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func writeMarker(f folder) error {
	if _, err := os.Stat(f.path(markerName)); err == nil {
		return nil
	}
	text, err := json.Marshal(marker{MadeBy: madeBy, Layout: layout})
	if err != nil {
		return err
	}
	// Written beside and renamed: a marker is either whole or absent.
	if err := os.WriteFile(f.path(draftName), append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(f.path(draftName), f.path(markerName))
}

// openLog opens the server's log for appending, putting a big one aside first.
func openLog(f folder) (*os.File, error) {
	name := f.path(logName)
	if info, err := os.Stat(name); err == nil && info.Size() > maxLogBytes {
		if err := os.Rename(name, name+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o640)
}
