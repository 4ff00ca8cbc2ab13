package seed

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"image/jpeg"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/seed/still"
)

// Uploader takes pictures in; media.Library does.
type Uploader interface {
	Upload(ctx context.Context, shop *tenant.Shop, who tenant.Actor, f media.Incoming) (*media.Media, error)
}

// jpegQuality is high: copies are made from what is drawn here.
const jpegQuality = 93

// scene is a picture to be drawn and the file name it is known by.
type scene struct {
	file string
	still.Scene
}

// Pictures draws the pictures of a demo shop and puts them into its library, a picture a core at a
// time. Those the library has, by the name of the file, are not drawn again.
func Pictures(ctx context.Context, k Kit, shop *tenant.Shop, which Trade) error {
	scenes, err := readScenes(string(which))
	if err != nil {
		return err
	}
	for i := range scenes {
		scenes[i].Width = k.Width
	}
	return hang(ctx, k.Library, shop, scenes)
}

// hang draws what the library lacks of some scenes.
func hang(ctx context.Context, library Uploader, shop *tenant.Shop, scenes []scene) error {
	names := make([]string, len(scenes))
	for i, s := range scenes {
		names[i] = s.file
	}
	var have map[string]media.ID
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) { have, err = media.ByFileName(tx, names); return err })
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, s := range scenes {
		if _, there := have[s.file]; !there {
			g.Go(func() error { return upload(ctx, library, shop, s) })
		}
	}
	return g.Wait()
}

func upload(ctx context.Context, library Uploader, shop *tenant.Shop, s scene) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	picture, err := still.Draw(s.Scene)
	if err != nil {
		return fmt.Errorf("draw %s: %w", s.file, err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return fmt.Errorf("encode %s: %w", s.file, err)
	}
	if _, err := library.Upload(ctx, shop, tenant.ByProgram, media.Incoming{Name: s.file, Content: &b}); err != nil {
		return fmt.Errorf("upload %s: %w", s.file, err)
	}
	return nil
}

// readScenes reads what the pictures of a set of articles show.
func readScenes(which string) ([]scene, error) {
	text, err := data.ReadFile("data/" + which + ".scenes.csv")
	if err != nil {
		return nil, fmt.Errorf("pictures of %q: %w", which, err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("pictures of %q: %w", which, err)
	}
	var out []scene
	for _, r := range rows[1:] {
		n, err := strconv.Atoi(r[6])
		if err != nil {
			return nil, fmt.Errorf("pictures of %q: %w", which, err)
		}
		out = append(out, scene{r[0], still.Scene{Kind: r[1], Colour: r[2], Second: r[3], Ground: r[4], Detail: r[5] != "", Seed: n}})
	}
	return out, nil
}

var _ Uploader = (*media.Library)(nil)
