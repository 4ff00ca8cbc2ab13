package pdf_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"echoppe.dev/platform/driver/pdf"
)

// paper is a paper with so many rows.
func paper(rows int) *pdf.Paper {
	p := &pdf.Paper{
		Lang: "fr", Title: "Devis D-1001", Sender: []string{"Atelier Lune", "12 rue des Carmes", "44000 Nantes"},
		To: []string{"Zoé Achat", "5 rue Neuve", "75002 Paris"}, Facts: []pdf.Fact{{Name: "Date", Value: "5 mars 2026"}},
		Columns: []pdf.Column{{Title: "Article", Share: 0.6}, {Title: "Quantité", Share: 0.15, End: true}, {Title: "Total", Share: 0.25, End: true}},
		Sums:    []pdf.Sum{{Label: "Total à payer", Amount: "1\u202f240,00\u00a0€", Strong: true}},
		Notes:   []pdf.Note{{Title: "Remarque", Text: strings.Repeat("Un délai de deux semaines. ", 40) + "\n\nMerci !"}},
		Footer:  "Atelier Lune SARL · SIREN 123 456 789", Page: "Page", At: time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC),
	}
	for i := range rows {
		p.Rows = append(p.Rows, []pdf.Cell{{Text: "Bol en grès œuf, Größe 3, niño", Sub: "BOL-" + strconv.Itoa(i)}, {Text: "2"}, {Text: "24,00\u00a0€"}})
	}
	return p
}

func write(t *testing.T, p *pdf.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPaper(t *testing.T) {
	t.Run("QUO-03 it is a PDF of few bytes, the same each time", func(t *testing.T) {
		one, two := write(t, paper(3)), write(t, paper(3))
		if !bytes.HasPrefix(one, []byte("%PDF-")) || !bytes.Contains(one, []byte("%%EOF")) {
			t.Fatal("no PDF")
		}
		if !bytes.Equal(one, two) {
			t.Error("the same paper is other bytes")
		}
		if most := 120_000; len(one) > most {
			t.Errorf("%d bytes, at most %d", len(one), most)
		}
		if name := os.Getenv("PDF_PAPER"); name != "" { // to be looked at
			if err := os.WriteFile(name, write(t, paper(40)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("a long table goes on to further pages, with its heading", func(t *testing.T) {
		for rows, pages := range map[int]int{3: 1, 60: 4} {
			file := write(t, paper(rows))
			if got := len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(file, -1)); got != pages {
				t.Errorf("%d rows on %d pages, want %d", rows, got, pages)
			}
			heads := 0
			for _, content := range streams(t, file) {
				heads += bytes.Count(content, utf16be("Quantit"))
			}
			if heads == 0 || heads > pages {
				t.Errorf("%d headings on %d pages", heads, pages)
			}
		}
	})
	t.Run("words that are broken nowhere else stay whole", func(t *testing.T) {
		p := paper(1)
		p.Rows[0][0].Text = strings.Repeat("x", 200)
		write(t, p)
	})
	t.Run("nothing on it is no error", func(t *testing.T) { write(t, &pdf.Paper{}) })
}

// LANG-01: the letters of the shop's languages, and what amounts are written with, are in the type.
func TestPaper_Type(t *testing.T) {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "abcXYZ0123456789àâäçéèêëîïôœùûüÿæÀÉÈÇŒñáíóú¿¡ßÄÖÜ«»“”„’–—…·×€£$¥%\u00a0" {
		if at, err := f.GlyphIndex(nil, r); err != nil || at == 0 {
			t.Errorf("%q (%U) has no glyph", r, r)
		}
	}
}

// streams are the readable streams of a file.
func streams(t *testing.T, file []byte) (list [][]byte) {
	t.Helper()
	for _, part := range bytes.Split(file, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(r)
		if err == nil {
			list = append(list, content)
		}
	}
	return list
}

// utf16be is how a text stands in a page.
func utf16be(text string) []byte {
	var b []byte
	for _, r := range text {
		b = append(b, 0, byte(r))
	}
	return b
}
