package main_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/web/webtest"
)

// What should not be uploaded is refused beside the field, in words, without much memory and without a
// trace in the shop.
func TestUpload_Pictures(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "envoi")
	b := m.Visitor(t, "en")
	b.Get(shop.OfficeLink(t))
	for _, tt := range []struct {
		name string
		file webtest.File
	}{
		{"PNG that says 60,000 by 60,000", webtest.File{Name: "huge.png", Type: "image/png", Content: hugePNG(60_000, 60_000)}},
		{"script with a picture's name", webtest.File{Name: "x.jpg", Type: "image/jpeg", Content: []byte("<script>alert(1)</script>")}},
		{"SVG", webtest.File{Name: "x.svg", Type: "image/svg+xml", Content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)}},
		{"program", webtest.File{Name: "x.png", Type: "image/png", Content: append([]byte("\x7fELF"), make([]byte, 4096)...)}},
		{"half a picture", webtest.File{Name: "x.png", Type: "image/png", Content: photo(t)[:200]}},
		{"empty file", webtest.File{Name: "x.png", Type: "image/png"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := b.In(t)
			b.Get(shop.Office() + "/products/new")
			b.WantStatus(200)
			page := b.Submit("#article", webtest.Values{"name.fr": "Vase", "price": "12", "photos": []webtest.File{tt.file}})
			apptest.WantAnswer(t, page)
			if page.Status >= 500 {
				t.Fatalf("status %d", page.Status)
			}
			if n := shop.Count(t, "select count(*) from media where state = 'ready'"); n != 0 {
				t.Errorf("%d pictures kept", n)
			}
			if page.Status != http.StatusUnprocessableEntity || b.Value(`[name="name.fr"]`) != "Vase" {
				t.Errorf("status %d, name %q", page.Status, b.Texts("[aria-invalid=true]"))
			}
		})
	}
}

// IMP-02: a file to import that is not one, or that unpacks to more than anybody types, is refused.
func TestUpload_Imports(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "fichier")
	b := m.Visitor(t, "en")
	b.Get(shop.OfficeLink(t))
	for _, tt := range []struct {
		name string
		file webtest.File
	}{
		{"zip bomb", webtest.File{Name: "articles.xlsx", Content: zipBomb(t)}},
		{"zip without a sheet", webtest.File{Name: "articles.xlsx", Content: zipped(t, "a.txt", []byte("x"))}},
		{"picture", webtest.File{Name: "articles.csv", Content: photo(t)}},
		{"empty file", webtest.File{Name: "articles.csv"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := b.In(t)
			b.Get(shop.Office() + "/transfer")
			page := b.Submit("#import", webtest.Values{"file": []webtest.File{tt.file}})
			apptest.WantAnswer(t, page)
			if page.Status >= 500 {
				t.Fatalf("status %d", page.Status)
			}
			m.Settled(t, shop)
			if n := shop.Count(t, "select count(*) from products"); n != 0 {
				t.Errorf("%d articles", n)
			}
			b.Get(b.URL())
			b.WantNo(`form[action$="/confirm"]`)
		})
	}
}

// A body said to be 10 GB is refused before it is read, on every surface, signed in or not.
func TestUpload_TenGigabytes(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "trop")
	for _, address := range []string{
		shop.URL + "/contact", shop.URL + "/checkout", shop.URL + "/pay/notify/0198c0de-0000-7000-8000-000000000000",
		shop.Office() + "/transfer", m.App.Out.Sites.Platform() + "/sign-up", m.App.Out.Sites.Console() + "/sign-in",
	} {
		status := declare(t, m, address, 10<<30)
		if status < 400 || status >= 500 {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

// declare announces a body, sends a little of it, and reads the answer.
func declare(t *testing.T, m *apptest.Machine, address string, length int64) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", m.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nSec-Fetch-Site: same-origin\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\na=", r.URL.RequestURI(), r.URL.Host, r.URL.Host, length)
	if err != nil {
		t.Fatal(err)
	}
	var answer bytes.Buffer
	if _, err := io.CopyN(&answer, conn, int64(len("HTTP/1.1 413"))); err != nil {
		t.Errorf("%s: no answer: %v", address, err)
		return 0
	}
	var status int
	if _, err := fmt.Sscanf(answer.String(), "HTTP/1.1 %d", &status); err != nil {
		t.Fatal(err)
	}
	return status
}

// hugePNG is the head of a picture of that size, and nothing more of it.
func hugePNG(width, height uint32) []byte {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		_ = binary.Write(&out, binary.BigEndian, uint32(len(data)))
		body := append([]byte(name), data...)
		out.Write(body)
		_ = binary.Write(&out, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x63, 0, 0})
	chunk("IEND", nil)
	return out.Bytes()
}

// zipBomb looks like a sheet and unpacks to 4 GB: one packed block, which needs nothing before it, again
// and again.
func zipBomb(t *testing.T) []byte {
	t.Helper()
	block := []byte(strings.Repeat("<row><c><v>1</v></c></row>", 1<<17))
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(block)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const blocks = 1300
	content := append(bytes.Repeat(packed.Bytes(), blocks), 0x03, 0x00) // a last, empty block
	sum := crc32.NewIEEE()
	for range blocks {
		_, _ = sum.Write(block)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(blocks * len(block))})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write(content)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zipped(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	f, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write(content)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
