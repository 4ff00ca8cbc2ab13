package catalog_test

import (
	"errors"
	"strconv"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

func families(t *testing.T, shop *tenant.Shop) catalog.Taxonomy {
	t.Helper()
	x := catalog.Taxonomy{Code: catalog.Families, Names: i18n.Text{"fr": "Familles"}, Tree: true}
	if err := catalog.SaveTaxonomy(t.Context(), shop, clerk, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

func grow(t *testing.T, shop *tenant.Shop, x catalog.Taxonomy, name string, parent catalog.NodeID) catalog.Node {
	t.Helper()
	n := catalog.Node{Taxonomy: x.ID, Parent: parent, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: name}}}
	if err := catalog.SaveNode(t.Context(), shop, clerk, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func tree(t *testing.T, shop *tenant.Shop) (found *catalog.Tree) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = catalog.ReadTree(tx); return err })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// CAT-01: any depth (tested at 6), a branch moves with all below it and its old addresses lead on.
func TestSaveNode_CAT01(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	x := families(t, shop)
	chain := []catalog.Node{grow(t, shop, x, "Niveau 1", catalog.NodeID{})}
	for depth := 2; depth <= 6; depth++ {
		chain = append(chain, grow(t, shop, x, "Niveau "+strconv.Itoa(depth), chain[len(chain)-1].ID))
	}
	other := grow(t, shop, x, "Ailleurs", catalog.NodeID{})

	p := shirt("deep", "Profond")
	p.Nodes = []catalog.NodeID{chain[5].ID}
	p.MainNode = chain[5].ID
	save(t, shop, p)

	moved := chain[1]
	moved.Parent = other.ID
	moved.Texts = map[i18n.Locale]catalog.NodeText{"fr": {Name: "Deuxième"}}
	if err := catalog.SaveNode(t.Context(), shop, clerk, &moved); err != nil {
		t.Fatal(err)
	}
	now := tree(t, shop)
	deepest, _ := now.Node(chain[5].ID)
	if deepest.Depth() != 6 || deepest.Path[0] != other.ID || deepest.Path[1] != moved.ID {
		t.Errorf("the deepest family's way is %v", deepest.Path)
	}
	if got := codes(list(t, shop, catalog.Query{Node: other.ID})); len(got) != 1 {
		t.Errorf("the new branch lists %v, want the article", got)
	}
	if got := codes(list(t, shop, catalog.Query{Node: chain[0].ID})); len(got) != 0 {
		t.Errorf("the old branch lists %v, want nothing", got)
	}
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		n, isOld, err := catalog.NodeAt(tx, now, "fr", "niveau-2")
		if err != nil || !isOld || n.ID != moved.ID {
			t.Errorf("old address: %v %v", isOld, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	top := chain[0]
	loop := moved
	loop.Parent = chain[4].ID
	if err := catalog.SaveNode(t.Context(), shop, clerk, &loop); !errors.Is(err, catalog.ErrLoop) {
		t.Errorf("a family inside its own branch: %v", err)
	}
	if err := catalog.DeleteNode(t.Context(), shop, clerk, moved.ID); !errors.Is(err, catalog.ErrNotEmpty) {
		t.Errorf("deleting a branch: %v", err)
	}
	if err := catalog.DeleteNode(t.Context(), shop, clerk, top.ID); err != nil {
		t.Errorf("deleting an empty family: %v", err)
	}
}

// CAT-03, CAT-04: free classifications; an article in many, with one canonical path.
func TestTree_CAT03_CAT04(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	x := families(t, shop)
	authors := catalog.Taxonomy{Code: "author", Names: i18n.Text{"fr": "Auteurs"}, Facet: true}
	if err := catalog.SaveTaxonomy(t.Context(), shop, clerk, &authors); err != nil {
		t.Fatal(err)
	}
	novels, gifts := grow(t, shop, x, "Romans", catalog.NodeID{}), grow(t, shop, x, "Cadeaux", catalog.NodeID{})
	writer := grow(t, shop, authors, "Colette", catalog.NodeID{})
	book := shirt("book", "Chéri")
	book.Nodes = []catalog.NodeID{gifts.ID, novels.ID, writer.ID}
	book.MainNode = novels.ID
	save(t, shop, book)
	for _, n := range []catalog.Node{novels, gifts, writer} {
		if got := codes(list(t, shop, catalog.Query{Node: n.ID})); len(got) != 1 {
			t.Errorf("%s lists %v", n.Texts["fr"].Name, got)
		}
	}
	got, err := catalog.Find(t.Context(), shop, book.ID)
	if err != nil || got.MainNode != novels.ID {
		t.Errorf("canonical family %v, %v", got.MainNode, err)
	}
}
