package transfer

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// separators a file may have, the likeliest first.
const separators = ";,\t|"

// check refuses options nobody offers.
func (o Options) check() error {
	if o.Separator != "" && (len(o.Separator) != 1 || !strings.Contains(separators, o.Separator)) {
		return ErrOptions.On("separator")
	}
	if o.Decimal != "" && o.Decimal != "." && o.Decimal != "," {
		return ErrOptions.On("decimal")
	}
	if o.Format != "" && o.Format != Own && o.Format != Shopify {
		return ErrOptions.On("format")
	}
	if o.Encoding != "" {
		if _, err := decoderOf(o.Encoding); err != nil {
			return ErrOptions.On("encoding")
		}
	}
	return nil
}

func decoderOf(name string) (encoding.Encoding, error) {
	switch name {
	case "utf-8":
		return unicode.UTF8BOM, nil
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	}
	return htmlindex.Get(name)
}

// encodingWatch looks at all bytes that pass and says at the end what they are written in: what
// their mark says, else UTF-8 if it is, else what old spreadsheets of Western Europe write. A guess
// among the many one-byte encodings would be wrong more often than the merchant is, so he can choose.
type encodingWatch struct {
	head   []byte
	tail   []byte // an unfinished character of the block before
	broken bool
	zero   bool
	n      int64
}

const headBytes = 4

func (w *encodingWatch) Write(p []byte) (int, error) {
	w.n += int64(len(p))
	if need := headBytes - len(w.head); need > 0 {
		w.head = append(w.head, p[:min(need, len(p))]...)
	}
	w.zero = w.zero || bytes.IndexByte(p, 0) >= 0
	if w.broken {
		return len(p), nil
	}
	block := p
	if len(w.tail) > 0 {
		block = append(w.tail, p...)
		w.tail = nil
	}
	whole := len(block)
	for back := 1; back < utf8.UTFMax && back <= len(block); back++ {
		if utf8.RuneStart(block[len(block)-back]) {
			if !utf8.FullRune(block[len(block)-back:]) {
				whole = len(block) - back
			}
			break
		}
	}
	w.broken = !utf8.Valid(block[:whole])
	w.tail = bytes.Clone(block[whole:])
	return len(p), nil
}

func (w *encodingWatch) name() string {
	switch {
	case bytes.HasPrefix(w.head, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(w.head, []byte("\xfe\xff")):
		return "utf-16be"
	case !w.broken && len(w.tail) == 0:
		return "utf-8"
	}
	return "windows-1252"
}

// binary tells that the bytes cannot be a text at all.
func (w *encodingWatch) binary() bool {
	return w.zero && !strings.HasPrefix(w.name(), "utf-16")
}

// detectSeparator takes the one that divides the header into most columns.
func detectSeparator(head string) string {
	best, most := ",", 0
	for _, sep := range separators {
		n, quoted := 0, false
	line:
		for _, c := range head {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '\n' || c == '\r':
				break line
			case c == sep:
				n++
			}
		}
		if n > most {
			best, most = string(sep), n
		}
	}
	return best
}

// detectDecimal looks at cells that hold numbers: the last of "." and "," that is not followed by
// exactly three digits decides; without evidence a file divided by ";" is of the countries that
// write ",".
func detectDecimal(cells []string, separator string) string {
	votes := map[byte]int{}
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		i := strings.LastIndexAny(cell, ".,")
		if i < 0 || strings.Trim(cell, "0123456789., -") != "" {
			continue
		}
		if other := strings.IndexAny(cell[:i], ".,"); len(cell)-i-1 != 3 || (other >= 0 && cell[other] != cell[i]) {
			votes[cell[i]]++
		}
	}
	switch {
	case votes['.'] > votes[',']:
		return "."
	case votes[','] > votes['.'] || separator == ";":
		return ","
	}
	return "."
}

// decoded is a text of the encoding as UTF-8 without a mark.
func decoded(r io.Reader, name string) (io.Reader, error) {
	e, err := decoderOf(name)
	if err != nil {
		return nil, ErrOptions.On("encoding")
	}
	return e.NewDecoder().Reader(r), nil
}

// isShopify tells whether a header is that of Shopify's product export.
func isShopify(header []string) bool {
	has := func(name string) bool { return slices.Contains(header, name) }
	return has("Handle") && has("Title") && (has("Variant Price") || has("Option1 Value"))
}
