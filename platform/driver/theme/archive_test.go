package theme_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/theme"
)

func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestUnpack: files of a theme come out, wherever they stand; nothing else does, and nothing of a bomb.
func TestUnpack(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
		err   error
	}{
		"at the top":      {map[string]string{"templates/a.liquid": "x", "theme.json": "{}", "README.md": "y", "node_modules/z/templates/b.liquid": "z"}, "templates/a.liquid theme.json", nil},
		"in a folder":     {map[string]string{"mine/templates/a.liquid": "x", "mine/snippets/b.liquid": "y", "__MACOSX/mine/templates/a.liquid": ""}, "snippets/b.liquid templates/a.liquid", nil},
		"out of the file": {map[string]string{"../templates/a.liquid": "x", "templates/../../b.liquid": "y", "/templates/c.liquid": "z"}, "", theme.ErrArchiveEmpty},
		"nothing":         {map[string]string{"a.txt": "x"}, "", theme.ErrArchiveEmpty},
		"a bomb":          {map[string]string{"assets/a.css": strings.Repeat("0", 31<<20)}, "", theme.ErrArchiveLarge},
	} {
		t.Run(name, func(t *testing.T) {
			data := packed(t, c.files)
			files, err := theme.Unpack(bytes.NewReader(data), int64(len(data)))
			if !errors.Is(err, c.err) {
				t.Fatalf("%v, want %v", err, c.err)
			}
			if err != nil {
				return
			}
			var names []string
			_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					names = append(names, path)
				}
				return err
			})
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	if _, err := theme.Unpack(strings.NewReader("no zip"), 6); !errors.Is(err, theme.ErrArchive) {
		t.Errorf("no ZIP file: %v", err)
	}
	if _, err := theme.Unpack(nil, theme.MaxArchive+1); !errors.Is(err, theme.ErrArchiveLarge) {
		t.Errorf("a large one: %v", err)
	}
}
