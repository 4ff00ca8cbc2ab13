package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/webp"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/tenanttest"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Camille"}

func bucket(t testing.TB) blob.Bucket {
	t.Helper()
	b, err := fs.Open(fs.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// corners is a picture whose four quarters are red, green, blue and white, clockwise from the top
// left.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x >= w/2:
				c = color.RGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.RGBA{255, 255, 255, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	if orientation == 0 {
		return b.Bytes()
	}
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
	tiff = binary.LittleEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	body = append(body, "GPS 48.8566 N"...) // stands for what must not be published
	seg := append([]byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	seg = append(seg, body...)
	return append(append([]byte{0xff, 0xd8}, seg...), b.Bytes()[2:]...)
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func upload(t *testing.T, l *media.Library, shop *tenant.Shop, name string, data []byte) (*media.Media, error) {
	t.Helper()
	return l.Upload(t.Context(), shop, clerk, media.Incoming{Name: name, Content: bytes.NewReader(data)})
}

func served(t *testing.T, l *media.Library, shop *tenant.Shop, s media.Size) []byte {
	t.Helper()
	r, meta, err := l.Open(t.Context(), shop.ID(), s.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil || meta.ContentType != "image/webp" || !strings.Contains(meta.CacheControl, "immutable") {
		t.Fatalf("%v, %+v", err, meta)
	}
	return data
}

func widths(m *media.Media) (out []int) {
	for _, s := range m.Sizes {
		out = append(out, s.Width)
	}
	return out
}

func near(c color.Color, r, g, b uint8) bool {
	cr, cg, cb, _ := c.RGBA()
	off := func(a uint32, b uint8) bool { d := int(a>>8) - int(b); return d > 60 || d < -60 }
	return !off(cr, r) && !off(cg, g) && !off(cb, b)
}

// ART-01: one upload gives the copies pages need, turned as the camera was held.
func TestLibrary_Upload_ART01(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	l := media.New(media.Config{Bucket: bucket(t)})

	t.Run("turned upright, without metadata, never enlarged", func(t *testing.T) {
		data := jpegOf(t, corners(480, 300), 6) // held to the right: what is left of the stored picture is its top
		m, err := upload(t, l, shop, `C:\photos\robe.JPG`, data)
		if err != nil {
			t.Fatal(err)
		}
		if m.State != media.Ready || m.Width != 300 || m.Height != 480 || m.FileName != "robe.JPG" || m.ContentType != "image/jpeg" {
			t.Fatalf("%+v", m)
		}
		if len(m.Sizes) != 1 || m.Largest().Width != 300 || m.Largest().Height != 480 {
			t.Fatalf("sizes %+v", m.Sizes)
		}
		copy := served(t, l, shop, m.Sizes[0])
		if bytes.Contains(copy, []byte("GPS")) || bytes.Contains(copy, []byte("Exif")) {
			t.Error("metadata was published")
		}
		got, err := webp.Decode(bytes.NewReader(copy))
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			x, y    int
			r, g, b uint8
		}{{20, 20, 255, 255, 255}, {280, 20, 255, 0, 0}, {280, 460, 0, 255, 0}, {20, 460, 0, 0, 255}} {
			if c := got.At(tt.x, tt.y); !near(c, tt.r, tt.g, tt.b) {
				t.Errorf("(%d,%d) is %v", tt.x, tt.y, c)
			}
		}
	})
	t.Run("first the copies lists need, then the others", func(t *testing.T) {
		m, err := upload(t, l, shop, "wide.png", pngOf(t, corners(1300, 650)))
		if err != nil {
			t.Fatal(err)
		}
		if got := widths(m); !slices.Equal(got, []int{320, 640}) {
			t.Errorf("at once: %v", got)
		}
		drain(t, l, shop)
		m = find(t, shop, m.ID)
		if got := widths(m); !slices.Equal(got, []int{160, 320, 640, 960, 1280, 1300}) || m.State != media.Ready {
			t.Errorf("after the job: %v, %s", got, m.State)
		}
		served(t, l, shop, m.Largest())
	})
	t.Run("the same bytes are kept once", func(t *testing.T) {
		data := pngOf(t, corners(90, 60))
		a, err := upload(t, l, shop, "a.png", data)
		if err != nil {
			t.Fatal(err)
		}
		b, err := l.Upload(t.Context(), shop, clerk, media.Incoming{Name: "b.png", Content: bytes.NewReader(data), Alt: i18n.Text{"fr": "Quatre couleurs"}})
		if err != nil || a.ID != b.ID || b.Alt["fr"] != "Quatre couleurs" {
			t.Errorf("%v: %v and %v", err, a, b)
		}
	})
	t.Run("formats are told by their bytes", func(t *testing.T) {
		var g bytes.Buffer
		if err := gif.Encode(&g, corners(40, 40), nil); err != nil {
			t.Fatal(err)
		}
		m, err := upload(t, l, shop, "moving.jpg", g.Bytes())
		if err != nil || m.ContentType != "image/gif" {
			t.Errorf("%v, %+v", err, m)
		}
	})
	t.Run("originals are not served", func(t *testing.T) {
		m, err := upload(t, l, shop, "secret.jpg", jpegOf(t, corners(64, 64), 1))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := l.Open(t.Context(), shop.ID(), m.Key); !errors.Is(err, media.ErrUnknown) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("another shop does not have it", func(t *testing.T) {
		m, err := upload(t, l, shop, "ours.png", pngOf(t, corners(50, 50)))
		if err != nil {
			t.Fatal(err)
		}
		other := tenanttest.Open(t)
		if _, _, err := l.Open(t.Context(), other.ID(), m.Sizes[0].Key); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestLibrary_Upload_Hostile(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	l := media.New(media.Config{Bucket: bucket(t)})
	// A header that promises 50,000 × 50,000 pixels, as bombs do.
	bomb := pngOf(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	bombWithSize := func(w, h uint32) []byte {
		b := bytes.Clone(bomb)
		binary.BigEndian.PutUint32(b[16:], w)
		binary.BigEndian.PutUint32(b[20:], h)
		binary.BigEndian.PutUint32(b[29:], crcOf(b[12:29]))
		return b
	}
	whole := jpegOf(t, corners(64, 64), 0)
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"41 million pixels", bombWithSize(8200, 5000), media.ErrTooManyDots},
		{"one line of 100,000", bombWithSize(100_000, 1), media.ErrTooManyDots},
		{"2.5 billion pixels", bombWithSize(50_000, 50_000), media.ErrTooManyDots},
		{"SVG", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), media.ErrSVG},
		{"a page named .jpg", []byte("<html><script>"), media.ErrNotImage},
		{"nothing", nil, media.ErrNotImage},
		{"torn", whole[:len(whole)/3], media.ErrBroken},
		{"only a magic number", []byte("\xff\xd8\xff\xe0"), media.ErrBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := upload(t, l, shop, "x.jpg", tt.data); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	t.Run("10 GB are not read", func(t *testing.T) {
		endless := &counter{}
		_, err := l.Upload(t.Context(), shop, clerk, media.Incoming{Name: "x.jpg", Content: io.LimitReader(endless, 10<<30)})
		if !errors.Is(err, media.ErrTooLarge) || endless.n > media.MaxBytes+1<<20 {
			t.Errorf("%v after %d bytes", err, endless.n)
		}
	})
}

// FLT-05: what does not fit into the plan is refused before it is stored, and deleting makes room.
func TestUpload_quota(t *testing.T) {
	t.Parallel()
	shop, b := tenanttest.Open(t), bucket(t)
	first, second := pngOf(t, corners(330, 330)), pngOf(t, corners(331, 331))
	l := media.New(media.Config{Bucket: b})
	kept, err := upload(t, l, shop, "first.png", first)
	if err != nil {
		t.Fatal(err)
	}
	plan := &limit{bytes: kept.Bytes + int64(len(second)) - 1}
	l = media.New(media.Config{Bucket: b, Quota: plan})
	if _, err := upload(t, l, shop, "second.png", second); !errors.Is(err, errFull) {
		t.Fatalf("FLT-05 one byte too many: %v", err)
	}
	if objects, err := b.List(t.Context(), "shops/", "", 100); err != nil || len(objects.Objects) != len(kept.Sizes)+1 {
		t.Errorf("something of the refused picture was stored: %v, %v", objects, err)
	}
	if again, err := upload(t, l, shop, "first.png", first); err != nil || again.ID != kept.ID {
		t.Errorf("a picture that is there takes no room: %v", err)
	}
	if err := l.Delete(t.Context(), shop, clerk, kept.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := upload(t, l, shop, "second.png", second); err != nil {
		t.Errorf("FLT-05 after deleting: %v", err)
	}
}

var errFull = fault.New(fault.Quota, "quota.disk")

// limit is a plan.
type limit struct{ bytes int64 }

func (l limit) Disk(_ context.Context, _ *tenant.Shop, have, more int64) error {
	if have+more > l.bytes {
		return errFull.With(fault.Args{"have": have, "more": more, "limit": l.bytes})
	}
	return nil
}

type counter struct{ n int64 }

func (c *counter) Read(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }
