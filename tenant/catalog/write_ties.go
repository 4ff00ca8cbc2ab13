package catalog

import (
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// ties are rows that tie articles to something else, column by column, and the articles whose
// present ones go first.
type ties struct {
	cells [4][]string // article, other, position, and what kind of tie
	clear []string
}

func (t *ties) add(article, other string, position int, kind string) {
	for i, s := range [...]string{article, other, strconv.Itoa(position), kind} {
		t.cells[i] = append(t.cells[i], s)
	}
}

// replace drops the present rows of an article that exists.
func (t *ties) replace(c Change, article string) {
	if c.Before != nil {
		t.clear = append(t.clear, article)
	}
}

// queueTies ties articles to their nodes, pictures and to each other, where that changes.
func queueTies(batch *pgx.Batch, changes []Change) {
	var nodes, pictures, links ties
	for _, c := range changes {
		article := c.After.ID.String()
		before := c.Before
		if before == nil {
			before = &Product{}
		}
		if !slices.Equal(before.Nodes, c.After.Nodes) {
			nodes.replace(c, article)
			for i, n := range c.After.Nodes {
				nodes.add(article, n.String(), i, "")
			}
		}
		if !slices.Equal(before.Pictures, c.After.Pictures) {
			pictures.replace(c, article)
			for i, m := range c.After.Pictures {
				pictures.add(article, m.Media.String(), i, m.Option)
			}
		}
		if !slices.Equal(before.Links, c.After.Links) {
			links.replace(c, article)
			for i, l := range c.After.Links {
				links.add(article, l.Other.String(), i, string(l.Kind))
			}
		}
	}
	nodes.queue(batch, "product_nodes", `insert into product_nodes (product_id, node_id, position)
		select a::uuid, b::uuid, n::int from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(a, b, n, k) on conflict do nothing`)
	pictures.queue(batch, "product_media", `insert into product_media (product_id, media_id, position, option_ref)
		select a::uuid, b::uuid, n::int, k from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(a, b, n, k) on conflict do nothing`)
	links.queue(batch, "product_links", insertLinks)
}

const insertLinks = `insert into product_links (product_id, other_id, position, kind)
	select a::uuid, b::uuid, n::int, k from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(a, b, n, k) on conflict do nothing`

// queue replaces the rows of a table; insert takes the four columns.
func (t *ties) queue(batch *pgx.Batch, table, insert string) {
	if len(t.clear) > 0 {
		batch.Queue("delete from "+table+" where product_id = any($1::uuid[])", t.clear)
	}
	if c := t.cells; len(c[0]) > 0 {
		batch.Queue(insert, c[0], c[1], c[2], c[3])
	}
}
