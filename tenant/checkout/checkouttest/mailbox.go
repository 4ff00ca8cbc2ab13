package checkouttest

import (
	"context"
	"strings"
	"sync"

	"echoppe.dev/platform/driver/mail"
)

// Mailbox is a mail server that keeps what it is given, or is away.
type Mailbox struct {
	mu      sync.Mutex
	letters []mail.Message
	refused error
}

// Send keeps the message, or says what it was told to say.
func (m *Mailbox) Send(_ context.Context, letter mail.Message) error {
	if err := letter.Check(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refused != nil {
		return m.refused
	}
	m.letters = append(m.letters, letter)
	return nil
}

// Refuse makes the server answer with err from now on; nil makes it work again.
func (m *Mailbox) Refuse(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refused = err
}

// To lists the letters somebody got, the oldest first.
func (m *Mailbox) To(address string) []mail.Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	var got []mail.Message
	for _, letter := range m.letters {
		for _, to := range letter.To {
			if strings.EqualFold(to.Address, address) {
				got = append(got, letter)
			}
		}
	}
	return got
}

var _ mail.Sender = (*Mailbox)(nil)
