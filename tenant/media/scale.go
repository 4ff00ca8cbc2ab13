package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"slices"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"
)

// Widths are the widths copies are made at: thumbnails, cards and articles on simple and double
// screens, zoom.
var Widths = []int{160, 320, 640, 960, 1280, 1920}

// firstWidths are made while the merchant waits.
var firstWidths = []int{320, 640}

const (
	quality = 80
	method  = 2 // see the package's comment
)

// copyOf is an encoded copy.
type copyOf struct {
	width, height int
	data          []byte
}

// fitting are the widths of a picture that is w wide: those of wanted it can fill, and its own
// where it is smaller than the widest.
func fitting(wanted []int, w int) []int {
	var out []int
	for _, x := range wanted {
		if x <= w {
			out = append(out, x)
		}
	}
	if w < wanted[len(wanted)-1] && !slices.Contains(out, w) {
		out = append(out, w)
	}
	return out
}

// copies decodes a picture and makes its copies at those of the wanted widths that it can fill. It
// returns the upright dimensions of the picture as well. The caller holds a slot.
//
// Errors: ErrBroken.
func copies(ctx context.Context, data []byte, f format, wanted []int) (made []copyOf, w, h int, err error) {
	src, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return nil, 0, 0, ErrBroken.Because(err)
	}
	o := orientation(data, f)
	w, h = src.Bounds().Dx(), src.Bounds().Dy()
	if o >= 5 {
		w, h = h, w
	}
	widths := fitting(wanted, w)
	slices.Sort(widths)
	slices.Reverse(widths) // each copy is made from the one above it
	for i, width := range widths {
		if err := ctx.Err(); err != nil {
			return nil, 0, 0, err
		}
		height := max(1, (h*width+w/2)/w)
		if i == 0 {
			src = turn(shrink(src, width, height, o), o)
		} else {
			src = shrink(src, width, height, upright)
		}
		var b bytes.Buffer
		if err := webp.Encode(&b, src, webp.Options{Quality: quality, Method: method}); err != nil {
			return nil, 0, 0, fmt.Errorf("encode picture: %w", err)
		}
		made = append(made, copyOf{width, height, b.Bytes()})
	}
	return made, w, h, nil
}

// shrink scales in two steps: roughly to twice the size, then finely. Going finely all the way
// from a camera's picture costs seven times as much and cannot be told apart. width and height
// are meant after turning by o.
func shrink(src image.Image, width, height, o int) image.Image {
	if o >= 5 {
		width, height = height, width
	}
	b := src.Bounds()
	if b.Dx() == width && b.Dy() == height && b.Min == (image.Point{}) {
		switch src.(type) {
		case *image.RGBA, *image.NRGBA:
			return src
		}
	}
	if b.Dx() > 3*width {
		rough := blank(src, 2*width, 2*height)
		draw.ApproxBiLinear.Scale(rough, rough.Bounds(), src, b, draw.Src, nil)
		src, b = rough, rough.Bounds()
	}
	out := blank(src, width, height)
	draw.CatmullRom.Scale(out, out.Bounds(), src, b, draw.Src, nil)
	return out
}
