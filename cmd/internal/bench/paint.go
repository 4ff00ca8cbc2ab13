package bench

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

func photoName(i int) string { return fmt.Sprintf("photo-%02d.jpg", i) }

// paint fills the library of a shop with the pictures that writeGoods names.
func paint(ctx context.Context, library *media.Library, shop *tenant.Shop) error {
	for i := range photos {
		photo, err := draw(i)
		if err != nil {
			return err
		}
		_, err = library.Upload(ctx, shop, clerk, media.Incoming{
			Name: photoName(i), Content: bytes.NewReader(photo), Alt: i18n.Text{"fr": "Une tasse en grès"},
		})
		if err != nil {
			return fmt.Errorf("upload picture: %w", err)
		}
	}
	return nil
}

// draw makes a photograph of a size that merchants upload; every i another one.
func draw(i int) ([]byte, error) {
	const width, height = 900, 675
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, color.RGBA{R: uint8(40 + 17*i), G: uint8(x * 255 / width), B: uint8(y * 255 / height), A: 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		return nil, fmt.Errorf("draw picture: %w", err)
	}
	return out.Bytes(), nil
}
