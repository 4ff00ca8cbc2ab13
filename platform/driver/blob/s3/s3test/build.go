package s3test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	module  = "github.com/versity/versitygw"
	version = "v1.8.0"
	// buildLimit is generous: two shared cores take four minutes.
	buildLimit = 20 * time.Minute
)

// Program returns the path of the server, building it if need be. Calling it once
// before the tests keeps the build out of their time limits.
func Program() (string, error) {
	if path, err := exec.LookPath("versitygw"); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder for versitygw: %w", err)
	}
	dir := filepath.Join(cache, "echoppe-tools")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("no cache folder for versitygw: %w", err)
	}
	program := filepath.Join(dir, "versitygw-"+version)
	unlock, err := lock(program + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := build(program); err != nil {
		return "", fmt.Errorf("the S3 server versitygw %s is missing and could not be built: %w", version, err)
	}
	return program, nil
}

// lock lets one test binary build while the others wait.
func lock(name string) (func(), error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock for versitygw: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock for versitygw: %w", err), f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// build compiles in a module of its own, because the module proxy here and there
// refuses to list versions, which "go install module@version" asks for.
func build(program string) error {
	dir, err := os.MkdirTemp("", "versitygw-build-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module tools\n\ngo 1.26.0\n"), 0o600); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), buildLimit)
	defer cancel()
	part := program + ".part"
	for _, args := range [][]string{
		{"get", module + "/cmd/versitygw@" + version},
		{"build", "-trimpath", "-ldflags=-s -w", "-o", part, module + "/cmd/versitygw"},
	} {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("go %s: %w\n%s", args[0], err, out)
		}
	}
	return os.Rename(part, program)
}
