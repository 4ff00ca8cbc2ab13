package bench

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
)

// traffic is what went to Postgres.
type traffic struct {
	queries int64 // statements executed, but for those that begin and end transactions
	trips   int64 // times somebody waited for an answer
}

func (t traffic) since(before traffic) traffic {
	return traffic{t.queries - before.queries, t.trips - before.trips}
}

// tap stands between programs and a Postgres on a Unix socket and counts what they say.
type tap struct {
	url      string // the database's address through the tap
	target   string
	dir      string
	listener net.Listener
	queries  atomic.Int64
	trips    atomic.Int64
	wg       sync.WaitGroup
}

// openTap listens before the database of a URL whose host is the folder of a socket.
func openTap(ctx context.Context, databaseURL string) (*tap, error) {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return nil, errors.New("the database's address is no URL")
	}
	host, port := u.Query().Get("host"), u.Query().Get("port")
	if !strings.HasPrefix(host, "/") {
		return nil, errors.New("the database is not on a Unix socket")
	}
	t := &tap{target: socket(host, port)}
	if t.dir, err = os.MkdirTemp("", "tap-"); err != nil {
		return nil, fmt.Errorf("folder of the tap: %w", err)
	}
	if t.listener, err = new(net.ListenConfig).Listen(ctx, "unix", socket(t.dir, port)); err != nil {
		return nil, errors.Join(fmt.Errorf("open tap: %w", err), os.RemoveAll(t.dir))
	}
	u.RawQuery = "host=" + url.PathEscape(t.dir) + "&port=" + port
	t.url = u.String()
	t.wg.Go(t.accept)
	return t, nil
}

func socket(dir, port string) string { return filepath.Join(dir, ".s.PGSQL."+port) }

// seen is the traffic so far.
func (t *tap) seen() traffic { return traffic{t.queries.Load(), t.trips.Load()} }

// close stops listening and waits for connections to end: those who made them must have closed them.
func (t *tap) close() {
	_ = t.listener.Close()
	t.wg.Wait()
	_ = os.RemoveAll(t.dir)
}

func (t *tap) accept() {
	for {
		client, err := t.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("unix", t.target)
		if err != nil {
			_ = client.Close()
			continue
		}
		t.wg.Go(func() {
			_, _ = io.Copy(client, server) // ends when either side hangs up
			_ = client.Close()
		})
		t.wg.Go(func() {
			_ = t.listen(client, server) // as above
			_ = server.Close()
		})
	}
}

// The messages of Postgres's protocol 3 that matter here; every message but the first is a letter,
// the length of what follows with itself, and a body.
const (
	simpleQuery = 'Q'
	execute     = 'E'
	syncPoint   = 'S'
	lengthBytes = 4
)

// listen passes on what the client says, a message at a time.
func (t *tap) listen(client io.Reader, server io.Writer) error {
	in := bufio.NewReader(client)
	for first := true; ; first = false {
		head := make([]byte, 1+lengthBytes)
		if first {
			head = head[1:] // the start-up message has no letter
		}
		if _, err := io.ReadFull(in, head); err != nil {
			return err
		}
		n := int(binary.BigEndian.Uint32(head[len(head)-lengthBytes:])) - lengthBytes
		message := append(head, make([]byte, max(0, n))...)
		if _, err := io.ReadFull(in, message[len(head):]); err != nil {
			return err
		}
		if !first {
			t.count(head[0], message[len(head):])
		}
		if _, err := server.Write(message); err != nil {
			return err
		}
	}
}

func (t *tap) count(letter byte, body []byte) {
	switch letter {
	case simpleQuery:
		t.trips.Add(1)
		if !bracket(string(body)) {
			t.queries.Add(1)
		}
	case execute:
		t.queries.Add(1)
	case syncPoint:
		t.trips.Add(1)
	}
}

// bracket tells whether a statement begins or ends a transaction.
func bracket(sql string) bool {
	for _, word := range []string{"begin", "commit", "rollback"} {
		if len(sql) >= len(word) && strings.EqualFold(sql[:len(word)], word) {
			return true
		}
	}
	return false
}
