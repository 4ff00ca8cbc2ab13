package storefront

import (
	"slices"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// goodWidth is the copy named in src, for readers that do not know srcset.
const goodWidth = 800

// picture is a picture with all its copies, nil while it has none.
func (v *visit) picture(sizes []media.Size, alt i18n.Text, name string) *view.Image {
	if len(sizes) == 0 {
		return nil
	}
	sizes = slices.SortedFunc(slices.Values(sizes), func(a, b media.Size) int { return a.Width - b.Width })
	best, largest := sizes[0], sizes[len(sizes)-1]
	img := &view.Image{Alt: alt.In(v.locale(), v.main()), Srcset: make([]view.Source, len(sizes))}
	for i, s := range sizes {
		img.Srcset[i] = view.Source{URL: v.links.media(s.Key), Width: s.Width}
		if s.Width <= goodWidth {
			best = s
		}
	}
	if img.Alt == "" {
		img.Alt = name
	}
	img.URL, img.Width, img.Height = v.links.media(best.Key), best.Width, best.Height
	if largest.Width > best.Width {
		img.Zoom = v.links.media(largest.Key)
	}
	return img
}

func (v *visit) cover(c *catalog.Cover, name string) *view.Image {
	if c == nil {
		return nil
	}
	return v.picture(c.Sizes, c.Alt, name)
}

// album is pictures by id, those that can be shown.
type album map[media.ID]*media.Media

func newAlbum(list []*media.Media) album {
	a := make(album, len(list))
	for _, m := range list {
		if m.State == media.Ready {
			a[m.ID] = m
		}
	}
	return a
}

func (v *visit) fromAlbum(a album, which *media.ID, name string) *view.Image {
	if which == nil || a[*which] == nil {
		return nil
	}
	return v.picture(a[*which].Sizes, a[*which].Alt, name)
}

func nodeID(text string) (catalog.NodeID, error) { return id.Parse[catalog.Node](text) }
