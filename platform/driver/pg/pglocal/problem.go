package pglocal

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// ProblemKind says what stands in the way of a local server.
type ProblemKind string

// The kinds of Problem. Their words are shown by "echoppe doctor --json".
const (
	NoBinaries  ProblemKind = "no_binaries"   // PostgreSQL is not installed, or not in the version the folder needs
	NotWritable ProblemKind = "not_writable"  // the folder cannot be made or written
	DiskFull    ProblemKind = "disk_full"     // no space left
	Foreign     ProblemKind = "foreign"       // the folder holds something not made here
	InUse       ProblemKind = "in_use"        // another living program uses the folder
	PathTooLong ProblemKind = "path_too_long" // no socket path short enough
	NoAccount   ProblemKind = "no_account"    // root, and no unprivileged user to run as
	Failed      ProblemKind = "failed"        // the server refused to start; see the log
)

// Problem is an error for the person at the keyboard: what is wrong and what to do.
type Problem struct {
	Kind   ProblemKind
	What   string // one sentence, no full stop
	Remedy string // one sentence in the imperative, no full stop
	Cause  error  // may be nil
}

// Error gives both sentences.
func (p *Problem) Error() string { return p.What + ". " + p.Remedy + "." }

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// KindOf is the kind of the Problem in err, "" when there is none.
func KindOf(err error) ProblemKind {
	var p *Problem
	if errors.As(err, &p) {
		return p.Kind
	}
	return ""
}

// folderProblem turns an error of the file system into words about dir.
func folderProblem(dir string, err error) *Problem {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return diskFull(dir, err)
	case errors.Is(err, syscall.ENOTDIR):
		return &Problem{
			Kind: NotWritable, Cause: err,
			What:   fmt.Sprintf("%s cannot be a folder, a part of its path is a file", dir),
			Remedy: "Choose another data folder, for example DATA=$HOME/echoppe",
		}
	// "Does not exist" while making it: a file system of the kernel's, or a link to nowhere.
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrNotExist):
		return &Problem{
			Kind: NotWritable, Cause: err,
			What:   fmt.Sprintf("the folder %s cannot be written (%s)", dir, rootCause(err)),
			Remedy: "Give it to the user who runs échoppe, or choose another data folder, for example DATA=$HOME/echoppe",
		}
	}
	return &Problem{
		Kind: Failed, Cause: err,
		What:   fmt.Sprintf("the folder %s cannot be used (%s)", dir, rootCause(err)),
		Remedy: "Choose another data folder, for example DATA=$HOME/echoppe",
	}
}

// noSpace tells whether the disk is so full that the server could not even say so
// in its log.
func noSpace(dir string) bool {
	const aLogLine = 64 << 10
	var fs syscall.Statfs_t
	return syscall.Statfs(dir, &fs) == nil && fs.Bavail*uint64(fs.Bsize) < aLogLine
}

func diskFull(dir string, cause error) *Problem {
	return &Problem{
		Kind: DiskFull, Cause: cause,
		What:   fmt.Sprintf("the disk that holds %s is full", dir),
		Remedy: "Free some space (500 MB is comfortable) or choose a data folder on another disk",
	}
}

// programProblem reads what a failed PostgreSQL program said.
func programProblem(dir, program, said string, cause error) *Problem {
	switch {
	case strings.Contains(said, "No space left on device"), strings.Contains(said, "Disk quota exceeded"), noSpace(dir):
		return diskFull(dir, cause)
	case strings.Contains(said, "initialized by PostgreSQL version"),
		strings.Contains(said, "incompatible with server"):
		return &Problem{
			Kind: Foreign, Cause: cause,
			What:   fmt.Sprintf("the cluster in %s was made by another build of PostgreSQL", dir),
			Remedy: "Install the version that made it, or choose another data folder",
		}
	}
	return &Problem{
		Kind: Failed, Cause: cause,
		What:   fmt.Sprintf("%s failed in %s: %s", program, dir, lastLines(said, 4)),
		Remedy: "Read " + logName + " in that folder",
	}
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, " | ")
}

func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

var _ error = (*Problem)(nil)
