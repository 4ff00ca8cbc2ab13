package pglocal

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// State is what happens on a folder at this moment.
type State struct {
	Parent    int   // process number of the program that owns the server, 0 when none runs
	Orphans   []int // server processes without a parent; the next Start ends them
	StaleLock bool  // left by a crash; the next Start removes it
}

// Look tells what happens on a folder, without changing anything. An absent folder
// is at rest. Errors are those of Inspect.
func Look(dir string) (State, error) {
	seen, err := Inspect(dir)
	if err != nil {
		return State{}, err
	}
	real, err := resolve(seen.Path)
	if err != nil || seen.Fresh {
		return State{}, err
	}
	f := folder(real)
	if parent := lockHolder(f); parent != 0 {
		return State{Parent: parent}, nil
	}
	state := State{Orphans: strays(f.clusterName())}
	_, err = postmasterPID(f)
	state.StaleLock = err == nil && len(state.Orphans) == 0
	return state, nil
}

// lockHolder is the number of the process that holds the folder's lock, 0 when it
// is free, -1 when the holder cannot be told.
func lockHolder(f folder) int {
	lock, err := os.Open(f.path(lockName))
	if err != nil {
		return 0
	}
	defer func() { _ = lock.Close() }()
	// A shared lock is enough to see an exclusive one, and two doctors may look at once.
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB); err == nil {
		return 0
	}
	text, _ := os.ReadFile(lock.Name())
	if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
		return pid
	}
	return -1
}
