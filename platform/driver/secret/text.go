package secret

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// mask is what everybody but Reveal sees of a Text that is not empty.
const mask = "•••"

// Text is a secret in memory. Every way of printing, logging or marshalling it
// yields a mask; Reveal is the one way to its content, so that a search for
// "Reveal" finds every place where a secret leaves. The zero value is empty.
type Text struct{ content string }

// NewText wraps a secret.
func NewText(content string) Text { return Text{content} }

// Reveal returns the secret itself.
func (t Text) Reveal() string { return t.content }

// IsZero tells whether there is no secret.
func (t Text) IsZero() bool { return t.content == "" }

// String returns the mask, or nothing for an empty Text.
func (t Text) String() string {
	if t.IsZero() {
		return ""
	}
	return mask
}

// Format prints the mask under every verb, %x and %#v included.
func (t Text) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, t.String()) }

// LogValue makes slog print the mask.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText makes encoders (JSON, XML, env dumps) write the mask.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads a secret from configuration or JSON.
func (t *Text) UnmarshalText(b []byte) error {
	t.content = string(b)
	return nil
}

// Value refuses: a secret goes into a column sealed by a Ring or not at all.
func (t Text) Value() (driver.Value, error) {
	return nil, errors.New("secret: a Text cannot be stored unsealed")
}

var (
	_ fmt.Formatter  = Text{}
	_ slog.LogValuer = Text{}
	_ driver.Valuer  = Text{}
)
