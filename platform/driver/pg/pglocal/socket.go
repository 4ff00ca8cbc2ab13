package pglocal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	// socketPort is only a part of the socket's name: there is no TCP.
	socketPort = "5432"
	// maxSocketDir leaves room for "/.s.PGSQL.5432" in the 107 bytes of a Unix
	// socket address.
	maxSocketDir = 92
)

// socketDir makes the folder of the socket: run/ in the data folder or, when that
// path cannot name a socket, one named after it in the folder for temporary files.
func socketDir(f folder, as account) (string, error) {
	dir := f.path(runName)
	if !namesSocket(dir) {
		dir = filepath.Join(os.TempDir(), f.clusterName())
	}
	if !namesSocket(dir) {
		dir = filepath.Join("/tmp", f.clusterName())
	}
	if err := as.ownedFolder(dir); err != nil {
		if dir == f.path(runName) {
			return "", folderProblem(string(f), err)
		}
		return "", &Problem{
			Kind: PathTooLong, Cause: err,
			What:   fmt.Sprintf("the path %s cannot hold a database socket (too long, or a comma in it), and %s cannot be used instead (%s)", f, dir, rootCause(err)),
			Remedy: fmt.Sprintf("Choose a data folder with a plain path under %d characters", maxSocketDir-len(runName)),
		}
	}
	return dir, nil
}

// namesSocket tells whether a socket can lie in dir: the path is short enough, and
// has no comma, which in settings and addresses separates one socket from the next.
func namesSocket(dir string) bool {
	return len(dir) <= maxSocketDir && !strings.ContainsAny(dir, `,"'`)
}
