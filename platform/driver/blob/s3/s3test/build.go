package s3test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// buildLimit is generous: it bounds a build that hangs, on a machine that is busy.
const buildLimit = 20 * time.Minute

// Program returns the path of the server, building it if need be. Calling it once
// before the tests keeps the build out of their time limits.
func Program() (string, error) {
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		return "", errors.New("the folder of the S3 server is not known")
	}
	source := filepath.Join(filepath.Dir(here), "store")
	mark, err := fingerprint(source)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder for the S3 server: %w", err)
	}
	dir := filepath.Join(cache, "echoppe-tools")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("no cache folder for the S3 server: %w", err)
	}
	program := filepath.Join(dir, "store-"+mark)
	unlock, err := lock(program + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := build(source, program); err != nil {
		return "", fmt.Errorf("the S3 server is missing and could not be built: %w", err)
	}
	return program, nil
}

// fingerprint changes with what the server is built from: its code, its exact
// libraries, the compiler.
func fingerprint(source string) (string, error) {
	sum := sha256.New()
	sum.Write([]byte(runtime.Version()))
	for _, name := range []string{"main.go", "go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			return "", fmt.Errorf("source of the S3 server: %w", err)
		}
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6]), nil
}

// lock lets one test binary build while the others wait.
func lock(name string) (func(), error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock for the S3 server: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock for the S3 server: %w", err), f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// build compiles the module beside this file. It uses no flag that the product is
// not compiled with, so that the libraries of both come out of the same cache.
func build(source, program string) error {
	ctx, cancel := context.WithTimeout(context.Background(), buildLimit)
	defer cancel()
	part := program + ".part"
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", part, ".")
	cmd.Dir = source
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build in %s: %w\n%s", source, err, out)
	}
	return os.Rename(part, program)
}
