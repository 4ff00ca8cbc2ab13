package media

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
)

// upright is the orientation of a picture that needs no turning (EXIF 2.32, tag 0x0112).
const upright = 1

// orientation reads how the camera was held, upright where the picture does not say. Broken
// metadata is no reason to refuse a picture.
func orientation(data []byte, f format) int {
	var tiff []byte
	switch f.ext {
	case "jpg":
		tiff = jpegExif(data)
	case "png":
		tiff = pngExif(data)
	case "webp":
		tiff = webpExif(data)
	}
	return tiffOrientation(tiff)
}

// jpegExif finds the APP1 segment among those before the picture data.
func jpegExif(data []byte) []byte {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		body := at + 4
		end := at + 2 + size
		if marker == 0xda || size < 2 || end > len(data) { // 0xda: the picture begins
			return nil
		}
		if marker == 0xe1 && end-body > 6 && string(data[body:body+6]) == "Exif\x00\x00" {
			return data[body+6 : end]
		}
		at = end
	}
	return nil
}

func pngExif(data []byte) []byte {
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		kind := string(data[at+4 : at+8])
		if size < 0 || at+12+size > len(data) || kind == "IDAT" {
			return nil
		}
		if kind == "eXIf" {
			return data[at+8 : at+8+size]
		}
		at += 12 + size
	}
	return nil
}

func webpExif(data []byte) []byte {
	for at := 12; at+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		if size < 0 || at+8+size > len(data) {
			return nil
		}
		if string(data[at:at+4]) == "EXIF" {
			body := data[at+8 : at+8+size]
			if len(body) > 6 && string(body[:6]) == "Exif\x00\x00" {
				body = body[6:]
			}
			return body
		}
		at += 8 + size + size%2
	}
	return nil
}

// tiffOrientation looks the tag up in the first directory.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return upright
	}
	const entry = 12
	for n := range int(order.Uint16(b[at:])) {
		e := at + 2 + n*entry
		if e+entry > len(b) {
			return upright
		}
		if order.Uint16(b[e:]) == 0x0112 {
			if v := int(order.Uint16(b[e+8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
	}
	return upright
}

// turn applies an orientation. It works on the small copy, not on the original: turning 40
// million pixels costs a second, turning what is left after scaling costs nothing.
func turn(m image.Image, o int) image.Image {
	if o == upright {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	out := blank(m, w, h)
	if o >= 5 {
		out = blank(m, h, w)
	}
	for y := range h {
		for x := range w {
			tx, ty := turned(x, y, w, h, o)
			out.Set(tx, ty, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// turned is where the pixel (x, y) of a w × h picture goes.
func turned(x, y, w, h, o int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// blank is an empty picture that can hold what m holds: with transparency where m has some.
func blank(m image.Image, w, h int) draw.Image {
	if opaque(m) {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return image.NewNRGBA(image.Rect(0, 0, w, h))
}

func opaque(m image.Image) bool {
	if o, ok := m.(interface{ Opaque() bool }); ok {
		return o.Opaque()
	}
	_, _, _, a := m.ColorModel().Convert(color.Transparent).RGBA()
	return a == 0xffff
}
