package catalog

import (
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/fault"
)

// What the catalogue refuses.
var (
	ErrProduct     = fault.New(fault.NotFound, "catalog.product_unknown")
	ErrNode        = fault.New(fault.NotFound, "catalog.node_unknown")
	ErrTaxonomy    = fault.New(fault.NotFound, "catalog.taxonomy_unknown")
	ErrPanel       = fault.New(fault.NotFound, "error.not_found")
	ErrVariant     = fault.New(fault.NotFound, "catalog.variant_unknown")
	ErrVersion     = fault.New(fault.NotFound, "catalog.version_unknown")
	ErrHeld        = fault.New(fault.Conflict, "catalog.version_held")
	ErrStale       = fault.New(fault.Conflict, "catalog.stale")
	ErrCodeTaken   = fault.New(fault.Conflict, "catalog.code_taken")
	ErrSKUTaken    = fault.New(fault.Conflict, "catalog.sku_taken")
	ErrSlugTaken   = fault.New(fault.Conflict, "catalog.slug_taken")
	ErrSameOptions = fault.New(fault.Conflict, "catalog.same_options")
	ErrLoop        = fault.New(fault.Conflict, "catalog.node_loop")
	ErrNotEmpty    = fault.New(fault.Conflict, "catalog.node_not_empty")
)

// constraints are the refusals of Postgres in the words of the catalogue.
var constraints = map[string]*fault.Error{
	"products_pkey":               ErrStale, // made by its twin meanwhile
	"products_code_key":           ErrCodeTaken.On("code"),
	"variants_sku_key":            ErrSKUTaken.On("sku"),
	"variants_options_key":        ErrSameOptions.On("variants"),
	"product_texts_slug_key":      ErrSlugTaken.On("slug"),
	"node_texts_slug_key":         ErrSlugTaken.On("slug"),
	"nodes_code_key":              ErrCodeTaken.On("code"),
	"taxonomies_code_key":         ErrCodeTaken.On("code"),
	"nodes_not_own_parent":        ErrLoop.On("parent"),
	"nodes_parent_id_fkey":        ErrNotEmpty,
	"product_nodes_node_id_fkey":  ErrNode.On("nodes"),
	"product_links_other_id_fkey": ErrProduct.On("links"),
}

// translate turns a violated constraint into the refusal it stands for.
func translate(err error) error {
	if e, ok := constraints[pg.Constraint(err)]; ok {
		return e.Because(err)
	}
	return err
}
