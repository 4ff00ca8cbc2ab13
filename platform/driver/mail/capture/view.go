package capture

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

//go:embed page
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"linked": linked, "join": strings.Join, "kilobytes": kilobytes, "frame": frame,
}).ParseFS(files, "page/*.html"))

const (
	// pagePolicy is for our own pages: one style sheet, frames of our own, no script.
	pagePolicy = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// letterPolicy is for what a stranger wrote. The sandbox gives it an origin of
	// its own and no scripts or forms; links may open in a new window.
	letterPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
	// filePolicy is for downloads.
	filePolicy = "sandbox; default-src 'none'"

	// letterOpening sends links to a new window. A second doctype, if the letter
	// has one, is ignored by browsers.
	letterOpening = `<!doctype html><meta charset="utf-8"><base target="_blank">`
)

// Handler serves the pages of the mailbox. It may be mounted under any prefix,
// with http.StripPrefix: all its links are relative. Its root must be reached
// with a slash at the end.
func (m *Mailbox) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", m.showList)
	mux.HandleFunc("GET /letters.json", m.listJSON)
	mux.HandleFunc("GET /style.css", serveStyle)
	mux.HandleFunc("GET /letters/{id}", m.withLetter(showLetter))
	mux.HandleFunc("GET /letters/{id}/letter.json", m.withLetter(letterJSON))
	mux.HandleFunc("GET /letters/{id}/html", m.withLetter(showHTML))
	mux.HandleFunc("GET /letters/{id}/files/{n}", m.withLetter(sendFile))
	mux.HandleFunc("GET /letters/{id}/source", m.sendSource)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

func filterOf(r *http.Request) Filter {
	q := r.URL.Query()
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil || limit < 0 {
		limit = 0
	}
	return Filter{To: strings.TrimSpace(q.Get("to")), Subject: strings.TrimSpace(q.Get("subject")), Limit: limit}
}

func (m *Mailbox) showList(w http.ResponseWriter, r *http.Request) {
	f := filterOf(r)
	render(w, "list.html", map[string]any{"Filter": f, "Letters": m.List(f)})
}

func (m *Mailbox) listJSON(w http.ResponseWriter, r *http.Request) {
	letters := m.List(filterOf(r))
	if letters == nil {
		letters = []Envelope{}
	}
	writeJSON(w, letters)
}

// withLetter reads the letter that the address names.
func (m *Mailbox) withLetter(next func(http.ResponseWriter, *http.Request, Letter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		l, err := m.Read(r.PathValue("id"))
		if err != nil {
			gone(w)
			return
		}
		next(w, r, l)
	}
}

func showLetter(w http.ResponseWriter, _ *http.Request, l Letter) { render(w, "letter.html", l) }

func letterJSON(w http.ResponseWriter, _ *http.Request, l Letter) { writeJSON(w, l) }

func showHTML(w http.ResponseWriter, _ *http.Request, l Letter) {
	w.Header().Set("Content-Security-Policy", letterPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(letterOpening + l.HTML))
}

func sendFile(w http.ResponseWriter, r *http.Request, l Letter) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 0 || n >= len(l.Files) {
		gone(w)
		return
	}
	download(w, l.Files[n].Name, l.Files[n].Content)
}

func (m *Mailbox) sendSource(w http.ResponseWriter, r *http.Request) {
	e, raw, err := m.raw(r.PathValue("id"))
	if err != nil {
		gone(w)
		return
	}
	download(w, e.ID+extension, raw)
}

// download sends bytes that the browser must save, whatever they claim to be.
func download(w http.ResponseWriter, name string, content []byte) {
	w.Header().Set("Content-Security-Policy", filePolicy)
	w.Header().Set("Content-Type", "application/octet-stream")
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	if disposition == "" {
		disposition = "attachment"
	}
	w.Header().Set("Content-Disposition", disposition)
	_, _ = w.Write(content)
}

func serveStyle(w http.ResponseWriter, r *http.Request) {
	sub, _ := fs.Sub(files, "page")
	http.ServeFileFS(w, r, sub, "style.css")
}

func gone(w http.ResponseWriter) {
	w.WriteHeader(http.StatusNotFound)
	render(w, "gone.html", nil)
}

func render(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

var webAddress = regexp.MustCompile(`https?://[^\s<>"']+[^\s<>"'.,;:!?)\]]`)

// linked makes the web addresses of a plain text clickable, and nothing else.
func linked(text string) template.HTML {
	var b strings.Builder
	rest := 0
	for _, at := range webAddress.FindAllStringIndex(text, -1) {
		b.WriteString(template.HTMLEscapeString(text[rest:at[0]]))
		address := template.HTMLEscapeString(text[at[0]:at[1]])
		b.WriteString(`<a href="` + address + `" target="_blank" rel="noopener noreferrer">` + address + `</a>`)
		rest = at[1]
	}
	b.WriteString(template.HTMLEscapeString(text[rest:]))
	return template.HTML(b.String()) //nolint:gosec // every piece above was escaped
}

// frame is what the opening of every page needs: its title and the way to the
// mailbox's root.
func frame(title, root string) map[string]string {
	return map[string]string{"Title": title, "Root": root}
}

func kilobytes(n int) string { return strconv.Itoa((n+1023)/1024) + " kB" }
