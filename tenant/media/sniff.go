package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"

	"golang.org/x/image/webp"

	"echoppe.dev/platform/kit/fault"
)

const (
	// MaxBytes is the largest picture taken in; cameras of today write 8 to 15 MB.
	MaxBytes = 20 << 20
	// MaxPixels is the most a picture may hold once unpacked: 40 million are 160 MB of memory.
	MaxPixels = 40_000_000
	// maxSide keeps a picture of 1 × 40,000,000 from making a copy of no height.
	maxSide = 30_000
)

// format is a kind of picture that can be read.
type format struct {
	contentType string
	ext         string
	magic       func([]byte) bool
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
}

func begins(with string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(with)) }
}

// formats are told apart by their first bytes. gif.Decode reads the first frame and no other.
var formats = []format{
	{"image/jpeg", "jpg", begins("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode},
	{"image/png", "png", begins("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode},
	{"image/gif", "gif", begins("GIF8"), gif.DecodeConfig, gif.Decode},
	{"image/webp", "webp", func(b []byte) bool {
		return len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
	}, webp.DecodeConfig, webp.Decode},
}

// inspect tells what data is and how large it would be, without unpacking it.
//
// Errors: ErrSVG, ErrNotImage, ErrBroken, ErrTooManyDots.
func inspect(data []byte) (format, image.Config, error) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.magic(data) })
	if i < 0 {
		head := bytes.ToLower(data[:min(len(data), 1024)])
		if bytes.Contains(head, []byte("<svg")) {
			return format{}, image.Config{}, ErrSVG
		}
		return format{}, image.Config{}, ErrNotImage
	}
	c, err := formats[i].config(bytes.NewReader(data))
	if err != nil {
		return format{}, image.Config{}, ErrBroken.Because(err)
	}
	if c.Width < 1 || c.Height < 1 {
		return format{}, image.Config{}, ErrBroken
	}
	if c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > MaxPixels {
		return format{}, image.Config{}, ErrTooManyDots.With(fault.Args{
			"width": c.Width, "height": c.Height, "max": MaxPixels / 1_000_000})
	}
	return formats[i], c, nil
}
