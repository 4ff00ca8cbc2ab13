package transfer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

const (
	// MaxFile is the largest text taken in: a million rows of 250 bytes.
	MaxFile = 256 << 20
	// MaxSheet is the largest workbook; it has to be held in memory to be opened.
	MaxSheet = 24 << 20
	// maxUnpacked bounds what a workbook may unpack to.
	maxUnpacked = 512 << 20
	// unpackInMemory is what parts of it may take before they go to a temporary file.
	unpackInMemory = 16 << 20
)

// take stores a file as it comes, a workbook as the text of its first sheet, and says what it is
// written in.
func (i *Importer) take(ctx context.Context, shop *tenant.Shop, key string, r io.Reader) (encoding string, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(headBytes)
	if len(head) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("receive file: %w", err)
		}
		return "", ErrEmpty
	}
	var content io.Reader = in
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		text, err := sheetText(in)
		if err != nil {
			return "", err
		}
		defer text.Close()
		content = text
	}
	w := &encodingWatch{}
	limited := &limit{Reader: io.TeeReader(content, w), left: MaxFile}
	bucket := i.scope(shop)
	if err := bucket.Put(ctx, key, limited, blob.Meta{ContentType: "text/csv"}); err != nil {
		if limited.refused != nil {
			return "", limited.refused
		}
		return "", fmt.Errorf("store file: %w", err)
	}
	if w.binary() {
		return "", errors.Join(ErrBinary, bucket.Delete(ctx, key))
	}
	return w.name(), nil
}

// limit fails once more than left was read, so that a file without end is not stored.
type limit struct {
	io.Reader
	left    int64
	refused error // what was wrong with the content, rather than with the store
}

func (l *limit) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if l.left -= int64(n); l.left < 0 {
		l.refused = ErrTooLarge.With(fault.Args{"max": MaxFile >> 20})
		return 0, l.refused
	}
	if err != nil && !errors.Is(err, io.EOF) {
		l.refused = err
	}
	return n, err
}

// sheetText turns the first sheet of a workbook into a delimited text, row by row.
func sheetText(r io.Reader) (io.ReadCloser, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSheet+1))
	if err != nil {
		return nil, fmt.Errorf("receive workbook: %w", err)
	}
	if len(data) > MaxSheet {
		return nil, ErrTooLarge.With(fault.Args{"max": MaxSheet >> 20})
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: unpackInMemory, RawCellValue: true})
	if err != nil {
		return nil, ErrSheet.Because(err)
	}
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.Join(ErrSheet, book.Close())
	}
	in, err := book.Rows(sheets[0])
	if err != nil {
		return nil, errors.Join(ErrSheet.Because(err), book.Close())
	}
	reader, writer := io.Pipe()
	go func() {
		err := copySheet(writer, in)
		err = errors.Join(err, in.Close(), book.Close())
		_ = writer.CloseWithError(err) // nil is a plain end; it never fails
	}()
	return reader, nil
}

func copySheet(w io.Writer, in *excelize.Rows) error {
	out := csv.NewWriter(w)
	out.Comma = ','
	for in.Next() {
		cells, err := in.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return ErrSheet.Because(err)
		}
		if blankCells(cells) {
			continue
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	if err := in.Error(); err != nil {
		return ErrSheet.Because(err)
	}
	out.Flush()
	return out.Error()
}
