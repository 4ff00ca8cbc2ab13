package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// ServerOptions are the limits of one listening server; a zero duration or size
// takes the default beside it.
type ServerOptions struct {
	Log    *slog.Logger
	Health *Health // told to drain before the listener closes; may be nil

	ReadHeader time.Duration // 5 s: a slow loris is cut here
	Read       time.Duration // 30 s for the whole request; Upload gives more
	Write      time.Duration // 60 s for the answer
	Idle       time.Duration // 120 s between requests
	MaxHeader  int           // 32 KiB

	// Notice is how long /readyz says "draining" while requests are still
	// taken, so that the proxy looks elsewhere first. Zero for none.
	Notice time.Duration
	Drain  time.Duration // 25 s for the requests under way
}

// Server serves one handler and stops without losing a request.
type Server struct {
	http *http.Server
	o    ServerOptions
}

// NewServer prepares a server; nothing listens yet.
func NewServer(h http.Handler, o ServerOptions) *Server {
	if o.Log == nil {
		panic("web: ServerOptions.Log is required")
	}
	or := func(d *time.Duration, standard time.Duration) {
		if *d == 0 {
			*d = standard
		}
	}
	or(&o.ReadHeader, 5*time.Second)
	or(&o.Read, 30*time.Second)
	or(&o.Write, 60*time.Second)
	or(&o.Idle, 120*time.Second)
	or(&o.Drain, 25*time.Second)
	if o.MaxHeader == 0 {
		o.MaxHeader = 32 * kib
	}
	return &Server{o: o, http: &http.Server{
		Handler:           h,
		ReadHeaderTimeout: o.ReadHeader,
		ReadTimeout:       o.Read,
		WriteTimeout:      o.Write,
		IdleTimeout:       o.Idle,
		MaxHeaderBytes:    o.MaxHeader,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}}
}

// Serve answers on l until ctx ends. Then it drains: ready flips, the notice
// passes, the listener closes, the requests under way finish. It returns nil
// after a full drain, and an error when requests had to be cut off or the
// listener failed. The requests' contexts outlive ctx on purpose.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	if s.o.Health != nil {
		s.o.Health.Drain()
	}
	if err := s.notice(failed); err != nil {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.o.Drain)
	defer cancel()
	if err := s.http.Shutdown(limit); err != nil {
		return errors.Join(fmt.Errorf("drain %s: requests cut off after %s: %w", l.Addr(), s.o.Drain, err), s.http.Close())
	}
	return nil
}

// notice keeps serving for a while; the listener may fail meanwhile.
func (s *Server) notice(failed <-chan error) error {
	if s.o.Notice == 0 {
		return nil
	}
	timer := time.NewTimer(s.o.Notice)
	defer timer.Stop()
	select {
	case err := <-failed:
		return err
	case <-timer.C:
		return nil
	}
}
