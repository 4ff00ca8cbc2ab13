package smtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/secret"
)

const defaultTimeout = 20 * time.Second

// Sender sends through one mail server. It is safe for concurrent use.
type Sender struct {
	cfg     Config
	options []gomail.Option
}

// New checks the configuration; it does not connect.
func New(cfg Config) (*Sender, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", cfg.Host, err)
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	options := []gomail.Option{gomail.WithPort(cfg.Port), gomail.WithTimeout(cfg.Timeout)}
	if cfg.Hello != "" {
		options = append(options, gomail.WithHELO(cfg.Hello))
	}
	switch cfg.TLS {
	case Implicit:
		options = append(options, gomail.WithSSL())
	case Require:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Try:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if cfg.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(cfg.User), gomail.WithPassword(cfg.Password.Reveal()))
	}
	if _, err := gomail.NewClient(cfg.Host, options...); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", cfg.Host, err)
	}
	return &Sender{cfg: cfg, options: options}, nil
}

// Send delivers the message to the server. Errors: mail.ErrMalformed,
// mail.ErrRefused, mail.ErrUnreachable.
func (s *Sender) Send(ctx context.Context, m mail.Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	letter, err := compose(m)
	if err != nil {
		return mail.ErrMalformed.Because(err)
	}
	client, err := gomail.NewClient(s.cfg.Host, s.options...)
	if err != nil {
		return mail.ErrUnreachable.Because(err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, letter)
	if err == nil || letter.IsDelivered() {
		return nil
	}
	var refusal *gomail.SendError
	if errors.As(err, &refusal) && refusal.ErrorCode() >= 500 {
		return mail.ErrRefused.Because(err)
	}
	return mail.ErrUnreachable.Because(err)
}

func compose(m mail.Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg()
	if err := letter.From(written(m.From)); err != nil {
		return nil, err
	}
	for _, to := range m.To {
		if err := letter.AddTo(written(to)); err != nil {
			return nil, err
		}
	}
	if m.ReplyTo != (mail.Address{}) {
		if err := letter.ReplyTo(written(m.ReplyTo)); err != nil {
			return nil, err
		}
	}
	letter.Subject(m.Subject)
	letter.SetDate()
	letter.SetMessageIDWithValue(messageID(m))
	for _, name := range slices.Sorted(maps.Keys(m.Headers)) {
		letter.SetGenHeader(gomail.Header(name), m.Headers[name])
	}
	switch {
	case m.Text == "":
		letter.SetBodyString(gomail.TypeTextHTML, m.HTML)
	case m.HTML == "":
		letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	default:
		letter.SetBodyString(gomail.TypeTextPlain, m.Text)
		letter.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		letter.AttachReadSeeker(a.Name, bytes.NewReader(a.Content), gomail.WithFileContentType(gomail.ContentType(a.ContentType)))
	}
	return letter, nil
}

// written is an address as RFC 5322 writes it, whatever stands in the name.
func written(a mail.Address) string {
	return (&netmail.Address{Name: a.Name, Address: a.Address}).String()
}

// messageID is unique under the domain that signs for the sender.
func messageID(m mail.Message) string {
	local := m.ID
	if local == "" {
		local = secret.Token()
	}
	return local + m.From.Address[strings.LastIndexByte(m.From.Address, '@'):]
}

var _ mail.Sender = (*Sender)(nil)
