package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// load asks a server for one page over and over: over TCP, on connections that are kept, by some
// clients at once. It reads no more of an answer than where it ends.
type load struct {
	addr    string // host:port
	host    string // Host header
	path    string
	clients int
}

// request is the request as bytes, with the headers of a browser that matter to a server.
func (l load) request() []byte {
	return []byte("GET " + l.path + " HTTP/1.1\r\nHost: " + l.host +
		"\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8" +
		"\r\nAccept-Language: fr,en;q=0.5\r\nAccept-Encoding: gzip\r\n\r\n")
}

// play makes it a contestant.
func (l load) play(ctx context.Context, d time.Duration) (volley, error) {
	clients := make([]client, l.clients)
	for i := range clients {
		c, err := l.dial(ctx, d)
		if err != nil {
			return volley{}, err
		}
		defer c.close()
		clients[i] = c.get
	}
	return crowd(ctx, d, clients)
}

// stuck is how long after its time a server that does not answer counts as hanging.
const stuck = 10 * time.Second

// caller is one connection.
type caller struct {
	conn    net.Conn
	in      *bufio.Reader
	request []byte
}

func (l load) dial(ctx context.Context, d time.Duration) (*caller, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", l.addr)
	if err != nil {
		return nil, fmt.Errorf("call %s: %w", l.addr, err)
	}
	if err := conn.SetDeadline(within(d + stuck)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &caller{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), request: l.request()}, nil
}

func (c *caller) close() { _ = c.conn.Close() }

// get asks once and reads the answer to its end.
func (c *caller) get(context.Context) error {
	if _, err := c.conn.Write(c.request); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	n, err := c.head()
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if _, err := c.in.Discard(n); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return nil
}

var (
	lengthHeader = []byte("content-length:")
	okStatus     = []byte(" 200 ")
)

// head reads status and headers and gives the length of what follows.
func (c *caller) head() (length int, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.Contains(line, okStatus) {
		return 0, fmt.Errorf("the server said %q", strings.TrimSpace(string(line)))
	}
	length = -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= len("\r\n") {
			break
		}
		if len(line) > len(lengthHeader) && bytes.EqualFold(line[:len(lengthHeader)], lengthHeader) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthHeader):]))); err != nil {
				return 0, fmt.Errorf("content length: %w", err)
			}
		}
	}
	if length < 0 {
		return 0, errors.New("the answer does not say how long it is")
	}
	return length, nil
}
