package apptest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// asProgram makes the test binary the program (Main).
const asProgram = "ECHOPPE_TEST_AS_PROGRAM"

// runLimit is what only a command that hangs takes; the first of a folder makes a database.
const runLimit = 2 * time.Minute

// Output is what a command said and how it ended.
type Output struct {
	Stdout, Stderr string
	Code           int
}

// Run runs the program to its end. Settings are added to an environment that has none of its own.
func Run(t testing.TB, settings []string, args ...string) Output {
	t.Helper()
	var stdout, stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), runLimit)
	defer cancel()
	cmd := command(ctx, t, settings, args)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("%q did not end:\n%s%s", args, &stdout, &stderr)
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return Output{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func command(ctx context.Context, t testing.TB, settings, args []string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(Environment(), settings...)
	return cmd
}

// Environment is that of the program: what every process has, and no setting of the program.
func Environment() []string {
	return []string{asProgram + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir()}
}
