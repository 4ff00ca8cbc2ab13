package media_test

import (
	"bytes"
	"hash/crc32"
	"testing"

	"golang.org/x/image/webp"

	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/tenanttest"
)

func crcOf(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

// ART-01: all eight ways a camera can be held end with the same upright picture.
func TestOrientation_ART01(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	l := media.New(media.Config{Bucket: bucket(t)})
	// Where the red quarter (top left as stored) is seen for each orientation.
	where := map[uint16][2]int{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for o, at := range where {
		m, err := upload(t, l, shop, "x.jpg", jpegOf(t, corners(120, 80), o))
		if err != nil {
			t.Fatal(err)
		}
		w, h := 120, 80
		if o >= 5 {
			w, h = 80, 120
		}
		if m.Width != w || m.Height != h {
			t.Errorf("orientation %d: %d × %d", o, m.Width, m.Height)
		}
		got, err := webp.Decode(bytes.NewReader(served(t, l, shop, m.Sizes[0])))
		if err != nil {
			t.Fatal(err)
		}
		if c := got.At(10+at[0]*(w-20), 10+at[1]*(h-20)); !near(c, 255, 0, 0) {
			t.Errorf("orientation %d: %v where red should be", o, c)
		}
	}
}

func FuzzUploadHeader(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff"))
	f.Add([]byte("RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := media.Orientation(data); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}
