package pglocal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// program is one way of running PostgreSQL's programs on one folder: which
// installation, as whom, and with which folders in hand.
type program struct {
	bin  Binaries
	as   account
	open []*os.File // folders handed over, when the account cannot walk to them
}

// hand gives the name under which the child will know dir. The account may be
// unable to walk there, so it gets the folder open (see the package comment).
func (p *program) hand(dir string) (string, error) {
	if !p.as.switched {
		return dir, nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return "", err
	}
	p.open = append(p.open, f)
	const firstExtraFile = 3 // after stdin, stdout, stderr; see exec.Cmd.ExtraFiles
	return fmt.Sprintf("/proc/self/fd/%d", firstExtraFile+len(p.open)-1), nil
}

// close lets go of the folders.
func (p *program) close() {
	for _, f := range p.open {
		_ = f.Close()
	}
}

// command prepares name without starting it. The child lives in its own process
// group, so that Ctrl-C reaches the parent alone and the parent decides the order.
func (p *program) command(output io.Writer, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(p.bin.path(name), args...)
	cmd.Dir = "/" // the child may be unable to stand where we stand
	cmd.Env = []string{"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "TZ=UTC"}
	cmd.Stdout, cmd.Stderr = output, output
	cmd.ExtraFiles = p.open
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if p.as.switched {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: p.as.uid, Gid: p.as.gid}
	}
	return cmd
}

// initialise makes the cluster of a fresh folder. It works beside the final name
// and renames, so a start that is killed in the middle leaves nothing half made.
func initialise(f folder, bin Binaries, as account, volatile bool) error {
	fresh := f.path(freshName)
	if err := os.RemoveAll(fresh); err != nil {
		return folderProblem(string(f), err)
	}
	if err := as.ownedFolder(fresh); err != nil {
		return folderProblem(string(f), err)
	}
	run := program{bin: bin, as: as}
	defer run.close()
	name, err := run.hand(fresh)
	if err != nil {
		return folderProblem(string(f), err)
	}
	args := []string{
		"--pgdata=" + name, "--username=" + string(Superuser),
		"--auth-local=trust", "--auth-host=reject",
		"--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
	}
	if volatile {
		args = append(args, "--no-sync", "--wal-segsize=1")
	}
	var said bytes.Buffer
	if err := run.command(&said, "initdb", args...).Run(); err != nil {
		return startProblem(f, "initdb", said.String(), err)
	}
	if err := os.Rename(fresh, f.path(dataName)); err != nil {
		return folderProblem(string(f), err)
	}
	return nil
}

// startProblem explains why a program could not be run or ended badly.
func startProblem(f folder, name, said string, err error) error {
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) {
		return &Problem{
			Kind: NoAccount, Cause: err,
			What:   "root may not become another user here, and PostgreSQL never runs as root",
			Remedy: "Run échoppe as an ordinary user",
		}
	}
	return programProblem(string(f), name, said, err)
}
