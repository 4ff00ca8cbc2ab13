package theme

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"echoppe.dev/platform/kit/fault"
)

// Bounds of a theme that is handed in as a ZIP file: of the file, of what is in it, and of how many files that is.
const (
	MaxArchive  = 10 << 20
	maxUnpacked = 30 << 20
	maxEntries  = 2000
)

var (
	// ErrArchive: it is no ZIP file, or a broken one.
	ErrArchive = fault.New(fault.Malformed, "theme.archive")
	// ErrArchiveLarge: it holds more than a theme may.
	ErrArchiveLarge = fault.New(fault.Malformed, "theme.archive_large")
	// ErrArchiveEmpty: no file of a theme is in it.
	ErrArchiveEmpty = fault.New(fault.Malformed, "theme.archive_empty")
)

// folders are what a theme is made of; other files are left out.
var folders = []string{"layout", "templates", "sections", "snippets", "assets", "locales", "config"}

// Unpack reads the files of a theme out of a ZIP file, from its root or from a folder that holds all of it. What a header says of a file's
// length is not believed. Errors: ErrArchive, ErrArchiveLarge, ErrArchiveEmpty.
func Unpack(r io.ReaderAt, size int64) (fs.FS, error) {
	if size > MaxArchive {
		return nil, ErrArchiveLarge
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, ErrArchive.Because(err)
	}
	if len(z.File) > maxEntries {
		return nil, ErrArchiveLarge
	}
	files, left := fstest.MapFS{}, int64(maxUnpacked)
	root := rootOf(z.File)
	for _, entry := range z.File {
		name, ok := strings.CutPrefix(entry.Name, root)
		if !ok || !fs.ValidPath(name) || !ofTheTheme(name) || !entry.Mode().IsRegular() {
			continue
		}
		data, err := unpackOne(entry, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(data))
		files[name] = &fstest.MapFile{Data: data}
	}
	if len(files) == 0 {
		return nil, ErrArchiveEmpty
	}
	return files, nil
}

// rootOf is the folder that holds layout, templates …, "" when they are at the top.
func rootOf(entries []*zip.File) string {
	for _, e := range entries {
		before, _, ok := strings.Cut(e.Name, "templates/")
		if ok && fs.ValidPath(strings.TrimSuffix(e.Name, "/")) && (before == "" || strings.Count(before, "/") == 1 && strings.HasSuffix(before, "/")) {
			return before
		}
	}
	return ""
}

func ofTheTheme(name string) bool {
	if name == "theme.json" {
		return true
	}
	dir := path.Dir(name)
	for _, f := range folders {
		if dir == f {
			return true
		}
	}
	return false
}

func unpackOne(entry *zip.File, left int64) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, ErrArchive.Because(err)
	}
	data, err := io.ReadAll(io.LimitReader(r, left+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, ErrArchive.Because(fmt.Errorf("read %s: %w", entry.Name, err))
	}
	if int64(len(data)) > left {
		return nil, ErrArchiveLarge
	}
	return data, nil
}
