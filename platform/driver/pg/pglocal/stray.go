package pglocal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	fastStopLimit      = 30 * time.Second // rollback and a last checkpoint
	immediateStopLimit = 10 * time.Second // no checkpoint, recovery at next start
	killLimit          = 5 * time.Second
	pollEvery          = 20 * time.Millisecond
)

// clusterName marks the command line of every process of this folder's server.
// It is how they are recognised later: unlike a process's working folder, a
// command line may be read by anybody, also by root in a container.
func (f folder) clusterName() string {
	sum := sha256.Sum256([]byte(f))
	return "echoppe-" + hex.EncodeToString(sum[:6])
}

// evict ends every process a former parent left behind and removes the stale
// lock file of the cluster. It must only be called under the folder's lock.
func evict(ctx context.Context, f folder) error {
	left := strays(f.clusterName())
	if len(left) == 0 {
		return removeStaleLock(f)
	}
	first, _ := postmasterPID(f)
	// The postmaster ends its children. Orphans have none, and would otherwise
	// go on writing behind the back of the next server.
	steps := []struct {
		signal syscall.Signal
		limit  time.Duration
		only   int
	}{
		{syscall.SIGINT, fastStopLimit, first},
		{syscall.SIGQUIT, immediateStopLimit, 0},
		{syscall.SIGKILL, killLimit, 0},
	}
	for _, step := range steps {
		sent := false
		for _, pid := range left {
			if step.only == 0 || step.only == pid {
				sent = syscall.Kill(pid, step.signal) == nil || sent
			}
		}
		if !sent {
			continue
		}
		var err error
		if left, err = waitGone(ctx, f, step.limit); err != nil {
			return err
		}
		if len(left) == 0 {
			return removeStaleLock(f)
		}
	}
	return &Problem{
		Kind:   InUse,
		What:   fmt.Sprintf("processes of an earlier run still use %s and do not end (%v)", f, left),
		Remedy: "End them by hand, then start again",
	}
}

func waitGone(ctx context.Context, f folder, limit time.Duration) ([]int, error) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		left := strays(f.clusterName())
		if len(left) == 0 {
			return nil, nil
		}
		select {
		case <-poll.C:
		case <-deadline.C:
			return left, nil
		case <-ctx.Done():
			return left, ctx.Err()
		}
	}
}

// strays lists the living PostgreSQL processes whose command line carries name.
func strays(name string) []int {
	dirs, _ := filepath.Glob("/proc/[0-9]*") // the only error is a malformed pattern
	var pids []int
	for _, dir := range dirs {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil || !isPostgres(pid) {
			continue
		}
		if line, err := os.ReadFile(filepath.Join(dir, "cmdline")); err == nil && bytes.Contains(line, []byte(name)) {
			pids = append(pids, pid)
		}
	}
	return pids
}

func isPostgres(pid int) bool {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return err == nil && strings.HasPrefix(string(name), "postgres")
}

// postmasterPID reads the cluster's own lock file.
func postmasterPID(f folder) (int, error) {
	text, err := os.ReadFile(filepath.Join(f.path(dataName), "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(strings.TrimSpace(line))
}

// removeStaleLock removes postmaster.pid when its process is not a server of this
// cluster. PostgreSQL itself must refuse to start while any process has that
// number; in a container, where numbers are small and come again, that would be
// for ever.
func removeStaleLock(f folder) error {
	pid, err := postmasterPID(f)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && isPostgres(pid) && serves(pid, f.path(dataName)) {
		return &Problem{
			Kind:   InUse,
			What:   fmt.Sprintf("a PostgreSQL started by hand (process %d) uses %s", pid, f),
			Remedy: "Stop it, then start again",
		}
	}
	if err := os.Remove(filepath.Join(f.path(dataName), "postmaster.pid")); err != nil {
		return folderProblem(string(f), err)
	}
	return nil
}

// serves tells whether the server pid may be working in data: it says so, or it
// does not say at all where it works.
func serves(pid int, data string) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false // it has ended meanwhile
	}
	args := strings.Split(string(line), "\x00")
	for i, arg := range args {
		if arg == "-D" && i+1 < len(args) {
			theirs, err1 := os.Stat(args[i+1])
			ours, err2 := os.Stat(data)
			return err1 == nil && err2 == nil && os.SameFile(theirs, ours)
		}
	}
	return true
}
