package discount

// Of says what the members of a scope are. The words are stored.
type Of string

const (
	Order    Of = "order" // everything in it
	Articles Of = "articles"
	Families Of = "families" // with all that is below them
)

// Scope is what a rule is for.
type Scope struct {
	Of      Of       `json:"of"`
	Members []string `json:"members,omitempty"`
}

// Tree is the shop's families: each with the one it stands under, "" for none.
type Tree map[string]string

// depth is how far below the top a family stands: 1 for a family at the top, and
// for one the tree does not know. A circle ends after as many steps as there are
// families.
func (t Tree) depth(family string) int {
	d := 1
	for up := t[family]; up != "" && d <= len(t); up = t[up] {
		d++
	}
	return d
}

// articleRank is above the depth of any family: an article is most specific.
const articleRank = 1 << 30
