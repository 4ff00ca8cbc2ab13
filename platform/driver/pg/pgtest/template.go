package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"echoppe.dev/platform/driver/pg/pglocal"
)

const (
	// templateRevision changes when what Start puts into a new cluster changes.
	templateRevision = "1"
	templateName     = "template"
	copyPrefix       = "run-"
)

func options(dir string) pglocal.Options {
	return pglocal.Options{
		Dir: dir, Volatile: true, MaxConnections: 200,
		Logger: slog.New(slog.DiscardHandler),
	}
}

// startCopy starts a server on a fresh copy of the template. Copying, sweeping and
// starting happen under one lock of the machine's user, because a copy is only
// recognisable as living once its server has taken the folder's own lock.
func startCopy(ctx context.Context) (*pglocal.Server, error) {
	bin, err := pglocal.FindBinaries(0)
	if err != nil {
		return nil, err
	}
	base, err := baseFolder(bin)
	if err != nil {
		return nil, err
	}
	unlock, err := lockFile(filepath.Join(base, "lock"), syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := sweep(base); err != nil {
		return nil, err
	}
	template, err := ensureTemplate(ctx, base)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(base, copyPrefix)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil { // PgBouncer's user walks through
		return nil, err
	}
	if err := copyTree(ctx, template, dir); err != nil {
		return nil, err
	}
	return pglocal.Start(ctx, options(dir))
}

// baseFolder is where this user's test servers of this installation live.
func baseFolder(bin pglocal.Binaries) (string, error) {
	// The minor version matters too, so an upgrade of the package makes a new template.
	info, err := os.Stat(filepath.Join(bin.Dir, "postgres"))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %d", templateRevision, bin.Dir, info.Size(), info.ModTime().UnixNano()))
	base := filepath.Join(os.TempDir(), fmt.Sprintf("echoppe-pgtest-%d-%s", os.Geteuid(), hex.EncodeToString(sum[:4])))
	if err := os.Mkdir(base, 0o711); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	// The folder for temporary files belongs to everybody: take only what is ours.
	made, err := os.Lstat(base)
	if err != nil {
		return "", err
	}
	if !made.IsDir() || made.Sys().(*syscall.Stat_t).Uid != uint32(os.Geteuid()) {
		return "", fmt.Errorf("%s belongs to somebody else: remove it or set TMPDIR", base)
	}
	return base, os.Chmod(base, 0o711)
}

// ensureTemplate makes the cluster to copy from, when it is not there yet.
func ensureTemplate(ctx context.Context, base string) (string, error) {
	template := filepath.Join(base, templateName)
	if _, err := os.Stat(template); err == nil {
		return template, nil
	}
	draft := template + ".new"
	if err := remove(draft); err != nil {
		return "", err
	}
	server, err := pglocal.Start(ctx, options(draft))
	if err != nil {
		return "", err
	}
	server.Stop(ctx)
	return template, os.Rename(draft, template)
}

// copyTree copies the marker and the cluster with owners and modes, sharing blocks
// where the file system can.
func copyTree(ctx context.Context, from, to string) error {
	args := []string{"--archive", "--reflink=auto"}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".log": // each server writes its own
		default:
			args = append(args, filepath.Join(from, e.Name()))
		}
	}
	out, err := exec.CommandContext(ctx, "cp", append(args, to)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("copy the template cluster: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// sweep removes the copies of processes that have ended.
func sweep(base string) error {
	copies, err := filepath.Glob(filepath.Join(base, copyPrefix+"*"))
	if err != nil {
		return err
	}
	for _, dir := range copies {
		err := remove(dir)
		switch {
		case pglocal.KindOf(err) == pglocal.InUse:
			continue // its process lives
		case pglocal.KindOf(err) == pglocal.Foreign:
			err = os.RemoveAll(dir) // a copy that was cut short, before it had its marker
		}
		if _, gone := os.Lstat(dir); errors.Is(gone, fs.ErrNotExist) {
			continue // its process has just removed it itself
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func remove(dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	return pglocal.Remove(ctx, dir)
}

// lockFile takes a lock that ends with this process at the latest.
func lockFile(path string, how int) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { _ = f.Close() }, nil
}
