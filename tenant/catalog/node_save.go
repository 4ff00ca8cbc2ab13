package catalog

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// SaveTaxonomy stores a way to class articles, new (zero ID) or edited.
//
// Errors: Invalid; ErrCodeTaken.
func SaveTaxonomy(ctx context.Context, shop *tenant.Shop, who tenant.Actor, t *Taxonomy) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return SaveTaxonomyIn(tx, who, t) })
}

// SaveTaxonomyIn is SaveTaxonomy inside a unit of work.
func SaveTaxonomyIn(tx tenant.Tx, who tenant.Actor, t *Taxonomy) error {
	var c form.Checker
	c.Required("code", t.Code)
	c.Slug("code", t.Code)
	if t.Names.IsZero() {
		c.Refuse("name", "form.required", nil)
	}
	if err := c.Err(); err != nil {
		return err
	}
	if t.ID.IsZero() {
		t.ID = id.New[Taxonomy]()
	}
	err := tx.DB().Exec(`
		insert into taxonomies (id, code, names, tree, facet, position, created_at) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (id) do update set code = excluded.code, names = excluded.names, tree = excluded.tree,
			facet = excluded.facet, position = excluded.position`,
		t.ID, t.Code, t.Names, t.Tree, t.Facet, t.Position, tx.Now()).Error
	if err != nil {
		return translate(fmt.Errorf("write taxonomy: %w", err))
	}
	tx.Touch()
	return tx.Record(who, "taxonomy.saved", "taxonomy/"+t.ID.String(), nil, t)
}

// SaveNode stores a family or other entry, new (zero ID) or edited; a changed Parent moves the
// whole branch, whose old addresses stay good.
//
// Errors: Invalid; ErrStale; ErrNode for an unknown parent; ErrLoop for a parent inside the branch.
func SaveNode(ctx context.Context, shop *tenant.Shop, who tenant.Actor, n *Node) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		edited := *n
		if err := SaveNodeIn(tx, who, &edited); err != nil {
			return err
		}
		*n = edited
		return nil
	})
}

// SaveNodeIn is SaveNode inside a unit of work.
func SaveNodeIn(tx tenant.Tx, who tenant.Actor, n *Node) error {
	if err := n.check(); err != nil {
		return err
	}
	// One move at a time in a taxonomy: two at once could close a loop that neither sees.
	var locked []TaxonomyID
	if err := tx.DB().Raw("select id from taxonomies where id = ? for update", n.Taxonomy).Scan(&locked).Error; err != nil {
		return fmt.Errorf("lock taxonomy: %w", err)
	}
	if len(locked) == 0 {
		return ErrTaxonomy
	}
	before, err := currentNode(tx, n)
	if err != nil {
		return err
	}
	if n.Path, err = path(tx, n); err != nil {
		return err
	}
	if err := writeNode(tx, n, before); err != nil {
		return translate(err)
	}
	tx.Touch()
	return tx.Record(who, "node.saved", "node/"+n.ID.String(), before, n)
}

func (n *Node) check() error {
	var c form.Checker
	named := false
	for l, t := range n.Texts {
		named = named || t.Name != ""
		c.MaxLen("texts."+string(l)+".name", t.Name, maxName)
		if t.Slug != "" {
			c.Slug("texts."+string(l)+".slug", t.Slug)
		}
	}
	if !named {
		c.Refuse("name", "form.required", nil)
	}
	c.MaxLen("code", n.Code, maxCode)
	c.OneOf("show_stock", string(n.ShowStock), "", string(settings.ShowExact), string(settings.ShowLevel), string(settings.ShowHidden))
	return c.Err()
}

// currentNode is the node as it is stored, nil for a new one, which gets its id here.
func currentNode(tx tenant.Tx, n *Node) (*Node, error) {
	if n.ID.IsZero() {
		n.ID = id.New[Node]()
		if n.Code == "" {
			n.Code = n.ID.String()
		}
		return nil, nil
	}
	tree, err := readTree(tx)
	if err != nil {
		return nil, err
	}
	before, ok := tree.byID[n.ID]
	if !ok {
		return nil, ErrNode
	}
	if before.Rev != n.Rev {
		return nil, ErrStale
	}
	return before, nil
}

// path is the way from the top to n under its parent.
func path(tx tenant.Tx, n *Node) ([]NodeID, error) {
	if n.Parent.IsZero() {
		return []NodeID{n.ID}, nil
	}
	var above []string
	err := tx.Raw().QueryRow(tx.Context(), "select path::text[] from nodes where id = $1 and taxonomy_id = $2", n.Parent.String(), n.Taxonomy.String()).Scan(&above)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrNode.On("parent")
	}
	if err != nil {
		return nil, fmt.Errorf("read parent: %w", err)
	}
	way := make([]NodeID, 0, len(above)+1)
	for _, text := range above {
		one, err := idOf[Node](text)
		if err != nil {
			return nil, err
		}
		if one == n.ID {
			return nil, ErrLoop.On("parent")
		}
		way = append(way, one)
	}
	return append(way, n.ID), nil
}

func writeNode(tx tenant.Tx, n *Node, before *Node) error {
	n.Rev++
	n.UpdatedAt = tx.Now()
	var parent, media any
	if !n.Parent.IsZero() {
		parent = n.Parent
	}
	if n.Media != nil {
		media = *n.Media
	}
	way := make([]string, len(n.Path))
	for i, p := range n.Path {
		way[i] = p.String()
	}
	_, err := tx.Raw().Exec(tx.Context(), `
		insert into nodes (id, taxonomy_id, parent_id, path, position, visible, code, media_id, rev, created_at, updated_at, show_stock)
		values ($1, $2, $3, $4::uuid[], $5, $6, $7, $8, $9, $10, $10, $11)
		on conflict (id) do update set parent_id = excluded.parent_id, path = excluded.path, position = excluded.position,
			visible = excluded.visible, code = excluded.code, media_id = excluded.media_id, rev = excluded.rev,
			updated_at = excluded.updated_at, show_stock = excluded.show_stock`,
		n.ID.String(), n.Taxonomy.String(), parent, way, n.Position, n.Visible, n.Code, media, n.Rev, tx.Now(), string(n.ShowStock))
	if err != nil {
		return fmt.Errorf("write node: %w", err)
	}
	if before != nil && before.Parent != n.Parent {
		// Everything below moves with it: the new way replaces the old one at the head of theirs.
		_, err := tx.Raw().Exec(tx.Context(), `
			update nodes set path = $2::uuid[] || path[$3:] where path[$4] = $1 and id <> $1`,
			n.ID.String(), way, len(before.Path)+1, len(before.Path))
		if err != nil {
			return fmt.Errorf("move branch: %w", err)
		}
	}
	return writeNodeTexts(tx, n, before)
}

func writeNodeTexts(tx tenant.Tx, n, before *Node) error {
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	wanted := make(map[i18n.Locale]wish, len(n.Texts))
	for l, t := range n.Texts {
		wanted[l] = wish{address{l, n.slugBase(l, t, s.Languages.Default)}, n.ID.String()}
	}
	free, err := readSlugs(tx, "node_texts", "node_id", slices.Collect(maps.Values(wanted)))
	if err != nil {
		return err
	}
	texts := make(map[i18n.Locale]NodeText, len(n.Texts))
	kept := []i18n.Locale{""}
	for l, t := range n.Texts {
		t.Body = markup.Sanitise(t.Body)
		t.Slug = free.take(wanted[l])
		texts[l] = t
		kept = append(kept, l)
		err := tx.DB().Exec(`
			insert into node_texts (node_id, locale, name, slug, body, seo_title, seo_description) values (?, ?, ?, ?, ?, ?, ?)
			on conflict (node_id, locale) do update set name = excluded.name, slug = excluded.slug, body = excluded.body,
				seo_title = excluded.seo_title, seo_description = excluded.seo_description`,
			n.ID, l, t.Name, t.Slug, t.Body, t.SEOTitle, t.SEODescription).Error
		if err != nil {
			return fmt.Errorf("write text of node: %w", err)
		}
		if before != nil && before.Texts[l].Slug != "" && before.Texts[l].Slug != t.Slug {
			if err := redirect(tx, "node", l, before.Texts[l].Slug, n.ID.String()); err != nil {
				return err
			}
		}
	}
	n.Texts = texts
	err = tx.DB().Exec("delete from node_texts where node_id = ? and locale not in ?", n.ID, kept).Error
	if err != nil {
		return fmt.Errorf("drop texts of node: %w", err)
	}
	return nil
}

func (n *Node) slugBase(l i18n.Locale, t NodeText, fallback i18n.Locale) string {
	for _, s := range []string{t.Slug, Slug(l, t.Name), Slug(l, n.Texts[fallback].Name), Slug(l, n.Code)} {
		if s != "" {
			return s
		}
	}
	return n.ID.String()
}

// DeleteNode removes an entry without children; its articles stay.
//
// Errors: ErrNode; ErrNotEmpty.
func DeleteNode(ctx context.Context, shop *tenant.Shop, who tenant.Actor, n NodeID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		done := tx.DB().Exec("delete from nodes where id = ?", n)
		if done.Error != nil {
			return translate(fmt.Errorf("delete node: %w", done.Error))
		}
		if done.RowsAffected == 0 {
			return ErrNode
		}
		tx.Touch()
		return tx.Record(who, "node.deleted", "node/"+n.String(), nil, nil)
	})
}

// DeleteTaxonomy removes a classification with all its entries; the articles stay. Families are what
// a shop is built on: they cannot be deleted.
//
// Errors: ErrTaxonomy.
func DeleteTaxonomy(ctx context.Context, shop *tenant.Shop, who tenant.Actor, t TaxonomyID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var gone []Taxonomy
		err := tx.DB().Raw("select id, code, names, tree, facet, position from taxonomies where id = ? for update", t).Scan(&gone).Error
		if err != nil {
			return fmt.Errorf("lock taxonomy: %w", err)
		}
		if len(gone) == 0 || gone[0].Code == Families {
			return ErrTaxonomy
		}
		// Entries in one statement: a parent may go together with its children, and not before them.
		for _, sql := range []string{"delete from nodes where taxonomy_id = ?", "delete from taxonomies where id = ?"} {
			if err := tx.DB().Exec(sql, t).Error; err != nil {
				return translate(fmt.Errorf("delete taxonomy: %w", err))
			}
		}
		tx.Touch()
		return tx.Record(who, "taxonomy.deleted", "taxonomy/"+t.String(), gone[0], nil)
	})
}
