package capture

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	maxDepth = 8  // nesting of multipart bodies that is followed
	maxParts = 64 // parts that are looked at in all
)

// Part is a file inside a letter.
type Part struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Content     []byte `json:"-"`
}

// Letter is a captured letter taken apart.
type Letter struct {
	Envelope
	// Headers are the letter's own, decoded, in no order.
	Headers map[string][]string `json:"headers"`
	Text    string              `json:"text"`
	HTML    string              `json:"html"`
	Files   []Part              `json:"files"`
}

var words = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(r), nil
}}

func decodeHeader(s string) string {
	if out, err := words.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

func subjectOf(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	return decodeHeader(m.Header.Get("Subject"))
}

// parse never fails: what it cannot read is shown as the text it is.
func parse(e Envelope, raw []byte) Letter {
	l := Letter{Envelope: e, Headers: map[string][]string{}}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		l.Text = string(raw)
		return l
	}
	for name, values := range m.Header {
		for _, v := range values {
			l.Headers[name] = append(l.Headers[name], decodeHeader(v))
		}
	}
	left := maxParts
	l.walk(m.Header.Get, m.Body, 0, &left)
	return l
}

// walk puts one body, and the bodies inside it, where they belong.
func (l *Letter) walk(header func(string) string, body io.Reader, depth int, left *int) {
	if *left == 0 || depth > maxDepth {
		return
	}
	*left--
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		r := multipart.NewReader(body, params["boundary"])
		for *left > 0 {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			l.walk(p.Header.Get, p, depth+1, left)
		}
		return
	}
	content := decodeBody(header("Content-Transfer-Encoding"), body)
	disposition, dparams, _ := mime.ParseMediaType(header("Content-Disposition"))
	switch {
	case disposition == "attachment", !strings.HasPrefix(kind, "text/"):
		name := decodeHeader(firstOf(dparams["filename"], params["name"], "attachment"))
		l.Files = append(l.Files, Part{Name: name, ContentType: kind, Content: content})
	case kind == "text/html":
		l.HTML += toUTF8(params["charset"], content)
	default:
		l.Text += toUTF8(params["charset"], content)
	}
}

// decodeBody keeps what could be read of a broken body.
func decodeBody(encoding string, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, _ := io.ReadAll(body)
	return content
}

func toUTF8(charset string, content []byte) string {
	if enc, err := htmlindex.Get(charset); err == nil {
		if out, err := enc.NewDecoder().Bytes(content); err == nil {
			content = out
		}
	}
	return strings.ToValidUTF8(string(content), "\uFFFD")
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
