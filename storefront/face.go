package storefront

import (
	"context"
	"slices"
	"sync"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

// face is what every page of a shop shows around its content, read once per page version and shared:
// never alter it.
type face struct {
	settings *settings.Settings
	tree     *catalog.Tree
	pages    []*content.Page // the visible ones, without their bodies
	// discounts are the rules of the shop, for what they take off articles on the shelf.
	discounts *promotion.Book
}

// main is the language without prefix.
func (f *face) main() i18n.Locale { return f.settings.Languages.Default }

// locales are the languages of the shop, the main one first.
func (f *face) locales() []i18n.Locale {
	offered := f.settings.Languages.Offered
	if i := slices.Index(offered, f.main()); i > 0 {
		offered = slices.Concat(offered[i:i+1], offered[:i], offered[i+1:])
	}
	return offered
}

// page is the information page of an id, nil when there is none or it is hidden.
func (f *face) page(id string) *content.Page {
	for _, p := range f.pages {
		if p.ID.String() == id && id != "" {
			return p
		}
	}
	return nil
}

// readFace reads it inside a unit of work, from memory when nothing has changed.
func readFace(tx tenant.Tx) (*face, error) {
	return tenant.Memo(tx, "storefront", func(tx tenant.Tx) (f *face, err error) {
		f = new(face)
		if f.settings, err = settings.Load(tx); err != nil {
			return nil, err
		}
		if f.tree, err = catalog.ReadTree(tx); err != nil {
			return nil, err
		}
		if f.pages, err = content.Index(tx); err != nil {
			return nil, err
		}
		f.discounts, err = promotion.Read(tx)
		return f, err
	})
}

// faces remembers the latest face of each shop with its version, for decisions outside a unit of
// work: which language, which currency, what an error page looks like while the database is away.
type faces struct {
	mu    sync.RWMutex
	known map[tenant.ID]seenFace
}

type seenFace struct {
	version int64
	face    *face
}

func (s *faces) get(shop tenant.ID) (seenFace, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	f, ok := s.known[shop]
	return f, ok
}

// put keeps f, read at version or later, unless something newer is kept already.
func (s *faces) put(shop tenant.ID, version int64, f *face) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if have, ok := s.known[shop]; !ok || have.version <= version {
		s.known[shop] = seenFace{version, f}
	}
}

// faceOf is the face at a version, read in a unit of work of its own when it is not known.
func (h *Handler) faceOf(ctx context.Context, shop *tenant.Shop, version int64) (*face, error) {
	if have, ok := h.faces.get(shop.ID()); ok && have.version == version {
		return have.face, nil
	}
	var f *face
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) { f, err = readFace(tx); return err })
	if err != nil {
		return nil, err
	}
	h.faces.put(shop.ID(), version, f)
	return f, nil
}
