package mail

import (
	"fmt"
	"net/mail"
	"strings"
	"unicode"
)

const (
	// maxSize bounds all contents together; common servers refuse above 25 MB
	// and base64 adds a third.
	maxSize = 18 << 20
	// maxRecipients bounds one letter; RFC 5321, section 4.5.3.1.8 guarantees 100.
	maxRecipients = 100
	// maxSubject is a line that every program shows whole.
	maxSubject = 500
)

// reserved are the headers that the sender writes itself.
var reserved = map[string]bool{
	"from": true, "to": true, "cc": true, "bcc": true, "sender": true, "reply-to": true, "subject": true,
	"date": true, "message-id": true, "mime-version": true, "return-path": true, "received": true,
	"content-type": true, "content-transfer-encoding": true, "content-disposition": true,
}

// Check tells whether the message may leave. Errors: ErrMalformed.
func (m Message) Check() error {
	if reason := m.fault(); reason != "" {
		return ErrMalformed.Because(fmt.Errorf("message %q: %s", m.ID, reason))
	}
	return nil
}

func (m Message) fault() string {
	switch {
	case len(m.To) == 0:
		return "no recipient"
	case len(m.To) > maxRecipients:
		return "too many recipients"
	case m.Text == "" && m.HTML == "":
		return "neither text nor HTML"
	case !oneLine(m.Subject) || len(m.Subject) > maxSubject:
		return "subject is not one line of bearable length"
	case strings.ContainsFunc(m.ID, func(r rune) bool { return !idRune(r) }):
		return "ID has characters that do not belong in a Message-ID"
	}
	if reason := badAddress("From", m.From); reason != "" {
		return reason
	}
	for _, to := range m.To {
		if reason := badAddress("To", to); reason != "" {
			return reason
		}
	}
	if m.ReplyTo != (Address{}) {
		if reason := badAddress("Reply-To", m.ReplyTo); reason != "" {
			return reason
		}
	}
	for name, value := range m.Headers {
		if !token(name) || reserved[strings.ToLower(name)] || !oneLine(value) {
			return fmt.Sprintf("header %q may not be set so", name)
		}
	}
	return m.badAttachment()
}

func (m Message) badAttachment() string {
	size := len(m.Text) + len(m.HTML)
	for _, a := range m.Attachments {
		size += len(a.Content)
		if a.Name == "" || !oneLine(a.Name) || strings.ContainsAny(a.Name, `/\`) || !oneLine(a.ContentType) {
			return fmt.Sprintf("attachment %q has a bad name or type", a.Name)
		}
	}
	if size > maxSize {
		return fmt.Sprintf("%d bytes are too many", size)
	}
	return ""
}

// badAddress says what is wrong. The bare address must survive a parse
// unchanged: "a@b, c@d" or "x <a@b>" are not one address.
func badAddress(field string, a Address) string {
	parsed, err := mail.ParseAddress(a.Address)
	if err != nil || parsed.Address != a.Address || parsed.Name != "" || !oneLine(a.Address) {
		return fmt.Sprintf("%s: %q is not an address", field, a.Address)
	}
	if !oneLine(a.Name) {
		return field + ": the name is not one line"
	}
	return ""
}

// oneLine refuses every control character, line breaks first among them.
func oneLine(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
}

// token is the set of header names we write: letters, digits and dashes.
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r != '-' && !alphanumeric(r) })
}

func idRune(r rune) bool { return r == '-' || r == '_' || r == '.' || alphanumeric(r) }

func alphanumeric(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
