package fs

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"

	"echoppe.dev/platform/driver/blob"
)

// A file is: the object's bytes, its blob.Meta as JSON, the length of the JSON in
// four bytes (big endian), and these eight bytes.
const magic = "ECHOBLB1"

const (
	tail       = 4 + len(magic)
	maxTrailer = 64 << 10
)

var errTrailer = errors.New("the file does not end as an object does")

func writeTrailer(w io.Writer, m blob.Meta) error {
	encoded, err := json.Marshal(m)
	if err != nil {
		return err
	}
	out := binary.BigEndian.AppendUint32(encoded, uint32(len(encoded)))
	_, err = w.Write(append(out, magic...))
	return err
}

func readTrailer(f *os.File) (blob.Meta, error) {
	info, err := f.Stat()
	if err != nil {
		return blob.Meta{}, err
	}
	end := info.Size() - int64(tail)
	var last [tail]byte
	if _, err := f.ReadAt(last[:], max(end, 0)); err != nil || string(last[4:]) != magic {
		return blob.Meta{}, errors.Join(errTrailer, err)
	}
	length := int64(binary.BigEndian.Uint32(last[:4]))
	if length > min(end, maxTrailer) {
		return blob.Meta{}, errTrailer
	}
	encoded := make([]byte, length)
	if _, err := f.ReadAt(encoded, end-length); err != nil {
		return blob.Meta{}, err
	}
	var m blob.Meta
	if err := json.Unmarshal(encoded, &m); err != nil || m.Size != end-length {
		return blob.Meta{}, errors.Join(errTrailer, err)
	}
	return m, nil
}
