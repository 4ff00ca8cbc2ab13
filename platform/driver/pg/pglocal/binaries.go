package pglocal

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// MinMajor is the oldest PostgreSQL the product runs on (trusted extensions came
// with 13, the grants we rely on are tested from 14).
const MinMajor = 14

// InstallCommand puts PostgreSQL on a Debian or Ubuntu machine.
const InstallCommand = "sudo apt-get install -y postgresql"

// Binaries is one installation of PostgreSQL's programs.
type Binaries struct {
	Dir   string // holds initdb and postgres
	Major int    // 15 for 15.20
}

func (b Binaries) path(program string) string { return filepath.Join(b.Dir, program) }

// FindBinaries looks on PATH and where Linux distributions put PostgreSQL. With
// major 0 it answers the newest installation, else the one of that major version.
// The error is a *Problem of kind NoBinaries.
func FindBinaries(major int) (Binaries, error) { return findIn(candidates(), major) }

// candidates lists folders that may hold the programs.
func candidates() []string {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
		"/usr/pgsql-*/bin",          // the project's own rpm packages
		"/usr/libexec/postgresql*",  // Alpine
		"/usr/local/pgsql/bin",      // built from source
	} {
		found, _ := filepath.Glob(pattern) // the only error is a malformed pattern
		dirs = append(dirs, found...)
	}
	return dirs
}

func findIn(dirs []string, major int) (Binaries, error) {
	var best Binaries
	for _, dir := range dirs {
		b := Binaries{Dir: dir}
		var err error
		if b.Major, err = majorOf(b.path("postgres")); err != nil {
			continue // no server there, or one that does not run on this machine
		}
		if _, err := exec.LookPath(b.path("initdb")); err != nil {
			continue
		}
		if major != 0 && b.Major != major {
			continue
		}
		if b.Major > best.Major {
			best = b
		}
	}
	if best.Major >= MinMajor {
		return best, nil
	}
	return Binaries{}, noBinaries(best.Major, major)
}

func noBinaries(found, wanted int) *Problem {
	p := &Problem{Kind: NoBinaries, Remedy: "Install it: " + InstallCommand}
	switch {
	case wanted != 0:
		p.What = fmt.Sprintf("the folder was made by PostgreSQL %d, which is not installed", wanted)
		p.Remedy = fmt.Sprintf("Install it: %s-%d, or choose another data folder", InstallCommand, wanted)
	case found != 0:
		p.What = fmt.Sprintf("PostgreSQL %d is too old, %d or newer is needed", found, MinMajor)
	default:
		p.What = "PostgreSQL's server programs are not installed"
	}
	return p
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func majorOf(program string) (int, error) {
	out, err := exec.Command(program, "--version").Output()
	if err != nil {
		return 0, err
	}
	m := versionLine.FindStringSubmatch(strings.TrimSpace(string(out)))
	if m == nil {
		return 0, fmt.Errorf("unexpected version %q", out)
	}
	return strconv.Atoi(m[1])
}
