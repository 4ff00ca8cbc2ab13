package mail_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/fault"
)

func letter() mail.Message {
	return mail.Message{
		From: mail.Address{Name: "Shop, the \"best\"", Address: "shop@example.org"},
		To:   []mail.Address{{Name: "Zoé", Address: "zoe@example.org"}}, Subject: "Hello", Text: "Hi",
	}
}

func TestMessage_Check(t *testing.T) {
	if err := letter().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*mail.Message){
		"no recipient":             func(m *mail.Message) { m.To = nil },
		"no body":                  func(m *mail.Message) { m.Text = "" },
		"header in subject":        func(m *mail.Message) { m.Subject = "Hi\r\nBcc: all@example.org" },
		"bare newline in subject":  func(m *mail.Message) { m.Subject = "Hi\nBcc: all@example.org" },
		"header in name":           func(m *mail.Message) { m.From.Name = "Shop\r\nBcc: all@example.org" },
		"header in address":        func(m *mail.Message) { m.To[0].Address = "a@example.org\r\nBcc: all@example.org" },
		"two addresses in one":     func(m *mail.Message) { m.To[0].Address = "a@example.org, b@example.org" },
		"name inside address":      func(m *mail.Message) { m.To[0].Address = "Ann <a@example.org>" },
		"no address":               func(m *mail.Message) { m.From.Address = "" },
		"header in Reply-To":       func(m *mail.Message) { m.ReplyTo = mail.Address{Name: "a\nb", Address: "a@example.org"} },
		"header in header":         func(m *mail.Message) { m.Headers = map[string]string{"X-A": "b\r\nBcc: c"} },
		"header name with a break": func(m *mail.Message) { m.Headers = map[string]string{"X-A\r\nBcc": "c"} },
		"reserved header":          func(m *mail.Message) { m.Headers = map[string]string{"BCC": "all@example.org"} },
		"ID with a break":          func(m *mail.Message) { m.ID = "a>\r\nBcc: c" },
		"attachment path":          func(m *mail.Message) { m.Attachments = []mail.Attachment{{Name: "../x", Content: []byte("x")}} },
		"attachment type":          func(m *mail.Message) { m.Attachments = []mail.Attachment{{Name: "x", ContentType: "a/b\r\nX: y"}} },
		"too large":                func(m *mail.Message) { m.HTML = strings.Repeat("x", 19<<20) },
	} {
		t.Run(name, func(t *testing.T) {
			m := letter()
			spoil(&m)
			if err := m.Check(); !errors.Is(err, mail.ErrMalformed) || fault.KindOf(err) != fault.Malformed {
				t.Errorf("Check = %v, want ErrMalformed", err)
			}
		})
	}
}
