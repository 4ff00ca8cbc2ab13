package bank

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// journal is the bank's memory on disk: a line of JSON for each change, holding the whole merchant or
// payment as it then was. The last line about a thing counts, so a line that a kill cut short loses
// only what nobody was told yet.
type journal struct{ file *os.File }

type line struct {
	Merchant *Merchant `json:"merchant,omitempty"`
	Payment  *Payment  `json:"payment,omitempty"`
}

// maxLine bounds a line: a payment with all its notices and their answers.
const maxLine = 16 << 20

// write appends a line and sees it onto the disk. A nil journal forgets.
func (j *journal) write(l line) error {
	if j == nil {
		return nil
	}
	data, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	if _, err := j.file.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	return nil
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}

// load reads the file, if there is one, writes it anew without what was overtaken, and keeps it open.
func (b *Bank) load() error {
	if b.options.File == "" {
		return nil
	}
	data, err := os.ReadFile(b.options.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("fakebank: %w", err)
	}
	if err := b.replay(data); err != nil {
		return err
	}
	// The new file takes the old one's place whole or not at all.
	next := b.options.File + ".new"
	file, err := os.OpenFile(next, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	if err := b.dump(file); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := os.Rename(next, b.options.File); err != nil {
		return errors.Join(fmt.Errorf("fakebank: %w", err), file.Close())
	}
	b.journal = &journal{file}
	return nil
}

func (b *Bank) replay(data []byte) error {
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		var l line
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			continue // cut short by a kill
		}
		if l.Merchant != nil {
			m := b.named(*l.Merchant)
			b.merchants[contractKey(m.Dialect, m.Number)] = m
		}
		if l.Payment != nil {
			if l.Payment.Request.Dialect == "" {
				l.Payment.Request.Dialect = b.options.Dialects[0].Name()
			}
			b.put(l.Payment)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("fakebank: read %s: %w", b.options.File, err)
	}
	return nil
}

func (b *Bank) dump(file *os.File) error {
	w := bufio.NewWriter(file)
	for _, m := range b.merchants {
		if err := encode(w, line{Merchant: &m}); err != nil {
			return err
		}
	}
	for _, token := range b.order {
		if err := encode(w, line{Payment: b.payments[token]}); err != nil {
			return err
		}
	}
	if err := errors.Join(w.Flush(), file.Sync()); err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	return nil
}

func encode(w io.Writer, l line) error {
	if err := json.NewEncoder(w).Encode(l); err != nil {
		return fmt.Errorf("fakebank: %w", err)
	}
	return nil
}
