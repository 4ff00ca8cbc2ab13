package smtp_test

import (
	"context"
	"errors"
	"io"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
)

func letter() mail.Message {
	return mail.Message{ID: "order-1042", From: mail.Address{Address: "shop@example.org"}, To: []mail.Address{{Address: "zoe@example.org"}}, Subject: "Hello", Text: "Hi"}
}

// server answers each step of the dialogue with the error it is given for it.
type server struct {
	mail, rcpt, data error
	got              []string
}

func (s *server) Mail(string, *gosmtp.MailOptions) error { return s.mail }
func (s *server) Rcpt(string, *gosmtp.RcptOptions) error { return s.rcpt }
func (s *server) Reset()                                 {}
func (s *server) Logout() error                          { return nil }
func (s *server) Data(r io.Reader) error {
	b, _ := io.ReadAll(r)
	s.got = append(s.got, string(b))
	return s.data
}

func start(t *testing.T, s *server) smtp.Config {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return s, nil }))
	srv.Domain = "localhost"
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return config(t, l)
}

func config(t *testing.T, l net.Listener) smtp.Config {
	t.Helper()
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	return smtp.Config{Host: host, Port: n, TLS: smtp.None, Timeout: 5 * time.Second}
}

func send(t *testing.T, cfg smtp.Config, m mail.Message) error {
	t.Helper()
	s, err := smtp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(t.Context(), m)
}

func TestSender_Send_failures(t *testing.T) {
	busy := &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 3, 0}, Message: "come back later"}
	never := &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	for name, tt := range map[string]struct {
		server *server
		want   error
	}{
		"taken":              {&server{}, nil},
		"sender busy":        {&server{mail: busy}, mail.ErrUnreachable},
		"sender refused":     {&server{mail: never}, mail.ErrRefused},
		"recipient greyed":   {&server{rcpt: busy}, mail.ErrUnreachable},
		"recipient unknown":  {&server{rcpt: never}, mail.ErrRefused},
		"content busy":       {&server{data: busy}, mail.ErrUnreachable},
		"content refused":    {&server{data: never}, mail.ErrRefused},
		"server's own fault": {&server{data: errors.New("disk")}, mail.ErrRefused}, // go-smtp answers 554
	} {
		t.Run(name, func(t *testing.T) {
			if err := send(t, start(t, tt.server), letter()); !errors.Is(err, tt.want) {
				t.Errorf("Send = %v, want %v", err, tt.want)
			}
		})
	}
	if fault.KindOf(mail.ErrUnreachable) != fault.Upstream || fault.KindOf(mail.ErrRefused) != fault.Malformed {
		t.Error("the kinds do not tell whether to try again")
	}
}

func TestSender_Send_keepsMessageID(t *testing.T) {
	s := &server{}
	cfg := start(t, s)
	for range 2 {
		if err := send(t, cfg, letter()); err != nil {
			t.Fatal(err)
		}
	}
	for _, raw := range s.got {
		if !strings.Contains(raw, "Message-ID: <order-1042@example.org>") {
			t.Errorf("the letter sent again is not recognisable:\n%s", raw)
		}
	}
}

func TestSender_Send_serverGone(t *testing.T) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	cfg := config(t, l)
	_ = l.Close()
	if err := send(t, cfg, letter()); !errors.Is(err, mail.ErrUnreachable) {
		t.Errorf("Send = %v, want ErrUnreachable", err)
	}
}

func TestSender_Send_serverHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // accepts, never speaks
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	cfg := config(t, l)
	cfg.Timeout = 200 * time.Millisecond
	if err := send(t, cfg, letter()); !errors.Is(err, mail.ErrUnreachable) {
		t.Errorf("Send = %v, want ErrUnreachable", err)
	}
	s, _ := smtp.New(config(t, l))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Send(ctx, letter()); !errors.Is(err, mail.ErrUnreachable) {
		t.Errorf("cancelled: %v, want ErrUnreachable", err)
	}
}

func TestSender_Send_demandsEncryption(t *testing.T) {
	s := &server{}
	cfg := start(t, s)
	cfg.TLS = smtp.Require
	if err := send(t, cfg, letter()); !errors.Is(err, mail.ErrUnreachable) || len(s.got) != 0 {
		t.Errorf("Send = %v, and the server got %d letters in the clear", err, len(s.got))
	}
}

func TestSender_Send_malformed(t *testing.T) {
	s := &server{}
	m := letter()
	m.Subject = "Hi\r\nBcc: all@example.org"
	if err := send(t, start(t, s), m); !errors.Is(err, mail.ErrMalformed) || len(s.got) != 0 {
		t.Errorf("Send = %v, %d letters left", err, len(s.got))
	}
}

func TestParseURL(t *testing.T) {
	for address, want := range map[string]smtp.Config{
		"smtp://mail.example.org":                     {Host: "mail.example.org", Port: 587, TLS: smtp.Require},
		"smtp://u:p%40ss@mail.example.org:25?tls=try": {Host: "mail.example.org", Port: 25, TLS: smtp.Try, User: "u", Password: secret.NewText("p@ss")},
		"smtps://mail.example.org":                    {Host: "mail.example.org", Port: 465, TLS: smtp.Implicit},
		"smtp://127.0.0.1:1025?tls=none":              {Host: "127.0.0.1", Port: 1025, TLS: smtp.None},
	} {
		if got, err := smtp.ParseURL(address); err != nil || got != want {
			t.Errorf("ParseURL(%q) = %+v, %v, want %+v", address, got, err, want)
		}
	}
	for _, address := range []string{"", "mail.example.org", "http://x", "smtp://", "smtp://x:0", "smtp://x?tls=maybe", "smtp://u:hunter2@x?tls=none", "smtp://u@x", "smtps://x?tls=none", "smtp://u:hunter2@x:port"} {
		_, err := smtp.ParseURL(address)
		if err == nil {
			t.Errorf("ParseURL(%q) accepted", address)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error quotes the password: %v", err)
		}
	}
}

// Whatever people call themselves arrives as they wrote it.
func TestSender_Send_names(t *testing.T) {
	s := &server{}
	cfg := start(t, s)
	for _, name := range []string{"Shop", `Pizza 12"`, `Chez "Zo"`, `A"b`, `back\\slash\`, "Zoë & Söhne, Inc.", `<script>'";-- 😀`, "(round)", "a@b", "日本"} {
		m := letter()
		m.From.Name, m.To[0].Name, m.ReplyTo = name, name, mail.Address{Name: name, Address: "reply@example.org"}
		if err := send(t, cfg, m); err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		got, err := netmail.ReadMessage(strings.NewReader(s.got[len(s.got)-1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, header := range []string{"From", "To", "Reply-To"} {
			list, err := got.Header.AddressList(header)
			if err != nil || len(list) != 1 || list[0].Name != name {
				t.Errorf("%s of %q: %q, %v", header, name, got.Header.Get(header), err)
			}
		}
	}
}
