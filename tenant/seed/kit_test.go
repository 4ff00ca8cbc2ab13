package seed_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"testing"

	"golang.org/x/image/draw"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/transfer"
)

// thumbnail is the width of the pictures that tests draw.
const thumbnail = 160

// small takes pictures in at a tenth of their size: what is tested is that they arrive, and the
// scaling of large ones is media's to test.
type small struct{ *media.Library }

func (s small) Upload(ctx context.Context, shop *tenant.Shop, who tenant.Actor, f media.Incoming) (*media.Media, error) {
	picture, err := jpeg.Decode(f.Content)
	if err != nil {
		return nil, err
	}
	reduced := image.NewRGBA(image.Rect(0, 0, picture.Bounds().Dx()/10, picture.Bounds().Dy()/10))
	draw.ApproxBiLinear.Scale(reduced, reduced.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, reduced, nil); err != nil {
		return nil, err
	}
	f.Content = &b
	return s.Library.Upload(ctx, shop, who, f)
}

// pipe exports a shop into what it returns; the error comes when the export has ended.
func pipe(t testing.TB, shop *tenant.Shop) (io.ReadCloser, <-chan error) {
	t.Helper()
	r, w := io.Pipe()
	done := make(chan error, 1)
	ctx := t.Context()
	go func() {
		err := transfer.Export(ctx, shop, w, transfer.ExportOptions{})
		_ = w.CloseWithError(err)
		done <- err
	}()
	return r, done
}

func ring(t testing.TB) *secret.Ring {
	t.Helper()
	r, err := secret.ParseKeys(secret.GenerateKey("test").Reveal())
	if err != nil {
		t.Fatal(err)
	}
	return r
}
