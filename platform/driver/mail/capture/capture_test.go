package capture_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/mail/capture"
	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/kit/clock"
)

func open(t *testing.T, cfg capture.Config) *capture.Mailbox {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	box, err := capture.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return box
}

func sender(t *testing.T, box *capture.Mailbox) *smtp.Sender {
	t.Helper()
	host, port, _ := net.SplitHostPort(box.Addr())
	n, _ := strconv.Atoi(port)
	s, err := smtp.New(smtp.Config{Host: host, Port: n, TLS: smtp.None})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, h http.Handler, path string) (*http.Response, string) {
	t.Helper()
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	body, _ := io.ReadAll(rec.Result().Body)
	return rec.Result(), string(body)
}

func TestMailbox_ORD11_letterArrivesWhole(t *testing.T) {
	box := open(t, capture.Config{})
	err := sender(t, box).Send(t.Context(), mail.Message{
		From:    mail.Address{Name: "Café Ünïcode", Address: "shop@example.org"},
		To:      []mail.Address{{Name: "Zoé", Address: "zoe@example.org"}, {Address: "second@example.org"}},
		ReplyTo: mail.Address{Address: "help@example.org"},
		Subject: "Votre commande nº 1042 — merci, à bientôt et bonne journée à toute la famille",
		Text:    "Bonjour Zoé,\n\nSuivi: https://demo.example/o?a=1&b=2.\n.\nFin", HTML: "<p>Bonjour <b>Zoé</b> €</p>",
		Headers:     map[string]string{"Auto-Submitted": "auto-generated"},
		Attachments: []mail.Attachment{{Name: "facture 1042.pdf", ContentType: "application/pdf", Content: []byte("%PDF-1.7 \x00\xff")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	found := box.List(capture.Filter{To: "ZOE@example"})
	if len(found) != 1 || len(found[0].To) != 2 || !strings.HasPrefix(found[0].Subject, "Votre commande nº 1042 — merci") {
		t.Fatalf("found %+v", found)
	}
	l, err := box.Read(found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.ReplaceAll(l.Text, "\r\n", "\n"); !strings.Contains(text, "a=1&b=2.\n.\nFin") {
		t.Errorf("text %q", text)
	}
	if !strings.Contains(l.HTML, "<b>Zoé</b> €") || l.Headers["Auto-Submitted"][0] != "auto-generated" {
		t.Errorf("HTML %q, headers %v", l.HTML, l.Headers)
	}
	if len(l.Files) != 1 || l.Files[0].Name != "facture 1042.pdf" || string(l.Files[0].Content) != "%PDF-1.7 \x00\xff" {
		t.Errorf("files %+v", l.Files)
	}
	res, page := get(t, box.Handler(), "/letters/"+l.ID)
	if res.StatusCode != 200 || !strings.Contains(page, `href="https://demo.example/o?a=1&amp;b=2"`) || !strings.Contains(page, "Zoé") {
		t.Errorf("page %d:\n%s", res.StatusCode, page)
	}
}

func TestMailbox_hostileLetterCannotScript(t *testing.T) {
	const attack = `<script>alert(1)</script>`
	box := open(t, capture.Config{})
	h := box.Handler()
	raw := strings.Join([]string{
		`From: "` + attack + `" <a@example.org>`,
		`Subject: ` + attack,
		`X-Evil: "><img src=x onerror=alert(1)>`,
		`Content-Type: multipart/mixed; boundary=b`, ``,
		`--b`, `Content-Type: text/plain`, ``, attack + ` javascript:alert(1) https://x.example/"onclick="alert(1)`,
		`--b`, `Content-Type: text/html`, ``, attack + `<iframe src="/"></iframe><form action=/>`,
		`--b`, `Content-Type: text/html; name="` + attack + `"`, `Content-Disposition: attachment; filename="../../x` + "\t" + `.html"`, ``, attack,
		`--b--`, ``,
	}, "\r\n")
	e, err := box.Store(attack, []string{attack + "@example.org"}, []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/?to=" + "%22%3E%3Cscript%3E", "/letters/" + e.ID} {
		res, page := get(t, h, path)
		if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, `"onclick`) {
			t.Errorf("%s shows the attack as markup:\n%s", path, page)
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
	res, _ := get(t, h, "/letters/"+e.ID+"/html")
	policy := res.Header.Get("Content-Security-Policy")
	for _, want := range []string{"sandbox", "default-src 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("letter policy %q lacks %q", policy, want)
		}
	}
	for _, never := range []string{"allow-scripts", "allow-same-origin", "allow-forms", "script-src", "allow-top-navigation"} {
		if strings.Contains(policy, never) {
			t.Errorf("letter policy %q has %q", policy, never)
		}
	}
	res, _ = get(t, h, "/letters/"+e.ID+"/files/0")
	if res.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") ||
		res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("file served with %v", res.Header)
	}
	for _, path := range []string{"/letters/..%2f..%2fetc%2fpasswd", "/letters/none", "/letters/" + e.ID + "/files/9", "/letters/" + e.ID + "/files/-1"} {
		if res, _ := get(t, h, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, res.StatusCode)
		}
	}
}

func TestMailbox_brokenLettersAreShown(t *testing.T) {
	box := open(t, capture.Config{})
	deep := "Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
	for i := range 200 {
		deep += fmt.Sprintf("--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
	}
	for name, raw := range map[string]string{
		"no headers":      "just words",
		"empty":           "",
		"bad encoding":    "Content-Type: text/plain; charset=martian\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
		"no boundary":     "Content-Type: multipart/mixed\r\n\r\nbody",
		"nested too deep": deep,
		"latin-1":         "Content-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf\xe9",
		"not UTF-8":       "Subject: \xff\xfe\r\n\r\n\xff",
	} {
		t.Run(name, func(t *testing.T) {
			e, err := box.Store("a@example.org", []string{"b@example.org"}, []byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if res, _ := get(t, box.Handler(), "/letters/"+e.ID); res.StatusCode != 200 {
				t.Errorf("page answers %d", res.StatusCode)
			}
			l, err := box.Read(e.ID)
			if err != nil || name == "latin-1" && l.Text != "café" {
				t.Errorf("read %q, %v", l.Text, err)
			}
		})
	}
}

func TestMailbox_survivesRestart(t *testing.T) {
	dir := t.TempDir()
	fixed := clock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	box := open(t, capture.Config{Dir: dir, Clock: fixed, Keep: 3})
	for i := range 5 {
		raw := fmt.Sprintf("Subject: letter %d\r\n\r\nbody", i)
		if _, err := box.Store("a@example.org", []string{"b@example.org"}, []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.eml"), []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, capture.Config{Dir: dir, Clock: fixed, Keep: 3})
	if _, err := again.Store("a@example.org", []string{"b@example.org"}, []byte("Subject: letter 5\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, e := range again.List(capture.Filter{}) {
		subjects = append(subjects, e.Subject)
	}
	if got := strings.Join(subjects, ","); got != "letter 5,letter 4,letter 3" {
		t.Errorf("after the restart: %s", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.eml")); len(left) != 4 {
		t.Errorf("%d files left, want 3 letters and the stranger's file", len(left))
	}
}

func TestMailbox_JSON(t *testing.T) {
	box := open(t, capture.Config{})
	_, empty := get(t, box.Handler(), "/letters.json")
	if strings.TrimSpace(empty) != "[]" {
		t.Errorf("empty mailbox lists %q", empty)
	}
	var wg sync.WaitGroup
	s := sender(t, box)
	for i := range 10 {
		wg.Go(func() {
			m := mail.Message{From: mail.Address{Address: "a@example.org"}, Subject: "s", Text: "t", To: []mail.Address{{Address: fmt.Sprintf("c%d@example.org", i)}}}
			if err := s.Send(context.Background(), m); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for path, want := range map[string]int{"/letters.json": 10, "/letters.json?to=C7@": 1, "/letters.json?limit=4": 4, "/letters.json?subject=zzz": 0} {
		var got []capture.Envelope
		_, body := get(t, box.Handler(), path)
		if err := json.Unmarshal([]byte(body), &got); err != nil || len(got) != want {
			t.Errorf("%s: %d letters, %v, want %d", path, len(got), err, want)
		}
	}
}

func TestOpen_portTaken(t *testing.T) {
	box := open(t, capture.Config{})
	if _, err := capture.Open(capture.Config{Dir: t.TempDir(), Addr: box.Addr()}); err == nil {
		t.Error("two mailboxes listen on one port")
	}
}
