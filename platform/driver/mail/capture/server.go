package capture

import (
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	gosmtp "github.com/emersion/go-smtp"
)

const (
	maxLetter     = 30 << 20
	maxRecipients = 100
	dialogueLimit = time.Minute
)

// server is the listening half of a mailbox.
type server struct {
	addr  string
	close func() error
}

func listen(addr string, m *Mailbox) (*server, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("mail capture: %w", err)
	}
	s := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) {
		return &session{box: m}, nil
	}))
	s.Domain = "localhost"
	s.MaxMessageBytes = maxLetter
	s.MaxRecipients = maxRecipients
	s.ReadTimeout, s.WriteTimeout = dialogueLimit, dialogueLimit
	s.EnableSMTPUTF8 = true
	s.ErrorLog = silent{}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	return &server{addr: l.Addr().String(), close: sync.OnceValue(func() error {
		// The listener too: a Close that comes before Serve has started knows of none.
		err := errors.Join(s.Close(), ignoreClosed(l.Close()))
		return errors.Join(err, ignoreClosed(<-done))
	})}, nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, gosmtp.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// session is one SMTP dialogue.
type session struct {
	box  *Mailbox
	from string
	to   []string
}

func (s *session) Mail(from string, _ *gosmtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, err = s.box.Store(s.from, s.to, raw)
	return err
}

func (s *session) Reset()        { s.from, s.to = "", nil }
func (s *session) Logout() error { return nil }

// silent drops the server's remarks on clients that hang up.
type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

var _ gosmtp.Session = (*session)(nil)
