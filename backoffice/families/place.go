package families

import (
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// errTooMany refuses to put very many sisters in order by hand.
var errTooMany = fault.New(fault.Conflict, "families.too_many")

type placeFields struct {
	Do string `form:"do"` // "up", "down", "hide", "show"
}

// place moves an entry among its sisters, hides it or shows it.
func (d *Desk) place(c echo.Context) error {
	v := desk.Here(c)
	n, err := id.Parse[catalog.Node](c.Param("id"))
	if err != nil {
		return err
	}
	form, err := web.Form[placeFields](c)
	if err != nil {
		return err
	}
	m := &room{visit: v}
	var node *catalog.Node
	err = v.Shop.Write(c.Request().Context(), func(tx tenant.Tx) error {
		if err := m.read(tx); err != nil {
			return err
		}
		var ok bool
		if node, ok = m.Tree.Node(n); !ok {
			return catalog.ErrNode
		}
		switch form.Do {
		case "hide", "show":
			edited := *node
			edited.Visible = form.Do == "show"
			return catalog.SaveNodeIn(tx, v.Actor(), &edited)
		default:
			return reorder(tx, v.Actor(), m.sisters(node), node, form.Do)
		}
	})
	if err != nil {
		return err
	}
	return desk.Back(c, m.treeAt(node), "families.placed", map[string]string{"name": m.name(node)})
}

// treeAt is the path of the tree with the way to an entry opened.
func (m *room) treeAt(n *catalog.Node) string {
	at := "families?"
	if i := slices.IndexFunc(m.Tree.Taxonomies, func(t *catalog.Taxonomy) bool { return t.ID == n.Taxonomy }); i >= 0 && m.Tree.Taxonomies[i].Code != catalog.Families {
		at += "list=" + m.Tree.Taxonomies[i].Code + "&"
	}
	if n.Parent.IsZero() {
		return at[:len(at)-1]
	}
	return at + "at=" + n.Parent.String()
}

// reorder changes places with the sister above or below, and numbers all that need it.
func reorder(tx tenant.Tx, who tenant.Actor, sisters []*catalog.Node, n *catalog.Node, deed string) error {
	if len(sisters) > maxOrdered {
		return errTooMany
	}
	order := slices.Clone(sisters)
	i := slices.IndexFunc(order, func(s *catalog.Node) bool { return s.ID == n.ID })
	switch {
	case deed == "up" && i > 0:
		order[i-1], order[i] = order[i], order[i-1]
	case deed == "down" && i < len(order)-1:
		order[i+1], order[i] = order[i], order[i+1]
	default:
		return nil
	}
	for place, s := range order {
		if s.Position == place {
			continue
		}
		edited := *s
		edited.Position = place
		if err := catalog.SaveNodeIn(tx, who, &edited); err != nil {
			return err
		}
	}
	return nil
}
