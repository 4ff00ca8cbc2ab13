package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// letterbox stands before the program and keeps the notices of banks, so that they can be delivered when a clock runs.
type letterbox struct {
	next http.Handler
	mu   sync.Mutex
	kept map[string][]notice // by path, which names the mode
}

// notice is a request as a bank sent it.
type notice struct {
	method, host, uri string
	header            http.Header
	body              []byte
}

// noticePath is in the address of every notice, and in no other.
const noticePath = "/pay/notify/"

// delivered marks what comes from the bench; the program never sees it.
const delivered = "Bench-Delivered"

func newLetterbox(next http.Handler) *letterbox {
	return &letterbox{next: next, kept: map[string][]notice{}}
}

func (l *letterbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.URL.Path, noticePath) || r.Header.Get(delivered) != "" {
		r.Header.Del(delivered)
		l.next.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		http.Error(w, "", http.StatusBadRequest)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept[r.URL.Path] = append(l.kept[r.URL.Path], notice{r.Method, r.Host, r.RequestURI, r.Header.Clone(), body})
}

// take gives what has come to a mode since it was asked last.
func (l *letterbox) take(mode string) []notice {
	l.mu.Lock()
	defer l.mu.Unlock()
	for path, list := range l.kept {
		if strings.HasSuffix(path, noticePath+mode) {
			delete(l.kept, path)
			return list
		}
	}
	return nil
}

// settled is how long after its last notice a bank has said all it had to say.
const settled = 100 * time.Millisecond

// wait gives the notices about one payment: as many as there are wont to be, or all that come, where that is not known (0).
func (l *letterbox) wait(ctx context.Context, mode string, wont int) ([]notice, error) {
	var list []notice
	for last := startWatch(); wont == 0 && (len(list) == 0 || last.elapsed() < settled) || len(list) < wont; {
		if came := l.take(mode); len(came) > 0 {
			list, last = append(list, came...), startWatch()
		}
		if last.elapsed() > stuck {
			return nil, errors.New("the bank sends no notice")
		}
		if err := pause(ctx, time.Millisecond); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// deliver brings a notice to the program, as the bank would.
func (n notice) deliver(ctx context.Context, c *http.Client) error {
	req, err := http.NewRequestWithContext(ctx, n.method, "http://"+n.host+n.uri, bytes.NewReader(n.body))
	if err != nil {
		return err
	}
	req.Header = n.header.Clone()
	req.Header.Set(delivered, "1")
	answer, err := c.Do(req)
	if err != nil {
		return fmt.Errorf("deliver a notice: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("the program answers a notice with %d %q", answer.StatusCode, said)
	}
	return err
}
