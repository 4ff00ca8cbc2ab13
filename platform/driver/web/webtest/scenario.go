package webtest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Scenario is one request and what must come back: a line of a table. It is
// sent as it stands, with no more than the headers named here, and redirects
// are not followed.
type Scenario struct {
	Name   string
	Method string // GET when empty
	URL    string
	Header map[string]string
	Body   string
	Form   url.Values // sets the body and its content type
	From   string     // RemoteAddr, a public address when empty
	// As sends the cookies of this visitor.
	As *Browser

	Status   int
	Location string            // of a redirect
	Has      []string          // in the body
	HasNot   []string          // not in the body
	Headers  map[string]string // exact, "" for absent
	// Then looks closer, or at what happened behind the page.
	Then func(t *testing.T, p *Page)
}

// Run tries every scenario as a subtest on the handler that open makes for it.
func Run(t *testing.T, open func(t *testing.T) http.Handler, table []Scenario) {
	t.Helper()
	for _, s := range table {
		t.Run(s.Name, func(t *testing.T) { s.try(t, open(t)) })
	}
}

func (s Scenario) try(t *testing.T, h http.Handler) {
	t.Helper()
	b := Open(t, h)
	if s.As != nil {
		b.jar = s.As.jar
	}
	if s.From != "" {
		b.RemoteAddr = s.From
	}
	p := b.Do(s.request())
	if p.Status != s.Status {
		b.fatalf("status %d, want %d", p.Status, s.Status)
	}
	if s.Location != "" && p.Header.Get("Location") != s.Location {
		t.Errorf("Location %q, want %q", p.Header.Get("Location"), s.Location)
	}
	body := string(p.Body)
	for _, text := range s.Has {
		if !strings.Contains(body, text) {
			t.Errorf("body lacks %q:\n%s", text, shorten(body, 2000))
		}
	}
	for _, text := range s.HasNot {
		if strings.Contains(body, text) {
			t.Errorf("body has %q:\n%s", text, shorten(body, 2000))
		}
	}
	for name, want := range s.Headers {
		if got := strings.Join(p.Header.Values(name), ", "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if s.Then != nil {
		s.Then(t, p)
	}
}

func (s Scenario) request() *http.Request {
	method := s.Method
	if method == "" {
		method = http.MethodGet
	}
	var body io.Reader
	text := s.Body
	if s.Form != nil {
		text = s.Form.Encode()
	}
	if text != "" || s.Form != nil {
		body = strings.NewReader(text)
	}
	r := httptest.NewRequest(method, s.URL, body)
	if s.Form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range s.Header {
		if strings.EqualFold(name, "Host") {
			r.Host = value
			continue
		}
		r.Header.Set(name, value)
	}
	return r
}
