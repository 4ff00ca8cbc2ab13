package mail

import (
	"context"
	"net/mail"

	"echoppe.dev/platform/kit/fault"
)

// Address is a mailbox with a display name.
type Address = mail.Address

// Attachment is a file sent along.
type Attachment struct {
	Name        string
	ContentType string
	Content     []byte
}

// Message is one letter. Text or HTML may be missing, not both. It marshals to
// JSON, so that it can be the arguments of a job.
type Message struct {
	// ID becomes the local part of Message-ID. A message that is sent again after
	// a doubtful failure keeps its ID, so that mail servers can drop the double.
	// The sender draws one when it is empty.
	ID          string            `json:",omitempty"`
	From        Address           //
	To          []Address         //
	ReplyTo     Address           `json:",omitzero"`
	Subject     string            //
	Text        string            `json:",omitempty"`
	HTML        string            `json:",omitempty"`
	Headers     map[string]string `json:",omitempty"`
	Attachments []Attachment      `json:",omitempty"`
}

// Sender hands a message to a mail server.
//
// Errors: ErrMalformed when the message itself is wrong, ErrRefused when the
// server will never take it, ErrUnreachable when it may take it later.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

var (
	// ErrMalformed is returned for a message that must not be sent as it is.
	ErrMalformed = fault.New(fault.Malformed, "mail.malformed")
	// ErrRefused is returned when the server refused for good (5xx).
	ErrRefused = fault.New(fault.Malformed, "mail.refused")
	// ErrUnreachable is returned when the server is away, busy or asks to come
	// back later (4xx), and when it does not accept our credentials: the operator
	// can mend that, and the letter must not be lost meanwhile.
	ErrUnreachable = fault.New(fault.Upstream, "mail.unreachable")
)
