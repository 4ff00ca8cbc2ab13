package pgmigrate

import (
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

// Series is an ordered list of migrations.
type Series struct{ files []file }

type file struct {
	version int
	name    string
	sql     string
}

// Load reads dir of fsys. It fails on a name without a number, a gap or a doubled number, so that
// two people who add "the next one" on two branches find out at build time.
func Load(fsys fs.FS, dir string) (Series, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.sql"))
	if err != nil {
		return Series{}, fmt.Errorf("list migrations: %w", err)
	}
	sort.Strings(names)
	var s Series
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		v, err := strconv.Atoi(number)
		if err != nil {
			return Series{}, fmt.Errorf("migration %s: its name must begin with a number", name)
		}
		if v != len(s.files)+1 {
			return Series{}, fmt.Errorf("migration %s: expected number %04d", name, len(s.files)+1)
		}
		sql, err := fs.ReadFile(fsys, name)
		if err != nil {
			return Series{}, fmt.Errorf("read migration: %w", err)
		}
		s.files = append(s.files, file{version: v, name: path.Base(name), sql: string(sql)})
	}
	return s, nil
}

// MustLoad is Load for embedded folders, whose mistakes are bugs.
func MustLoad(fsys fs.FS, dir string) Series {
	s, err := Load(fsys, dir)
	if err != nil {
		panic(err)
	}
	return s
}

// Latest is the version a schema has after the whole series.
func (s Series) Latest() int { return len(s.files) }

// after lists the files a schema of version v still needs.
func (s Series) after(v int) []file {
	if v >= len(s.files) {
		return nil
	}
	return s.files[max(v, 0):]
}
