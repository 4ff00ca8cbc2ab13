package pglocal

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// Remove deletes a folder made by Start, with everything in it. It refuses, with a
// *Problem, a folder that was not made here (Foreign) and one whose server is in
// use (InUse); processes a killed parent left behind are ended first. An absent
// folder is no error.
func Remove(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := Inspect(dir); err != nil {
		return err
	}
	f, lock, err := prepare(dir)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }()
	if err := evict(ctx, f); err != nil {
		return err
	}
	if err := os.RemoveAll(string(f)); err != nil {
		return folderProblem(string(f), err)
	}
	return nil
}
