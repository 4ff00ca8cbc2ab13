package catalog

import (
	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/i18n"
)

// searchConfigs are the dictionaries Postgres brings for the languages it knows.
var searchConfigs = map[i18n.Locale]string{
	"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
	"fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
	"pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}

func searchConfig(l i18n.Locale) string {
	if c, ok := searchConfigs[l.Language()]; ok {
		return c
	}
	return "simple"
}

// textColumns are the texts of a batch that change, column by column, and what follows from them.
type textColumns struct {
	product, locale, name, slug, summary, body, seoTitle, seoDescription []string
	wordings                                                             []wording // what they are searched by
	goneProduct, goneLocale                                              []string  // languages an article has no more
	oldPath, oldProduct, oldLocale                                       []string  // addresses that lead on from now
	newPath                                                              []string  // addresses that are the articles' own
}

// noteTexts notes what of the texts is to be written.
func noteTexts(changes []Change, g *Groundwork) *textColumns {
	c := &textColumns{}
	for _, change := range changes {
		c.add(change, g)
	}
	return c
}

// queue writes texts and the search index made of them, which the groundwork has.
func (c *textColumns) queue(batch *pgx.Batch, changes []Change, g *Groundwork) {
	if len(c.oldPath) > 0 {
		batch.Queue(`
			insert into redirects (path, noun, noun_id, locale, created_at)
			select path, 'product', product::uuid, locale, $4 from unnest($1::text[], $2::text[], $3::text[]) as o(path, product, locale)
			on conflict (path) do update set noun_id = excluded.noun_id`, c.oldPath, c.oldProduct, c.oldLocale, changes[0].After.UpdatedAt)
	}
	if len(c.newPath) > 0 {
		batch.Queue("delete from redirects where path = any($1)", c.newPath)
	}
	if len(c.goneProduct) > 0 {
		batch.Queue(`delete from product_texts t using unnest($1::uuid[], $2::text[]) as g(product, locale)
			where t.product_id = g.product and t.locale = g.locale`, c.goneProduct, c.goneLocale)
	}
	if len(c.product) > 0 {
		c.queueRows(batch, changes, g)
	}
}

func (c *textColumns) queueRows(batch *pgx.Batch, changes []Change, g *Groundwork) {
	folded, vectors := make([]string, len(c.wordings)), make([]string, len(c.wordings))
	for i, w := range c.wordings {
		folded[i], vectors[i] = g.words[w].folded, g.words[w].vector
	}
	batch.Queue(upsert(changes, `
		insert into product_texts (product_id, locale, name, slug, summary, body, seo_title, seo_description, folded, search)
		select product::uuid, locale, name, slug, summary, body, seo_title, seo_description, folded, vector::tsvector
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
			$10::text[]) as t(product, locale, name, slug, summary, body, seo_title, seo_description, folded, vector)`, `
		on conflict (product_id, locale) do update set name = excluded.name, slug = excluded.slug,
			summary = excluded.summary, body = excluded.body, seo_title = excluded.seo_title,
			seo_description = excluded.seo_description, folded = excluded.folded, search = excluded.search`),
		c.product, c.locale, c.name, c.slug, c.summary, c.body, c.seoTitle, c.seoDescription, folded, vectors)
}

func (c *textColumns) add(change Change, g *Groundwork) {
	p := change.After
	product, skus := p.ID.String(), p.skus()
	for l, t := range p.Texts {
		was, had := change.text(l)
		if had && was.Slug != "" && was.Slug != t.Slug {
			c.oldPath = append(c.oldPath, "product/"+string(l)+"/"+was.Slug)
			c.oldProduct, c.oldLocale = append(c.oldProduct, product), append(c.oldLocale, string(l))
		}
		if was.Slug != t.Slug {
			c.newPath = append(c.newPath, "product/"+string(l)+"/"+t.Slug)
		}
		if change.keeps(l, t) {
			continue
		}
		c.product, c.locale = append(c.product, product), append(c.locale, string(l))
		c.name, c.slug = append(c.name, t.Name), append(c.slug, t.Slug)
		c.summary, c.body = append(c.summary, t.Summary), append(c.body, t.Body)
		c.seoTitle, c.seoDescription = append(c.seoTitle, t.SEOTitle), append(c.seoDescription, t.SEODescription)
		c.wordings = append(c.wordings, g.wording(p.Code, skus, l, t))
	}
	if change.Before == nil {
		return
	}
	for l := range change.Before.Texts {
		if _, ok := p.Texts[l]; !ok {
			c.goneProduct, c.goneLocale = append(c.goneProduct, product), append(c.goneLocale, string(l))
		}
	}
}
