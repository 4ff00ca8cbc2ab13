package storefront

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// nodePictures are the pictures of families and of entries of other classifications.
type nodePictures map[catalog.NodeID]nodePicture

// nodePicture is one of them; borrowed tells that it is an article's.
type nodePicture struct {
	cover    catalog.Cover
	borrowed bool
}

// nodePicturesSQL takes a node's own picture, else the one of the newest article in it or below: ids
// are made in the order of time, so the last by id needs no sorting. $2 lends at all, $3 leaves out
// what is sold out.
const nodePicturesSQL = `
	select n.id::text, own.id is null, jsonb_build_object('id', m.id, 'key', m.key, 'width', m.width, 'height', m.height,
		'sizes', m.sizes, 'alt', m.alt)
	from nodes n
	left join media own on own.id = n.media_id and own.state = 'ready'
	left join lateral (
		select last.media_id from nodes below cross join lateral (
			select p.id, first.media_id from product_nodes pn
			join products p on p.id = pn.product_id
			join lateral (
				select pm.media_id from product_media pm join media c on c.id = pm.media_id and c.state = 'ready'
				where pm.product_id = p.id order by pm.position, pm.media_id limit 1) first on true
			where pn.node_id = below.id and p.state = 'published' and (p.available or not $3)
			order by pn.product_id desc limit 1) last
		where $2 and own.id is null and below.path @> array[n.id]
		order by last.id desc limit 1) lent on true
	join media m on m.id = coalesce(own.id, lent.media_id)
	where n.id = any($1::uuid[])`

// readNodePictures reads them in one query. With lend, a node without a picture of its own shows its
// newest article.
func readNodePictures(tx tenant.Tx, v *visit, nodes []*catalog.Node, lend bool) (nodePictures, error) {
	if len(nodes) == 0 {
		return nil, nil
	}
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID.String()
	}
	rows, err := tx.Raw().Query(tx.Context(), nodePicturesSQL, ids, lend, v.settings().Stock.HideSoldOut)
	if err != nil {
		return nil, fmt.Errorf("read pictures of families: %w", err)
	}
	defer rows.Close()
	found := nodePictures{}
	for rows.Next() {
		var text string
		var one nodePicture
		var doc []byte
		if err := rows.Scan(&text, &one.borrowed, &doc); err != nil {
			return nil, fmt.Errorf("read picture of a family: %w", err)
		}
		which, err := nodeID(text)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(doc, &one.cover); err != nil {
			return nil, fmt.Errorf("read picture of family %s: %w", text, err)
		}
		found[which] = one
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read pictures of families: %w", err)
	}
	return found, nil
}

// own is the node's own picture, nil when it has none.
func (p nodePictures) own(v *visit, n *catalog.Node) *view.Image {
	one, ok := p[n.ID]
	if !ok || one.borrowed {
		return nil
	}
	return v.cover(&one.cover, v.nodeText(n).Name)
}

// tile is the picture on the node's tile: decoration beside its name.
func (p nodePictures) tile(v *visit, n *catalog.Node) *view.Image {
	one, ok := p[n.ID]
	if !ok {
		return nil
	}
	img := v.cover(&one.cover, "")
	if img != nil && one.borrowed {
		img.Alt = "" // the article's words say nothing of the family
	}
	return img
}
