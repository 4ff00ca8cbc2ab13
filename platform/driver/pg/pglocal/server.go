package pglocal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Options of a local server.
type Options struct {
	Dir            string       // made when absent; must be empty or made by an earlier Start
	Database       string       // DefaultDatabase when empty
	Logger         *slog.Logger // slog.Default() when nil
	MaxConnections int          // 100 when 0
	Volatile       bool         // tests only: fast, and a crash of the machine may lose everything
}

// Server is a running local PostgreSQL. Its methods are safe for concurrent use.
type Server struct {
	dir      folder
	database string
	socket   string
	bin      Binaries
	options  Options
	log      *slog.Logger
	lock     *os.File
	program  program
	args     []string

	mu       sync.Mutex
	process  *os.Process // nil between two lives
	stopping bool
	ready    bool
	err      error // why it ended, when it was not asked to
	done     chan struct{}
}

// Start brings up the server of a folder and returns when it answers. The context
// bounds the start only. The error is a *Problem for everything a person can
// mend: see ProblemKind.
func Start(ctx context.Context, o Options) (*Server, error) {
	seen, err := Inspect(o.Dir)
	if err != nil {
		return nil, err
	}
	bin, err := FindBinaries(seen.Major)
	if err != nil {
		return nil, err
	}
	as, err := accountFor(seen)
	if err != nil {
		return nil, err
	}
	dir, lock, err := prepare(seen.Path)
	if err != nil {
		return nil, err
	}
	s := newServer(dir, lock, bin, o)
	if err := s.open(ctx, seen.Fresh, as); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func newServer(dir folder, lock *os.File, bin Binaries, o Options) *Server {
	s := &Server{
		dir: dir, lock: lock, bin: bin, options: o,
		database: o.Database, log: o.Logger,
		done: make(chan struct{}),
	}
	if s.database == "" {
		s.database = DefaultDatabase
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	return s
}

// open runs under the folder's lock.
func (s *Server) open(ctx context.Context, fresh bool, as account) error {
	if err := evict(ctx, s.dir); err != nil {
		return err
	}
	if fresh {
		s.log.InfoContext(ctx, "making the local database", "folder", string(s.dir), "postgres", s.bin.Major)
		if err := initialise(s.dir, s.bin, as, s.options.Volatile); err != nil {
			return err
		}
	}
	var err error
	if s.socket, err = socketDir(s.dir, as); err != nil {
		return err
	}
	s.program = program{bin: s.bin, as: as}
	dataDir, err := s.program.hand(s.dir.path(dataName))
	if err != nil {
		return folderProblem(string(s.dir), err)
	}
	runDir, err := s.program.hand(s.socket)
	if err != nil {
		return folderProblem(string(s.dir), err)
	}
	s.args = append([]string{"-D", dataDir}, settings(s.dir, runDir, s.options)...)
	return s.launch(ctx)
}

// launch starts the supervisor and waits until the server is usable.
func (s *Server) launch(ctx context.Context) error {
	logFile, err := openLog(s.dir)
	if err != nil {
		return folderProblem(string(s.dir), err)
	}
	mark, err := logFile.Seek(0, io.SeekEnd)
	if err != nil {
		return folderProblem(string(s.dir), err)
	}
	go s.supervise(logFile)
	err = s.waitReady(ctx)
	if err == nil {
		err = ensureRoles(ctx, s)
	}
	if err == nil {
		s.mu.Lock()
		s.ready = true
		s.mu.Unlock()
		return nil
	}
	select {
	case <-s.done:
		return startProblem(s.dir, "postgres", s.logSince(mark), err)
	default:
	}
	// It runs but is of no use (or the caller has lost patience): take it down.
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fastStopLimit)
	defer cancel()
	s.end(stopCtx)
	return fmt.Errorf("start the local database in %s: %w", s.dir, err)
}

// logSince gives what the server wrote after position mark.
func (s *Server) logSince(mark int64) string {
	f, err := os.Open(s.dir.path(logName))
	if err != nil {
		return err.Error()
	}
	defer func() { _ = f.Close() }()
	if _, err := f.Seek(mark, io.SeekStart); err != nil {
		return err.Error()
	}
	text, _ := io.ReadAll(f)
	return string(text)
}

// waitReady asks until the server answers, which after a crash is when its
// recovery is over.
func (s *Server) waitReady(ctx context.Context) error {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.URL(Superuser, "postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-poll.C:
		case <-s.done:
			return s.Err()
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// URL is the address for a role and a database, for pgx, libpq and PgBouncer. It
// stays the same for every start of the same folder.
func (s *Server) URL(role Role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(string(role)), Path: "/" + database}
	// Not url.Values.Encode: to pgx and libpq a plus is a plus, not a space.
	u.RawQuery = "host=" + url.PathEscape(s.socket) + "&port=" + socketPort
	return u.String()
}

// OwnerURL and AppURL are the two addresses the product needs.
func (s *Server) OwnerURL() string { return s.URL(Owner, s.database) }

// AppURL is what requests connect to.
func (s *Server) AppURL() string { return s.URL(App, s.database) }

// Dir is the absolute path of the folder.
func (s *Server) Dir() string { return string(s.dir) }

// Binaries is the installation in use.
func (s *Server) Binaries() Binaries { return s.bin }

// PID is the process number of the server, 0 while there is none.
func (s *Server) PID() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return 0
	}
	return s.process.Pid
}

// Credential is the user the server runs as, nil when it is the user of this
// process. Whatever else must enter the socket's folder has to run as it.
func (s *Server) Credential() *syscall.Credential {
	if !s.program.as.switched {
		return nil
	}
	return &syscall.Credential{Uid: s.program.as.uid, Gid: s.program.as.gid}
}

// Done is closed when the server has ended for good: after Stop, or when it died
// too often to be started again (then Err tells why).
func (s *Server) Done() <-chan struct{} { return s.done }

// Err tells why the server ended without being asked to.
func (s *Server) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}
