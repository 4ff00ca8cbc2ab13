package bench

import (
	"context"
	"fmt"
	"net/http"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/fleet/registry"
)

// inside asks an app for a page without a network between, as a browser that has these cookies.
func (r *rig) inside(ctx context.Context, app *wire.App, row *registry.Shop, path string, said ...*http.Cookie) (get func() error, err error) {
	l, err := r.page(row, path)
	if err != nil {
		return nil, err
	}
	return func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.host+l.path, nil)
		if err != nil {
			return err
		}
		req.RemoteAddr, req.RequestURI = "127.0.0.1:1", l.path
		req.Header.Set("Accept-Encoding", "gzip")
		for _, c := range said {
			req.AddCookie(c)
		}
		w := &sink{header: http.Header{}}
		app.Front.ServeHTTP(w, req)
		if w.status != http.StatusOK || w.n == 0 {
			return fmt.Errorf("%s answered %d with %d bytes", l.path, w.status, w.n)
		}
		return nil
	}, nil
}

// sink is an answer that is only counted.
type sink struct {
	header http.Header
	status int
	n      int
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }
func (s *sink) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	s.n += len(b)
	return len(b), nil
}
