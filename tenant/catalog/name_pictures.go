package catalog

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// NamePictures adds to alts the names of the articles for their pictures without a description, in
// every language the article has.
func NamePictures(tx tenant.Tx, products []*Product, alts map[media.ID]i18n.Text) error {
	var ids []media.ID
	for _, p := range products {
		for _, pic := range p.Pictures {
			ids = append(ids, pic.Media)
		}
	}
	found, err := media.FindAll(tx, ids)
	if err != nil {
		return err
	}
	known := make(map[media.ID]i18n.Text, len(found))
	for _, m := range found {
		known[m.ID] = m.Alt
	}
	for _, p := range products {
		for _, pic := range p.Pictures {
			alt, typed := alts[pic.Media]
			if !typed {
				alt = known[pic.Media]
			}
			full := i18n.Text{}
			for l, t := range p.Texts {
				full[l] = t.Name
			}
			for l, text := range alt {
				if text != "" {
					full[l] = text
				}
			}
			alts[pic.Media] = full
		}
	}
	return nil
}
