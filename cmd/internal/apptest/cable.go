package apptest

import (
	"errors"
	"io"
	"net"
	"sync"
)

// Cable leads from the program to a service, and can be cut: what runs over it breaks off, and what
// comes is refused, as when the service is gone.
type Cable struct {
	listener net.Listener
	network  string
	address  string

	mu   sync.Mutex
	cut  bool
	ends map[net.Conn]struct{}
	done sync.WaitGroup
}

// lay makes a cable to a service. It ends with Close.
func lay(network, address string) (*Cable, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &Cable{listener: l, network: network, address: address, ends: map[net.Conn]struct{}{}}
	c.done.Go(c.accept)
	return c, nil
}

// Addr is the host and port of this end.
func (c *Cable) Addr() string { return c.listener.Addr().String() }

// Cut takes the service away.
func (c *Cable) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = true
	for end := range c.ends {
		_ = end.Close()
	}
}

// Mend gives it back.
func (c *Cable) Mend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = false
}

// Close ends the cable for good.
func (c *Cable) Close() {
	c.Cut()
	_ = c.listener.Close()
	c.done.Wait()
}

func (c *Cable) accept() {
	for {
		near, err := c.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			c.done.Go(func() { c.carry(near) })
		}
	}
}

// hold keeps a connection for Cut; false when the cable is cut.
func (c *Cable) hold(conn net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.cut {
		c.ends[conn] = struct{}{}
	}
	return !c.cut
}

func (c *Cable) drop(conn net.Conn) {
	_ = conn.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.ends, conn)
}

// carry joins both ends until one of them ends.
func (c *Cable) carry(near net.Conn) {
	defer c.drop(near)
	if !c.hold(near) {
		return
	}
	far, err := net.Dial(c.network, c.address)
	if err != nil {
		return
	}
	defer c.drop(far)
	if !c.hold(far) {
		return
	}
	back := make(chan struct{})
	go func() {
		defer close(back)
		_, _ = io.Copy(near, far)
		_ = near.Close()
	}()
	_, _ = io.Copy(far, near)
	_ = far.Close()
	<-back
}
