package transfer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

const (
	// maxRecord is the most one row may hold: a description of 256 KB in several languages fits, a
	// file with one unclosed quotation mark does not fill the memory.
	maxRecord  = 4 << 20
	maxColumns = 500
	// bufferSlack is what csv.Reader may read ahead of the row it returns.
	bufferSlack = 64 << 10
)

// record is one row of a file.
type record struct {
	line  int
	cells []string
	err   *fault.Error // the row cannot be read; the next ones can
}

// rows reads a delimited text, row by row, in bounded memory.
type rows struct {
	csv    *csv.Reader
	source *leash
	header []string
}

// leash ends with errLeash when more is read than the present row may hold.
type leash struct {
	io.Reader
	read, most int64
}

var errLeash = errors.New("row too long")

func (l *leash) Read(p []byte) (int, error) {
	if l.read >= l.most {
		return 0, errLeash
	}
	n, err := l.Reader.Read(p)
	l.read += int64(n)
	return n, err
}

// openRows reads the header. r yields UTF-8.
//
// Errors: ErrEmpty, ErrNoKey when the header is beyond reading.
func openRows(r io.Reader, separator string) (*rows, error) {
	l := &leash{Reader: r, most: maxRecord}
	c := csv.NewReader(l)
	c.Comma = rune(separator[0])
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	s := &rows{csv: c, source: l}
	head, err := c.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, ErrEmpty
	case err != nil:
		return nil, ErrNoKey.Because(err)
	case len(head) > maxColumns:
		return nil, ErrNoKey.Because(fmt.Errorf("%d columns", len(head)))
	}
	for _, name := range head {
		s.header = append(s.header, strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
	}
	return s, nil
}

// next returns the following row that is not blank. Its cells are good until the next call.
//
// Errors: io.EOF; ErrTooLarge for a row without end; what the file's store says.
func (s *rows) next() (record, error) {
	for {
		s.source.most = s.csv.InputOffset() + maxRecord + bufferSlack
		cells, err := s.csv.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, errLeash):
			line, _ := s.csv.FieldPos(0)
			return record{}, ErrTooLarge.With(fault.Args{"row": line}).Because(err)
		case errors.As(err, &bad):
			return record{line: bad.StartLine, err: errQuote}, nil
		case err != nil:
			return record{}, err
		}
		line, _ := s.csv.FieldPos(0)
		if blankCells(cells) {
			continue
		}
		return record{line: line, cells: cells}, nil
	}
}

var errQuote = fault.New(fault.Malformed, "transfer.quote")

func blankCells(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
